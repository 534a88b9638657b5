//! XML with its long texts left out before anybody has to hold them: what stands between the runner's file and the parser.
//!
//! A runner writes a test's whole output into one text. Of each text and each attribute's value only the beginning is
//! passed on, comments not at all; a tag that is long all the same, and a document type that declares anything, are
//! refused.

use crate::results::ResultsError;
use std::fmt;
use std::io::{self, BufRead, Read};

/// How many bytes of one text, and of one attribute's value, are passed on.
pub(super) const KEPT: usize = 1 << 16;

/// The longest tag, without what is left out of its values.
const TAG: usize = 1 << 22;

/// Why the text is not passed on.
#[derive(Debug)]
pub(super) enum Refusal {
    /// A tag is longer than [`TAG`].
    LongTag,
    /// The document type declares something.
    Declarations,
}

impl std::error::Error for Refusal {}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.error().what)
    }
}

impl Refusal {
    pub(super) fn error(&self) -> ResultsError {
        match self {
            Self::LongTag => ResultsError::too_large(format!("a tag is longer than {} MiB", TAG >> 20)),
            Self::Declarations => ResultsError::new(
                "the document type declares entities or elements, which no test runner does and drift does not read",
                "take the `<!DOCTYPE …>` out, or let the runner write the file anew",
            ),
        }
    }
}

#[derive(Clone, Copy)]
enum State {
    /// Between tags; how many bytes were passed on.
    Text(usize),
    /// Behind `<`, with what follows it so far.
    Opening([u8; 8], usize),
    /// Inside of a tag: its length, the open quote, and how much of the quoted value was passed on.
    Tag(usize, u8, usize),
    /// Inside of `<? … ?>`; its length, and whether the last byte was `?`.
    Instruction(usize, bool),
    /// Inside of `<! … >`; its length.
    Declaration(usize),
    /// Inside of a comment, or of CDATA: its closing byte, how many of those the end so far is, and how many bytes were
    /// passed on.
    Until(u8, usize, usize),
}

/// Passes on what is left.
pub(super) struct Slim<'a> {
    input: &'a mut dyn BufRead,
    state: State,
    out: Vec<u8>,
    used: usize,
    line: u64,
    byte: u64,
}

impl<'a> Slim<'a> {
    pub(super) fn new(input: &'a mut dyn BufRead) -> Self {
        Self {
            input,
            state: State::Text(0),
            out: Vec::new(),
            used: 0,
            line: 1,
            byte: 0,
        }
    }

    /// About where in the original text reading stands: the line, from 1, and the byte.
    pub(super) fn place(&self) -> (u64, u64) {
        let ahead = &self.out[self.used..];
        let lines = ahead.iter().filter(|byte| **byte == b'\n').count() as u64;
        (
            self.line.saturating_sub(lines).max(1),
            self.byte.saturating_sub(ahead.len() as u64),
        )
    }

    fn refill(&mut self) -> io::Result<()> {
        self.out.clear();
        self.used = 0;
        while self.out.is_empty() {
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                return Ok(());
            }
            // A small step, so that places are near.
            let chunk = &chunk[..chunk.len().min(1 << 15)];
            let mut rest = chunk;
            while !rest.is_empty() {
                let passed = self.state.pass(rest, &mut self.out)?;
                rest = &rest[passed..];
            }
            let length = chunk.len();
            self.line += chunk.iter().filter(|byte| **byte == b'\n').count() as u64;
            self.byte += length as u64;
            self.input.consume(length);
        }
        Ok(())
    }
}

impl BufRead for Slim<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.used >= self.out.len() {
            self.refill()?;
        }
        Ok(&self.out[self.used..])
    }

    fn consume(&mut self, amount: usize) {
        self.used = (self.used + amount).min(self.out.len());
    }
}

impl Read for Slim<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let length = available.len().min(buffer.len());
        buffer[..length].copy_from_slice(&available[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl State {
    /// Passes on what of `bytes` is kept, up to where the state changes; returns how many bytes that were.
    fn pass(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> io::Result<usize> {
        match *self {
            Self::Text(kept) => Ok(self.pass_text(bytes, kept, out)),
            Self::Opening(seen, length) => Ok(self.pass_opening(bytes[0], seen, length, out)),
            Self::Tag(length, 0, _) => self.pass_tag(bytes, length, out),
            Self::Tag(length, quote, kept) => Ok(self.pass_value(bytes, (length, quote, kept), out)),
            Self::Instruction(length, marked) => self.pass_instruction(bytes[0], length, marked, out),
            Self::Declaration(length) => self.pass_declaration(bytes[0], length, out),
            Self::Until(closing, seen, kept) => Ok(self.pass_until(bytes, (closing, seen, kept), out)),
        }
    }

    fn pass_text(&mut self, bytes: &[u8], kept: usize, out: &mut Vec<u8>) -> usize {
        let end = bytes.iter().position(|byte| *byte == b'<');
        let text = &bytes[..end.unwrap_or(bytes.len())];
        let kept = keep_beginning(text, kept, out);
        *self = Self::Text(kept);
        if end.is_none() {
            return text.len();
        }
        *self = Self::Opening([0; 8], 0);
        out.push(b'<');
        text.len() + 1
    }

    /// Finds out what `<` begins, byte by byte.
    fn pass_opening(&mut self, byte: u8, mut seen: [u8; 8], length: usize, out: &mut Vec<u8>) -> usize {
        const COMMENT: &[u8] = b"!--";
        const CDATA: &[u8] = b"![CDATA[";
        seen[length] = byte;
        let so_far = &seen[..=length];
        *self = match so_far {
            b"?" => Self::Instruction(0, false),
            COMMENT => Self::Until(b'-', 0, usize::MAX),
            CDATA => Self::Until(b']', 0, 0),
            _ if COMMENT.starts_with(so_far) || CDATA.starts_with(so_far) => Self::Opening(seen, length + 1),
            [b'!', ..] => Self::Declaration(length),
            _ => {
                *self = Self::Tag(0, 0, 0);
                return 0;
            }
        };
        if matches!(self, Self::Declaration(_)) {
            return 0;
        }
        out.push(byte);
        1
    }

    fn pass_tag(&mut self, bytes: &[u8], length: usize, out: &mut Vec<u8>) -> io::Result<usize> {
        let end = bytes.iter().position(|byte| matches!(byte, b'>' | b'"' | b'\''));
        let passed = end.map_or(bytes.len(), |end| end + 1);
        out.extend_from_slice(&bytes[..passed]);
        *self = match end.map(|end| bytes[end]) {
            Some(b'>') => Self::Text(0),
            Some(quote) => Self::Tag(grown(length, passed)?, quote, 0),
            None => Self::Tag(grown(length, passed)?, 0, 0),
        };
        Ok(passed)
    }

    fn pass_value(&mut self, bytes: &[u8], state: (usize, u8, usize), out: &mut Vec<u8>) -> usize {
        let (length, quote, kept) = state;
        let end = bytes.iter().position(|byte| *byte == quote);
        let value = &bytes[..end.unwrap_or(bytes.len())];
        let before = out.len();
        let kept = keep_beginning(value, kept, out);
        let length = length + (out.len() - before);
        *self = Self::Tag(length, quote, kept);
        if end.is_none() {
            return value.len();
        }
        *self = Self::Tag(length, 0, 0);
        out.push(quote);
        value.len() + 1
    }

    fn pass_instruction(&mut self, byte: u8, length: usize, marked: bool, out: &mut Vec<u8>) -> io::Result<usize> {
        out.push(byte);
        *self = match byte {
            b'>' if marked => Self::Text(0),
            _ => Self::Instruction(grown(length, 1)?, byte == b'?'),
        };
        Ok(1)
    }

    fn pass_declaration(&mut self, byte: u8, length: usize, out: &mut Vec<u8>) -> io::Result<usize> {
        out.push(byte);
        *self = match byte {
            b'[' => return Err(refused(Refusal::Declarations)),
            b'>' => Self::Text(0),
            _ => Self::Declaration(grown(length, 1)?),
        };
        Ok(1)
    }

    /// Passes on a comment or CDATA; `kept` is beyond all bounds where nothing of it is wanted.
    fn pass_until(&mut self, bytes: &[u8], state: (u8, usize, usize), out: &mut Vec<u8>) -> usize {
        let (closing, seen, kept) = state;
        match bytes[0] {
            b'>' if seen >= 2 => {
                // Closing bytes beyond the last two are content.
                out.extend(std::iter::repeat_n(closing, if kept < KEPT { seen } else { 2 }));
                out.push(b'>');
                *self = Self::Text(0);
                1
            }
            byte if byte == closing => {
                *self = Self::Until(closing, (seen + 1).min(KEPT), kept);
                1
            }
            _ => {
                let end = bytes.iter().position(|byte| *byte == closing).unwrap_or(bytes.len());
                let mut kept = kept;
                if kept < KEPT {
                    out.extend(std::iter::repeat_n(closing, seen));
                    kept = keep_beginning(&bytes[..end], kept + seen, out);
                }
                *self = Self::Until(closing, 0, kept);
                end
            }
        }
    }
}

/// Appends what of `bytes` belongs to the first [`KEPT`] bytes, the last character whole; returns how many there are now.
/// Once the beginning is full, the count is beyond it.
fn keep_beginning(bytes: &[u8], kept: usize, out: &mut Vec<u8>) -> usize {
    if kept > KEPT {
        return kept;
    }
    let mut room = (KEPT - kept).min(bytes.len());
    while room < bytes.len() && bytes[room] & 0xc0 == 0x80 {
        room += 1;
    }
    out.extend_from_slice(&bytes[..room]);
    if room < bytes.len() {
        KEPT + 1
    } else {
        (kept + room).min(KEPT)
    }
}

fn grown(length: usize, by: usize) -> io::Result<usize> {
    match length + by {
        length if length > TAG => Err(refused(Refusal::LongTag)),
        length => Ok(length),
    }
}

fn refused(refusal: Refusal) -> io::Error {
    io::Error::other(refusal)
}
