//! The words that the rules about tests share: promised tests, executions, and the commands that settle them.

use super::Found;
use super::wording::shell_word;
use crate::model::{Comparison, EvidenceRef, PlannedTest, TestDelta, TestStatus};

/// The required tests that ended so, each with its promise.
pub(super) fn required<'c>(
    comparison: &'c Comparison<'_>,
    status: TestStatus,
) -> impl Iterator<Item = (&'c TestDelta, &'c PlannedTest)> {
    let promised = comparison
        .tests
        .promised
        .iter()
        .filter(move |delta| delta.status == status);
    let with_promise = promised.map(|delta| (delta, promise(comparison, (delta.lane, delta.test))));
    with_promise.filter(|(_, test)| test.required)
}

/// The promised test at this place.
pub(super) fn promise<'c>(comparison: &'c Comparison<'_>, (lane, test): (usize, usize)) -> &'c PlannedTest {
    &comparison.plan.lanes[lane].tests[test]
}

/// `` `T1` (`login > rejects`) ``, or the name alone where it is the id.
pub(super) fn called(test: &PlannedTest) -> String {
    if test.id == test.name {
        return format!("`{}`", test.id);
    }
    format!("`{}` (`{}`)", test.id, test.name)
}

/// A finding about a promised test, where its contract names it.
pub(super) fn about(comparison: &Comparison<'_>, lane: usize, test: &PlannedTest, message: String) -> Found {
    let lanes = &comparison.plan.lanes;
    let detail = if lanes.len() > 1 {
        format!("{}: {}", lanes[lane].name, test.id)
    } else {
        test.id.clone()
    };
    Found::new(&test.location, message).detail(detail)
}

/// The command that runs the test: of its suite, of all suites, or none, where somebody else has to.
pub(super) fn run_it(comparison: &Comparison<'_>, lane: usize, test: &PlannedTest) -> String {
    let suites = &comparison.plan.lanes[lane].suites;
    match &test.suite {
        Some(suite) if suites.iter().any(|it| it.id == *suite) => format!("`drift test {}`", shell_word(suite)),
        _ if suites.is_empty() => "`drift evidence add FILE` with the results of its runner".to_owned(),
        _ => "`drift test`".to_owned(),
    }
}

/// `the suite ...`, or the results that were added without one.
pub(super) fn suite(suite: Option<&str>) -> String {
    match suite {
        Some(suite) => format!("the suite `{suite}`"),
        None => "the results that were added".to_owned(),
    }
}

/// `of 2026-01-02T03:04:05Z, on commit 12345678 with changes`.
pub(super) fn when(evidence: &EvidenceRef) -> String {
    let commit = evidence.commit.as_deref().map(|id| id.get(..8).unwrap_or(id));
    let changes = if evidence.dirty { " with changes" } else { "" };
    match commit {
        Some(commit) => format!("of {}, on commit `{commit}`{changes}", evidence.started_at),
        None => format!("of {}", evidence.started_at),
    }
}
