//! `go test -json`: an event a line, of packages and of the tests in them.

use super::lines::{Limit, Lines};
use super::{Cases, Dialect, ResultsError};
use crate::model::{TestOutcome, TestResult};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::BufRead;

pub(super) static DIALECT: Dialect = Dialect {
    name: "go",
    recognised_by: "`go test -json`: a line `{\"Time\": …, \"Action\": …, \"Package\": …}`",
    is_document: false,
    detects: |opening| opening.line_where(|line| event(line).is_some()),
    read,
};

const LINE: Limit = Limit::Refuse(8 << 20);

/// The most bytes of output that are kept for one test, in case it fails.
const OUTPUT: usize = 2048;

/// One line.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Event {
    action: String,
    #[serde(default)]
    package: String,
    #[serde(default)]
    import_path: String,
    test: Option<String>,
    elapsed: Option<f64>,
    output: Option<String>,
    failed_build: Option<String>,
}

fn event(line: &str) -> Option<Event> {
    let event: Event = serde_json::from_str(line.trim()).ok()?;
    let is_of_package = !event.package.is_empty() || !event.import_path.is_empty();
    is_of_package.then_some(event)
}

fn read(input: &mut dyn BufRead, cases: &mut Cases) -> Result<(), ResultsError> {
    let mut lines = Lines::new(input, LINE);
    let mut reader = Reader {
        cases,
        packages: BTreeMap::new(),
        builds: BTreeMap::new(),
        is_go: false,
    };
    let mut last_is_cut = false;
    while let Some(line) = lines.next()? {
        let line = line.into_owned();
        let event = event(&line);
        let is_broken = event.is_none() && line.starts_with("{\"") && line.contains("\"Action\":");
        last_is_cut = event.is_none() && line.starts_with('{');
        if is_broken && lines.is_terminated() {
            let what = "the line is a broken event, so a result may be missing";
            let help = "keep the output of `go test -json` in a file of its own: other output got into the line";
            return Err(lines.error(ResultsError::new(what, help)));
        }
        let taken = match event {
            Some(event) => reader.event(event),
            None => reader.plain(&line),
        };
        taken.map_err(|error| lines.error(error))?;
    }
    if last_is_cut && !lines.is_terminated() {
        return Err(lines.error(ResultsError::truncated("the last line is not complete")));
    }
    if !reader.is_go {
        return Err(ResultsError::not_in_dialect(
            "there is no line that `go test -json` writes",
        ));
    }
    reader.end()
}

/// A package whose tests run.
#[derive(Default)]
struct Package {
    running: BTreeMap<String, Running>,
    /// What the package itself has printed.
    output: String,
    has_failed_test: bool,
}

/// A test that runs.
#[derive(Default)]
struct Running {
    /// What it has printed.
    output: String,
    /// How it ended, as a line says that versions of go before 1.20 don't find: the test's own output stands right in
    /// front of it.
    ended: Option<TestOutcome>,
}

struct Reader<'a> {
    cases: &'a mut Cases,
    packages: BTreeMap<String, Package>,
    /// What the compiler said, by what it built.
    builds: BTreeMap<String, String>,
    is_go: bool,
}

impl Reader<'_> {
    fn event(&mut self, event: Event) -> Result<(), ResultsError> {
        self.is_go = true;
        if let Some(output) = event.action.strip_prefix("build-") {
            if output == "output" {
                keep(
                    self.builds.entry(event.import_path).or_default(),
                    event.output.as_deref(),
                );
            }
            return Ok(());
        }
        match &event.test {
            Some(test) => self.of_test(test, &event),
            None => self.of_package(&event),
        }
    }

    fn of_test(&mut self, test: &str, event: &Event) -> Result<(), ResultsError> {
        let package = self.packages.entry(event.package.clone()).or_default();
        let outcome = match event.action.as_str() {
            "pass" | "bench" => TestOutcome::Passed,
            "fail" => TestOutcome::Failed,
            "skip" => TestOutcome::Skipped,
            "output" => {
                let known = package.running.entry(test.to_owned()).or_default();
                let output = event.output.as_deref().unwrap_or_default();
                known.ended = glued_outcome(test, output).or(known.ended);
                keep(&mut known.output, Some(output).filter(|output| !is_frame(output)));
                return Ok(());
            }
            _ => {
                package.running.entry(test.to_owned()).or_default();
                return Ok(());
            }
        };
        package.has_failed_test |= outcome == TestOutcome::Failed;
        let output = package.running.remove(test);
        let message = output.map(|it| it.output).filter(|_| outcome != TestOutcome::Passed);
        self.cases.add(TestResult {
            groups: vec![event.package.clone()],
            name: test.to_owned(),
            file: None,
            outcome,
            flaky: false,
            duration_ms: milliseconds(event.elapsed),
            message,
        })
    }

    fn of_package(&mut self, event: &Event) -> Result<(), ResultsError> {
        match event.action.as_str() {
            "output" => {
                let package = self.packages.entry(event.package.clone()).or_default();
                keep(
                    &mut package.output,
                    event.output.as_deref().filter(|output| !is_frame(output)),
                );
                Ok(())
            }
            "pass" | "skip" => self.end_package(&event.package, None),
            "fail" => {
                let build = event.failed_build.as_ref().map(|build| {
                    let output = self.builds.get(build).cloned();
                    ("the package could not be built", output)
                });
                let fallback = ("the package failed outside of its tests", None);
                self.end_package(&event.package, Some(build.unwrap_or(fallback)))
            }
            _ => {
                self.packages.entry(event.package.clone()).or_default();
                Ok(())
            }
        }
    }

    /// A line that is no event: older versions of go say so that a package could not be built.
    fn plain(&mut self, line: &str) -> Result<(), ResultsError> {
        let failed = line.strip_prefix("FAIL\t").and_then(|rest| rest.split_once(" ["));
        if let Some((package, what)) = failed.filter(|(_, what)| what.ends_with("failed]")) {
            self.is_go = true;
            let name = format!("the package failed: {}", what.trim_end_matches(']'));
            self.packages.remove(package);
            return self.cases.add_trouble(vec![package.to_owned()], name, None);
        }
        Ok(())
    }

    /// Ends a package; `failure` is what is said where none of its tests shows why it failed.
    fn end_package(&mut self, name: &str, failure: Option<(&str, Option<String>)>) -> Result<(), ResultsError> {
        let package = self.packages.remove(name).unwrap_or_default();
        let first = self.cases.len();
        self.unfinished(name, package.running)?;
        let is_bad = |test: &TestResult| test.outcome > TestOutcome::Skipped;
        let is_shown = package.has_failed_test || self.cases.since(first).iter().any(is_bad);
        match failure {
            Some((what, why)) if !is_shown => {
                let why = why.or(Some(package.output));
                self.cases.add_trouble(vec![name.to_owned()], what, why)
            }
            _ => Ok(()),
        }
    }

    /// The tests that began and have no result: the process ended while they ran.
    fn unfinished(&mut self, package: &str, running: BTreeMap<String, Running>) -> Result<(), ResultsError> {
        for (test, Running { output, ended }) in running {
            let message = match ended {
                Some(TestOutcome::Passed) => None,
                None if output.trim().is_empty() => Some("it began, and no result followed".to_owned()),
                _ => Some(output),
            };
            self.cases.add(TestResult {
                groups: vec![package.to_owned()],
                name: test,
                file: None,
                outcome: ended.unwrap_or(TestOutcome::Errored),
                flaky: false,
                duration_ms: None,
                message,
            })?;
        }
        Ok(())
    }

    /// What never ended, once there is no more.
    fn end(mut self) -> Result<(), ResultsError> {
        let names: Vec<String> = self.packages.keys().cloned().collect();
        for name in names {
            self.end_package(&name, Some(("the package's tests never ended", None)))?;
        }
        Ok(())
    }
}

/// How the test ended, as the end of its output says: `…--- PASS: TestName (0.00s)`.
fn glued_outcome(test: &str, output: &str) -> Option<TestOutcome> {
    let verdicts = [
        ("--- PASS: ", TestOutcome::Passed),
        ("--- SKIP: ", TestOutcome::Skipped),
        ("--- FAIL: ", TestOutcome::Failed),
    ];
    let last = output.trim_end().lines().last()?;
    let ended = |(word, _): &&(&str, TestOutcome)| {
        let rest = last.rsplit_once(word).and_then(|(_, rest)| rest.strip_prefix(test));
        rest.is_some_and(|rest| rest.starts_with(" (") && rest.ends_with("s)"))
    };
    verdicts.iter().find(ended).map(|(_, outcome)| *outcome)
}

fn keep(known: &mut String, output: Option<&str>) {
    if let Some(output) = output.filter(|_| known.len() < OUTPUT) {
        known.push_str(output.get(..OUTPUT).unwrap_or(output));
    }
}

/// Whether the runner itself prints the line around a test's own output.
fn is_frame(output: &str) -> bool {
    let line = output.trim_start();
    let frames = [
        "=== ",
        "--- FAIL",
        "--- PASS",
        "--- SKIP",
        "--- BENCH",
        "FAIL\t",
        "ok  \t",
    ];
    frames.iter().any(|frame| line.starts_with(frame)) || matches!(line.trim_end(), "FAIL" | "PASS")
}

fn milliseconds(seconds: Option<f64>) -> Option<u64> {
    let milliseconds = (seconds? * 1000.0).round();
    (0.0..1e15).contains(&milliseconds).then_some(milliseconds as u64)
}
