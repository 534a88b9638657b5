use crate::support::evidence::{compared, compared_with, contract, execution, worked};
use crate::support::judge::found;
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, check, check_example};
use drift::model::{Comparison, Evidence, LostAssertions, Severity};
use snapbox::{assert_data_eq, str};

fn of(name: &str, evidence: Vec<Evidence>) -> Comparison<'static> {
    compared(contract(&[("T1", name)]), evidence)
}

fn lost_case() -> Comparison<'static> {
    let before = execution(2, 4, &["login > rejects", "login > accepts"]);
    of("login > *", vec![before, execution(1, 5, &["login > accepts"])])
}

#[test]
fn a_required_test_that_lost_a_case_is_found() {
    assert_data_eq!(
        check_example(&lost_case(), "D306"),
        str![[r#"
warning[D306]: the required test `T1` (`login > *`) lost a case since the evidence of 2026-01-02T03:04:05Z, on commit `12345678`: `login > rejects`
  help: bring it back, or say why it is not needed, or accept it: `drift accept D306-8f87870102b4 --because …`
  at: test_contract.json

"#]]
    );
}

#[test]
fn a_deleted_file_of_a_required_test_is_found() {
    let mut before = execution(2, 4, &["login > rejects"]);
    before.results.as_mut().unwrap().tests[0].file = Some("tests/login.rs".into());
    let history = worked().commit("Tidy", "D tests/login.rs").build();
    let comparison = compared_with(
        contract(&[("T1", "login > rejects")]),
        vec![before],
        history,
        Vec::new(),
    );
    assert_data_eq!(
        check(&comparison, "D306"),
        str![[r#"
warning[D306]: `tests/login.rs`, the file of the required test `T1` (`login > rejects`), was deleted
  help: bring it back, or say why it is not needed, or accept it: `drift accept D306-6d7b92d72167 --because …`
  at: test_contract.json

"#]]
    );
    let named = contract(&[("T1", "tests/login.rs::rejects")]);
    let history = worked().commit("Tidy", "D tests/login.rs").build();
    assert!(check(&compared_with(named, Vec::new(), history, Vec::new()), "D306").contains("was deleted"));
}

#[test]
fn a_required_test_that_asserts_less_is_found() {
    let lost = LostAssertions {
        test: (0, 0),
        path: "tests/login.rs".into(),
        name: "login > rejects".into(),
        before: 3,
        after: 1,
    };
    let ran = vec![execution(1, 0, &["login > rejects"])];
    let comparison = compared_with(
        contract(&[("T1", "login > rejects")]),
        ran,
        worked().build(),
        vec![lost],
    );
    assert_data_eq!(
        check(&comparison, "D306"),
        str![[r#"
warning[D306]: the required test `T1` (`login > rejects`) asserts less than at the base: 1 assertion instead of 3 in `login > rejects`
  help: bring it back, or say why it is not needed, or accept it: `drift accept D306-6d7b92d72167 --because …`
  at: test_contract.json

"#]]
    );
}

#[test]
fn others_that_are_gone_are_a_remark() {
    let before = execution(2, 4, &["login > rejects", "a", "b!", "c~"]);
    let comparison = of("login > rejects", vec![before, execution(1, 5, &["login > rejects"])]);
    assert_data_eq!(
        check(&comparison, "D306"),
        str![[r#"
note[D306]: 2 tests of the suite `unit` that ran before (the evidence of 2026-01-02T03:04:05Z, on commit `12345678`) are gone: `a` and `b`
  help: look at whether that was meant
  at: the range

"#]]
    );
    assert!(
        found(&comparison, "D306")
            .iter()
            .all(|it| it.severity == Severity::Note)
    );
}

#[test]
fn more_tests_than_before_and_other_suites_are_silent() {
    let more = execution(1, 5, &["login > rejects", "new"]);
    assert_silent(
        &of("login > *", vec![execution(2, 4, &["login > rejects"]), more]),
        "D306",
    );
    let mut other = execution(2, 4, &["else"]);
    other.suite = Some("lint".into());
    assert_silent(
        &of("login > *", vec![other, execution(1, 5, &["login > rejects"])]),
        "D306",
    );
    // Gone as a whole: that it was not run is said by another rule.
    let gone = of(
        "login > rejects",
        vec![execution(2, 4, &["login > rejects"]), execution(1, 5, &["other"])],
    );
    assert_silent(&gone, "D306");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&lost_case(), "D306");
}

#[test]
fn two_tests_have_two_names() {
    let plan = contract(&[("T1", "a > *"), ("T2", "b > *")]);
    let before = execution(2, 4, &["a > 1", "a > 2", "b > 1", "b > 2"]);
    assert_two_names(
        &compared(plan, vec![before, execution(1, 5, &["a > 1", "b > 2"])]),
        "D306",
    );
}
