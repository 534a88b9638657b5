//! The promised tests: planned, executed, and the difference, a line each.

use super::style::{DIM, HEADING, paint, status};
use crate::report::Look;
use crate::report::count::{count, grouped};
use crate::report::plain::terminal;
use crate::report::wire::v1::{RunReport, Test, TestCounts};
use unicode_width::UnicodeWidthStr;

/// More tests than this are counted instead of listed; what did not pass comes first.
const SHOWN: usize = 20;

/// `2 of 5 required tests have evidence for this tree; 120 executed: 118 passed, 2 failed`.
pub fn line(report: &RunReport) -> String {
    let required: Vec<&Test> = report.tests.iter().filter(|test| test.required).collect();
    let Some(executed) = report.executed else {
        return format!(
            "{} promised, unchecked: evidence belongs to a run that has begun",
            grouped(report.tests.len())
        );
    };
    let with_evidence = required.iter().filter(|test| test.is_executed()).count();
    let all = format!(
        "{} of {} {} evidence for this tree",
        grouped(with_evidence),
        count(required.len(), "required test"),
        if required.len() == 1 { "has" } else { "have" }
    );
    match executed.tests {
        0 => all,
        _ => format!("{all}; {}", counted(&executed)),
    }
}

fn counted(executed: &TestCounts) -> String {
    let named = [
        (executed.passed, "passed"),
        (executed.failed, "failed"),
        (executed.errored, "errored"),
        (executed.skipped, "skipped"),
        (executed.flaky, "flaky"),
    ];
    let named = named.iter().filter(|(number, _)| *number > 0);
    let parts: Vec<String> = named
        .map(|(number, word)| format!("{} {word}", grouped(*number)))
        .collect();
    format!("{} executed: {}", grouped(executed.tests), parts.join(", "))
}

/// The table; nothing where no test was promised.
pub fn table(report: &RunReport, look: &Look<'_>) -> String {
    if report.tests.is_empty() || report.executed.is_none() {
        return String::new();
    }
    let mut tests: Vec<&Test> = report.tests.iter().collect();
    tests.sort_by_key(|test| test.status == "passed");
    let shown = if look.verbose { tests.len() } else { SHOWN };
    let id = |test: &Test| terminal(&test.id);
    let widest = tests.iter().take(shown).map(|test| id(test).width()).max().unwrap_or(0);
    let mut out = format!("\n{}\n", paint(HEADING, "Tests"));
    for test in tests.iter().take(shown) {
        let pad = " ".repeat(widest.saturating_sub(id(test).width()));
        let word = paint(status(&test.status), &format!("{:<9}", test.status_in_words()));
        let detail = details(test);
        out.push_str(&format!(
            "  {word}  {}{pad}  {}{detail}\n",
            id(test),
            terminal(&test.name)
        ));
    }
    if tests.len() > shown {
        let rest = count(tests.len() - shown, "more test");
        out.push_str(&format!(
            "  {}\n",
            paint(DIM, &format!("and {rest}; --verbose lists them"))
        ));
    }
    out
}

/// What else is to be known: the suite, that it is not required, and how many cases it means.
fn details(test: &Test) -> String {
    let mut parts = Vec::new();
    parts.extend(test.suite.as_deref().map(terminal));
    if !test.required {
        parts.push("not required".to_owned());
    }
    if test.cases > 1 {
        parts.push(format!(
            "{} of {} cases passed",
            grouped(test.passed),
            grouped(test.cases)
        ));
    }
    if parts.is_empty() {
        return String::new();
    }
    format!("  {}", paint(DIM, &parts.join(", ")))
}
