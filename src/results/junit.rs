//! JUnit's XML, as some twenty runners write it, each in its own way.
//!
//! There is no specification that they share. What counts is what they have in common: `testcase` below any number of
//! `testsuite`, and in it the elements that say how it ended.

use super::xml::{Element, Node, Xml};
use super::{Cases, Dialect, ResultsError};
use crate::model::{TestOutcome, TestResult};
use std::io::BufRead;

pub(super) static DIALECT: Dialect = Dialect {
    name: "junit",
    recognised_by: "JUnit's XML: the root element is `testsuites` or `testsuite`",
    is_document: true,
    detects: |opening| opening.root().filter(|root| is_root(root)).map(|_| 0),
    read,
};

/// The attributes that say something about a suite, a case, or how a case ended.
const WANTED: &[&str] = &[
    "name",
    "classname",
    "class",
    "file",
    "filepath",
    "hostname",
    "time",
    "status",
    "result",
    "type",
    "message",
    "failures",
    "errors",
];

fn is_root(name: &str) -> bool {
    matches!(name, "testsuites" | "testsuite")
}

fn read(input: &mut dyn BufRead, cases: &mut Cases) -> Result<(), ResultsError> {
    let mut junit = Junit {
        xml: Xml::new(input),
        cases,
        suites: Vec::new(),
        hosts: Vec::new(),
    };
    match junit.xml.next(WANTED)? {
        Node::Start(root) if is_root(&root.name) => junit.open(root),
        _ => {
            let what = "the root element is neither `testsuites` nor `testsuite`";
            return Err(junit.xml.error(ResultsError::not_in_dialect(what)));
        }
    }
    loop {
        match junit.xml.next(WANTED)? {
            Node::Start(element) => junit.element(element)?,
            Node::End => junit.close()?,
            Node::Done => return Ok(()),
        }
    }
}

/// A suite that is open.
struct Suite {
    /// Its name; `testsuites` and nameless ones add no group.
    name: Option<String>,
    file: Option<String>,
    /// The number of the host that it ran on, where it names one: Playwright's projects are such hosts.
    host: Option<u32>,
    /// How many failures and errors it says that it has.
    declared: u64,
    /// How many it shows.
    shown: u64,
}

struct Junit<'a> {
    xml: Xml<'a>,
    cases: &'a mut Cases,
    suites: Vec<Suite>,
    hosts: Vec<String>,
}

impl Junit<'_> {
    fn element(&mut self, element: Element) -> Result<(), ResultsError> {
        match element.name.as_str() {
            "testsuites" | "testsuite" => {
                self.open(element);
                Ok(())
            }
            "testcase" => self.case(element),
            "error" | "failure" => self.error_of_suite(element),
            _ => self.xml.skip(),
        }
    }

    fn open(&mut self, mut element: Element) {
        let name = element.take("name").filter(|_| element.name == "testsuite");
        let host = element.take("hostname").map(|host| self.host(host));
        let [failures, errors] = ["failures", "errors"].map(|name| count(element.get(name)));
        // Some writers count each failed case of a suite as both.
        let is_counted_twice = failures == errors && element.name == "testsuite";
        self.suites.push(Suite {
            name,
            host,
            file: element.take("file").or_else(|| element.take("filepath")),
            declared: if is_counted_twice {
                failures
            } else {
                failures.saturating_add(errors)
            },
            shown: 0,
        });
    }

    /// The host's number, from 1.
    fn host(&mut self, name: String) -> u32 {
        let known = self.hosts.iter().position(|host| *host == name);
        let index = known.unwrap_or_else(|| {
            self.hosts.push(name);
            self.hosts.len() - 1
        });
        u32::try_from(index + 1).unwrap_or(u32::MAX)
    }

    /// Ends a suite. Failures that it counts and does not show lie outside of tests: a suite that could not be loaded, a
    /// package that was not built.
    fn close(&mut self) -> Result<(), ResultsError> {
        let groups = self.groups();
        let Some(suite) = self.suites.pop() else {
            return Ok(());
        };
        if let Some(outer) = self.suites.last_mut() {
            outer.shown = outer.shown.saturating_add(suite.shown.max(suite.declared));
        }
        match suite.declared.saturating_sub(suite.shown) {
            0 => Ok(()),
            missing => {
                let name = format!("{missing} failed without a test that shows it");
                self.cases.add_trouble(groups, name, None)
            }
        }
    }

    /// A suite that broke by itself, such as one whose set-up failed.
    fn error_of_suite(&mut self, element: Element) -> Result<(), ResultsError> {
        let (_, message) = self.verdict(element)?;
        self.note_failures(1);
        self.cases
            .add_trouble(self.groups(), "error outside of a test", message)
    }

    fn note_failures(&mut self, count: u64) {
        if let Some(suite) = self.suites.last_mut() {
            suite.shown += count;
        }
    }

    fn case(&mut self, mut element: Element) -> Result<(), ResultsError> {
        let mut outcome = outcome_of_attributes(&element);
        let mut message = None;
        let mut had_failed_attempt = false;
        let mut to_do = None;
        let mut failures = u64::from(outcome > TestOutcome::Skipped);
        while let Node::Start(child) = self.xml.next(WANTED)? {
            let (verdict, text) = self.verdict(child)?;
            match verdict {
                Verdict::Ended(ended) => {
                    failures += u64::from(ended > TestOutcome::Skipped);
                    message = if ended > outcome { text } else { message.or(text) };
                    outcome = outcome.max(ended);
                }
                Verdict::ToDo => to_do = Some(text),
                Verdict::FailedAttempt => {
                    // Surefire counts each attempt.
                    failures += 1;
                    had_failed_attempt = true;
                }
                Verdict::Nothing => {}
            }
        }
        if let Some(why) = to_do {
            (outcome, message) = (TestOutcome::Skipped, why);
        } else if could_not_start(&element, message.as_deref()) {
            outcome = TestOutcome::Errored;
        }
        self.note_failures(failures);
        let name = element.take("name").unwrap_or_default().trim().to_owned();
        let message = message.map(|message| without_own_name(message, &name));
        let class = element.take("classname").or_else(|| element.take("class"));
        let file = element.take("file").or_else(|| self.file());
        let host = self.suites.iter().rev().find_map(|suite| suite.host);
        let test = TestResult {
            groups: self.groups_with(class, &name),
            name,
            file,
            outcome,
            flaky: had_failed_attempt && outcome == TestOutcome::Passed,
            duration_ms: milliseconds(element.get("time")),
            message,
        };
        self.cases.add_in(host.unwrap_or_default(), test)
    }

    /// What an element inside of a case says, its end included.
    fn verdict(&mut self, mut element: Element) -> Result<(Verdict, Option<String>), ResultsError> {
        let verdict = match element.name.as_str() {
            "failure" => Verdict::Ended(TestOutcome::Failed),
            // PHPUnit's word for what it could not run as a test; its run fails by it.
            "error" | "warning" => Verdict::Ended(TestOutcome::Errored),
            "skipped" if element.get("type") == "todo" => Verdict::ToDo,
            "skipped" => Verdict::Ended(TestOutcome::Skipped),
            "flakyFailure" | "flakyError" | "rerunFailure" | "rerunError" => Verdict::FailedAttempt,
            _ => Verdict::Nothing,
        };
        if !matches!(verdict, Verdict::Ended(_) | Verdict::ToDo) {
            self.xml.skip()?;
            return Ok((verdict, None));
        }
        self.xml.keep_text();
        self.xml.skip()?;
        let text = self.xml.take_text();
        let message = element
            .take("message")
            .filter(|message| !is_generic(message) || text.trim().is_empty())
            .or(Some(text).filter(|text| !text.trim().is_empty()));
        Ok((verdict, message))
    }

    fn groups(&self) -> Vec<String> {
        self.suites.iter().filter_map(|suite| suite.name.clone()).collect()
    }

    /// The suites' names and the class's, which many runners repeat from the suite or from the case's own name.
    fn groups_with(&self, class: Option<String>, name: &str) -> Vec<String> {
        let mut groups = self.groups();
        // What node calls each test's class.
        let is_of_node = |class: &str| class == "test" && !groups.iter().any(|group| group == "pytest");
        let repeats = |class: &str| groups.last().is_some_and(|group| group == class) || name.ends_with(class.trim());
        let adds = |class: &String| !repeats(class) && !is_of_node(class);
        groups.extend(class.filter(|class| adds(class)));
        groups
    }

    fn file(&self) -> Option<String> {
        self.suites.iter().rev().find_map(|suite| suite.file.clone())
    }
}

enum Verdict {
    Ended(TestOutcome),
    /// It is meant to fail for now (node).
    ToDo,
    /// An attempt failed; how the last one ended is said elsewhere.
    FailedAttempt,
    Nothing,
}

/// What `status` and `result` say: some runners write nothing else about a test that did not run.
fn outcome_of_attributes(element: &Element) -> TestOutcome {
    let words = [element.get("status"), element.get("result")].map(str::to_ascii_lowercase);
    let outcome = |word: &String| match word.as_str() {
        "notrun" | "disabled" | "skipped" | "ignored" | "pending" | "suppressed" => TestOutcome::Skipped,
        "fail" | "failed" | "failure" => TestOutcome::Failed,
        "error" | "errored" | "broken" => TestOutcome::Errored,
        _ => TestOutcome::Passed,
    };
    words.iter().map(outcome).max().unwrap_or(TestOutcome::Passed)
}

/// Whether a message says no more than that there is one.
fn is_generic(message: &str) -> bool {
    let words = ["failed", "failure", "error", "test failed"];
    words.iter().any(|word| message.trim().eq_ignore_ascii_case(word))
}

/// The message without the lines in front in which some runners say which test it is about.
fn without_own_name(message: String, name: &str) -> String {
    let text = message.trim_start();
    match text.split_once('\n') {
        Some((first, rest)) if first.starts_with("=== ") || (first.ends_with(name) && !name.is_empty()) => {
            rest.to_owned()
        }
        _ => message,
    }
}

/// Whether ctest calls a test skipped that it counts as failed: what it runs was not there.
fn could_not_start(element: &Element, message: Option<&str>) -> bool {
    let reasons = [
        "Unable to find executable",
        "Required Files Missing",
        "Fixture dependency failed",
        "Missing Configuration",
        "Failed to start",
    ];
    let is_of_ctest = element.get("status") == "notrun" && element.get("result").is_empty();
    is_of_ctest && message.is_some_and(|message| reasons.iter().any(|reason| message.starts_with(reason)))
}

fn count(text: &str) -> u64 {
    text.trim().parse().unwrap_or_default()
}

/// Seconds as milliseconds. Some writers group thousands with commas, others write the decimal point as one.
pub(super) fn milliseconds(seconds: &str) -> Option<u64> {
    let text = seconds.trim();
    let plain = if text.contains('.') || text.matches(',').count() > 1 {
        text.replace(',', "")
    } else {
        text.replace(',', ".")
    };
    let seconds: f64 = plain.parse().ok()?;
    let milliseconds = (seconds * 1000.0).round();
    (0.0..1e15).contains(&milliseconds).then_some(milliseconds as u64)
}

#[cfg(test)]
mod tests {
    use super::milliseconds;

    #[test]
    fn times_are_read_however_they_are_written() {
        let times = [
            "0.0015",
            "1,234.5",
            "0,25",
            "1,234,567",
            " 2 ",
            "1e-3",
            "",
            "-1",
            "NaN",
            "inf",
        ];
        let found = times.map(milliseconds);
        let expected = [
            Some(2),
            Some(1_234_500),
            Some(250),
            Some(1_234_567_000),
            Some(2000),
            Some(1),
        ];
        assert_eq!(found[..6], expected);
        assert_eq!(found[6..], [None; 4]);
    }
}
