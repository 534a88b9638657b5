use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, bare, check_example};
use crate::support::plan::plan;
use drift::model::{Comparison, PlanLocation, Problem, ProblemKind};
use snapbox::{assert_data_eq, str};

fn without_titles(pointers: &[&str]) -> Comparison<'static> {
    let problem = |pointer: &&str| Problem {
        kind: ProblemKind::MissingField,
        message: "a unit needs a `title`".into(),
        help: Some("add `\"title\": \"…\"`".into()),
        location: PlanLocation::new(0, *pointer, 0..0).into(),
    };
    let mut plan = plan().build();
    plan.sources[0].name = "commit_plan.json".into();
    plan.problems = pointers.iter().map(problem).collect();
    bare(plan)
}

#[test]
fn a_unit_without_title_is_found() {
    assert_data_eq!(
        check_example(&without_titles(&["/units/0"]), "D004"),
        str![[r#"
warning[D004]: `commit_plan.json`: a unit needs a `title`
  help: add `"title": "…"`
  at: commit_plan.json/units/0

"#]]
    );
}

#[test]
fn a_whole_plan_is_silent() {
    assert_silent(&bare(plan().build()), "D004");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&without_titles(&["/units/0"]), "D004");
}

#[test]
fn two_fields_have_two_names() {
    assert_two_names(&without_titles(&["/units/0", "/units/1"]), "D004");
}
