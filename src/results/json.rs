//! JSON documents, which are read as a whole and so have a limit.

use super::ResultsError;
use serde::de::DeserializeOwned;
use std::io::{BufRead, Read};

/// The longest document that is read.
const LIMIT: u64 = 64 << 20;

/// The document, as its type takes it in; the type keeps what it needs and no more.
pub(super) fn document<T: DeserializeOwned>(input: &mut dyn BufRead) -> Result<T, ResultsError> {
    let mut bytes = Vec::new();
    input.take(LIMIT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LIMIT {
        let what = format!("the document is longer than {} MiB", LIMIT >> 20);
        return Err(ResultsError::too_large(what));
    }
    serde_json::from_slice(&bytes).map_err(|error| fault(&error))
}

fn fault(error: &serde_json::Error) -> ResultsError {
    let fault = match error.classify() {
        serde_json::error::Category::Eof => ResultsError::truncated("the JSON ends too early"),
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
