use crate::support::history::history;
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, beside, check_example, touched};
use crate::support::plan::plan;
use drift::model::{Comparison, FileClass};
use snapbox::{assert_data_eq, str};

fn foreign(paths: &[&str]) -> Comparison<'static> {
    let plan = plan().unit("U1", "Add login", &["src/login.rs"]).unit(
        "U2",
        "Keep the session",
        &["src/session.rs", "src/token.rs"],
    );
    let history = history(&[])
        .commit("Keep the session", "A src/session.rs, A src/token.rs")
        .commit("Add login", "A src/login.rs, M src/session.rs, M src/token.rs")
        .commit("Finish login", "M src/login.rs, M src/session.rs");
    let mut comparison = beside(plan.build(), history.build());
    comparison.commits[0].units = vec![1];
    for commit in &mut comparison.commits[1..] {
        commit.units = vec![0];
        commit.foreign = paths.iter().map(|&path| path.into()).collect();
    }
    comparison
}

#[test]
fn a_file_that_two_units_touched_is_found_once() {
    assert_data_eq!(
        check_example(&foreign(&["src/session.rs"]), "D206"),
        str![[r#"
note[D206]: `src/session.rs` was touched by 2 commits of unit `U1`, but is not declared there
  help: move the part to the unit that declares it, or declare it for both in a new run, or accept it: `drift accept D206-ed2c85add85f --because …`
  at: src/session.rs
  see: commit 3c6ef36: "Add login"
  see: commit daa66d1: "Finish login"

"#]]
    );
}

#[test]
fn what_is_in_the_wrong_lane_is_said_once() {
    let mut comparison = foreign(&["src/session.rs"]);
    comparison.files = vec![touched(&comparison, "src/session.rs", FileClass::WrongLane)];
    assert_silent(&comparison, "D206");
}

#[test]
fn commits_on_their_own_files_are_silent() {
    assert_silent(&foreign(&[]), "D206");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&foreign(&["src/session.rs"]), "D206");
}

#[test]
fn two_files_have_two_names() {
    assert_two_names(&foreign(&["src/session.rs", "src/token.rs"]), "D206");
}
