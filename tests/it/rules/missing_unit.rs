use crate::support::history::history;
use crate::support::judge::{
    assert_acceptable, assert_silent, assert_two_names, beside, check, check_example, of_unit, untouched,
};
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
  help: do it, name it in its commit (`Drift-Unit: U2`), or take it out of the plan in a new run, or accept it: `drift accept D201-3324811b422f --because …`
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

#[test]
fn it_speaks_alone_for_the_files_of_its_unit() {
    let plan = plan().unit("U1", "Add login", &["src/login.rs", "src/token.rs"]).unit(
        "U2",
        "Document login",
        &["docs/login.md"],
    );
    let history = history(&[]).commit("Add login", "A src/token.rs");
    let mut comparison = beside(plan.build(), history.build());
    comparison.units[1].status = UnitStatus::Missing;
    comparison.untouched = vec![untouched(of_unit(0, 0)), untouched(of_unit(1, 0))];
    assert_data_eq!(
        check(&comparison, "D105"),
        str![[r#"
warning[D105]: unit `U1` declares `src/login.rs`, which was not touched
  help: do what is missing, or take it out of `plan.json` (`units[].files`) in a new run, or accept it: `drift accept D105-075a5ad0c922 --because …`
  at: plan.json

"#]]
    );
}

#[test]
fn a_range_without_a_commit_is_not_counted() {
    let mut comparison = units([UnitStatus::Done, UnitStatus::Missing]);
    comparison.commits = Vec::new();
    assert_data_eq!(
        check(&comparison, "D201"),
        str![[r#"
warning[D201]: unit `U2` ("Document login") has no commit yet
  help: do it, name it in its commit (`Drift-Unit: U2`), or take it out of the plan in a new run, or accept it: `drift accept D201-3324811b422f --because …`
  at: plan.json

"#]]
    );
}
