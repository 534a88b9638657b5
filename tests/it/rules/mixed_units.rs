use crate::support::history::history;
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, beside, check_example};
use crate::support::plan::plan;
use drift::model::Comparison;
use snapbox::{assert_data_eq, str};

fn mixed(units: [&[usize]; 2]) -> Comparison<'static> {
    let plan = plan().unit("U1", "Add login", &[]).unit("U2", "Document login", &[]);
    let history = history(&[])
        .commit("Add login with docs", "A src/login.rs")
        .commit("Fix it", "M src/login.rs");
    let mut comparison = beside(plan.build(), history.build());
    for (commit, units) in comparison.commits.iter_mut().zip(units) {
        commit.units = units.to_vec();
    }
    comparison
}

#[test]
fn a_commit_for_two_units_is_found() {
    assert_data_eq!(
        check_example(&mixed([&[0, 1], &[]]), "D205"),
        str![[r#"
warning[D205]: commit `9e3779b` ("Add login with docs") does units `U1` and `U2` at once
  help: split the commit, or plan these as one unit in a new run, or accept it: `drift accept D205-5e26e5f6655f --because …`
  at: commit 9e3779b
  see: plan.json: unit `U1`
  see: plan.json: unit `U2`

"#]]
    );
}

#[test]
fn a_commit_for_one_unit_is_silent() {
    assert_silent(&mixed([&[0], &[1]]), "D205");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&mixed([&[0, 1], &[]]), "D205");
}

#[test]
fn two_commits_have_two_names() {
    assert_two_names(&mixed([&[0, 1], &[1, 0]]), "D205");
}
