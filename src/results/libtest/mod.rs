//! What `cargo test` prints: Rust's own test runner, binary after binary, with whatever the tests themselves print.
//!
//! Each binary says how many tests it runs, and how many ended how. Between the two stand the results, and with
//! `--nocapture` they stand within the tests' own output. So a result is believed when it agrees with the two counts;
//! what they count and no line names is an errored result.

mod binary;
mod line;

use super::lines::{self, Lines, plain};
use super::{Cases, Dialect, ResultsError};
use binary::Binary;
use line::Line;
use std::io::BufRead;

pub(super) use line::panic_message;

pub(super) static DIALECT: Dialect = Dialect {
    name: "libtest",
    recognised_by: "what `cargo test` prints: a line `running N tests`",
    is_document: false,
    detects: |opening| opening.line_where(|line| matches!(Line::of(line), Line::Running(_))),
    read,
};

fn read(input: &mut dyn BufRead, cases: &mut Cases) -> Result<(), ResultsError> {
    let mut lines = Lines::new(input, lines::TEXT);
    let mut reader = Reader {
        cases,
        binary: None,
        source: None,
        binaries: 0,
    };
    while let Some(line) = lines.next()? {
        let line = plain(&line).into_owned();
        reader.line(&line).map_err(|error| lines.error(error))?;
    }
    reader.end_binary().map_err(|error| lines.error(error))?;
    if reader.binaries == 0 {
        let what = "there is no line `running N tests` in it";
        return Err(ResultsError::not_in_dialect(what));
    }
    Ok(())
}

/// What cargo says before a binary's own output: it stands on standard error, and so may be missing.
#[derive(Clone, Default)]
pub(super) struct Source {
    /// The binary's or the crate's name.
    name: Option<String>,
    /// The file that it was built from.
    file: Option<String>,
}

struct Reader<'a> {
    cases: &'a mut Cases,
    binary: Option<Binary>,
    source: Option<Source>,
    binaries: u32,
}

impl Reader<'_> {
    fn line(&mut self, text: &str) -> Result<(), ResultsError> {
        let line = Line::of(text);
        if let Some(binary) = &mut self.binary {
            let is_quoted = binary.is_within_failures();
            match line {
                Line::Summary(summary) if binary.accepts(summary) => {
                    binary.summary = Some(summary);
                    return self.end_binary();
                }
                Line::Running(_) | Line::Source(_) if !is_quoted => self.end_binary()?,
                _ => {
                    binary.line(text);
                    return Ok(());
                }
            }
        }
        match line {
            Line::Running(planned) => {
                self.binaries += 1;
                self.binary = Some(Binary::new(planned, self.source.take().unwrap_or_default()));
            }
            Line::Source(source) => self.source = Some(source),
            Line::Summary(_) | Line::Other => {}
        }
        Ok(())
    }

    fn end_binary(&mut self) -> Result<(), ResultsError> {
        match self.binary.take() {
            Some(binary) => binary.into_cases(self.binaries, self.cases),
            None => Ok(()),
        }
    }
}
