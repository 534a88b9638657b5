use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, bare, check_example};
use crate::support::plan::plan;
use drift::model::{Comparison, Fault, FaultKind, FilePlace};
use snapbox::{assert_data_eq, str};

fn faults(messages: &[&str]) -> Comparison<'static> {
    let mut comparison = bare(plan().build());
    let fault = |message: &&str| Fault {
        kind: FaultKind::UnreadableConfig,
        message: message.to_string(),
        help: "write one of `allow`, `warn`, `deny`".into(),
        place: FilePlace {
            file: ".drift/config.yaml".into(),
            line: 3,
            column: 8,
        },
    };
    comparison.faults = messages.iter().map(fault).collect();
    comparison
}

#[test]
fn it_is_found_at_its_line() {
    assert_data_eq!(
        check_example(&faults(&["`undeclared-file` can't be `forbid`"]), "D901"),
        str![[r#"
warning[D901]: `.drift/config.yaml`: `undeclared-file` can't be `forbid`
  help: write one of `allow`, `warn`, `deny`
  at: .drift/config.yaml:3:8

"#]]
    );
}

#[test]
fn sound_files_are_silent() {
    assert_silent(&faults(&[]), "D901");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&faults(&["x"]), "D901");
}

#[test]
fn two_faults_have_two_names() {
    assert_two_names(&faults(&["x", "x"]), "D901");
}
