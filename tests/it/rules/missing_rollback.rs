use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, bare, check_example};
use crate::support::plan::plan;
use drift::model::{Comparison, Lane, Located, PlanLocation};
use snapbox::{assert_data_eq, str};

fn stages(rollbacks: &[Option<&str>]) -> Comparison<'static> {
    let mut plan = plan().build();
    plan.sources[0].name = "docs/stage-2.md".into();
    let lane = |(index, rollback): (usize, &Option<&str>)| Lane {
        name: ["Type Safety Hardening", "Sandbox"][index].into(),
        rollback: rollback.map(|text| Located {
            value: text.into(),
            location: PlanLocation::default(),
        }),
        ..Lane::default()
    };
    plan.lanes = rollbacks.iter().enumerate().map(lane).collect();
    let mut comparison = bare(plan);
    comparison.begun = false;
    comparison
}

#[test]
fn a_stage_that_says_nothing_of_its_rollback_is_found() {
    assert_data_eq!(
        check_example(&stages(&[Some("")]), "D605"),
        str![[r#"
warning[D605]: the stage "Type Safety Hardening" does not say how it is taken back
  help: write the steps under `Rollback Plan`; `drift check --format rollback` prints the reverts of a range
  at: docs/stage-2.md

"#]]
    );
}

#[test]
fn one_that_does_and_a_format_that_knows_none_are_silent() {
    assert_silent(&stages(&[Some("revert the merge"), None]), "D605");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&stages(&[Some("")]), "D605");
}

#[test]
fn two_stages_have_two_names() {
    assert_two_names(&stages(&[Some(""), Some(" ")]), "D605");
}
