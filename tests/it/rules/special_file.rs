use crate::support::history::history;
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, beside, check_example, touched};
use crate::support::plan::plan;
use drift::model::{Comparison, FileClass};
use snapbox::{assert_data_eq, str};

fn special(paths: &[&str]) -> Comparison<'static> {
    let history = history(&[]).commit("Add the parser", "A vendor/parser, A vendor/link");
    let plan = plan().unit("U1", "Add the parser", &["vendor/"]).build();
    let mut comparison = beside(plan, history.build());
    comparison.files = paths
        .iter()
        .map(|path| touched(&comparison, path, FileClass::Planned))
        .collect();
    for file in &mut comparison.files {
        file.special = Some("is a new submodule".into());
    }
    comparison
}

#[test]
fn a_submodule_below_a_declared_folder_is_found() {
    assert_data_eq!(
        check_example(&special(&["vendor/parser"]), "D112"),
        str![[r#"
warning[D112]: `vendor/parser` is a new submodule
  help: take it back if it was not meant, or accept it: `drift accept D112-99917a5a02f2 --because …`
  at: vendor/parser
  see: commit 9e3779b: "Add the parser"

"#]]
    );
}

#[test]
fn a_plain_file_is_silent() {
    let mut comparison = special(&["vendor/parser"]);
    comparison.files[0].special = None;
    assert_silent(&comparison, "D112");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&special(&["vendor/parser"]), "D112");
}

#[test]
fn two_files_have_two_names() {
    assert_two_names(&special(&["vendor/parser", "vendor/link"]), "D112");
}
