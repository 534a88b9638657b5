use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, bare, check_example, found, of_unit};
use crate::support::plan::plan;
use drift::model::{ActionMismatch, ActionMismatchKind, Comparison};
use snapbox::{assert_data_eq, str};

fn mismatched(kinds: &[ActionMismatchKind]) -> Comparison<'static> {
    let files = vec!["DELETE src/old.rs"; kinds.len()];
    let mut plan = plan().unit("U1", "Drop the old login", &files).build();
    plan.sources[0].name = "commit_plan.json".into();
    let mut comparison = bare(plan);
    let mismatch = |(index, &kind)| ActionMismatch {
        declared: of_unit(0, index),
        path: "src/old.rs".into(),
        kind,
    };
    comparison.actions = kinds.iter().enumerate().map(mismatch).collect();
    comparison
}

#[test]
fn a_file_that_should_be_gone_is_found() {
    assert_data_eq!(
        check_example(&mismatched(&[ActionMismatchKind::NotDeleted]), "D107"),
        str![[r#"
warning[D107]: unit `U1` declares DELETE of `src/old.rs`, and the target still has it
  help: do what is declared, or correct the action in `commit_plan.json` (`units[].files`) in a new run, or accept it: `drift accept D107-913a1c07def2 --because …`
  at: commit_plan.json
  see: src/old.rs: the file

"#]]
    );
}

#[test]
fn each_kind_has_its_words() {
    use ActionMismatchKind as Kind;
    let kinds = [
        Kind::CreateButExisted,
        Kind::NotCreated,
        Kind::ModifyButAbsent,
        Kind::ModifyButDeleted,
        Kind::NotDeleted,
        Kind::DeleteButAbsent,
        Kind::NotRenamed,
    ];
    let messages: Vec<_> = found(&mismatched(&kinds), "D107")
        .into_iter()
        .map(|it| it.message)
        .collect();
    assert_data_eq!(
        messages.join("\n"),
        str![[r#"
unit `U1` declares CREATE of `src/old.rs`, and the base has it already
unit `U1` declares CREATE of `src/old.rs`, and the target does not have it
unit `U1` declares MODIFY of `src/old.rs`, and the base does not have it
unit `U1` declares MODIFY of `src/old.rs`, and the target does not have it any more
unit `U1` declares DELETE of `src/old.rs`, and the target still has it
unit `U1` declares DELETE of `src/old.rs`, and the base does not have it
unit `U1` declares RENAME of `src/old.rs`, and it is where it was
"#]]
    );
}

#[test]
fn actions_as_declared_are_silent() {
    assert_silent(&mismatched(&[]), "D107");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&mismatched(&[ActionMismatchKind::NotDeleted]), "D107");
}

#[test]
fn two_files_have_two_names() {
    let mut comparison = mismatched(&[ActionMismatchKind::NotDeleted; 2]);
    comparison.actions[1].path = "src/older.rs".into();
    assert_two_names(&comparison, "D107");
}
