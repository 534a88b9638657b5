use crate::support::history::history;
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, beside, check_example, found};
use crate::support::plan::plan;
use drift::model::Comparison;
use snapbox::{assert_data_eq, str};

fn rivals(rivals: [&[usize]; 3]) -> Comparison<'static> {
    let plan = plan()
        .unit("U1", "Fix the parser", &[])
        .unit("U2", "Fix the parser's tests", &[])
        .unit("U3", "Document the parser", &[]);
    let mut comparison = beside(plan.build(), history(&[]).commit("Fix", "A parser.rs").build());
    for (unit, rivals) in comparison.units.iter_mut().zip(rivals) {
        unit.rivals = rivals.to_vec();
    }
    comparison
}

#[test]
fn a_close_choice_is_a_remark() {
    assert_data_eq!(
        check_example(&rivals([&[1], &[], &[]]), "D207"),
        str![[r#"
note[D207]: the commits of unit `U1` fit unit `U2` nearly as well
  help: name the unit in its commit: `Drift-Unit: U1`
  at: plan.json
  see: plan.json: nearly as good

"#]]
    );
}

#[test]
fn two_rivals_are_named_once() {
    assert_eq!(found(&rivals([&[1], &[0], &[]]), "D207").len(), 1);
}

#[test]
fn a_clear_choice_is_silent() {
    assert_silent(&rivals([&[], &[], &[]]), "D207");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&rivals([&[1], &[], &[]]), "D207");
}

#[test]
fn two_units_have_two_names() {
    assert_two_names(&rivals([&[1], &[2], &[]]), "D207");
}
