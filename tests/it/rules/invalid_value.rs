use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, bare, check_example};
use crate::support::plan::plan;
use drift::model::{Comparison, PlanLocation, Problem, ProblemKind};
use snapbox::{assert_data_eq, str};

fn with_values(pointers: &[&str]) -> Comparison<'static> {
    let problem = |pointer: &&str| Problem {
        kind: ProblemKind::InvalidValue,
        message: "`riskLevel` can't be `HIGH`".into(),
        help: Some("did you mean `high`?".into()),
        location: PlanLocation::new(0, *pointer, 0..0).into(),
    };
    let mut plan = plan().build();
    plan.sources[0].name = "intent.json".into();
    plan.problems = pointers.iter().map(problem).collect();
    bare(plan)
}

#[test]
fn a_value_in_the_wrong_case_is_found() {
    assert_data_eq!(
        check_example(&with_values(&["/riskLevel"]), "D003"),
        str![[r#"
warning[D003]: `intent.json`: `riskLevel` can't be `HIGH`
  help: did you mean `high`?
  at: intent.json/riskLevel

"#]]
    );
}

#[test]
fn a_good_plan_is_silent() {
    assert_silent(&bare(plan().build()), "D003");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&with_values(&["/riskLevel"]), "D003");
}

#[test]
fn two_values_have_two_names() {
    assert_two_names(&with_values(&["/limits/files", "/limits/lines"]), "D003");
}
