//! CTRF, the Common Test Report Format: one JSON document, the same from every runner that has a reporter for it.

use super::json;
use super::{Cases, Dialect, ResultsError};
use crate::model::{TestOutcome, TestResult};
use serde::Deserialize;
use std::io::BufRead;

pub(super) static DIALECT: Dialect = Dialect {
    name: "ctrf",
    recognised_by: "the Common Test Report Format: a JSON object with `results`, in it `tool`",
    is_document: true,
    detects: |opening| {
        let object = opening.object()?;
        let is_named = object.contains("\"reportFormat\"") && object.contains("\"CTRF\"");
        let is_shaped = object.contains("\"results\"") && object.contains("\"tool\"");
        (is_named || is_shaped).then_some(0)
    },
    read,
};

#[derive(Deserialize)]
struct Report {
    results: Results,
}

#[derive(Deserialize)]
struct Results {
    #[serde(default)]
    summary: Summary,
    tests: Vec<Test>,
}

#[derive(Default, Deserialize)]
struct Summary {
    tests: Option<u64>,
    failed: Option<u64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Test {
    name: String,
    status: String,
    raw_status: Option<String>,
    duration: Option<f64>,
    suite: Option<Suite>,
    message: Option<String>,
    file_path: Option<String>,
    #[serde(default)]
    flaky: bool,
}

/// Newer reports list what encloses a test; older ones join it with ` > `.
#[derive(Deserialize)]
#[serde(untagged)]
enum Suite {
    List(Vec<String>),
    Joined(String),
}

fn read(input: &mut dyn BufRead, cases: &mut Cases) -> Result<(), ResultsError> {
    let report: Report = json::document(input)?;
    let results = report.results;
    let named = results.tests.len() as u64;
    let mut failed = 0;
    for test in results.tests {
        let test = result(test);
        failed += u64::from(test.outcome > TestOutcome::Skipped);
        cases.add(test)?;
    }
    let Summary { tests, failed: counted } = results.summary;
    if tests.is_some_and(|tests| tests > named) {
        let name = format!(
            "results missing: {} tests are counted, {named} listed",
            tests.unwrap_or_default()
        );
        cases.add_trouble(Vec::new(), name, None)?;
    } else if failed == 0 && counted.is_some_and(|counted| counted > 0) {
        let name = format!("{} failed without a test that shows it", counted.unwrap_or_default());
        cases.add_trouble(Vec::new(), name, None)?;
    }
    Ok(())
}

fn result(test: Test) -> TestResult {
    let outcome = outcome(&test);
    TestResult {
        groups: match test.suite {
            Some(Suite::List(groups)) => groups,
            Some(Suite::Joined(text)) => text
                .split(" > ")
                .filter(|it| !it.is_empty())
                .map(str::to_owned)
                .collect(),
            None => Vec::new(),
        },
        name: test.name,
        file: test.file_path,
        outcome,
        flaky: test.flaky && outcome == TestOutcome::Passed,
        duration_ms: json::milliseconds(test.duration),
        message: test.message.filter(|_| outcome > TestOutcome::Passed),
    }
}

fn outcome(test: &Test) -> TestOutcome {
    match test.status.as_str() {
        "passed" => TestOutcome::Passed,
        "failed" => TestOutcome::Failed,
        "skipped" | "pending" => TestOutcome::Skipped,
        // What the format has no word for, the runner may have one for.
        _ => match test.raw_status.as_deref() {
            Some("todo" | "disabled" | "ignored" | "skipped" | "pending") => TestOutcome::Skipped,
            _ => TestOutcome::Errored,
        },
    }
}
