use crate::support::history::history;
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, beside, check, check_example};
use crate::support::plan::plan;
use drift::model::{CommitRole, Comparison};
use snapbox::{assert_data_eq, str};

fn commits(subjects: &[&str]) -> Comparison<'static> {
    let add = |history: crate::support::history::HistoryBuilder, subject: &&str| history.commit(subject, "M a.rs");
    let history = subjects.iter().fold(history(&["a.rs"]), add);
    let plan = plan().unit("U1", "Add login", &["src/login.rs"]).build();
    let mut comparison = beside(plan, history.build());
    comparison
        .commits
        .iter_mut()
        .for_each(|commit| commit.role = CommitRole::Unplanned);
    comparison
}

#[test]
fn a_commit_beside_the_plan_is_found() {
    assert_data_eq!(
        check_example(&commits(&["Speed up the build"]), "D202"),
        str![[r#"
warning[D202]: commit `9e3779b` ("Speed up the build") touches 1 file and stands for no unit
  help: name its unit in a `Drift-Unit:` trailer, or plan a unit for it in a new run, or accept it: `drift accept D202-c8ffda09e624 --because …`
  at: commit 9e3779b

"#]]
    );
}

#[test]
fn a_commit_that_names_another_plan_is_said_to() {
    let mut comparison = commits(&["feat(04-02): Speed up the build"]);
    comparison.commits[0].other_plan = Some("04-02".into());
    assert_data_eq!(
        check(&comparison, "D202"),
        str![[r#"
warning[D202]: commit `9e3779b` ("feat(04-02): Speed up the build") touches 1 file and stands for no unit; its subject names another plan, `04-02`
  help: check both plans at once (`--plan` for each), or leave it out of the range, or accept it: `drift accept D202-e9aa3a28cde5 --because …`
  at: commit 9e3779b

"#]]
    );
}

#[test]
fn other_roles_are_silent() {
    let mut comparison = commits(&["Speed up the build"]);
    for role in [
        CommitRole::Paired,
        CommitRole::Bookkeeping,
        CommitRole::Merge,
        CommitRole::Unjudged,
    ] {
        comparison.commits[0].role = role;
        assert_silent(&comparison, "D202");
    }
}

#[test]
fn a_leftover_fixup_and_the_revert_of_a_whole_unit_are_said_once() {
    let mut comparison = commits(&["Add login", "fixup! Add login", "Revert \"Add login\""]);
    comparison.commits[0].role = CommitRole::Paired;
    comparison.commits[0].units = vec![0];
    comparison.commits[1].fixup_of = Some("Add login".into());
    comparison.commits[2].reverts = Some(0);
    comparison.units[0].reverted = true;
    assert_silent(&comparison, "D202");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&commits(&["Speed up the build"]), "D202");
}

#[test]
fn two_commits_have_two_names_even_under_one_subject() {
    assert_two_names(&commits(&["Speed up the build", "Update the logo"]), "D202");
    assert_two_names(&commits(&["wip", "wip"]), "D202");
}
