use crate::support::history::history;
use crate::support::judge::{
    assert_acceptable, assert_silent, assert_two_names, beside, check_example, judge, touched,
};
use crate::support::plan::plan;
use drift::model::{Comparison, FileClass, Verdict};
use snapbox::{assert_data_eq, str};

fn derived(paths: &[&str]) -> Comparison<'static> {
    let history = history(&["Cargo.lock", "web/bun.lock"]).commit("Add login", "M Cargo.lock, M web/bun.lock");
    let plan = plan().unit("U1", "Add login", &["Cargo.toml", "src/login.rs"]).build();
    let mut comparison = beside(plan, history.build());
    comparison.files = paths
        .iter()
        .map(|path| touched(&comparison, path, FileClass::Derived))
        .collect();
    comparison
}

#[test]
fn a_lock_file_is_a_remark() {
    let comparison = derived(&["Cargo.lock"]);
    assert_data_eq!(
        check_example(&comparison, "D113"),
        str![[r#"
note[D113]: `Cargo.lock` was changed by 1 commit; it follows from files in scope
  at: Cargo.lock
  see: commit 9e3779b: "Add login"

"#]]
    );
    assert_eq!(judge(&comparison).verdict, Verdict::Aligned);
}

#[test]
fn a_declared_lock_file_is_silent() {
    let mut comparison = derived(&["Cargo.lock"]);
    comparison.files[0].class = FileClass::Planned;
    assert_silent(&comparison, "D113");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&derived(&["Cargo.lock"]), "D113");
}

#[test]
fn two_files_have_two_names() {
    assert_two_names(&derived(&["Cargo.lock", "web/bun.lock"]), "D113");
}
