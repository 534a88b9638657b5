use crate::support::history::history;
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, beside, check, check_example, found};
use crate::support::judge::{of_unit, touched, untouched};
use crate::support::plan::{PlanBuilder, plan};
use drift::model::{Comparison, FileClass, RenameScope, Standing, StandingKind, Untouched};
use snapbox::{assert_data_eq, str};

fn login() -> PlanBuilder {
    let mut plan = plan().unit("U1", "Add login", &["src/login.rs"]);
    plan.0.sources[0].name = "commit_plan.json".into();
    plan
}

fn undeclared(changes: &str, paths: &[&str]) -> Comparison<'static> {
    let history = history(&["src/login.rs", "old.rs"]).commit("Add login", changes);
    let mut comparison = beside(login().build(), history.build());
    comparison.files = paths
        .iter()
        .map(|path| touched(&comparison, path, FileClass::Undeclared))
        .collect();
    comparison
}

#[test]
fn a_file_that_nobody_declares_is_found() {
    let comparison = undeclared("M src/login.rs, A src/session.rs", &["src/session.rs"]);
    assert_data_eq!(
        check_example(&comparison, "D101"),
        str![[r#"
warning[D101]: `src/session.rs` was added by 1 commit; nothing declares it
  help: declare it in `commit_plan.json` (`units[].files`) in a new run, or accept it: `drift accept D101-6c09ac80e27f --because …`
  at: src/session.rs
  see: commit 9e3779b: "Add login"

"#]]
    );
}

#[test]
fn several_commits_change_a_file_and_together_add_one() {
    let history = history(&["old.rs"])
        .commit("Start", "A new.rs, M old.rs")
        .commit("Go on", "M new.rs, M old.rs");
    let mut comparison = beside(login().build(), history.build());
    comparison.files = ["new.rs", "old.rs"]
        .map(|path| touched(&comparison, path, FileClass::Undeclared))
        .into();
    let messages: Vec<_> = found(&comparison, "D101").into_iter().map(|it| it.message).collect();
    assert_eq!(
        messages,
        [
            "`new.rs` was added over 2 commits; nothing declares it",
            "`old.rs` was changed by 2 commits; nothing declares it"
        ]
    );
}

#[test]
fn a_file_of_another_plan_is_said_to_be_one() {
    let mut comparison = undeclared("A a.rs", &["a.rs"]);
    comparison.commits[0].other_plan = Some("04-02".into());
    let message = &found(&comparison, "D101")[0].message;
    assert_eq!(
        message,
        "`a.rs` was added by 1 commit of another plan, `04-02`; nothing declares it"
    );
}

#[test]
fn other_classes_are_not_its_own() {
    let mut comparison = undeclared("A a.rs", &["a.rs"]);
    for class in FileClass::ALL
        .into_iter()
        .filter(|&class| class != FileClass::Undeclared)
    {
        comparison.files[0].class = class;
        assert_silent(&comparison, "D101");
    }
}

#[test]
fn a_gsd_plan_is_told_in_its_own_fields() {
    let mut comparison = undeclared("A a.rs", &["a.rs"]);
    let mut plan = login().build();
    plan.sources[0].name = ".planning/01-01-PLAN.md".into();
    plan.sources[0].format = "gsd";
    comparison.plan = Box::leak(Box::new(plan));
    assert_data_eq!(
        check(&comparison, "D101"),
        str![[r#"
warning[D101]: `a.rs` was added by 1 commit; nothing declares it
  help: declare it in `01-01-PLAN.md` (`files_modified`, or a task's `<files>`) in a new run, or accept it: `drift accept D101-68a330cc2903 --because …`
  at: a.rs
  see: commit 9e3779b: "Add login"

"#]]
    );
}

#[test]
fn without_a_run_nothing_is_said_of_approving_and_accepting() {
    let mut comparison = undeclared("A a.rs", &["a.rs"]);
    comparison.begun = false;
    comparison.standings = vec![Standing {
        source: 0,
        kind: StandingKind::Unjudged,
    }];
    assert_data_eq!(
        check(&comparison, "D101"),
        str![[r#"
warning[D101]: `a.rs` was added by 1 commit; nothing declares it
  help: declare it in `commit_plan.json` (`units[].files`)
  at: a.rs
  see: commit 9e3779b: "Add login"

"#]]
    );
}

#[test]
fn of_a_rename_into_the_scope_the_old_path_is_named() {
    let mut comparison = undeclared("D src/login.rs, R old.rs>src/new.rs", &["src/new.rs"]);
    comparison.files[0].rename = Some(RenameScope {
        from_declared: false,
        to_declared: true,
    });
    assert_data_eq!(
        check(&comparison, "D101"),
        str![[r#"
warning[D101]: `old.rs` was renamed to `src/new.rs`; nothing declares the old path
  help: declare it in `commit_plan.json` (`units[].files`) in a new run, or accept it: `drift accept D101-611c4022530d --because …`
  at: old.rs
  see: commit 9e3779b: "Add login"

"#]]
    );
}

#[test]
fn a_namesake_that_was_left_is_pointed_at() {
    let mut comparison = undeclared("A app/login.rs", &["app/login.rs"]);
    comparison.untouched = vec![Untouched {
        misplaced_to: Some("app/login.rs".into()),
        ..untouched(of_unit(0, 0))
    }];
    assert_data_eq!(
        check(&comparison, "D101"),
        str![[r#"
warning[D101]: `app/login.rs` was added by 1 commit; nothing declares it
  help: declare it in `commit_plan.json` (`units[].files`) in a new run, or accept it: `drift accept D101-d8ff9eda1587 --because …`
  at: app/login.rs
  see: commit 9e3779b: "Add login"
  see: commit_plan.json: unit `U1` declares a file of the same name, which was left

"#]]
    );
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&undeclared("A a.rs", &["a.rs"]), "D101");
}

#[test]
fn two_files_have_two_names() {
    assert_two_names(&undeclared("A a.rs, A b.rs", &["a.rs", "b.rs"]), "D101");
}

#[test]
fn a_run_that_has_not_begun_is_edited_and_approved_again() {
    let mut comparison = undeclared("A a.rs", &["a.rs"]);
    comparison.begun = false;
    comparison.standings = vec![Standing {
        source: 0,
        kind: StandingKind::Unapproved,
    }];
    assert_data_eq!(
        check(&comparison, "D101"),
        str![[r#"
warning[D101]: `a.rs` was added by 1 commit; nothing declares it
  help: declare it in `commit_plan.json` (`units[].files`) and approve the plan again
  at: a.rs
  see: commit 9e3779b: "Add login"

"#]]
    );
}
