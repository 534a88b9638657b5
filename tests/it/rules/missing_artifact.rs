use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, bare, check, check_example};
use crate::support::plan::plan;
use drift::model::{Comparison, Expectation, ExpectationKind, ExpectationOutcome, Outcome, PathPattern, PlanLocation};
use snapbox::{assert_data_eq, str};

fn missing(paths: &[&str], nearest: Option<&str>) -> Comparison<'static> {
    let mut plan = plan().build();
    plan.sources[0].name = "01-01-PLAN.md".into();
    for path in paths {
        plan.expectations.push(Expectation {
            kind: ExpectationKind::Exists(PathPattern::parse(path).unwrap()),
            provides: "password login".into(),
            location: PlanLocation::default(),
        });
    }
    let mut comparison = bare(plan);
    let outcome = |(expectation, path): (usize, &&str)| ExpectationOutcome {
        expectation,
        outcome: Outcome::MissingFile {
            path: path.to_string(),
            nearest: nearest.map(Into::into),
        },
    };
    comparison.expectations = paths.iter().enumerate().map(outcome).collect();
    comparison
}

#[test]
fn a_promised_file_that_is_not_there_is_found() {
    assert_data_eq!(
        check_example(&missing(&["src/login.rs"], Some("src/log_in.rs")), "D601"),
        str![[r#"
error[D601]: `src/login.rs` (password login) must exist and does not
  help: did you mean `src/log_in.rs`? Create the file, or correct the path in a new run, or accept it: `drift accept D601-2721c0baaf61 --because …`
  at: 01-01-PLAN.md

"#]]
    );
}

#[test]
fn one_file_is_named_once_however_much_is_expected_of_it() {
    assert_data_eq!(
        check(&missing(&["src/login.rs", "src/login.rs"], None), "D601"),
        str![[r#"
error[D601]: `src/login.rs` (password login) must exist and does not
  help: create the file, or correct the path in a new run, or accept it: `drift accept D601-2721c0baaf61 --because …`
  at: 01-01-PLAN.md
  see: 01-01-PLAN.md: expected here too

"#]]
    );
}

#[test]
fn what_exists_or_was_not_judged_is_silent() {
    let mut comparison = missing(&["src/login.rs"], None);
    for outcome in [Outcome::Met, Outcome::Unchecked("prose".into())] {
        comparison.expectations[0].outcome = outcome;
        assert_silent(&comparison, "D601");
    }
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&missing(&["src/login.rs"], None), "D601");
}

#[test]
fn two_files_have_two_names() {
    assert_two_names(&missing(&["src/login.rs", "src/logout.rs"], None), "D601");
}
