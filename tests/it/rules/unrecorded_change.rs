use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, bare, check_example, found};
use crate::support::plan::plan;
use drift::model::{Comparison, Expectation, ExpectationKind, ExpectationOutcome, Outcome, PathPattern, PlanLocation};
use snapbox::{assert_data_eq, str};

fn promises(kinds: Vec<ExpectationKind>, outcome: Outcome) -> Comparison<'static> {
    let mut plan = plan().build();
    plan.sources[0].name = "docs/stage-2.md".into();
    let expectation = |kind| Expectation {
        kind,
        provides: String::new(),
        location: PlanLocation::default(),
    };
    plan.expectations = kinds.into_iter().map(expectation).collect();
    let count = plan.expectations.len();
    let mut comparison = bare(plan);
    comparison.begun = false;
    let outcome = |expectation| ExpectationOutcome {
        expectation,
        outcome: outcome.clone(),
    };
    comparison.expectations = (0..count).map(outcome).collect();
    comparison
}

fn changelog() -> ExpectationKind {
    ExpectationKind::ChangelogEntry {
        path: Some(PathPattern::parse("CHANGELOG.md").unwrap()),
    }
}

fn tag(name: &str) -> ExpectationKind {
    ExpectationKind::Tag { name: name.into() }
}

fn unmet(text: &str) -> Outcome {
    Outcome::Unmet(vec![text.into()])
}

#[test]
fn a_changelog_that_nobody_touched_is_found() {
    assert_data_eq!(
        check_example(
            &promises(vec![changelog()], unmet("`CHANGELOG.md` was not changed in the range")),
            "D606"
        ),
        str![[r#"
warning[D606]: the promised changelog entry is missing: `CHANGELOG.md` was not changed in the range
  help: write the entry, or correct the plan
  at: docs/stage-2.md

"#]]
    );
}

#[test]
fn the_command_that_sets_a_tag_can_be_copied_whatever_the_tag_is_called() {
    let comparison = promises(vec![tag("v1;rm")], unmet("there is no such tag here"));
    let finding = &found(&comparison, "D606")[0];
    assert_eq!(
        finding.message,
        "the promised tag `v1;rm` is missing: there is no such tag here"
    );
    assert!(
        finding.help.starts_with("set it with `git tag 'v1;rm'`"),
        "{}",
        finding.help
    );
}

#[test]
fn what_is_there_is_silent() {
    assert_silent(&promises(vec![changelog(), tag("v1")], Outcome::Met), "D606");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&promises(vec![tag("v1")], unmet("no")), "D606");
}

#[test]
fn two_promises_have_two_names() {
    assert_two_names(&promises(vec![changelog(), tag("v1")], unmet("no")), "D606");
}
