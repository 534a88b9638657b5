use crate::support::evidence::{compared, contract, execution};
use crate::support::judge::{assert_acceptable, assert_silent, assert_two_names, check, check_example};
use snapbox::{assert_data_eq, str};

fn of(evidence: Vec<drift::model::Evidence>) -> drift::model::Comparison<'static> {
    compared(contract(&[("T1", "login > rejects")]), evidence)
}

#[test]
fn evidence_of_another_tree_only_is_stale() {
    let comparison = of(vec![execution(2, 4, &["login > rejects"])]);
    assert_data_eq!(
        check_example(&comparison, "D304"),
        str![[r#"
warning[D304]: the required test `T1` (`login > rejects`) was run on another tree only (of 2026-01-02T03:04:05Z, on commit `12345678`)
  help: run it on what is there now: `drift test unit`, or accept it: `drift accept D304-e862f78d1ba6 --because …`
  at: test_contract.json

"#]]
    );
    assert_silent(&comparison, "D301");
}

#[test]
fn a_dirty_worktree_is_said() {
    let mut dirty = execution(2, 4, &["login > rejects"]);
    dirty.tree.dirty = true;
    assert_data_eq!(
        check(&of(vec![dirty]), "D304"),
        str![[r#"
warning[D304]: the required test `T1` (`login > rejects`) was run on another tree only (of 2026-01-02T03:04:05Z, on commit `12345678` with changes)
  help: run it on what is there now: `drift test unit`, or accept it: `drift accept D304-e862f78d1ba6 --because …`
  at: test_contract.json

"#]]
    );
}

#[test]
fn where_the_target_was_tested_with_changes_committing_them_settles_it() {
    let mut dirty = execution(2, 4, &["login > rejects"]);
    dirty.tree.dirty = true;
    let comparison = of(vec![dirty.clone()]);
    dirty.tree.commit = comparison.history.map(|history| history.target);
    let said = check(&of(vec![dirty.clone()]), "D304");
    let help = "help: commit what was tested, or run it on what is committed: `drift test unit`, or accept it";
    assert!(said.contains(help), "{said}");
    dirty.tree.dirty = false;
    let said = check(&of(vec![dirty]), "D304");
    assert!(said.contains("help: run it on what is there now"), "{said}");
}

#[test]
fn equal_trees_count_whatever_the_commit() {
    assert_silent(
        &of(vec![
            execution(1, 0, &["login > rejects"]),
            execution(2, 4, &["login > rejects"]),
        ]),
        "D304",
    );
}

#[test]
fn a_suite_that_ran_and_lacks_the_test_is_not_stale() {
    let comparison = of(vec![execution(2, 0, &["login > rejects"]), execution(1, 1, &["other"])]);
    assert_silent(&comparison, "D304");
    assert!(!check(&comparison, "D301").is_empty());
}

#[test]
fn an_accepted_one_is_a_note() {
    assert_acceptable(&of(vec![execution(2, 4, &["login > rejects"])]), "D304");
}

#[test]
fn two_tests_have_two_names() {
    let plan = contract(&[("T1", "a"), ("T2", "b")]);
    assert_two_names(&compared(plan, vec![execution(2, 0, &["a", "b"])]), "D304");
}
