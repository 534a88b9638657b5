use crate::support::judge::{approved, assert_acceptable, assert_silent, assert_two_names, bare, check_example};
use crate::support::plan::plan;
use drift::model::{ApprovalState, Comparison, Source, Standing, StandingKind};
use snapbox::{assert_data_eq, str};

fn unapproved(names: &[&str]) -> Comparison<'static> {
    let mut plan = plan().build();
    let source = |name: &&str| Source {
        name: name.to_string(),
        ..Source::default()
    };
    plan.sources = names.iter().map(source).collect();
    let mut comparison = bare(plan);
    let kind = StandingKind::Unapproved;
    comparison.standings = (0..names.len())
        .map(|source| Standing {
            source,
            kind: kind.clone(),
        })
        .collect();
    comparison
}

#[test]
fn a_plan_that_nobody_approved_is_found() {
    assert_data_eq!(
        check_example(&unapproved(&["commit_plan.json"]), "D010"),
        str![[r#"
error[D010]: nobody approved `commit_plan.json`
  help: read it and run `drift approve commit_plan.json`
  at: commit_plan.json

"#]]
    );
}

#[test]
fn an_approved_plan_and_one_without_a_run_are_silent() {
    let mut comparison = unapproved(&["commit_plan.json"]);
    comparison.standings = vec![approved(0, ApprovalState::Unsigned)];
    assert_silent(&comparison, "D010");
    comparison.standings = vec![Standing {
        source: 0,
        kind: StandingKind::Unjudged,
    }];
    assert_silent(&comparison, "D010");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&unapproved(&["commit_plan.json"]), "D010");
}

#[test]
fn two_artifacts_have_two_names() {
    assert_two_names(&unapproved(&["intent.json", "commit_plan.json"]), "D010");
}
