//! Contracts by hand, laid beside test files: `contract(ContractMode::Strict, &["CL-A-001 behavior MUST Says hello"])`.

use super::history::history;
use super::plan::plan;
use drift::compare::{Inputs, compare};
use drift::model::{
    Clause, Comparison, ContractMode, Lane, Normativity, Plan, Policy, ReadTestFile, ReadTestFiles, TestFileRole,
};
use drift::test_code;

/// A plan with a contract of these clauses, `ID KIND NORMATIVITY TITLE` each.
pub fn contract(mode: Option<ContractMode>, clauses: &[&str]) -> Plan {
    contract_with(mode, clauses, |_| ())
}

/// The same, changed.
pub fn contract_with(mode: Option<ContractMode>, clauses: &[&str], change: impl FnOnce(&mut Lane)) -> Plan {
    let builder = plan().unit("U1", "Let people log in", &["src/login.ts"]).lane(|lane| {
        lane.contract.mode = mode;
        lane.clauses = clauses.iter().map(|text| clause(text)).collect();
        change(lane);
    });
    builder.build()
}

fn clause(text: &str) -> Clause {
    let mut words = text.splitn(4, ' ');
    let mut word = || words.next().unwrap_or_default().to_owned();
    let (id, kind, normativity, title) = (word(), word(), word(), word());
    Clause {
        id,
        title,
        kind: Some(kind),
        normativity: Normativity::ALL
            .into_iter()
            .find(|it| it.name() == normativity)
            .unwrap(),
        ..Clause::default()
    }
}

/// The plan laid beside test files that it names, `(path, text)` each. It borrows for good, so that a test can hold it.
pub fn beside_tests(plan: Plan, files: &[(&str, &str)]) -> Comparison<'static> {
    let read = |(path, text): &(&str, &str)| ReadTestFile {
        file: test_code::read(&(*path).into(), text.as_bytes()),
        before: None,
        role: TestFileRole::Named,
    };
    beside(plan, files.iter().map(read).collect())
}

/// The plan laid beside one test file that it names, which the base had with another text.
pub fn beside_changed_tests(plan: Plan, path: &str, before: &str, after: &str) -> Comparison<'static> {
    let read = |text: &str| test_code::read(&path.into(), text.as_bytes());
    let file = ReadTestFile {
        file: read(after),
        before: Some(read(before)),
        role: TestFileRole::Named,
    };
    beside(plan, vec![file])
}

/// The plan laid beside these test files.
pub fn beside(plan: Plan, files: Vec<ReadTestFile>) -> Comparison<'static> {
    let plan: &'static Plan = Box::leak(Box::new(plan));
    let history = history(&["src/login.ts"])
        .commit("Let people log in", "M src/login.ts")
        .build();
    let policy: &'static Policy = Box::leak(Box::default());
    compare(Inputs {
        history: Some(Box::leak(Box::new(history))),
        test_files: Some(Box::leak(Box::new(ReadTestFiles { files, left_out: 0 }))),
        begun: true,
        ..Inputs::new(plan, policy)
    })
}
