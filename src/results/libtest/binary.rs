//! One binary's tests: from `running N tests` to its summary, or to where its output ends without one.

use super::line::{self, Summary};
use super::{Source, panic_message};
use crate::model::{TestOutcome, TestResult};
use crate::results::{Cases, ResultsError};
use std::collections::HashMap;
use std::mem;

/// The most bytes of a failed test's output that are looked at.
const OUTPUT: usize = 1 << 14;

/// A test that a line names.
struct Found {
    name: String,
    outcome: Option<TestOutcome>,
    /// Whether its own output stands between its name and its verdict, so that a later line may hold the verdict.
    is_open: bool,
    message: Option<String>,
}

/// Where in a binary's output a line stands.
enum Phase {
    /// Among the results.
    Results,
    /// Behind them: the failed tests' output, of this test, and the list of their names.
    Failures(Option<usize>),
}

/// A binary while it is read.
pub(super) struct Binary {
    planned: u64,
    source: Source,
    found: Vec<Found>,
    places: HashMap<String, usize>,
    phase: Phase,
    output: String,
    /// What cargo says of how the process ended.
    end: Option<String>,
    pub(super) summary: Option<Summary>,
}

impl Binary {
    pub(super) fn new(planned: u64, source: Source) -> Self {
        Self {
            planned,
            source,
            found: Vec::new(),
            places: HashMap::new(),
            phase: Phase::Results,
            output: String::new(),
            end: None,
            summary: None,
        }
    }

    /// Whether what is read now may quote another runner's output.
    pub(super) fn is_within_failures(&self) -> bool {
        matches!(self.phase, Phase::Failures(_))
    }

    /// Whether the summary is this binary's, and not one that a test printed.
    pub(super) fn accepts(&self, summary: Summary) -> bool {
        summary.total() == self.planned
    }

    pub(super) fn line(&mut self, text: &str) {
        match self.phase {
            Phase::Results => self.result_line(text),
            Phase::Failures(open) => self.failure_line(text, open),
        }
    }

    fn result_line(&mut self, text: &str) {
        let named = line::test(text);
        let ends_results = matches!(text, "failures:" | "successes:") && self.found.len() as u64 >= self.planned;
        if ends_results {
            self.phase = Phase::Failures(None);
            return;
        }
        match named {
            Some((name, rest)) => self.name(name, rest),
            None => self.output_line(text),
        }
    }

    /// A line that names no test: the output of the one that runs, at whose end the verdict may stand.
    fn output_line(&mut self, text: &str) {
        if text.trim_start().starts_with("process didn't exit successfully") {
            self.end = Some(text.trim().to_owned());
        }
        let open = self.found.last_mut().filter(|found| found.is_open);
        if let (Some(found), Some(outcome)) = (open, line::verdict_at_end(text)) {
            found.outcome = Some(outcome);
        }
    }

    fn name(&mut self, name: &str, rest: &str) {
        let exact = line::verdict(rest);
        let (outcome, message) = match exact {
            Some((outcome, why)) => (Some(outcome), why.map(str::to_owned)),
            None => (line::verdict_at_end(rest), None),
        };
        self.places.entry(name.to_owned()).or_insert(self.found.len());
        self.found.push(Found {
            name: name.to_owned(),
            outcome,
            is_open: exact.is_none(),
            message,
        });
    }

    fn failure_line(&mut self, text: &str, open: Option<usize>) {
        let begun = text
            .strip_prefix("---- ")
            .and_then(|text| text.strip_suffix(" stdout ----"));
        let begun = begun.and_then(|name| self.places.get(name)).copied();
        let listed = text
            .strip_prefix("    ")
            .and_then(|name| self.places.get(name))
            .copied();
        if begun.is_some() || (open.is_some() && text == "failures:") {
            self.close_output(open);
            self.phase = Phase::Failures(begun);
        } else if let (None, Some(index)) = (open, listed) {
            self.found[index].outcome = Some(TestOutcome::Failed);
        } else if self.output.len() < OUTPUT {
            self.output.push_str(text);
            self.output.push('\n');
        }
    }

    fn close_output(&mut self, open: Option<usize>) {
        let output = mem::take(&mut self.output);
        if let Some(found) = open.and_then(|index| self.found.get_mut(index)) {
            found.outcome = Some(TestOutcome::Failed);
            found.message = Some(panic_message(&output));
        }
    }

    /// Hands over the tests, and an errored result for whatever the counts know and no line names.
    pub(super) fn into_cases(mut self, section: u32, cases: &mut Cases) -> Result<(), ResultsError> {
        if let Phase::Failures(open) = self.phase {
            self.close_output(open);
        }
        self.settle_by_summary();
        if let Some(summary) = self.summary
            && self.found.is_empty()
            && summary.total() > 0
        {
            return Err(ResultsError::new(
                format!("{} tests ran, and none is named", summary.total()),
                "run the tests without `--quiet` (`-q`, `--format terse`)",
            ));
        }
        let groups: Vec<String> = self.source.name.iter().cloned().collect();
        let trouble = self.trouble();
        for found in self.found {
            cases.add_in(section, found.into_result(&groups, self.source.file.clone()))?;
        }
        match trouble {
            Some(name) => cases.add_trouble_in(section, groups, name, self.end),
            None => Ok(()),
        }
    }

    /// Where exactly as many tests as have no verdict are counted as passed, they passed.
    fn settle_by_summary(&mut self) {
        let Some(summary) = self.summary else {
            // What ran when the process ended has no verdict, whatever its output looks like.
            if let Some(last) = self.found.last_mut().filter(|found| found.is_open) {
                last.outcome = None;
            }
            return;
        };
        let open = self.found.iter().filter(|found| found.outcome.is_none()).count() as u64;
        let passed = self.count(TestOutcome::Passed);
        if open > 0 && passed + open == summary.passed + summary.measured {
            for found in self.found.iter_mut().filter(|found| found.outcome.is_none()) {
                found.outcome = Some(TestOutcome::Passed);
            }
        }
    }

    fn count(&self, outcome: TestOutcome) -> u64 {
        self.found.iter().filter(|found| found.outcome == Some(outcome)).count() as u64
    }

    /// What no test stands for.
    fn trouble(&self) -> Option<String> {
        let named = self.found.len() as u64;
        let Some(summary) = self.summary else {
            let is_told = named == self.planned && self.found.last().is_some_and(|found| found.outcome.is_none());
            let name = format!(
                "the process ended without a summary: {named} of {} tests named",
                self.planned
            );
            return (!is_told).then_some(name);
        };
        let counted = (summary.passed + summary.measured, summary.failed, summary.ignored);
        let outcomes = [TestOutcome::Passed, TestOutcome::Failed, TestOutcome::Skipped];
        let [passed, failed, skipped] = outcomes.map(|outcome| self.count(outcome));
        if counted == (passed, failed, skipped) {
            return None;
        }
        Some(format!(
            "results lost in the output: {passed} passed, {failed} failed, {skipped} ignored are named, and {}, {}, {} counted",
            counted.0, counted.1, counted.2
        ))
    }
}

impl Found {
    fn into_result(self, groups: &[String], file: Option<String>) -> TestResult {
        let open = || "the process ended before the test did".to_owned();
        TestResult {
            groups: groups.to_vec(),
            name: self.name,
            file,
            message: self.message.or_else(|| self.outcome.is_none().then(open)),
            outcome: self.outcome.unwrap_or(TestOutcome::Errored),
            flaky: false,
            duration_ms: None,
        }
    }
}
