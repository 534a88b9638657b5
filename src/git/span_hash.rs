//! How much of one content survives in another, as git's rename search measures it.
//!
//! A content is cut into spans, each a line or 64 bytes of one, and becomes a sorted list of span hashes with the bytes
//! that stand behind each. One list is then spread into a table that the others are held against, however far the spans
//! have moved.

use super::objects::is_binary;

/// The longest span, in bytes.
const MAX_SPAN: u32 = 64;
/// Hashes are below this prime; it decides which spans collide, and so the last percent of a similarity.
const HASHES: u32 = 107_927;

/// A content as its spans: hash and bytes, each hash once, sorted.
#[derive(Debug)]
pub(super) struct Spans(Box<[(u32, u32)]>);

impl Spans {
    /// The spans of `content`. `scratch` is a buffer that is used again.
    pub(super) fn of(content: &[u8], scratch: &mut Vec<(u32, u32)>) -> Self {
        scratch.clear();
        cut(content, scratch);
        scratch.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::with_capacity(scratch.len());
        for &(hash, bytes) in scratch.iter() {
            match merged.last_mut() {
                Some(last) if last.0 == hash => last.1 = last.1.saturating_add(bytes),
                _ => merged.push((hash, bytes)),
            }
        }
        Self(merged.into())
    }
}

/// One content spread out by its hashes, so that many others are compared with it in one look-up a span.
#[derive(Debug, Default)]
pub(super) struct SpanTable {
    /// The bytes behind each hash.
    bytes: Vec<u32>,
    /// The hashes that have any.
    hashes: Vec<u32>,
}

impl SpanTable {
    /// Makes this the table of `spans`.
    pub(super) fn load(&mut self, spans: &Spans) {
        self.bytes.resize(HASHES as usize, 0);
        for hash in self.hashes.drain(..) {
            self.bytes[hash as usize] = 0;
        }
        for &(hash, bytes) in &spans.0 {
            self.bytes[hash as usize] = bytes;
            self.hashes.push(hash);
        }
    }

    /// How many bytes of the loaded content are in the other one as well.
    pub(super) fn shared_bytes(&self, other: &Spans) -> u64 {
        let own = |hash: u32| self.bytes.get(hash as usize).copied().unwrap_or(0);
        other
            .0
            .iter()
            .map(|&(hash, bytes)| u64::from(bytes.min(own(hash))))
            .sum()
    }
}

/// Cuts `content` into spans. In text, the carriage return before a line feed does not count.
fn cut(content: &[u8], spans: &mut Vec<(u32, u32)>) {
    let is_text = !is_binary(content);
    let mut span = Span::default();
    for (at, &byte) in content.iter().enumerate() {
        if is_text && byte == b'\r' && content.get(at + 1) == Some(&b'\n') {
            continue;
        }
        span.add(byte);
        if span.bytes == MAX_SPAN || byte == b'\n' {
            spans.push(span.finish());
        }
    }
    if span.bytes > 0 {
        spans.push(span.finish());
    }
}

/// A span in the making: two words that rotate into each other.
#[derive(Default)]
struct Span {
    low: u32,
    high: u32,
    bytes: u32,
}

impl Span {
    fn add(&mut self, byte: u8) {
        let low = self.low;
        self.low = ((low << 7) ^ (self.high >> 25)).wrapping_add(u32::from(byte));
        self.high = (self.high << 7) ^ (low >> 25);
        self.bytes += 1;
    }

    /// The span's hash and bytes; a new span begins.
    fn finish(&mut self) -> (u32, u32) {
        let hash = self.low.wrapping_add(self.high.wrapping_mul(0x61)) % HASHES;
        let bytes = self.bytes;
        *self = Self::default();
        (hash, bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::{SpanTable, Spans};

    fn shared(one: &[u8], two: &[u8]) -> u64 {
        let mut scratch = Vec::new();
        let mut table = SpanTable::default();
        // What was loaded before leaves no trace.
        table.load(&Spans::of(two, &mut scratch));
        table.load(&Spans::of(one, &mut scratch));
        table.shared_bytes(&Spans::of(two, &mut scratch))
    }

    #[test]
    fn lines_count_wherever_they_stand() {
        assert_eq!(shared(b"one\ntwo\nthree\n", b"three\none\n"), 10);
        assert_eq!(shared(b"one\none\n", b"one\n"), 4);
        assert_eq!(shared(b"", b"one\n"), 0);
    }

    #[test]
    fn a_last_line_without_its_end_counts() {
        assert_eq!(shared(b"a\nlast", b"b\nlast"), 4);
        assert_eq!(shared(b"a\nlast", b"b\nlast\n"), 0);
    }

    #[test]
    fn line_ends_do_not_count_in_text_and_do_in_binary_files() {
        assert_eq!(shared(b"one\r\ntwo\r\n", b"one\ntwo\n"), 8);
        assert_eq!(shared(b"\0\none\r\n", b"\0\none\n"), 2);
        assert_eq!(shared(b"one\r", b"one\r"), 4);
    }

    #[test]
    fn long_lines_are_cut() {
        let line = |first: u8| [vec![first], vec![b'x'; 199]].concat();
        assert_eq!(shared(&line(b'a'), &line(b'b')), 136);
    }
}
