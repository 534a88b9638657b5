//! What was promised to be tested, against the evidence for the target's tree.
//!
//! Evidence counts by the tree that was tested, whatever the commit. Of two executions of one suite on it the newer
//! counts; results that were added count beside them, the newer of two of one file name. A promise is kept where all the
//! cases that it means passed.

use super::test_history::{flaky, weakened};
use super::test_words::{nearest_name, reference, trouble};
use crate::model::{
    Evidence, GateFailure, GateKind, History, Lane, LostAssertions, MissedBy, ObjectId, Origin, Plan, PlannedTest,
    SuiteTests, SuiteTrouble, TestCase, TestComparison, TestCounts, TestDelta, TestOutcome, TestResult, TestStatus,
};
use std::collections::HashSet;

/// The evidence of a run, and what it is held against.
#[derive(Clone, Copy, Debug)]
pub struct TestEvidence<'a> {
    /// All of it, the oldest first.
    pub all: &'a [Evidence],
    /// The target's tree, without what lies below `.drift/`.
    pub target: ObjectId,
    /// Required tests whose source asserts less than at the base.
    pub lost_assertions: &'a [LostAssertions],
}

/// A promised test with its place in the plan.
#[derive(Clone, Copy)]
pub(super) struct Promise<'a> {
    pub place: (usize, usize),
    pub test: &'a PlannedTest,
}

/// The evidence, sorted by what it is good for.
pub(super) struct Sorted<'a> {
    /// Of the target's tree, the oldest first.
    pub of_target: Vec<&'a Evidence>,
    /// Those among them that count.
    pub counting: Vec<&'a Evidence>,
    /// Of other trees, the oldest first.
    pub elsewhere: Vec<&'a Evidence>,
}

/// The promises beside the evidence; all unchecked where there is none to be looked at.
pub(super) fn comparison(plan: &Plan, history: &History, evidence: Option<TestEvidence<'_>>) -> TestComparison {
    let promises = promises(plan);
    let Some(evidence) = evidence else {
        return unchecked(plan);
    };
    let sorted = Sorted::of(evidence);
    let flaky = flaky(&promises, &sorted);
    TestComparison {
        is_judged: true,
        promised: promises.iter().map(|promise| delta(*promise, &sorted)).collect(),
        executed: sorted
            .counting
            .iter()
            .fold(TestCounts::default(), |sum, it| sum.and(it.counts())),
        suites: sorted
            .counting
            .iter()
            .filter_map(|it| suite_trouble(it, &promises))
            .collect(),
        unpromised: sorted
            .counting
            .iter()
            .filter_map(|it| unpromised(it, &promises))
            .collect(),
        gates: gates(plan, &sorted, flaky.len()),
        weakened: weakened(&promises, &sorted, history, evidence.lost_assertions),
        flaky,
    }
}

/// Every promise, and nobody looked.
pub(super) fn unchecked(plan: &Plan) -> TestComparison {
    let delta = |promise: &Promise<'_>| TestDelta {
        lane: promise.place.0,
        test: promise.place.1,
        status: TestStatus::Unchecked,
        cases: Vec::new(),
        elsewhere: None,
        missed_by: None,
    };
    TestComparison {
        promised: promises(plan).iter().map(delta).collect(),
        ..TestComparison::default()
    }
}

fn promises(plan: &Plan) -> Vec<Promise<'_>> {
    let of_lane = |(lane, it): (usize, &'_ Lane)| (0..it.tests.len()).map(move |test| (lane, test)).collect::<Vec<_>>();
    let places = plan.lanes.iter().enumerate().flat_map(of_lane);
    let promise = |place: (usize, usize)| Promise {
        place,
        test: &plan.lanes[place.0].tests[place.1],
    };
    places.map(promise).collect()
}

/// The evidence that counts for the tree `target`, the oldest first; `all` is in that order too.
pub fn counting(all: &[Evidence], target: ObjectId) -> Vec<&Evidence> {
    let lost_assertions = &[];
    let evidence = TestEvidence {
        all,
        target,
        lost_assertions,
    };
    Sorted::of(evidence).counting
}

/// Whether any of this evidence holds a case of the promised test.
pub fn was_executed(promised: &PlannedTest, counting: &[&Evidence]) -> bool {
    counting.iter().any(|it| !meant(it, promised).is_empty())
}

impl<'a> Sorted<'a> {
    fn of(evidence: TestEvidence<'a>) -> Self {
        let is_of_target = |it: &&Evidence| it.tree.before == evidence.target;
        let (of_target, elsewhere): (Vec<&Evidence>, Vec<&Evidence>) = evidence.all.iter().partition(is_of_target);
        let mut known = HashSet::new();
        let mut counting: Vec<&Evidence> = of_target
            .iter()
            .rev()
            .copied()
            .filter(|it| known.insert(execution_key(it)))
            .collect();
        counting.reverse();
        Self {
            of_target,
            counting,
            elsewhere,
        }
    }
}

/// What tells an execution from another one of the same thing.
pub(super) fn execution_key(evidence: &Evidence) -> (Option<&str>, Option<&str>) {
    let file = match &evidence.origin {
        Origin::Executed(_) => None,
        Origin::Added { file, .. } => Some(file.as_str()),
    };
    (evidence.suite.as_deref(), file)
}

/// Whether the evidence could hold the promised test: it is of its suite, or one of both names none.
pub(super) fn may_hold(evidence: &Evidence, promised: &PlannedTest) -> bool {
    match (&evidence.suite, &promised.suite) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    }
}

/// The tests of the evidence that the promise means.
pub(super) fn meant<'e>(evidence: &'e Evidence, promised: &PlannedTest) -> Vec<&'e TestResult> {
    let Ok(results) = &evidence.results else {
        return Vec::new();
    };
    if !may_hold(evidence, promised) {
        return Vec::new();
    }
    results.tests.iter().filter(|test| promised.names(test)).collect()
}

fn delta(promise: Promise<'_>, sorted: &Sorted<'_>) -> TestDelta {
    let promised = promise.test;
    let mut cases: Vec<TestCase> = sorted
        .counting
        .iter()
        .flat_map(|it| meant(it, promised))
        .map(case)
        .collect();
    cases.sort_by(|a, b| b.outcome.cmp(&a.outcome).then_with(|| a.name.cmp(&b.name)));
    let missed_by = || missed_by(sorted, promised);
    let elsewhere = || sorted.elsewhere.iter().rev().find(|it| !meant(it, promised).is_empty());
    let mut delta = TestDelta {
        lane: promise.place.0,
        test: promise.place.1,
        status: TestStatus::NotRun,
        elsewhere: None,
        missed_by: None,
        cases,
    };
    match delta.cases.first().map(|worst| worst.outcome) {
        Some(TestOutcome::Failed | TestOutcome::Errored) => delta.status = TestStatus::Failed,
        Some(TestOutcome::Skipped) => delta.status = TestStatus::Skipped,
        Some(TestOutcome::Passed) => delta.status = TestStatus::Passed,
        None => {
            delta.missed_by = missed_by();
            delta.elsewhere = elsewhere().map(|it| reference(it));
            if delta.missed_by.is_none() && delta.elsewhere.is_some() {
                delta.status = TestStatus::Stale;
            }
        }
    }
    delta
}

fn case(test: &TestResult) -> TestCase {
    let message = test.message.as_deref();
    let first = message.and_then(|message| message.lines().find(|line| !line.trim().is_empty()));
    TestCase {
        name: test.full_name(),
        outcome: test.outcome,
        message: first.map(|line| line.trim().to_owned()),
    }
}

/// The executions of the test's suite on the target's tree, which lack it.
fn missed_by(sorted: &Sorted<'_>, promised: &PlannedTest) -> Option<MissedBy> {
    let is_its_own = |it: &&&Evidence| may_hold(it, promised);
    let ran: Vec<&Evidence> = sorted.counting.iter().filter(is_its_own).copied().collect();
    if ran.is_empty() {
        return None;
    }
    let tests = || {
        ran.iter()
            .filter_map(|it| it.results.as_ref().ok())
            .flat_map(|results| &results.tests)
    };
    Some(MissedBy {
        tests: ran.iter().map(|it| it.counts().tests).sum(),
        nearest: nearest_name(promised, tests()),
        in_trouble: ran.iter().any(|it| it.results.is_err() || it.counts().tests == 0),
    })
}

fn suite_trouble(evidence: &Evidence, promises: &[Promise<'_>]) -> Option<SuiteTrouble> {
    let reasons: Vec<String> = evidence
        .shortfalls()
        .iter()
        .filter_map(|it| trouble(it, evidence))
        .collect();
    let is_required = |promise: &Promise<'_>| promise.test.required && may_hold(evidence, promise.test);
    (!reasons.is_empty()).then(|| SuiteTrouble {
        suite: evidence.suite.clone(),
        evidence: reference(evidence),
        is_required: promises.iter().any(is_required),
        reasons,
    })
}

/// The tests of this evidence that failed and that nobody requires.
fn unpromised(evidence: &Evidence, promises: &[Promise<'_>]) -> Option<SuiteTests> {
    let results = evidence.results.as_ref().ok()?;
    let is_required = |test: &TestResult| {
        promises
            .iter()
            .any(|it| it.test.required && may_hold(evidence, it.test) && it.test.names(test))
    };
    let failed = results
        .tests
        .iter()
        .filter(|test| test.outcome > TestOutcome::Skipped && !is_required(test));
    let names: Vec<String> = failed.map(TestResult::full_name).collect();
    (!names.is_empty()).then(|| SuiteTests {
        suite: evidence.suite.clone(),
        names,
    })
}

/// The gates of each lane that its results do not keep; without results there is nothing to hold them against.
fn gates(plan: &Plan, sorted: &Sorted<'_>, flaky: usize) -> Vec<GateFailure> {
    let mut failures = Vec::new();
    for (lane, it) in plan.lanes.iter().enumerate() {
        let is_own = |evidence: &&&Evidence| {
            let suite = evidence.suite.as_ref();
            suite.is_none_or(|id| it.suites.iter().any(|suite| suite.id == *id))
        };
        let own = sorted
            .counting
            .iter()
            .filter(is_own)
            .filter(|evidence| evidence.results.is_ok());
        let counts = own.map(|evidence| evidence.counts()).reduce(TestCounts::and);
        if let Some(counts) = counts {
            let kinds = failed_gates(it, counts, flaky);
            failures.extend(kinds.into_iter().map(|kind| GateFailure { lane, kind }));
        }
    }
    failures
}

fn failed_gates(lane: &Lane, counts: TestCounts, flaky: usize) -> Vec<GateKind> {
    let executed = counts.passed + counts.failed + counts.errored;
    let rate = lane
        .gates
        .min_pass_rate
        .filter(|limit| (counts.passed as f64) < *limit * executed as f64);
    let exceeds = |limit: Option<u64>, found: usize| limit.filter(|limit| found as u64 > *limit);
    let flaky = flaky.max(counts.flaky);
    let kinds = [
        rate.map(|limit| GateKind::PassRate {
            limit,
            passed: counts.passed,
            executed,
        }),
        exceeds(lane.gates.max_skipped, counts.skipped).map(|limit| GateKind::Skipped {
            limit,
            found: counts.skipped,
        }),
        exceeds(lane.gates.max_flaky, flaky).map(|limit| GateKind::Flaky { limit, found: flaky }),
    ];
    kinds.into_iter().flatten().collect()
}
