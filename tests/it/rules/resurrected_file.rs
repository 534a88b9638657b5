use crate::support::history::history;
use crate::support::judge::{
    assert_acceptable, assert_silent, assert_two_names, beside, check_example, of_unit, touched,
};
use crate::support::plan::plan;
use drift::model::{Comparison, FileClass};
use snapbox::{assert_data_eq, str};

fn back(paths: &[&str]) -> Comparison<'static> {
    let history = history(&[]).commit("Merge the old branch", "A src/old.rs, A src/older.rs");
    let mut plan = plan().unit("U1", "Add login", &["src/", "CREATE src/old.rs"]).build();
    plan.sources[0].name = "commit_plan.json".into();
    let mut comparison = beside(plan, history.build());
    comparison.files = paths
        .iter()
        .map(|path| touched(&comparison, path, FileClass::Planned))
        .collect();
    for file in &mut comparison.files {
        file.resurrected = true;
        file.declared_by = vec![of_unit(0, 0)];
    }
    comparison
}

#[test]
fn a_file_that_came_back_is_found() {
    assert_data_eq!(
        check_example(&back(&["src/old.rs"]), "D109"),
        str![[r#"
warning[D109]: `src/old.rs` was added by 1 commit; it had been deleted before
  help: delete it again, or declare CREATE of it in `commit_plan.json` (`units[].files`) in a new run, or accept it: `drift accept D109-7f8a06567188 --because …`
  at: src/old.rs
  see: commit 9e3779b: "Merge the old branch"

"#]]
    );
}

#[test]
fn a_declared_creation_and_a_derived_file_are_silent() {
    let mut comparison = back(&["src/old.rs"]);
    comparison.files[0].class = FileClass::Derived;
    assert_silent(&comparison, "D109");
    comparison.files[0].class = FileClass::Planned;
    comparison.files[0].declared_by = vec![of_unit(0, 1)];
    assert_silent(&comparison, "D109");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&back(&["src/old.rs"]), "D109");
}

#[test]
fn two_files_have_two_names() {
    assert_two_names(&back(&["src/old.rs", "src/older.rs"]), "D109");
}
