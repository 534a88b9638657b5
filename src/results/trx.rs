//! TRX, Visual Studio's XML: what `dotnet test --logger trx` writes.
//!
//! The results come first and name their tests by id; the classes stand behind them, with the definitions.

use super::xml::{Element, Node, Xml};
use super::{Cases, Dialect, ResultsError};
use crate::model::{TestOutcome, TestResult};
use std::collections::HashMap;
use std::io::BufRead;

pub(super) static DIALECT: Dialect = Dialect {
    name: "trx",
    recognised_by: "Visual Studio's test results: an XML document whose root element is `TestRun`",
    is_document: true,
    detects: |opening| opening.root().filter(|root| *root == "TestRun").map(|_| 0),
    read,
};

const WANTED: &[&str] = &["testId", "id", "testName", "outcome", "duration", "className", "total"];

fn read(input: &mut dyn BufRead, cases: &mut Cases) -> Result<(), ResultsError> {
    let mut trx = Trx {
        xml: Xml::new(input),
        found: Vec::new(),
        classes: HashMap::new(),
        run_outcome: String::new(),
        run_message: None,
        total: 0,
    };
    match trx.xml.next(WANTED)? {
        Node::Start(root) if root.name == "TestRun" => {}
        _ => {
            let what = "the root element is not `TestRun`";
            return Err(trx.xml.error(ResultsError::not_in_dialect(what)));
        }
    }
    trx.document()?;
    trx.into_cases(cases)
}

/// A result whose class is not known yet.
struct Found {
    test_id: String,
    result: TestResult,
}

struct Trx<'a> {
    xml: Xml<'a>,
    found: Vec<Found>,
    /// The class of each test, by its id.
    classes: HashMap<String, String>,
    run_outcome: String,
    run_message: Option<String>,
    total: u64,
}

impl Trx<'_> {
    fn document(&mut self) -> Result<(), ResultsError> {
        // The tests that are open: a data-driven one holds one for each row of its data.
        let mut open: Vec<Option<usize>> = Vec::new();
        let mut definition = String::new();
        loop {
            match self.xml.next(WANTED)? {
                Node::Start(element) => {
                    let mut index = None;
                    match element.name.as_str() {
                        "UnitTestResult" | "TestResultAggregation" | "WebTestResult" | "LoadTestResult" => {
                            index = Some(self.begin(element, open.iter().rev().find_map(|it| *it)));
                        }
                        "UnitTest" => definition = element.get("id").to_owned(),
                        "TestMethod" => {
                            let class = element.get("className");
                            // The assembly's name may follow, behind a comma.
                            let class = class.split(',').next().unwrap_or_default().trim().to_owned();
                            self.classes.insert(definition.clone(), class);
                        }
                        "ResultSummary" => self.run_outcome = element.get("outcome").to_owned(),
                        "Counters" => self.total = element.get("total").parse().unwrap_or_default(),
                        "Message" => {
                            let text = self.text()?;
                            self.message(text, open.iter().rev().find_map(|it| *it));
                            continue;
                        }
                        "Text" => {
                            let text = self.text()?;
                            self.run_message = self.run_message.take().or(Some(text));
                            continue;
                        }
                        _ => {}
                    }
                    open.push(index);
                }
                Node::End => {
                    open.pop();
                }
                Node::Done => return Ok(()),
            }
        }
    }

    /// The text of the element that was begun last, its end included.
    fn text(&mut self) -> Result<String, ResultsError> {
        self.xml.keep_text();
        self.xml.skip()?;
        Ok(self.xml.take_text())
    }

    fn begin(&mut self, mut element: Element, parent: Option<usize>) -> usize {
        let test_id = element.take("testId").unwrap_or_default();
        let name = element.take("testName").unwrap_or_default();
        let groups = parent
            .and_then(|parent| self.found.get(parent))
            .map(|parent| parent.result.name.clone());
        // A row of data is often called as its test is.
        let groups = groups.filter(|group| *group != name);
        self.found.push(Found {
            test_id,
            result: TestResult {
                groups: groups.into_iter().collect(),
                name,
                file: None,
                outcome: outcome(element.get("outcome")),
                flaky: false,
                duration_ms: milliseconds(element.get("duration")),
                message: None,
            },
        });
        self.found.len() - 1
    }

    fn message(&mut self, text: String, test: Option<usize>) {
        let Some(found) = test.and_then(|test| self.found.get_mut(test)) else {
            return;
        };
        let result = &mut found.result;
        if result.outcome > TestOutcome::Passed && result.message.is_none() {
            result.message = Some(super::cases::shortened(text));
        }
    }

    fn into_cases(self, cases: &mut Cases) -> Result<(), ResultsError> {
        let named = self.found.len() as u64;
        let mut is_shown = false;
        for found in self.found {
            let mut result = found.result;
            is_shown |= result.outcome > TestOutcome::Skipped;
            if let Some(class) = self.classes.get(&found.test_id).filter(|class| !class.is_empty()) {
                name_in_class(&mut result, class);
            }
            cases.add(result)?;
        }
        let failed = matches!(self.run_outcome.as_str(), "Failed" | "Error" | "Aborted" | "Timeout");
        let trouble = if self.total > named {
            Some(format!(
                "results missing: {} tests are counted, {named} listed",
                self.total
            ))
        } else if failed && !is_shown {
            Some(format!("the run is {}, and no test shows why", self.run_outcome))
        } else {
            None
        };
        match trouble {
            Some(name) => cases.add_trouble(Vec::new(), name, self.run_message),
            None => Ok(()),
        }
    }
}

/// Some adapters write the class in front of the name, others do not.
fn name_in_class(result: &mut TestResult, class: &str) {
    let prefix = format!("{class}.");
    if let Some(name) = result.name.strip_prefix(&prefix) {
        result.name = name.to_owned();
    }
    for group in &mut result.groups {
        if let Some(name) = group.strip_prefix(&prefix) {
            *group = name.to_owned();
        }
    }
    result.groups.insert(0, class.to_owned());
}

/// A result without an outcome is an error: it is the first of the schema's values, which writers leave out.
fn outcome(word: &str) -> TestOutcome {
    match word {
        "Passed" | "Warning" | "Completed" => TestOutcome::Passed,
        "NotExecuted" | "Inconclusive" | "NotRunnable" => TestOutcome::Skipped,
        "Failed" => TestOutcome::Failed,
        _ => TestOutcome::Errored,
    }
}

/// `00:00:01.2345678`, with days in front of a dot where there are any.
fn milliseconds(duration: &str) -> Option<u64> {
    let mut parts = duration.trim().split(':');
    let hours = parts.next()?;
    let (days, hours) = hours.split_once('.').unwrap_or(("0", hours));
    let minutes: f64 = parts.next()?.parse().ok()?;
    let seconds: f64 = parts.next()?.parse().ok()?;
    let hours: f64 = days.parse::<f64>().ok()? * 24.0 + hours.parse::<f64>().ok()?;
    let milliseconds = (((hours * 60.0 + minutes) * 60.0 + seconds) * 1000.0).round();
    (0.0..1e15).contains(&milliseconds).then_some(milliseconds as u64)
}

#[cfg(test)]
mod tests {
    use super::milliseconds;

    #[test]
    fn durations_are_clocks() {
        assert_eq!(milliseconds("00:00:01.2345678"), Some(1235));
        assert_eq!(milliseconds("1.02:03:04"), Some(93_784_000));
        assert_eq!(milliseconds("12"), None);
        assert_eq!(milliseconds("-1:00:00"), None);
    }
}
