use crate::support::history::history;
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, beside, check_example, touched};
use crate::support::plan::plan;
use drift::model::{Comparison, FileClass, RenameScope};
use snapbox::{assert_data_eq, str};

fn renamed(paths: &[&str], to_declared: bool) -> Comparison<'static> {
    let history = history(&["src/login/form.rs", "src/login/page.rs"]).commit(
        "Split the login",
        "R src/login/form.rs>web/form.rs, R src/login/page.rs>web/page.rs",
    );
    let mut plan = plan().unit("U1", "Split the login", &["src/login/"]).build();
    plan.sources[0].name = "commit_plan.json".into();
    let mut comparison = beside(plan, history.build());
    comparison.files = paths
        .iter()
        .map(|path| touched(&comparison, path, FileClass::Undeclared))
        .collect();
    for file in &mut comparison.files {
        file.rename = Some(RenameScope {
            from_declared: true,
            to_declared,
        });
    }
    comparison
}

#[test]
fn a_rename_to_an_undeclared_path_is_found() {
    assert_data_eq!(
        check_example(&renamed(&["web/form.rs"], false), "D110"),
        str![[r#"
error[D110]: `src/login/form.rs` is in scope and was renamed to `web/form.rs`, which nothing declares
  help: rename it back, or declare it in `commit_plan.json` (`units[].files`) in a new run, or accept it: `drift accept D110-c55ca07b9bef --because …`
  at: web/form.rs
  see: commit 9e3779b: "Split the login"

"#]]
    );
}

#[test]
fn it_is_not_undeclared_as_well() {
    assert_silent(&renamed(&["web/form.rs"], false), "D101");
}

#[test]
fn a_rename_within_the_scope_is_silent() {
    let mut comparison = renamed(&["web/form.rs"], true);
    comparison.files[0].class = FileClass::Planned;
    assert_silent(&comparison, "D110");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&renamed(&["web/form.rs"], false), "D110");
}

#[test]
fn two_files_have_two_names() {
    assert_two_names(&renamed(&["web/form.rs", "web/page.rs"], false), "D110");
}
