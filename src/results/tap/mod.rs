//! The Test Anything Protocol, versions 12 to 14: as test programs write it, and as `prove -v` shows several of them.
//!
//! A test point that stands for subtests is their summary and no case of its own, unless it is worse than they are. A plan
//! that is not met, a document without a plan, and `Bail out!` are errored results.

mod document;
mod line;

use super::lines::{self, Lines, plain};
use super::{Cases, Dialect, ResultsError};
use document::Document;
use line::Line;
use std::io::BufRead;

pub(super) static DIALECT: Dialect = Dialect {
    name: "tap",
    recognised_by: "the Test Anything Protocol: `TAP version 13`, a plan `1..N`, or test points `ok 1 …`",
    is_document: false,
    detects: |opening| opening.line_where(line::is_telling),
    read,
};

fn read(input: &mut dyn BufRead, cases: &mut Cases) -> Result<(), ResultsError> {
    let mut lines = Lines::new(input, lines::TEXT);
    let mut document = Document::new(cases);
    while let Some(line) = lines.next()? {
        let line = plain(&line);
        let (indent, line) = line::unindented(&line);
        document.line(indent, line).map_err(|error| lines.error(error))?;
    }
    document.end().map_err(|error| lines.error(error))?;
    if !document.is_tap {
        return Err(ResultsError::not_in_dialect(
            "there is neither a plan nor a test point in it",
        ));
    }
    Ok(())
}

/// Whether the line is one that only this dialect has: a bare `ok` can be anybody's.
fn of_protocol(line: &Line<'_>) -> bool {
    match line {
        Line::Version | Line::Plan { .. } | Line::BailOut(_) => true,
        Line::Point(point) => point.number.is_some(),
        _ => false,
    }
}
