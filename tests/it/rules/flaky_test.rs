use crate::support::evidence::{compared, contract, execution};
use crate::support::judge::found;
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, check, check_example};
use drift::model::{Comparison, Evidence, Severity};
use snapbox::{assert_data_eq, str};

fn of(evidence: Vec<Evidence>) -> Comparison<'static> {
    compared(contract(&[("T1", "login > rejects")]), evidence)
}

fn both() -> Comparison<'static> {
    of(vec![
        execution(1, 0, &["login > rejects!"]),
        execution(1, 1, &["login > rejects"]),
    ])
}

#[test]
fn both_results_on_one_tree_are_found() {
    assert_data_eq!(
        check_example(&both(), "D307"),
        str![[r#"
warning[D307]: the required test `T1` (`login > rejects`) both failed and passed on the same tree
  help: find out what it depends on besides the code, or accept it: `drift accept D307-73fb4ca9b25b --because …`
  at: test_contract.json

"#]]
    );
}

#[test]
fn a_test_that_its_runner_calls_flaky_is_found() {
    assert_data_eq!(
        check(&of(vec![execution(1, 0, &["login > rejects^"])]), "D307"),
        str![[r#"
warning[D307]: the required test `T1` (`login > rejects`) passed only in a later attempt
  help: find out what it depends on besides the code, or accept it: `drift accept D307-73fb4ca9b25b --because …`
  at: test_contract.json

"#]]
    );
}

#[test]
fn others_are_a_remark() {
    let comparison = of(vec![execution(1, 0, &["login > rejects", "a^", "b^"])]);
    assert_data_eq!(
        check(&comparison, "D307"),
        str![[r#"
note[D307]: 2 tests that no contract requires both failed and passed: `a` and `b`
  help: find out what it depends on besides the code
  at: the range

"#]]
    );
    assert!(
        found(&comparison, "D307")
            .iter()
            .all(|it| it.severity == Severity::Note)
    );
}

#[test]
fn results_on_two_trees_are_silent() {
    let evidence = vec![
        execution(2, 0, &["login > rejects!"]),
        execution(1, 1, &["login > rejects"]),
    ];
    assert_silent(&of(evidence), "D307");
    assert_silent(
        &of(vec![
            execution(1, 0, &["login > rejects"]),
            execution(1, 1, &["login > rejects~"]),
        ]),
        "D307",
    );
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&both(), "D307");
}

#[test]
fn two_tests_have_two_names() {
    let plan = contract(&[("T1", "a"), ("T2", "b")]);
    assert_two_names(&compared(plan, vec![execution(1, 0, &["a^", "b^"])]), "D307");
}
