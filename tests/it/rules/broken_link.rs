use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, bare, check, check_example};
use crate::support::plan::plan;
use drift::model::Target;
use drift::model::{Comparison, Expectation, ExpectationKind, ExpectationOutcome, Outcome, PathPattern, PlanLocation};
use snapbox::{assert_data_eq, str};

fn links(targets: &[&str], outcome: &Outcome) -> Comparison<'static> {
    let pattern = |text: &str| PathPattern::parse(text).unwrap();
    let link = |target: &&str| Expectation {
        kind: ExpectationKind::Link {
            from: Target::Path(pattern("src/main.rs")),
            to: Target::Path(pattern(target)),
            pattern: Some("login::".into()),
            via: String::new(),
        },
        provides: String::new(),
        location: PlanLocation::default(),
    };
    let mut plan = plan().build();
    plan.expectations = targets.iter().map(link).collect();
    plan.expectations.push(Expectation {
        kind: ExpectationKind::Exists(pattern("src/main.rs")),
        provides: String::new(),
        location: PlanLocation::default(),
    });
    let mut comparison = bare(plan);
    let judged = |expectation| ExpectationOutcome {
        expectation,
        outcome: outcome.clone(),
    };
    comparison.expectations = (0..targets.len()).map(judged).collect();
    comparison
}

fn unmet() -> Outcome {
    Outcome::Unmet(vec!["nothing in it matches `login::`".into()])
}

fn gone() -> Outcome {
    Outcome::MissingFile {
        path: "src/main.rs".into(),
        nearest: None,
    }
}

#[test]
fn code_that_nothing_calls_is_found() {
    assert_data_eq!(
        check_example(&links(&["src/login.rs"], &unmet()), "D603"),
        str![[r#"
warning[D603]: `src/main.rs` must refer to `src/login.rs`: nothing in it matches `login::`
  help: wire the two together, or correct the link in a new run, or accept it: `drift accept D603-d85a6818d4d2 --because …`
  at: plan.json

"#]]
    );
}

#[test]
fn a_link_from_a_file_that_is_not_there_is_found() {
    assert_data_eq!(
        check(&links(&["src/login.rs"], &gone()), "D603"),
        str![[r#"
warning[D603]: `src/main.rs` must refer to `src/login.rs`: `src/main.rs` does not exist
  help: wire the two together, or correct the link in a new run, or accept it: `drift accept D603-d85a6818d4d2 --because …`
  at: plan.json

"#]]
    );
}

#[test]
fn a_file_that_is_a_missing_artifact_is_said_once() {
    let mut comparison = links(&["src/login.rs"], &gone());
    comparison.expectations.push(ExpectationOutcome {
        expectation: 1,
        outcome: gone(),
    });
    assert_silent(&comparison, "D603");
    assert_acceptable(&comparison, "D601");
}

#[test]
fn a_wired_file_is_silent() {
    assert_silent(&links(&["src/login.rs"], &Outcome::Met), "D603");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&links(&["src/login.rs"], &unmet()), "D603");
}

#[test]
fn two_links_have_two_names() {
    assert_two_names(&links(&["src/login.rs", "src/logout.rs"], &unmet()), "D603");
}
