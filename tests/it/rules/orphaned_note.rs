use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, bare, check, check_example};
use crate::support::plan::plan;
use drift::model::{Comparison, ObjectId, OrphanReason, OrphanedNote};
use snapbox::{assert_data_eq, str};

fn orphaned(reasons: &[OrphanReason]) -> Comparison<'static> {
    let mut comparison = bare(plan().unit("U1", "Add login", &["src/login.rs"]).build());
    let note = |(number, reason): (usize, &OrphanReason)| OrphanedNote {
        commit: ObjectId::from_hex(&format!("9e3779b1{:032x}", number + 1)).unwrap(),
        runs: vec!["add-login-0a1b2c3d".into()],
        reason: *reason,
    };
    comparison.orphaned_notes = reasons.iter().enumerate().map(note).collect();
    comparison
}

#[test]
fn a_note_that_could_go_to_several_commits_is_a_remark() {
    assert_data_eq!(
        check_example(&orphaned(&[OrphanReason::Ambiguous]), "D904"),
        str![[r#"
note[D904]: the note of commit `9e3779b` (run `add-login-0a1b2c3d`) has lost its commit, and several make the same change
  help: put it where it belongs: `git notes --ref=drift copy 9e3779b100000000000000000000000000000001 COMMIT`
  at: commit 9e3779b

"#]]
    );
}

#[test]
fn a_note_that_can_go_nowhere_may_be_let_go() {
    let text = check(&orphaned(&[OrphanReason::Lost]), "D904");
    assert!(
        text.contains("none makes the same change") && text.contains("remove 9e3779b1"),
        "{text}"
    );
}

#[test]
fn without_such_notes_it_is_silent() {
    assert_silent(&orphaned(&[]), "D904");
}

#[test]
fn an_accepted_one_stays_a_note() {
    assert_acceptable(&orphaned(&[OrphanReason::Lost]), "D904");
}

#[test]
fn two_notes_of_one_run_have_two_names() {
    assert_two_names(&orphaned(&[OrphanReason::Lost, OrphanReason::Ambiguous]), "D904");
}
