//! Lines of any length, in bounded memory, and without what only a terminal understands.

use super::ResultsError;
use std::borrow::Cow;
use std::io::BufRead;

/// The most bytes of a line of text that are kept: its beginning, and its end after a gap.
pub(super) const TEXT: Limit = Limit::Shorten(1 << 16);

/// What becomes of a line that is too long.
#[derive(Clone, Copy)]
pub(super) enum Limit {
    /// Its middle is left out; this many bytes stay.
    Shorten(usize),
    /// It is an error.
    Refuse(usize),
}

/// The lines of a text, one at a time, in one buffer.
pub(super) struct Lines<'a> {
    input: &'a mut dyn BufRead,
    buffer: Vec<u8>,
    limit: Limit,
    number: u64,
    begins_at: u64,
    next_at: u64,
    is_terminated: bool,
}

impl<'a> Lines<'a> {
    pub(super) fn new(input: &'a mut dyn BufRead, limit: Limit) -> Self {
        Self {
            input,
            buffer: Vec::new(),
            limit,
            number: 0,
            begins_at: 0,
            next_at: 0,
            is_terminated: true,
        }
    }

    /// The next line without its end; `None` behind the last one.
    pub(super) fn next(&mut self) -> Result<Option<Cow<'_, str>>, ResultsError> {
        self.buffer.clear();
        self.begins_at = self.next_at;
        self.number += 1;
        if !self.fill()? {
            self.number -= 1;
            return Ok(None);
        }
        if self.buffer.last() == Some(&b'\r') {
            self.buffer.pop();
        }
        Ok(Some(String::from_utf8_lossy(&self.buffer)))
    }

    /// Whether the last line ended with a line feed, and not with the text.
    pub(super) fn is_terminated(&self) -> bool {
        self.is_terminated
    }

    /// The error, at the beginning of the last line.
    pub(super) fn error(&self, error: ResultsError) -> ResultsError {
        error.at(self.number, self.begins_at)
    }

    /// Reads up to the next line feed; false where nothing is left.
    fn fill(&mut self) -> Result<bool, ResultsError> {
        let mut found = false;
        loop {
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                self.is_terminated &= !found;
                return Ok(found);
            }
            found = true;
            let end = chunk.iter().position(|byte| *byte == b'\n');
            let line = &chunk[..end.unwrap_or(chunk.len())];
            self.buffer.extend_from_slice(line);
            let used = line.len() + usize::from(end.is_some());
            self.input.consume(used);
            self.next_at += used as u64;
            self.bound()?;
            if end.is_some() {
                self.is_terminated = true;
                return Ok(true);
            }
        }
    }

    fn bound(&mut self) -> Result<(), ResultsError> {
        match self.limit {
            Limit::Shorten(limit) if self.buffer.len() > limit => {
                let (head, tail) = (limit / 2, limit / 4);
                self.buffer.drain(head..self.buffer.len() - tail);
                Ok(())
            }
            Limit::Refuse(limit) if self.buffer.len() > limit => {
                let what = format!("a line is longer than {} MiB", limit >> 20);
                Err(self.error(ResultsError::too_large(what)))
            }
            _ => Ok(()),
        }
    }
}

/// The line without escape sequences (colours, titles, links) and other control characters but tabs and line feeds.
pub(super) fn plain(line: &str) -> Cow<'_, str> {
    let is_control = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    if !line.contains(is_control) {
        return Cow::Borrowed(line);
    }
    let stripped = anstream::adapter::strip_str(line).to_string();
    Cow::Owned(stripped.replace(is_control, ""))
}

#[cfg(test)]
mod tests {
    use super::{Limit, Lines, plain};
    use std::io::BufReader;

    #[test]
    fn lines_end_as_they_do_on_any_system() {
        let mut input: &[u8] = b"one\r\ntwo\n\nfour";
        let mut lines = Lines::new(&mut input, Limit::Refuse(100));
        let mut found = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            found.push(line.into_owned());
        }
        assert_eq!(found, ["one", "two", "", "four"]);
        assert!(!lines.is_terminated());
    }

    #[test]
    fn a_long_line_keeps_its_beginning_and_its_end() {
        let text = format!("test a ... {}ok\nnext\n", "x".repeat(1_000_000));
        let mut input = BufReader::with_capacity(100, text.as_bytes());
        let mut lines = Lines::new(&mut input, Limit::Shorten(1000));
        let line = lines.next().unwrap().unwrap().into_owned();
        assert!(line.starts_with("test a ... x") && line.ends_with("xok") && line.len() <= 1000);
        assert_eq!(lines.next().unwrap().unwrap(), "next");
        let mut input = text.as_bytes();
        let error = Lines::new(&mut input, Limit::Refuse(1 << 10))
            .next()
            .map(drop)
            .unwrap_err();
        assert_eq!(error.line, Some(1));
    }

    #[test]
    fn what_a_terminal_understands_is_taken_out() {
        assert_eq!(plain("\u{1b}[32mok\u{1b}[0m\u{7}"), "ok");
        assert_eq!(plain("a\tö"), "a\tö");
    }
}
