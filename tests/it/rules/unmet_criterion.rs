use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, bare, check_example};
use crate::support::plan::plan;
use drift::model::{Comparison, Expectation, ExpectationKind, ExpectationOutcome, Outcome, PlanLocation};
use snapbox::{assert_data_eq, str};

fn criteria(texts: &[&str]) -> Comparison<'static> {
    let mut plan = plan().build();
    plan.sources[0].name = "docs/stage-2.md".into();
    let criterion = |text: &&str| Expectation {
        kind: ExpectationKind::Criterion {
            text: text.to_string(),
            ticked: false,
        },
        provides: String::new(),
        location: PlanLocation::default(),
    };
    plan.expectations = texts.iter().map(criterion).collect();
    let mut comparison = bare(plan);
    comparison.begun = false;
    let outcome = |expectation| ExpectationOutcome {
        expectation,
        outcome: Outcome::Unmet(vec!["it is not ticked".into()]),
    };
    comparison.expectations = (0..texts.len()).map(outcome).collect();
    comparison
}

#[test]
fn an_empty_box_is_found() {
    assert_data_eq!(
        check_example(&criteria(&["All public functions have types"]), "D604"),
        str![[r#"
warning[D604]: "All public functions have types" is not ticked
  help: tick it in `stage-2.md` once it holds, and commit that
  at: docs/stage-2.md

"#]]
    );
}

#[test]
fn a_ticked_one_is_silent() {
    let mut comparison = criteria(&["a"]);
    comparison.expectations[0].outcome = Outcome::Met;
    assert_silent(&comparison, "D604");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&criteria(&["a"]), "D604");
}

#[test]
fn two_criteria_have_two_names() {
    assert_two_names(&criteria(&["a", "b"]), "D604");
}
