use crate::support::history::history;
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, beside, check_example};
use crate::support::plan::plan;
use drift::model::Comparison;
use snapbox::{assert_data_eq, str};

fn reverted(units: &[usize]) -> Comparison<'static> {
    let history = history(&[])
        .commit("Add login", "A src/login.rs")
        .commit("Revert \"Add login\"", "D src/login.rs");
    let plan = plan()
        .unit("U1", "Add login", &["src/login.rs"])
        .unit("U2", "Add logout", &[]);
    let mut comparison = beside(plan.build(), history.build());
    comparison.commits[1].reverts = Some(0);
    for &unit in units {
        comparison.units[unit].commits = vec![0];
        comparison.units[unit].reverted = true;
    }
    comparison
}

#[test]
fn a_unit_that_was_taken_back_is_found() {
    assert_data_eq!(
        check_example(&reverted(&[0]), "D209"),
        str![[r#"
warning[D209]: unit `U1` was done and then reverted
  help: do it again, or take it out of the plan in a new run, or accept it: `drift accept D209-fc03e9cb81f3 --because …`
  at: plan.json
  see: commit 3c6ef36: "Revert "Add login""

"#]]
    );
}

#[test]
fn a_unit_that_stands_is_silent() {
    assert_silent(&reverted(&[]), "D209");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&reverted(&[0]), "D209");
}

#[test]
fn two_units_have_two_names() {
    assert_two_names(&reverted(&[0, 1]), "D209");
}
