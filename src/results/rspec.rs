//! RSpec with `--format json`: one JSON document.

use super::json;
use super::{Cases, Dialect, ResultsError};
use crate::model::{TestOutcome, TestResult};
use serde::Deserialize;
use std::io::BufRead;

pub(super) static DIALECT: Dialect = Dialect {
    name: "rspec",
    recognised_by: "RSpec with `--format json`: a JSON object with `examples`",
    is_document: true,
    detects: |opening| {
        opening
            .object()
            .filter(|object| object.contains("\"examples\""))
            .map(|_| 0)
    },
    read,
};

#[derive(Deserialize)]
struct Report {
    examples: Vec<Example>,
    #[serde(default)]
    messages: Vec<String>,
    #[serde(default)]
    summary: Summary,
}

#[derive(Default, Deserialize)]
struct Summary {
    example_count: Option<u64>,
    errors_outside_of_examples_count: Option<u64>,
}

#[derive(Deserialize)]
struct Example {
    description: String,
    #[serde(default)]
    full_description: String,
    status: String,
    file_path: Option<String>,
    run_time: Option<f64>,
    pending_message: Option<String>,
    exception: Option<Exception>,
}

#[derive(Deserialize)]
struct Exception {
    message: Option<String>,
}

fn read(input: &mut dyn BufRead, cases: &mut Cases) -> Result<(), ResultsError> {
    let report: Report = json::document(input)?;
    let named = report.examples.len() as u64;
    for (section, example) in report.examples.into_iter().enumerate() {
        // Each example is one of its own: descriptions repeat in loops and shared groups.
        cases.add_in(u32::try_from(section).unwrap_or(u32::MAX), result(example))?;
    }
    let outside = report.summary.errors_outside_of_examples_count.unwrap_or_default();
    if outside > 0 {
        let plural = if outside == 1 { "" } else { "s" };
        let name = format!("{outside} error{plural} outside of examples");
        let message = report.messages.into_iter().find(|message| !message.trim().is_empty());
        cases.add_trouble(Vec::new(), name, message)?;
    }
    if let Some(counted) = report.summary.example_count.filter(|counted| *counted > named) {
        let name = format!("results missing: {counted} examples are counted, {named} listed");
        cases.add_trouble(Vec::new(), name, None)?;
    }
    Ok(())
}

fn result(example: Example) -> TestResult {
    let outcome = match example.status.as_str() {
        "passed" => TestOutcome::Passed,
        "failed" => TestOutcome::Failed,
        "pending" => TestOutcome::Skipped,
        _ => TestOutcome::Errored,
    };
    let group = example
        .full_description
        .strip_suffix(&example.description)
        .map(str::trim);
    let group = group.filter(|group| !group.is_empty()).map(str::to_owned);
    let message = example.exception.and_then(|it| it.message).or(example.pending_message);
    TestResult {
        groups: group.into_iter().collect(),
        name: example.description,
        file: example.file_path,
        outcome,
        flaky: false,
        duration_ms: json::milliseconds(example.run_time.map(|seconds| seconds * 1000.0)),
        message: message.filter(|_| outcome > TestOutcome::Passed),
    }
}
