use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, bare, check_example};
use crate::support::plan::plan;
use drift::model::{Comparison, Fault, FaultKind, FilePlace};
use snapbox::{assert_data_eq, str};

fn faults(messages: &[&str]) -> Comparison<'static> {
    let mut comparison = bare(plan().build());
    let fault = |message: &&str| Fault {
        kind: FaultKind::UnknownRule,
        message: message.to_string(),
        help: "did you mean `undeclared-file`?".into(),
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
        check_example(&faults(&["no rule is called `undeclared-fils`"]), "D902"),
        str![[r#"
warning[D902]: `.drift/config.yaml`: no rule is called `undeclared-fils`
  help: did you mean `undeclared-file`?
  at: .drift/config.yaml:3:8

"#]]
    );
}

#[test]
fn sound_files_are_silent() {
    assert_silent(&faults(&[]), "D902");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&faults(&["x"]), "D902");
}

#[test]
fn two_faults_have_two_names() {
    assert_two_names(&faults(&["x", "x"]), "D902");
}
