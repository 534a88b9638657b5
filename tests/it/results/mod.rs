//! Reading test results: each dialect's rules, real files of real runners, and files that mean harm.

mod corpus;
mod ctrf;
mod dialects;
mod go;
mod hostile;
mod junit;
mod libtest;
mod mutations;
mod rspec;
mod tap;
mod trx;

use drift::model::{TestResult, TestResults};
use drift::results::{self, ResultsError};

/// The results that the text holds, by its content alone.
pub fn read(text: impl AsRef<[u8]>) -> Result<TestResults, ResultsError> {
    results::read(&mut text.as_ref(), None)
}

/// The results that the text holds; the test fails where it can't be read.
#[track_caller]
pub fn good(text: impl AsRef<[u8]>) -> TestResults {
    read(text).unwrap_or_else(|error| panic!("{error}"))
}

/// What is wrong with the text; the test fails where it can be read.
#[track_caller]
pub fn bad(text: impl AsRef<[u8]>) -> ResultsError {
    match read(text) {
        Ok(results) => panic!("{results:?}"),
        Err(error) => error,
    }
}

/// A line for each test: its outcome, whether it is flaky, its groups and name, and the first line of its message.
pub fn shown(results: &TestResults) -> String {
    results.tests.iter().map(line).collect()
}

fn line(test: &TestResult) -> String {
    let parts: Vec<&str> = test.groups.iter().chain([&test.name]).map(String::as_str).collect();
    let flaky = if test.flaky { " flaky" } else { "" };
    let why = test.message.as_deref().and_then(|message| message.lines().next());
    let why = why.map(|why| format!(": {why}")).unwrap_or_default();
    format!("{}{flaky} {}{why}\n", test.outcome.name(), parts.join(" > "))
}

/// The bytes of a file of the corpus.
pub fn fixture(path: &str) -> Vec<u8> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/results");
    std::fs::read(folder.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}
