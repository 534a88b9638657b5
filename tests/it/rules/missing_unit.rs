use crate::support::history::history;
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, beside, check_example};
use crate::support::plan::plan;
use drift::model::{Comparison, UnitStatus};
use snapbox::{assert_data_eq, str};

fn units(statuses: [UnitStatus; 2]) -> Comparison<'static> {
    let plan = plan().unit("U1", "Add login", &[]).unit("U2", "Document login", &[]);
    let history = history(&[])
        .commit("Add login", "A src/login.rs")
        .commit("Fix login", "M src/login.rs");
    let mut comparison = beside(plan.build(), history.build());
    for (unit, status) in comparison.units.iter_mut().zip(statuses) {
        unit.status = status;
    }
    comparison
}

#[test]
fn a_unit_without_commit_is_found() {
    assert_data_eq!(
        check_example(&units([UnitStatus::Done, UnitStatus::Missing]), "D201"),
        str![[r#"
warning[D201]: unit `U2` ("Document login") has none of the range's 2 commits
  help: do it, name it in its commit (`Drift-Unit: U2`), or take it out of the plan and approve the plan again, or accept it: `drift accept D201-3324811b422f --because …`
  at: plan.json

"#]]
    );
}

#[test]
fn done_partial_and_unexpected_units_are_silent() {
    assert_silent(&units([UnitStatus::Done, UnitStatus::Partial]), "D201");
    assert_silent(&units([UnitStatus::Unchecked, UnitStatus::Unchecked]), "D201");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&units([UnitStatus::Done, UnitStatus::Missing]), "D201");
}

#[test]
fn two_units_have_two_names() {
    assert_two_names(&units([UnitStatus::Missing, UnitStatus::Missing]), "D201");
}
