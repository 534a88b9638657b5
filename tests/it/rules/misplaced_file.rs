use crate::support::judge::untouched;
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, bare, check_example, of_unit};
use crate::support::plan::plan;
use drift::model::{ActionMismatch, ActionMismatchKind, Comparison, Untouched};
use snapbox::{assert_data_eq, str};

fn misplaced(count: usize) -> Comparison<'static> {
    let mut plan = plan().unit("U1", "Add login", &["src/login.rs", "src/form.rs"]).build();
    plan.sources[0].name = "commit_plan.json".into();
    let mut comparison = bare(plan);
    let elsewhere = ["app/login.rs", "app/form.rs"].into_iter().take(count).enumerate();
    let misplaced = elsewhere.map(|(index, path)| Untouched {
        misplaced_to: Some(path.into()),
        ..untouched(of_unit(0, index))
    });
    comparison.untouched = misplaced.collect();
    comparison
}

#[test]
fn work_on_a_namesake_is_found() {
    assert_data_eq!(
        check_example(&misplaced(1), "D106"),
        str![[r#"
warning[D106]: unit `U1` declares `src/login.rs`, which was left, while `app/login.rs` was touched
  help: move the work, or correct the path in `commit_plan.json` (`units[].files`) in a new run, or accept it: `drift accept D106-6b3a90a42dab --because …`
  at: commit_plan.json
  see: app/login.rs: touched instead

"#]]
    );
}

#[test]
fn a_file_without_namesake_is_silent() {
    let mut comparison = misplaced(1);
    comparison.untouched[0].misplaced_to = None;
    assert_silent(&comparison, "D106");
}

#[test]
fn a_misplaced_creation_is_said_once() {
    let mut comparison = misplaced(1);
    let (declared, path) = (of_unit(0, 0), "src/login.rs".into());
    comparison.actions = vec![ActionMismatch {
        declared,
        path,
        kind: ActionMismatchKind::NotCreated,
    }];
    assert_silent(&comparison, "D107");
    assert_silent(&comparison, "D105");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&misplaced(1), "D106");
}

#[test]
fn two_files_have_two_names() {
    assert_two_names(&misplaced(2), "D106");
}
