use crate::support::history::history;
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, beside, check_example};
use crate::support::plan::plan;
use drift::model::Comparison;
use snapbox::{assert_data_eq, str};

fn before(needed: &[usize]) -> Comparison<'static> {
    let plan = plan()
        .unit("U1", "Add the table", &[])
        .unit("U2", "Read it", &[])
        .after("U1")
        .unit("U3", "Fill it", &[]);
    let history = history(&[])
        .commit("Read it", "A read.rs")
        .commit("Add the table", "A table.sql");
    let mut comparison = beside(plan.build(), history.build());
    comparison.units[1].commits = vec![0];
    comparison.units[1].out_of_order = needed.to_vec();
    comparison
}

#[test]
fn a_unit_done_before_what_it_needs_is_found() {
    assert_data_eq!(
        check_example(&before(&[0]), "D203"),
        str![[r#"
warning[D203]: unit `U2` depends on unit `U1` and was done before it
  help: reorder the commits, or take the dependency out of the plan in a new run, or accept it: `drift accept D203-c203f4625f61 --because …`
  at: plan.json
  see: plan.json: unit `U1`
  see: commit 9e3779b: "Read it"

"#]]
    );
}

#[test]
fn units_in_order_are_silent() {
    assert_silent(&before(&[]), "D203");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&before(&[0]), "D203");
}

#[test]
fn two_dependencies_have_two_names() {
    assert_two_names(&before(&[0, 2]), "D203");
}
