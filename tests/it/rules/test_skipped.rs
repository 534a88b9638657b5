use crate::support::evidence::{compared, contract, execution};
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, check, check_example};
use snapbox::{assert_data_eq, str};

fn of(name: &str, tests: &[&str]) -> drift::model::Comparison<'static> {
    compared(contract(&[("T1", name)]), vec![execution(1, 0, tests)])
}

#[test]
fn a_required_test_that_was_skipped_is_found() {
    assert_data_eq!(
        check_example(&of("login > rejects", &["login > rejects~"]), "D303"),
        str![[r#"
warning[D303]: the required test `T1` (`login > rejects`) was skipped: "needs a network"
  help: let it run, and then `drift test unit`, or accept it: `drift accept D303-6eb97e7d8914 --because …`
  at: test_contract.json

"#]]
    );
}

#[test]
fn one_skipped_case_is_enough() {
    assert_data_eq!(
        check(&of("login > *", &["login > a", "login > b~", "login > c"]), "D303"),
        str![[r#"
warning[D303]: the required test `T1` (`login > *`) was skipped in 1 of 3 cases: "needs a network"
  help: let it run, and then `drift test unit`, or accept it: `drift accept D303-6eb97e7d8914 --because …`
  at: test_contract.json

"#]]
    );
}

#[test]
fn what_ran_or_failed_is_silent() {
    assert_silent(&of("login > rejects", &["login > rejects", "other~"]), "D303");
    assert_silent(&of("login > *", &["login > a!", "login > b~"]), "D303");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&of("login > rejects", &["login > rejects~"]), "D303");
}

#[test]
fn two_tests_have_two_names() {
    let plan = contract(&[("T1", "a"), ("T2", "b")]);
    assert_two_names(&compared(plan, vec![execution(1, 0, &["a~", "b~"])]), "D303");
}
