use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, bare, check_example};
use crate::support::plan::plan;
use drift::model::{Comparison, PlanLocation, Problem, ProblemKind};
use snapbox::{assert_data_eq, str};

fn broken_at(pointers: &[&str]) -> Comparison<'static> {
    let problem = |pointer: &&str| Problem {
        kind: ProblemKind::Unreadable,
        message: "the text ends within the list `units`".into(),
        help: Some("close it with `]}`".into()),
        location: PlanLocation::new(0, *pointer, 0..0).into(),
    };
    let mut plan = plan().build();
    plan.problems = pointers.iter().map(problem).collect();
    bare(plan)
}

#[test]
fn a_text_that_breaks_off_is_found() {
    assert_data_eq!(
        check_example(&broken_at(&["/units"]), "D001"),
        str![[r#"
error[D001]: `plan.json`: the text ends within the list `units`
  help: close it with `]}`
  at: plan.json/units

"#]]
    );
}

#[test]
fn a_readable_plan_is_silent() {
    assert_silent(&bare(plan().build()), "D001");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&broken_at(&["/units"]), "D001");
}

#[test]
fn two_problems_have_two_names() {
    assert_two_names(&broken_at(&["/units", "/units/1"]), "D001");
    assert_two_names(&broken_at(&["", ""]), "D001");
}
