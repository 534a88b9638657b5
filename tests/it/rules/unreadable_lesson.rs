use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, bare, check_example};
use crate::support::plan::plan;
use drift::model::{Comparison, Fault, FaultKind, FilePlace};
use snapbox::{assert_data_eq, str};

fn faults(messages: &[&str]) -> Comparison<'static> {
    let mut comparison = bare(plan().build());
    let fault = |message: &&str| Fault {
        kind: FaultKind::UnreadableLesson,
        message: message.to_string(),
        help: "take it out, or bring it back from git's history; `merge=union` in .gitattributes keeps conflicts away"
            .into(),
        place: FilePlace {
            file: ".drift/lessons.jsonl".into(),
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
        check_example(&faults(&["this line is no lesson"]), "D903"),
        str![[r#"
note[D903]: `.drift/lessons.jsonl`: this line is no lesson
  help: take it out, or bring it back from git's history; `merge=union` in .gitattributes keeps conflicts away
  at: .drift/lessons.jsonl:3:8

"#]]
    );
}

#[test]
fn sound_files_are_silent() {
    assert_silent(&faults(&[]), "D903");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&faults(&["x"]), "D903");
}

#[test]
fn two_faults_have_two_names() {
    assert_two_names(&faults(&["x", "x"]), "D903");
}
