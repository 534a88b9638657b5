//! The promised tests, in the frozen shape.

use super::run_report::{Delta, Test};
use crate::model::{Comparison, TestDelta, TestOutcome};
use std::collections::BTreeMap;

/// Every promised test with what became of it.
pub(super) fn tests(comparison: &Comparison<'_>) -> Vec<Test> {
    comparison
        .tests
        .promised
        .iter()
        .map(|delta| test(comparison, delta))
        .collect()
}

fn test(comparison: &Comparison<'_>, delta: &TestDelta) -> Test {
    let promise = &comparison.plan.lanes[delta.lane].tests[delta.test];
    let worst = delta.cases.first();
    Test {
        id: promise.id.clone(),
        name: promise.name.clone(),
        suite: promise.suite.clone(),
        required: promise.required,
        status: delta.status.name().into(),
        cases: delta.cases.len(),
        passed: delta
            .cases
            .iter()
            .filter(|case| case.outcome == TestOutcome::Passed)
            .count(),
        message: worst.and_then(|case| case.message.clone()),
        elsewhere: delta.elsewhere.as_ref().map(|it| it.id.clone()),
    }
}

/// Promised against executed, with a count for each status.
pub(super) fn delta(comparison: &Comparison<'_>) -> Delta {
    let promised = &comparison.tests.promised;
    let mut classes = BTreeMap::new();
    for delta in promised {
        *classes.entry(delta.status.name().to_owned()).or_insert(0) += 1;
    }
    Delta {
        planned: promised.len(),
        actual: promised.iter().filter(|delta| delta.status.is_executed()).count(),
        classes,
    }
}

/// How all executed tests ended, promised or not; `None` where nobody looked.
pub(super) fn executed(comparison: &Comparison<'_>) -> Option<super::TestCounts> {
    let tests = &comparison.tests;
    tests.is_judged.then(|| super::evidence::counts(tests.executed))
}
