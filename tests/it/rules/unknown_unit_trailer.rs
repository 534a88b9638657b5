use crate::support::history::history;
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, beside, check, check_example};
use crate::support::plan::plan;
use drift::model::Comparison;
use snapbox::{assert_data_eq, str};

fn unknown(values: &[&str]) -> Comparison<'static> {
    let plan = plan().unit("U1", "Add login", &["src/login.rs"]).build();
    let mut comparison = beside(plan, history(&[]).commit("Add login", "A src/login.rs").build());
    comparison.commits[0].unknown_trailers = values.iter().map(|&value| value.into()).collect();
    comparison
}

#[test]
fn a_trailer_that_names_no_unit_is_found() {
    assert_data_eq!(
        check_example(&unknown(&["U7"]), "D402"),
        str![[r#"
warning[D402]: commit `9e3779b` ("Add login") says `Drift-Unit: U7`, and the plan has no such unit
  help: did you mean `U1`? Reword the commit, or accept it: `drift accept D402-8dab0688ec23 --because …`
  at: commit 9e3779b

"#]]
    );
}

#[test]
fn commits_without_such_a_trailer_are_silent() {
    assert_silent(&unknown(&[]), "D402");
}

#[test]
fn a_plan_without_units_has_nothing_to_name() {
    let mut comparison = beside(
        plan().allows("src/**").build(),
        history(&[]).commit("Add login", "A src/login.rs").build(),
    );
    comparison.commits[0].unknown_trailers = vec!["U7".into()];
    assert_eq!(check(&comparison, "D402"), "");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&unknown(&["U7"]), "D402");
}

#[test]
fn two_trailers_have_two_names() {
    assert_two_names(&unknown(&["U7", "U8"]), "D402");
}
