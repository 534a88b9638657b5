//! Contracts and evidence by hand, and what the comparison makes of them.

use super::history::history as history_of;
use drift::compare::{Inputs, TestEvidence, compare};
use drift::model::{
    Comparison, Ended, Evidence, Execution, History, Log, LostAssertions, ObjectId, Origin, Plan, PlanLocation,
    PlannedTest, Policy, Suite, TestCounts, TestOutcome, TestResult, TestResults, TestedTree,
};

/// The tree that the work ends with.
pub const TARGET: u8 = 1;

/// A plan with the suite `unit` and these required tests, each `id` with a name; an id that ends in `?` is not required.
pub fn contract(tests: &[(&str, &str)]) -> Plan {
    let test = |(id, name): &(&str, &str)| PlannedTest {
        id: id.trim_end_matches('?').into(),
        suite: Some("unit".into()),
        name: (*name).into(),
        required: !id.ends_with('?'),
        clauses: Vec::new(),
        location: PlanLocation::default(),
    };
    let mut plan = super::plan::plan().unit("U1", "Log in", &["src/"]).build();
    plan.sources[0].name = "test_contract.json".into();
    let lane = &mut plan.lanes[0];
    lane.tests = tests.iter().map(test).collect();
    lane.suites = vec![Suite {
        id: "unit".into(),
        command: vec!["true".into()],
        report: None,
        format: None,
        timeout: None,
        location: PlanLocation::default(),
    }];
    plan
}

/// A tree by number.
pub fn tree(number: u8) -> ObjectId {
    ObjectId::from_hex(&format!("{number:040x}")).unwrap()
}

/// An execution of `unit` on a tree, with these tests, `group > name`; one that ends in `!` fails, `~` is skipped, `^` is
/// flaky. Later calls in one test should give later minutes.
pub fn execution(number: u8, minute: u8, tests: &[&str]) -> Evidence {
    let bad = tests.iter().any(|test| test.ends_with('!'));
    Evidence {
        id: format!("unit-{minute}"),
        suite: Some("unit".into()),
        origin: Origin::Executed(Execution {
            argv: vec!["true".into()],
            ended: Ended::Exited(i32::from(bad)),
            duration_ms: 10,
            log: Log::default(),
            tools: Vec::new(),
            changed_paths: Vec::new(),
        }),
        tree: TestedTree {
            commit: ObjectId::from_hex(&format!("{}{:032x}", "12345678", 0)),
            before: tree(number),
            after: Some(tree(number)),
            dirty: false,
        },
        started_at: format!("2026-01-02T03:{minute:02}:05Z"),
        results: Ok(TestResults {
            dialect: "junit".into(),
            tests: tests.iter().map(|test| result(test)).collect(),
        }),
        left_out: TestCounts::default(),
    }
}

fn result(text: &str) -> TestResult {
    let plain = text.trim_end_matches(['!', '~', '^']);
    let mut groups: Vec<String> = plain.split(" > ").map(str::to_owned).collect();
    let name = groups.pop().unwrap();
    let outcome = match text.chars().last() {
        Some('!') => TestOutcome::Failed,
        Some('~') => TestOutcome::Skipped,
        _ => TestOutcome::Passed,
    };
    TestResult {
        groups,
        name,
        file: None,
        outcome,
        flaky: text.ends_with('^'),
        duration_ms: None,
        message: match outcome {
            TestOutcome::Failed => Some("expected 401, found 200\nat login".into()),
            TestOutcome::Skipped => Some("needs a network".into()),
            _ => None,
        },
    }
}

/// The evidence, as if somebody had added the file.
pub fn added(mut evidence: Evidence, file: &str) -> Evidence {
    evidence.origin = Origin::Added {
        file: file.into(),
        sha256: "0".repeat(64),
        added_by: "Ann <ann@example.com>".into(),
    };
    evidence.suite = None;
    evidence
}

/// The execution, ended otherwise.
pub fn ended(mut evidence: Evidence, how: Ended) -> Evidence {
    if let Origin::Executed(execution) = &mut evidence.origin {
        execution.ended = how;
    }
    evidence
}

/// What the comparison makes of a plan and the evidence of its run.
pub fn compared(plan: Plan, evidence: Vec<Evidence>) -> Comparison<'static> {
    compared_with(plan, evidence, worked().build(), Vec::new())
}

/// The same with a history, and with tests that assert less.
pub fn compared_with(
    plan: Plan,
    evidence: Vec<Evidence>,
    history: History,
    lost: Vec<LostAssertions>,
) -> Comparison<'static> {
    let plan: &'static Plan = Box::leak(Box::new(plan));
    let policy: &'static Policy = Box::leak(Box::default());
    let history: &'static History = Box::leak(Box::new(history));
    let evidence = TestEvidence {
        all: Box::leak(evidence.into_boxed_slice()),
        target: tree(TARGET),
        lost_assertions: Box::leak(lost.into_boxed_slice()),
    };
    let mut comparison = compare(Inputs {
        history: Some(history),
        begun: true,
        evidence: Some(evidence),
        ..Inputs::new(plan, policy)
    });
    // These tests are about tests alone.
    comparison.untouched.clear();
    comparison
        .units
        .iter_mut()
        .for_each(|unit| unit.status = drift::model::UnitStatus::Done);
    comparison
}

/// A history in which the work was done as planned.
pub fn worked() -> super::history::HistoryBuilder {
    history_of(&["src/login.rs", "tests/login.rs"]).commit("Log in", "M src/login.rs")
}
