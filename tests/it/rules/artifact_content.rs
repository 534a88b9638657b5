use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, bare, check_example};
use crate::support::plan::plan;
use drift::model::{Comparison, Expectation, ExpectationKind, ExpectationOutcome, Outcome, PathPattern, PlanLocation};
use snapbox::{assert_data_eq, str};

fn lacking(texts: &[&str]) -> Comparison<'static> {
    let mut plan = plan().build();
    for text in texts {
        let path = PathPattern::parse("src/login.rs").unwrap();
        plan.expectations.push(Expectation {
            kind: ExpectationKind::Contains {
                path,
                alternatives: vec![text.to_string()],
            },
            provides: String::new(),
            location: PlanLocation::default(),
        });
    }
    let mut comparison = bare(plan);
    let outcome = |(expectation, text): (usize, &&str)| ExpectationOutcome {
        expectation,
        outcome: Outcome::Unmet(vec![format!("it does not contain `{text}`")]),
    };
    comparison.expectations = texts.iter().enumerate().map(outcome).collect();
    comparison
}

#[test]
fn a_stub_is_found() {
    assert_data_eq!(
        check_example(&lacking(&["fn login"]), "D602"),
        str![[r#"
warning[D602]: `src/login.rs` is not what it must be: it does not contain `fn login`
  help: write what is missing, or correct the expectation in a new run, or accept it: `drift accept D602-d694d96ec941 --because …`
  at: plan.json

"#]]
    );
}

#[test]
fn a_file_that_is_not_there_is_a_missing_artifact_only() {
    let mut comparison = lacking(&["fn login"]);
    comparison.expectations[0].outcome = Outcome::MissingFile {
        path: "src/login.rs".into(),
        nearest: None,
    };
    assert_silent(&comparison, "D602");
    assert_acceptable(&comparison, "D601");
}

#[test]
fn what_holds_is_silent() {
    let mut comparison = lacking(&["fn login"]);
    comparison.expectations[0].outcome = Outcome::Met;
    assert_silent(&comparison, "D602");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&lacking(&["fn login"]), "D602");
}

#[test]
fn two_expectations_of_one_file_have_two_names() {
    assert_two_names(&lacking(&["fn login", "fn logout"]), "D602");
}
