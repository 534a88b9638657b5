use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, bare, check_example};
use crate::support::plan::plan;
use drift::model::{Comparison, PlanLocation, Problem, ProblemKind};
use snapbox::{assert_data_eq, str};

fn with_fields(pointers: &[&str]) -> Comparison<'static> {
    let problem = |pointer: &&str| Problem {
        kind: ProblemKind::UnknownField,
        message: "an intent has no field `forbidenFiles`".into(),
        help: Some("did you mean `forbiddenFiles`?".into()),
        location: PlanLocation::new(0, *pointer, 0..0).into(),
    };
    let mut plan = plan().build();
    plan.sources[0].name = "intent.json".into();
    plan.problems = pointers.iter().map(problem).collect();
    bare(plan)
}

#[test]
fn a_misspelled_field_is_found() {
    assert_data_eq!(
        check_example(&with_fields(&["/forbidenFiles"]), "D002"),
        str![[r#"
warning[D002]: `intent.json`: an intent has no field `forbidenFiles`
  help: did you mean `forbiddenFiles`?
  at: intent.json/forbidenFiles

"#]]
    );
}

#[test]
fn other_problems_are_not_its_own() {
    let comparison = with_fields(&["/forbidenFiles"]);
    ["D001", "D003", "D004"]
        .iter()
        .for_each(|code| assert_silent(&comparison, code));
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&with_fields(&["/forbidenFiles"]), "D002");
}

#[test]
fn two_fields_have_two_names() {
    assert_two_names(&with_fields(&["/a", "/b"]), "D002");
}
