//! Test results: what a runner wrote about its tests, in whichever dialect, as [`TestResults`].
//!
//! One file a dialect; [`DIALECTS`] is the table. Reading streams: what is kept is the tests, never the text. A result is
//! whole or an error: a report that ends too early, or counts more than it names, never passes for a smaller one.
//! docs/evidence.md says what each dialect calls what.

mod cases;
mod ctrf;
mod encoding;
mod error;
mod go;
mod json;
mod junit;
mod libtest;
mod libtest_json;
mod lines;
mod opening;
mod rspec;
mod tap;
mod trx;
mod xml;

pub use error::ResultsError;
pub use opening::Opening;

use crate::model::TestResults;
use cases::Cases;
use opening::LOOK;
use std::io::{BufRead, BufReader, Read};

/// A way in which test results are written.
pub struct Dialect {
    /// The word that a test contract's `format` and reports use.
    pub name: &'static str,
    /// What it is, and what it is recognised by.
    pub recognised_by: &'static str,
    /// Whether a text is one document from its first character on, and not a log with other lines between.
    is_document: bool,
    /// Where in the opening it is recognised: the number of the line; `None` where it is not.
    pub detects: fn(&Opening) -> Option<usize>,
    /// Reads all of it.
    read: fn(&mut dyn BufRead, &mut Cases) -> Result<(), ResultsError>,
}

/// Every dialect that drift reads.
pub static DIALECTS: &[&Dialect] = &[
    &junit::DIALECT,
    &libtest::DIALECT,
    &libtest_json::DIALECT,
    &go::DIALECT,
    &tap::DIALECT,
    &ctrf::DIALECT,
    &trx::DIALECT,
    &rspec::DIALECT,
];

/// The results that `input` holds.
///
/// The dialect is the one that is named, and the text has to be written in it; else the one that the first 256 KiB are
/// recognised by. Text in UTF-16, or in the encoding that an XML declaration names, is read as such. A text that holds no
/// test is no error: there are no tests then. Everything that can't be read whole is an error.
pub fn read(input: &mut dyn BufRead, dialect: Option<&str>) -> Result<TestResults, ResultsError> {
    let mut head = Vec::new();
    (&mut *input).take(LOOK).read_to_end(&mut head)?;
    let encoding = encoding::of(&head);
    let decoded = encoding::decoded(head.chain(input), encoding);
    let mut decoded = BufReader::with_capacity(1 << 16, decoded);
    let mut head = Vec::new();
    decoded.by_ref().take(LOOK).read_to_end(&mut head)?;
    let opening = Opening::of(&head);
    if opening.is_empty() {
        return Err(ResultsError::empty());
    }
    let dialect = match dialect {
        Some(name) => named(name, &opening)?,
        None => recognised(&opening)?,
    };
    let mut cases = Cases::default();
    let mut whole = head.chain(decoded);
    (dialect.read)(&mut whole, &mut cases).map_err(|error| error.of(dialect.name))?;
    Ok(TestResults {
        dialect: dialect.name.to_owned(),
        tests: cases.into_tests(),
    })
}

/// The dialect of this name. A document of another dialect is none of this one, whatever lines it quotes.
fn named(name: &str, opening: &Opening) -> Result<&'static Dialect, ResultsError> {
    let found = DIALECTS.iter().find(|dialect| dialect.name == name);
    let found = *found.ok_or_else(|| ResultsError::unknown_dialect(name))?;
    let others = DIALECTS
        .iter()
        .filter(|dialect| dialect.is_document && dialect.name != name);
    match others.into_iter().find(|dialect| (dialect.detects)(opening).is_some()) {
        Some(other) if !found.is_document || (found.detects)(opening).is_none() => {
            let what = format!("this is written in {}", other.name);
            Err(ResultsError::not_in_dialect(what).of(found.name))
        }
        _ => Ok(found),
    }
}

/// The dialect that is recognised first: a runner's output may quote another's further down.
fn recognised(opening: &Opening) -> Result<&'static Dialect, ResultsError> {
    let places = DIALECTS
        .iter()
        .filter_map(|dialect| Some(((dialect.detects)(opening)?, *dialect)));
    let first = places.min_by_key(|(place, _)| *place);
    first
        .map(|(_, dialect)| dialect)
        .ok_or_else(|| ResultsError::unrecognised(opening))
}
