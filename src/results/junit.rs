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
    "time",
    "status",
    "result",
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
    /// How many failures and errors it says that it has.
    declared: u64,
    /// Whether a case in it shows one, or an attempt that failed.
    shows_failure: bool,
}

struct Junit<'a> {
    xml: Xml<'a>,
    cases: &'a mut Cases,
    suites: Vec<Suite>,
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
        self.suites.push(Suite {
            name,
            file: element.take("file").or_else(|| element.take("filepath")),
            declared: count(element.get("failures")) + count(element.get("errors")),
            shows_failure: false,
        });
    }

    /// Ends a suite. One that counts failures and shows none did not get as far as a test.
    fn close(&mut self) -> Result<(), ResultsError> {
        let groups = self.groups();
        let Some(suite) = self.suites.pop() else {
            return Ok(());
        };
        let is_silent = suite.declared > 0 && !suite.shows_failure;
        if is_silent {
            let name = format!("{} failed without a test that shows it", suite.declared);
            self.cases.add_trouble(groups, name, None)?;
        }
        if let Some(outer) = self.suites.last_mut() {
            outer.shows_failure |= suite.shows_failure || is_silent;
        }
        Ok(())
    }

    /// A suite that broke by itself, such as one whose set-up failed.
    fn error_of_suite(&mut self, element: Element) -> Result<(), ResultsError> {
        let (_, message) = self.verdict(element)?;
        self.note_failure();
        self.cases
            .add_trouble(self.groups(), "error outside of a test", message)
    }

    fn note_failure(&mut self) {
        if let Some(suite) = self.suites.last_mut() {
            suite.shows_failure = true;
        }
    }

    fn case(&mut self, mut element: Element) -> Result<(), ResultsError> {
        let mut outcome = outcome_of_attributes(&element);
        let mut message = None;
        let mut had_failed_attempt = false;
        while let Node::Start(child) = self.xml.next(WANTED)? {
            let (verdict, text) = self.verdict(child)?;
            match verdict {
                Verdict::Ended(ended) if ended >= outcome => {
                    message = if ended > outcome { text } else { message.or(text) };
                    outcome = ended;
                }
                Verdict::FailedAttempt => had_failed_attempt = true,
                Verdict::Ended(_) | Verdict::Nothing => {}
            }
        }
        if had_failed_attempt || outcome > TestOutcome::Skipped {
            self.note_failure();
        }
        let name = element.take("name").unwrap_or_default();
        let class = element.take("classname").or_else(|| element.take("class"));
        let file = element.take("file").or_else(|| self.file());
        self.cases.add(TestResult {
            groups: self.groups_with(class, &name),
            name,
            file,
            outcome,
            flaky: had_failed_attempt && outcome == TestOutcome::Passed,
            duration_ms: milliseconds(element.get("time")),
            message,
        })
    }

    /// What an element inside of a case says, its end included.
    fn verdict(&mut self, mut element: Element) -> Result<(Verdict, Option<String>), ResultsError> {
        let verdict = match element.name.as_str() {
            "failure" => Verdict::Ended(TestOutcome::Failed),
            "error" => Verdict::Ended(TestOutcome::Errored),
            "skipped" => Verdict::Ended(TestOutcome::Skipped),
            "flakyFailure" | "flakyError" | "rerunFailure" | "rerunError" => Verdict::FailedAttempt,
            _ => Verdict::Nothing,
        };
        if !matches!(verdict, Verdict::Ended(_)) {
            self.xml.skip()?;
            return Ok((verdict, None));
        }
        self.xml.keep_text();
        self.xml.skip()?;
        let text = self.xml.take_text();
        let message = element
            .take("message")
            .or(Some(text).filter(|text| !text.trim().is_empty()));
        Ok((verdict, message))
    }

    fn groups(&self) -> Vec<String> {
        self.suites.iter().filter_map(|suite| suite.name.clone()).collect()
    }

    /// The suites' names and the class's, which many runners repeat from the suite or from the case's own name.
    fn groups_with(&self, class: Option<String>, name: &str) -> Vec<String> {
        let mut groups = self.groups();
        let adds = |class: &String| groups.last() != Some(class) && !name.ends_with(class.as_str());
        groups.extend(class.filter(|class| adds(class)));
        groups
    }

    fn file(&self) -> Option<String> {
        self.suites.iter().rev().find_map(|suite| suite.file.clone())
    }
}

enum Verdict {
    Ended(TestOutcome),
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
