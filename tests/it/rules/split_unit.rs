use crate::support::history::history;
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, beside, check_example};
use crate::support::plan::plan;
use drift::model::Comparison;
use snapbox::{assert_data_eq, str};

fn split(commits: [&[usize]; 2]) -> Comparison<'static> {
    let plan = plan().unit("U1", "Add login", &[]).unit("U2", "Add logout", &[]);
    let history = history(&[])
        .commit("Test login", "A tests/login.rs")
        .commit("Add login", "A src/login.rs");
    let mut comparison = beside(plan.build(), history.build());
    for (unit, commits) in comparison.units.iter_mut().zip(commits) {
        unit.commits = commits.to_vec();
    }
    comparison
}

#[test]
fn a_unit_in_two_commits_is_a_remark() {
    assert_data_eq!(
        check_example(&split([&[0, 1], &[]]), "D204"),
        str![[r#"
note[D204]: unit `U1` was done in 2 commits
  at: plan.json
  see: commit 9e3779b: "Test login"
  see: commit 3c6ef36: "Add login"

"#]]
    );
}

#[test]
fn one_commit_and_its_fixup_are_silent() {
    assert_silent(&split([&[0], &[1]]), "D204");
    let mut comparison = split([&[0, 1], &[]]);
    comparison.commits[1].fixup_of = Some("Test login".into());
    assert_silent(&comparison, "D204");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&split([&[0, 1], &[]]), "D204");
}

#[test]
fn two_units_have_two_names() {
    assert_two_names(&split([&[0, 1], &[0, 1]]), "D204");
}
