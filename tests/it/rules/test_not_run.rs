use crate::support::evidence::{compared, contract, ended, execution};
use crate::support::judge::bare;
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, check, check_example};
use drift::model::Ended;
use snapbox::{assert_data_eq, str};

const NAME: &str = "login::rejects_a_wrong_password";

#[test]
fn a_required_test_without_evidence_is_found() {
    assert_data_eq!(
        check_example(&compared(contract(&[("T1", NAME)]), Vec::new()), "D301"),
        str![[r#"
error[D301]: the required test `T1` (`login::rejects_a_wrong_password`) was not run
  help: `drift test unit`, or accept it: `drift accept D301-5b8b457fc1a9 --because …`
  at: test_contract.json

"#]]
    );
}

#[test]
fn a_name_that_no_test_has_finds_the_one_that_was_meant() {
    let plan = contract(&[("T1", "login::reject")]);
    let ran = execution(1, 0, &["auth > login > rejects", "auth > login > accepts", "other"]);
    assert_data_eq!(
        check(&compared(plan, vec![ran]), "D301"),
        str![[r#"
error[D301]: the required test `T1` (`login::reject`) is not among the 3 tests that ran
  help: write the test, and run `drift test unit`, or accept it: `drift accept D301-5b8b457fc1a9 --because …`
  at: test_contract.json

"#]]
    );
    let plan = contract(&[("T1", "logn::rejects")]);
    let ran = execution(1, 0, &["login > rejects"]);
    assert_data_eq!(
        check(&compared(plan, vec![ran]), "D301"),
        str![[r#"
error[D301]: the required test `T1` (`logn::rejects`) is not the one test that ran
  help: did you mean `login > rejects`? Else write the test, and run `drift test unit`, or accept it: `drift accept D301-5b8b457fc1a9 --because …`
  at: test_contract.json

"#]]
    );
}

#[test]
fn a_test_that_earlier_evidence_has_is_to_be_brought_back() {
    let plan = contract(&[("T1", "zebra")]);
    let evidence = vec![execution(2, 0, &["zebra"]), execution(1, 1, &["a"])];
    assert_data_eq!(
        check(&compared(plan, evidence), "D301"),
        str![[r#"
error[D301]: the required test `T1` (`zebra`) is not the one test that ran
  help: earlier evidence has it: bring it back, and run `drift test unit`, or accept it: `drift accept D301-5b8b457fc1a9 --because …`
  at: test_contract.json

"#]]
    );
}

#[test]
fn a_suite_that_left_no_results_speaks_for_its_tests() {
    let mut broken = ended(execution(1, 0, &[]), Ended::Exited(101));
    broken.results = Err("the tests wrote no `out.xml`".into());
    let comparison = compared(contract(&[("T1", NAME)]), vec![broken]);
    assert_silent(&comparison, "D301");
    assert!(check(&comparison, "D302").contains("exit code 101"));
}

#[test]
fn what_ran_is_not_required_or_was_never_looked_for_is_silent() {
    assert_silent(
        &compared(
            contract(&[("T1", "rejects")]),
            vec![execution(1, 0, &["login > rejects"])],
        ),
        "D301",
    );
    assert_silent(&compared(contract(&[("T1?", NAME)]), Vec::new()), "D301");
    assert_silent(&bare(contract(&[("T1", NAME)])), "D301");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&compared(contract(&[("T1", NAME)]), Vec::new()), "D301");
}

#[test]
fn two_tests_have_two_names() {
    assert_two_names(&compared(contract(&[("T1", NAME), ("T2", NAME)]), Vec::new()), "D301");
}
