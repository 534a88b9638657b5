//! JSON documents that are read as a whole: their tests one by one, from a stream.

use super::ResultsError;
use serde::de::DeserializeOwned;
use std::io::{BufRead, Read};

/// The longest document that is read.
const LIMIT: u64 = 64 << 20;

/// The document, as its type takes it in; the type keeps what it needs and no more.
pub(super) fn document<T: DeserializeOwned>(input: &mut dyn BufRead) -> Result<T, ResultsError> {
    let mut input = input.take(LIMIT);
    let read = serde_json::from_reader(&mut input);
    let is_too_long = input.limit() == 0;
    read.map_err(|error| fault(&error, is_too_long))
}

fn fault(error: &serde_json::Error, is_too_long: bool) -> ResultsError {
    if is_too_long {
        return ResultsError::too_large(format!("the document is longer than {} MiB", LIMIT >> 20));
    }
    let fault = match error.classify() {
        serde_json::error::Category::Eof => ResultsError::truncated("the JSON ends too early"),
        serde_json::error::Category::Io => return ResultsError::from(std::io::Error::other(error.to_string())),
        _ => ResultsError::not_in_dialect(format!("this is not what the dialect's JSON looks like: {error}")),
    };
    ResultsError {
        line: Some(error.line() as u64),
        ..fault
    }
}

/// A fraction of milliseconds as whole ones.
pub(super) fn milliseconds(milliseconds: Option<f64>) -> Option<u64> {
    let milliseconds = milliseconds?.round();
    (0.0..1e15).contains(&milliseconds).then_some(milliseconds as u64)
}
