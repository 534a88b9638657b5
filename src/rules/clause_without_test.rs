//! `clause-without-test`: a clause of a contract that no test shows.

use super::advice::Advice;
use super::contract::{line, named, place};
use super::level::Weight;
use super::wording::count;
use super::{Check, Findings, Found};
use crate::model::{
    Clause, ClauseDelta, ClauseStatus, Comparison, Contract, ContractDelta, ContractMode, Level, Location, Normativity,
    Options, RiskLevel, Rule, TestMarker,
};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D501",
        name: "clause-without-test",
        summary: "a clause of a contract has no test that shows it, or too few",
        default_level: Level::Warn,
        denies_from: Some(RiskLevel::High),
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A clause that no test of the target names: no `@clause` tag above or in a test, or only in tests that are skipped; and a
clause with fewer tests than `expectedCoverage` wants. Looked at are the test files that the plan names, those that the
range touched, and, where a clause is still open, all test files that hold a tag. A tag in a language that drift has no
grammar for leaves its clause unchecked.

Where the contract says its mode, its own words weigh: a clause that MUST hold denies, one that SHOULD hold denies if the
mode is STRICT, and one that MAY hold is a note. With CREATIVE, 60, 80, 90 or 100 % of the clauses need a test at
criticality `low`, `medium`, `high` or `critical`; below that an open SHOULD warns, above it it is a note. A level in
config.yaml counts for all of them.

## Why it matters
A promise that nothing tests is a promise that nobody will notice to be broken.

## Example
```json
{"contract": {"mode": "STRICT", "clauses": [{"id": "CL-LOGIN-002", "title": "A wrong password is refused", "normativity": "MUST"}]}}
```
```text
error[D501]: clause `CL-LOGIN-002` (A wrong password is refused) MUST hold and has no test; 1 of 2 clauses shown
  help: write `// @clause CL-LOGIN-002` on the line above the test that shows it, or accept it: `drift accept D501-cf15c23fc14e --because …`
```

## How to settle it
Write the test, and name the clause in a comment of its own line directly above it. If the promise is dropped, take the
clause out of the contract and approve it again.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    for contract in &comparison.contracts {
        let lane = &comparison.plan.lanes[contract.lane];
        for (clause, delta) in lane.clauses.iter().zip(&contract.clauses) {
            if delta.status == ClauseStatus::Uncovered {
                findings.add(found(comparison, contract, clause, delta));
            }
        }
    }
}

fn found(comparison: &Comparison<'_>, contract: &ContractDelta, clause: &Clause, delta: &ClauseDelta) -> Found {
    let (covered, all) = (contract.covered(), contract.clauses.len());
    let clauses = count(all, "clause");
    let message = format!(
        "{} {} hold and {}; {covered} of {clauses} shown",
        named(clause),
        clause.normativity.name(),
        what_it_has(comparison, delta)
    );
    let lane = &comparison.plan.lanes[contract.lane];
    let help = Advice::of(comparison).or_accept(&help(comparison, &lane.contract, clause, delta));
    Found::new(&clause.location, message)
        .detail(&*clause.id)
        .help(help)
        .related_all(places(comparison, delta))
        .weight(weight(&lane.contract, clause, contract))
}

fn what_it_has(comparison: &Comparison<'_>, delta: &ClauseDelta) -> String {
    if !delta.tests.is_empty() {
        return format!(
            "has {} of the {} that are wanted",
            count(delta.tests.len(), "test"),
            delta.wanted
        );
    }
    match delta.idle.as_slice() {
        [] => "has no test".into(),
        [only] => format!(
            "has one test, which is {}",
            marker(comparison.source_test(*only).marker)
        ),
        idle => format!("has {}, none of which runs", count(idle.len(), "test")),
    }
}

fn marker(marker: Option<TestMarker>) -> &'static str {
    marker.map_or("skipped", TestMarker::name)
}

fn help(comparison: &Comparison<'_>, contract: &Contract, clause: &Clause, delta: &ClauseDelta) -> String {
    let tag = match contract.mapping.in_names {
        true => format!("begin the name of the test that shows it with `[{}]`", clause.id),
        false => format!(
            "write `// @clause {}` on the line above the test that shows it",
            clause.id
        ),
    };
    if let Some(&(file, line)) = delta.hanging.first() {
        let path = &comparison.test_file(file).path;
        return format!("the tag in `{path}:{line}` stands above no test: move it to the line above the test");
    }
    if delta.tests.is_empty() && !delta.idle.is_empty() {
        return "let the test run".into();
    }
    tag
}

fn places(comparison: &Comparison<'_>, delta: &ClauseDelta) -> Vec<(Location, String)> {
    let hanging = delta
        .hanging
        .iter()
        .map(|&(file, at)| (line(comparison.test_file(file), at), "a tag for it".to_owned()));
    let tests = delta.idle.iter().chain(&delta.tests);
    let tests = tests.map(|&it| (place(comparison, it), comparison.source_test(it).full_name()));
    hanging.chain(tests).take(3).collect()
}

/// What the contract itself says of this clause.
fn weight(contract: &Contract, clause: &Clause, delta: &ContractDelta) -> Option<Weight> {
    let is_below = delta.covered() * 100 < contract.least_percent() * delta.clauses.len();
    match (clause.normativity, contract.mode) {
        (Normativity::May, _) => Some(Weight::Informs),
        (_, None) => None,
        (Normativity::Must, _) | (Normativity::Should, Some(ContractMode::Strict)) => Some(Weight::Blocks),
        (Normativity::Should, Some(ContractMode::Creative)) if is_below => Some(Weight::Warns),
        (Normativity::Should, Some(ContractMode::Creative)) => Some(Weight::Informs),
    }
}
