use crate::support::history::history;
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, beside, check_example, touched};
use crate::support::plan::plan;
use drift::model::{Comparison, FileClass};
use snapbox::{assert_data_eq, str};

fn deleted(paths: &[&str], class: FileClass) -> Comparison<'static> {
    let history = history(&["src/parser/span.rs", "src/parser/trace.rs"])
        .commit("Tidy the errors", "D src/parser/span.rs, D src/parser/trace.rs");
    let mut plan = plan().unit("U1", "Tidy the parser's errors", &["src/parser/"]).build();
    plan.sources[0].name = "commit_plan.json".into();
    let mut comparison = beside(plan, history.build());
    comparison.files = paths.iter().map(|path| touched(&comparison, path, class)).collect();
    comparison
        .files
        .iter_mut()
        .for_each(|file| file.unplanned_delete = true);
    comparison
}

#[test]
fn a_file_that_vanished_from_a_declared_folder_is_found() {
    assert_data_eq!(
        check_example(&deleted(&["src/parser/span.rs"], FileClass::Planned), "D108"),
        str![[r#"
warning[D108]: `src/parser/span.rs` was deleted by 1 commit; nothing declares that
  help: bring it back, or declare its deletion in `commit_plan.json` (`units[].files`) in a new run, or accept it: `drift accept D108-c7bae90ae97a --because …`
  at: src/parser/span.rs
  see: commit 9e3779b: "Tidy the errors"

"#]]
    );
}

#[test]
fn an_undeclared_deletion_is_said_once() {
    let comparison = deleted(&["src/parser/span.rs"], FileClass::Undeclared);
    assert_silent(&comparison, "D101");
    assert_acceptable(&comparison, "D108");
}

#[test]
fn a_declared_deletion_and_a_derived_file_are_silent() {
    assert_silent(&deleted(&["src/parser/span.rs"], FileClass::Derived), "D108");
    let mut comparison = deleted(&["src/parser/span.rs"], FileClass::Planned);
    comparison.files[0].unplanned_delete = false;
    assert_silent(&comparison, "D108");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&deleted(&["src/parser/span.rs"], FileClass::Planned), "D108");
}

#[test]
fn two_files_have_two_names() {
    let paths = ["src/parser/span.rs", "src/parser/trace.rs"];
    assert_two_names(&deleted(&paths, FileClass::Planned), "D108");
}
