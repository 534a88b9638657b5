//! Rust's own test runner with `--format json`, and `cargo nextest` with `--message-format libtest-json`: an object a line.

use super::libtest::panic_message;
use super::lines::{Limit, Lines, plain};
use super::{Cases, Dialect, ResultsError};
use crate::model::{TestOutcome, TestResult};
use serde::Deserialize;
use std::collections::HashMap;
use std::io::BufRead;
use std::mem;

pub(super) static DIALECT: Dialect = Dialect {
    name: "libtest-json",
    recognised_by: "Rust's test runner with `--format json`: a line `{ \"type\": \"suite\", \"event\": … }`",
    is_document: false,
    detects: |opening| opening.line_where(|line| event(line).is_some_and(|event| event.is_suite())),
    read,
};

/// The longest line: it holds a failed test's whole output.
const LINE: Limit = Limit::Refuse(8 << 20);

/// One line.
#[derive(Deserialize)]
struct Event {
    #[serde(rename = "type")]
    kind: String,
    event: String,
    #[serde(default)]
    name: String,
    test_count: Option<u64>,
    exec_time: Option<f64>,
    stdout: Option<String>,
    message: Option<String>,
    reason: Option<String>,
    passed: Option<u64>,
    failed: Option<u64>,
    ignored: Option<u64>,
    measured: Option<u64>,
    nextest: Option<Nextest>,
}

/// What nextest adds about a suite.
#[derive(Deserialize)]
struct Nextest {
    #[serde(rename = "crate")]
    krate: Option<String>,
    test_binary: Option<String>,
}

impl Event {
    fn is_suite(&self) -> bool {
        self.kind == "suite"
    }
}

/// The event that a line holds; a test's own output may stand in front of it.
fn event(line: &str) -> Option<Event> {
    let at = line.find("{ \"type\":").or_else(|| line.find("{\"type\":"))?;
    serde_json::from_str(line[at..].trim_end()).ok()
}

fn read(input: &mut dyn BufRead, cases: &mut Cases) -> Result<(), ResultsError> {
    let mut lines = Lines::new(input, LINE);
    let mut reader = Reader {
        cases,
        suite: None,
        suites: 0,
    };
    let mut last_is_cut = false;
    while let Some(line) = lines.next()? {
        let line = plain(&line).into_owned();
        let event = event(&line);
        last_is_cut = event.is_none() && line.contains("\"type\":");
        if let Some(event) = event {
            reader.event(event).map_err(|error| lines.error(error))?;
        }
    }
    if last_is_cut && !lines.is_terminated() {
        return Err(lines.error(ResultsError::truncated("the last line is not complete")));
    }
    reader.end_suite(None)?;
    if reader.suites == 0 {
        return Err(ResultsError::not_in_dialect("there is no line that begins a suite"));
    }
    Ok(())
}

#[derive(Default)]
struct Suite {
    planned: u64,
    groups: Vec<String>,
    /// The tests that run, and when each began among them.
    running: HashMap<String, usize>,
    ended: [u64; 3],
}

struct Reader<'a> {
    cases: &'a mut Cases,
    suite: Option<Suite>,
    suites: u32,
}

impl Reader<'_> {
    fn event(&mut self, event: Event) -> Result<(), ResultsError> {
        match (event.kind.as_str(), event.event.as_str()) {
            ("suite", "started") => {
                self.end_suite(None)?;
                self.suites += 1;
                self.suite = Some(Suite {
                    planned: event.test_count.unwrap_or_default(),
                    groups: event.nextest.map(groups).unwrap_or_default(),
                    ..Suite::default()
                });
                Ok(())
            }
            ("suite", _) => self.end_suite(Some(event)),
            ("test", "started") => {
                if let Some(suite) = &mut self.suite {
                    let order = suite.running.len();
                    suite.running.insert(event.name, order);
                }
                Ok(())
            }
            ("test", "timeout") => Ok(()),
            ("test" | "bench", _) => self.test(event),
            _ => Ok(()),
        }
    }

    fn test(&mut self, mut event: Event) -> Result<(), ResultsError> {
        let outcome = match event.event.as_str() {
            _ if event.kind == "bench" => TestOutcome::Passed,
            "ok" => TestOutcome::Passed,
            "failed" => TestOutcome::Failed,
            "ignored" => TestOutcome::Skipped,
            _ => TestOutcome::Errored,
        };
        let suite = self.suite.get_or_insert_default();
        suite.running.remove(&event.name);
        suite.ended[(outcome as usize).min(2)] += 1;
        let output = event.stdout.take().filter(|_| outcome > TestOutcome::Skipped);
        let output = output
            .map(|output| panic_message(&output))
            .filter(|output| !output.is_empty());
        let seconds = event.exec_time.filter(|seconds| (0.0..1e12).contains(seconds));
        let test = TestResult {
            groups: suite.groups.clone(),
            name: event.name,
            file: None,
            outcome,
            flaky: false,
            duration_ms: seconds.map(|seconds| (seconds * 1000.0).round() as u64),
            message: event.message.or(event.reason).or(output),
        };
        self.cases.add_in(self.suites, test)
    }

    /// Ends a suite by its last event; without one, its process ended before it did.
    fn end_suite(&mut self, end: Option<Event>) -> Result<(), ResultsError> {
        let Some(suite) = self.suite.take() else {
            return Ok(());
        };
        let mut running: Vec<_> = suite.running.into_iter().collect();
        running.sort_by_key(|(_, order)| *order);
        let unfinished = running.len() as u64;
        for (name, _) in running {
            let message = Some("it began, and no result followed".to_owned());
            self.cases
                .add_trouble_in(self.suites, suite.groups.clone(), name, message)?;
        }
        let named: u64 = suite.ended.iter().sum();
        let trouble = match end {
            None if unfinished == 0 || named + unfinished < suite.planned => Some(format!(
                "the process ended without a summary: {named} of {} tests have results",
                suite.planned
            )),
            Some(end) if counts(&end).is_some_and(|counts| counts != suite.ended) => Some(format!(
                "results lost in the output: {named} tests have results, and others are counted"
            )),
            _ => None,
        };
        match trouble {
            Some(name) => self.cases.add_trouble_in(self.suites, suite.groups, name, None),
            None => Ok(()),
        }
    }
}

/// What a suite's last event counts, in the order of [`Suite::ended`]: passed, skipped, failed.
fn counts(end: &Event) -> Option<[u64; 3]> {
    let passed = end.passed?.saturating_add(end.measured.unwrap_or_default());
    Some([passed, end.ignored?, end.failed?])
}

fn groups(mut nextest: Nextest) -> Vec<String> {
    let mut group = mem::take(&mut nextest.krate).unwrap_or_default();
    let binary = nextest.test_binary.filter(|binary| *binary != group);
    if let Some(binary) = binary {
        group = format!("{group}::{binary}");
    }
    vec![group]
}
