use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, bare, check, check_example};
use crate::support::plan::plan;
use drift::model::{Comparison, Widening};
use snapbox::{assert_data_eq, str};

fn widened(file: &str, changes: &[&str]) -> Comparison<'static> {
    let mut plan = plan().build();
    plan.sources[0].name = "commit_plan.json".into();
    let mut comparison = bare(plan);
    let changes = changes.iter().map(ToString::to_string).collect();
    comparison.widened = vec![Widening {
        file: file.into(),
        changes,
    }];
    comparison
}

#[test]
fn a_path_that_was_added_to_the_scope_is_found() {
    assert_data_eq!(
        check_example(&widened("commit_plan.json", &["`src/**` was added"]), "D015"),
        str![[r#"
error[D015]: `commit_plan.json` was loosened inside the range (`src/**` was added)
  help: bring the change to the base first, on its own, or accept it: `drift accept D015-9a6d08743de7 --because …`
  at: commit_plan.json

"#]]
    );
}

#[test]
fn a_loosened_policy_is_found() {
    let comparison = widened(
        ".drift/config.yaml",
        &["rules: `undeclared-file` is `warn`, and was `deny`"],
    );
    assert_data_eq!(
        check(&comparison, "D015"),
        str![[r#"
error[D015]: `.drift/config.yaml` was loosened inside the range (rules: `undeclared-file` is `warn`, and was `deny`)
  help: bring the change to the base first, on its own, or accept it: `drift accept D015-2d9657f18fd1 --because …`
  at: .drift/config.yaml

"#]]
    );
}

#[test]
fn nothing_widened_is_silent() {
    assert_silent(&widened("commit_plan.json", &[]), "D015");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&widened("commit_plan.json", &["`src/**` was added"]), "D015");
}

#[test]
fn each_change_has_its_own_name() {
    assert_two_names(
        &widened("commit_plan.json", &["`src/**` was added", "`infra/` was taken out"]),
        "D015",
    );
}
