//! What the rules on contracts share: how much a contract's own words weigh, and the names of tests and clauses.

use super::level::Weight;
use crate::model::{Clause, Comparison, Contract, ContractMode, Lines, Location, TestFile, TestRef};

/// How much it weighs that tests break a contract: strict ones fail, others are told.
pub(super) fn weight(contract: &Contract) -> Option<Weight> {
    contract.mode.map(|mode| match mode {
        ContractMode::Strict => Weight::Blocks,
        ContractMode::Creative => Weight::Warns,
    })
}

/// As [`weight`]; a contract that says nothing of its mode is not about every test.
pub(super) fn weight_of_other_tests(contract: &Contract) -> Option<Weight> {
    weight(contract).or(Some(Weight::Informs))
}

/// The contract that a test file belongs to.
pub(super) fn contract_of<'a>(comparison: &Comparison<'a>, file: usize) -> &'a Contract {
    let lane = comparison.test_code.lanes.get(file).copied().unwrap_or_default();
    &comparison.plan.lanes[lane].contract
}

/// `` clause `CL-A-001` (Wrong passwords are refused) ``.
pub(super) fn named(clause: &Clause) -> String {
    match clause.title.trim() {
        "" => format!("clause `{}`", clause.id),
        title => format!("clause `{}` ({})", clause.id, title.trim_end_matches('.')),
    }
}

/// A line of a test file.
pub(super) fn line(file: &TestFile, line: usize) -> Location {
    Location::Lines(
        file.path.clone(),
        Lines {
            first: line,
            last: line,
        },
    )
}

/// The lines of a test.
pub(super) fn place(comparison: &Comparison<'_>, test: TestRef) -> Location {
    let first = comparison.source_test(test).lines.first;
    line(comparison.test_file(test.file), first)
}

/// `` test `login > refuses` of `tests/login.test.ts` ``.
pub(super) fn test(comparison: &Comparison<'_>, test: TestRef) -> String {
    let name = comparison.source_test(test).full_name();
    format!("test `{name}` of `{}`", comparison.test_file(test.file).path)
}
