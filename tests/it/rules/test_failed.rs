use crate::support::evidence::{added, compared, contract, ended, execution, tree};
use crate::support::judge::found;
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, check, check_example};
use drift::model::{Comparison, Ended, Evidence, Origin, Severity};
use snapbox::{assert_data_eq, str};

const NAME: &str = "login > rejects";

fn of(evidence: Vec<Evidence>) -> Comparison<'static> {
    compared(contract(&[("T1", NAME)]), evidence)
}

#[test]
fn a_required_test_that_failed_is_found() {
    assert_data_eq!(
        check_example(&of(vec![execution(1, 0, &["login > rejects!"])]), "D302"),
        str![[r#"
error[D302]: the required test `T1` (`login > rejects`) failed: "expected 401, found 200"
  help: mend it, commit, and run `drift test unit`, or accept it: `drift accept D302-2efaa183f562 --because …`
  at: test_contract.json

"#]]
    );
}

#[test]
fn all_cases_of_a_pattern_have_to_pass() {
    let plan = contract(&[("T1", "login > *")]);
    let ran = execution(1, 0, &["login > rejects!", "login > accepts", "login > waits~"]);
    assert_data_eq!(
        check(&compared(plan, vec![ran]), "D302"),
        str![[r#"
error[D302]: the required test `T1` (`login > *`) failed in 1 of 3 cases, `login > rejects`: "expected 401, found 200"
  help: mend it, commit, and run `drift test unit`, or accept it: `drift accept D302-2efaa183f562 --because …`
  at: test_contract.json

"#]]
    );
}

#[test]
fn the_newer_of_two_executions_of_one_tree_counts() {
    let (bad, good) = (["login > rejects!"].as_slice(), ["login > rejects"].as_slice());
    assert_silent(&of(vec![execution(1, 0, bad), execution(1, 1, good)]), "D302");
    assert_eq!(
        found(&of(vec![execution(1, 0, good), execution(1, 1, bad)]), "D302").len(),
        1
    );
}

#[test]
fn results_that_were_added_count_beside_each_other() {
    let linux = added(execution(1, 0, &["login > rejects!"]), "linux.xml");
    let windows = added(execution(1, 1, &["login > rejects"]), "windows.xml");
    let again = added(execution(1, 2, &["login > rejects"]), "linux.xml");
    assert_eq!(found(&of(vec![linux.clone(), windows.clone()]), "D302").len(), 1);
    assert_silent(&of(vec![linux, windows, again]), "D302");
}

#[test]
fn a_suite_that_did_not_pass_as_a_whole_is_found() {
    let passed = || execution(1, 0, &["login > rejects"]);
    for (evidence, words) in [
        (ended(passed(), Ended::Exited(7)), "exit code 7, though no test failed"),
        (ended(passed(), Ended::Signalled(9)), "ended by signal 9"),
        (ended(passed(), Ended::TimedOut(60)), "took longer than 60 s"),
        (execution(1, 0, &[]), "no test ran"),
    ] {
        let text = check(&of(vec![evidence]), "D302");
        assert!(
            text.contains(words) && text.starts_with("error[D302]: the suite `unit` did not pass"),
            "{text}"
        );
    }
    let mut changed = passed();
    changed.tree.after = Some(tree(9));
    if let Origin::Executed(execution) = &mut changed.origin {
        execution.changed_paths = vec!["src/login.rs".into()];
    }
    assert_data_eq!(
        check(&of(vec![changed]), "D302"),
        str![[r#"
error[D302]: the suite `unit` did not pass: its tests changed the worktree (`src/login.rs`)
  help: mend it, and run `drift test unit`, or accept it: `drift accept D302-59e30dad6bc9 --because …`
  at: test_contract.json

"#]]
    );
}

#[test]
fn a_failing_test_that_nobody_requires_is_a_remark() {
    let comparison = of(vec![execution(1, 0, &["login > rejects", "login > other!", "more!"])]);
    assert_data_eq!(
        check(&comparison, "D302"),
        str![[r#"
note[D302]: 2 tests of the suite `unit` that no contract requires failed: `login > other` and `more`
  help: look at what they say: `drift test` shows it
  at: the range

"#]]
    );
    assert!(
        found(&comparison, "D302")
            .iter()
            .all(|it| it.severity == Severity::Note)
    );
    let optional = compared(contract(&[("T1?", NAME)]), vec![execution(1, 0, &["login > rejects!"])]);
    assert!(found(&optional, "D302").iter().all(|it| it.severity == Severity::Note));
}

#[test]
fn what_passed_is_silent() {
    assert_silent(&of(vec![execution(1, 0, &["login > rejects"])]), "D302");
    assert_silent(&of(vec![execution(2, 0, &["login > rejects!"])]), "D302");
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&of(vec![execution(1, 0, &["login > rejects!"])]), "D302");
}

#[test]
fn two_tests_have_two_names() {
    let plan = contract(&[("T1", "a"), ("T2", "b")]);
    assert_two_names(&compared(plan, vec![execution(1, 0, &["a!", "b!"])]), "D302");
}
