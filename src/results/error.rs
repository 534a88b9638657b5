//! Why results could not be read: where, what, and what settles it.

use super::{DIALECTS, Opening};
use std::fmt;
use std::io;

/// Results that could not be read whole; nothing of them counts.
#[derive(Debug)]
pub struct ResultsError {
    /// The dialect that they were read as; `None` where none was recognised.
    pub dialect: Option<&'static str>,
    /// The line where reading stopped, from 1.
    pub line: Option<u64>,
    /// The byte where reading stopped, from 0, as the text is in UTF-8.
    pub byte: Option<u64>,
    /// What is wrong.
    pub what: String,
    /// What settles it.
    pub help: String,
}

impl std::error::Error for ResultsError {}

impl fmt::Display for ResultsError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.dialect, self.line) {
            (Some(dialect), Some(line)) => write!(out, "{} ({dialect}, line {line})", self.what),
            (Some(dialect), None) => write!(out, "{} ({dialect})", self.what),
            (None, Some(line)) => write!(out, "{} (line {line})", self.what),
            (None, None) => write!(out, "{}", self.what),
        }
    }
}

impl From<io::Error> for ResultsError {
    fn from(error: io::Error) -> Self {
        Self::new(
            format!("the results can't be read: {error}"),
            "make the file readable, then try again",
        )
    }
}

impl ResultsError {
    /// An error without a place yet.
    pub(super) fn new(what: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            dialect: None,
            line: None,
            byte: None,
            what: what.into(),
            help: help.into(),
        }
    }

    /// The text ends before it is complete.
    pub(super) fn truncated(what: impl fmt::Display) -> Self {
        Self::new(
            format!("the results are cut off: {what}"),
            "let the runner end by itself, and name the file after that",
        )
    }

    /// More than drift keeps in memory, or takes in one piece.
    pub(super) fn too_large(what: impl Into<String>) -> Self {
        Self::new(what, "split the suite, and give each part's results by themselves")
    }

    /// The text is not what the dialect's name promises.
    pub(super) fn not_in_dialect(what: impl Into<String>) -> Self {
        Self::new(
            what,
            "name the dialect that the runner writes, or none: drift recognises it by content",
        )
    }

    /// This error, at this place.
    pub(super) fn at(mut self, line: u64, byte: u64) -> Self {
        self.line = self.line.or(Some(line));
        self.byte = self.byte.or(Some(byte));
        self
    }

    /// This error, as one of this dialect.
    pub(super) fn of(mut self, dialect: &'static str) -> Self {
        self.dialect = Some(dialect);
        self
    }

    pub(super) fn empty() -> Self {
        Self::new(
            "there is nothing in it, not even an empty report",
            "look at how the runner ended: it wrote no results",
        )
    }

    pub(super) fn unknown_dialect(name: &str) -> Self {
        let nearest = crate::model::nearest(name, DIALECTS.iter().map(|dialect| dialect.name));
        let help = match nearest {
            Some(nearest) => format!("did you mean {nearest}?"),
            None => format!("drift reads {}", names()),
        };
        Self::new(format!("there is no dialect `{name}`"), help)
    }

    pub(super) fn unrecognised(opening: &Opening) -> Self {
        Self::new(
            format!(
                "this is in no dialect of test results that drift reads; it begins with `{}`",
                opening.first_words()
            ),
            format!("drift reads {}", names()),
        )
        .at(1, 0)
    }
}

fn names() -> String {
    let names: Vec<_> = DIALECTS.iter().map(|dialect| dialect.name).collect();
    names.join(", ")
}
