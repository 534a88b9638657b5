use crate::support::judge::untouched;
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, bare, check, check_example, of_unit};
use crate::support::plan::plan;
use drift::model::{ActionMismatch, ActionMismatchKind, Comparison, Declared, Untouched};
use snapbox::{assert_data_eq, str};

fn left(indices: &[usize]) -> Comparison<'static> {
    let files = ["src/login.rs", "docs/login.md", "docs/index.md"];
    let mut plan = plan().allows("assets/").unit("U1", "Add login", &files).build();
    plan.sources[0].name = "commit_plan.json".into();
    let mut comparison = bare(plan);
    comparison.untouched = indices.iter().map(|&index| untouched(of_unit(0, index))).collect();
    comparison
}

#[test]
fn a_declared_file_that_was_left_is_found() {
    assert_data_eq!(
        check_example(&left(&[1]), "D105"),
        str![[r#"
warning[D105]: unit `U1` declares `docs/login.md`, which was not touched
  help: do what is missing, or take it out of `commit_plan.json` (`units[].files`) in a new run, or accept it: `drift accept D105-05c581eeda67 --because …`
  at: commit_plan.json

"#]]
    );
}

#[test]
fn a_folder_in_which_nothing_was_touched_is_found() {
    let mut comparison = left(&[]);
    comparison.untouched = vec![untouched(Declared {
        lane: 0,
        unit: None,
        index: 0,
    })];
    assert_data_eq!(
        check(&comparison, "D105"),
        str![[r#"
warning[D105]: the plan declares `assets/`, and no file of it was touched
  help: do what is missing, or take it out of `commit_plan.json` (`units[].files`) in a new run, or accept it: `drift accept D105-4666e1026c2e --because …`
  at: commit_plan.json

"#]]
    );
}

#[test]
fn touched_files_are_silent() {
    assert_silent(&left(&[]), "D105");
}

#[test]
fn what_is_misplaced_or_a_wrong_action_is_said_once() {
    let mut comparison = left(&[0, 1]);
    let misplaced_to = Some("app/login.rs".into());
    comparison.untouched[0] = Untouched {
        misplaced_to,
        ..untouched(of_unit(0, 0))
    };
    let (declared, path) = (of_unit(0, 1), "docs/login.md".into());
    comparison.actions = vec![ActionMismatch {
        declared,
        path,
        kind: ActionMismatchKind::NotDeleted,
    }];
    assert_silent(&comparison, "D105");
    assert_ne!(check(&comparison, "D106"), "");
    assert_ne!(check(&comparison, "D107"), "");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&left(&[1]), "D105");
}

#[test]
fn two_files_have_two_names() {
    assert_two_names(&left(&[1, 2]), "D105");
}
