//! What became of units, and what commits stand for; who stands for what is said by trailers.

use crate::support::comparison::{compared, comparison, policy};
use crate::support::history::{history, id};
use crate::support::plan::{lane, plan};
use drift::model::{LineCount, Located, Plan, PlanLocation};
use snapbox::{assert_data_eq, str};

#[test]
fn a_unit_is_done_partial_missing_or_unchecked() {
    let plan = plan()
        .unit("U1", "Done", &["a"])
        .unit("U2", "Partial", &["b", "c/"])
        .unit("U3", "Missing", &["d"])
        .unit("U4", "Look", &[])
        .check_only()
        .build();
    let history = history(&["b", "d"])
        .commit("One\n\nDrift-Unit: U1", "A a")
        .commit("Two\n\nDrift-Unit: U2", "M b")
        .build();
    assert_data_eq!(
        compared(&plan, &history),
        str![[r#"
planned A a, declared by U1, done by U1
planned M b, declared by U2, done by U2
untouched c/ of U2, not there
untouched d of U3
stale NoMatch c/ of U2
unit U1 done by 1
unit U2 partial by 2
unit U3 missing
unit U4 unchecked
commit 1 Paired U1
commit 2 Paired U2
"#]]
    );
}

#[test]
fn a_unit_is_out_of_order_where_what_it_depends_on_begins_after_it() {
    let plan = plan()
        .unit("U1", "Types", &["a"])
        .unit("U2", "Use", &["b"])
        .after("U1")
        .unit("U3", "Tell", &["c"])
        .after("U2")
        .unit("U4", "No order", &["d"])
        .build();
    let history = history(&[])
        .commit("Use\n\nDrift-Unit: U2", "A b")
        .commit("Types\n\nDrift-Unit: U1", "A a")
        .commit("No order\n\nDrift-Unit: U4", "A d")
        .commit("Tell\n\nDrift-Unit: U3", "A c")
        .build();
    assert_data_eq!(
        compared(&plan, &history),
        str![[r#"
planned A a, declared by U1, done by U1
planned A b, declared by U2, done by U2
planned A c, declared by U3, done by U3
planned A d, declared by U4, done by U4
unit U1 done by 2
unit U2 done by 1, before U1
unit U3 done by 4
unit U4 done by 3
commit 1 Paired U2
commit 2 Paired U1
commit 3 Paired U4
commit 4 Paired U3
"#]]
    );
}

#[test]
fn units_that_share_a_commit_are_in_order() {
    let plan = plan()
        .unit("U1", "Types", &["a"])
        .unit("U2", "Use", &["b"])
        .after("U1")
        .build();
    let history = history(&[])
        .commit("Both\n\nDrift-Unit: U1\nDrift-Unit: U2", "A a, A b")
        .build();
    assert_data_eq!(
        compared(&plan, &history),
        str![[r#"
planned A a, declared by U1, done by U1 U2
planned A b, declared by U2, done by U1 U2
unit U1 done by 1
unit U2 done by 1
commit 1 Paired U1 U2
"#]]
    );
}

#[test]
fn a_unit_is_reverted_where_all_its_commits_are() {
    let plan = plan().unit("U1", "Back", &["a"]).unit("U2", "Forth", &["b"]).build();
    let revert = |number: u32| format!("Revert\n\nThis reverts commit {}.", id(number));
    let history = history(&["a", "b"])
        .commit("One\n\nDrift-Unit: U1", "M a")
        .commit("Two\n\nDrift-Unit: U2", "M b")
        .commit(&format!("{}\n\nDrift-Unit: U1", revert(1)), "M a")
        .commit(&format!("{}\n\nDrift-Unit: U2", revert(2)), "M b")
        .commit(&format!("{}\n\nDrift-Unit: U2", revert(4)), "M b")
        .build();
    assert_data_eq!(
        compared(&plan, &history),
        str![[r#"
planned M a, declared by U1, done by U1
planned M b, declared by U2, done by U2
unit U1 done by 1 3, reverted
unit U2 done by 2 4 5
commit 1 Paired U1
commit 2 Paired U2
commit 3 Paired U1, reverts 1
commit 4 Paired U2, reverts 2
commit 5 Paired U2, reverts 4
"#]]
    );
}

#[test]
fn each_commit_has_a_role() {
    let plan = plan().unit("U1", "Add", &["src/a", "package.json"]).build();
    let history = history(&["yarn.lock"])
        .commit("Add\n\nDrift-Unit: U1", "A src/a")
        .commit("Odd\n\nDrift-Unit: none", "A odd, A .drift/x")
        .commit("Note\n\nDrift-Unit: none", "M .drift/x, M yarn.lock")
        .commit("Nothing\n\nDrift-Unit: none", "")
        .merge("Merge")
        .build();
    assert_data_eq!(
        compared(&plan, &history),
        str![[r#"
bookkeeping A .drift/x
undeclared A odd
planned A src/a, declared by U1, done by U1
derived M yarn.lock
untouched package.json of U1, not there
unit U1 partial by 1
commit 1 Paired U1
commit 2 Unplanned
commit 3 Bookkeeping
commit 4 Bookkeeping
commit 5 Merge
"#]]
    );
}

#[test]
fn a_path_that_came_and_went_still_makes_its_commit_unplanned() {
    let plan = plan().unit("U1", "Add", &["a"]).build();
    let history = history(&[])
        .commit("Add\n\nDrift-Unit: U1", "A a")
        .commit("Try\n\nDrift-Unit: none", "A try")
        .commit("Drop\n\nDrift-Unit: none", "D try")
        .build();
    assert_data_eq!(
        compared(&plan, &history),
        str![[r#"
planned A a, declared by U1, done by U1
unit U1 done by 1
commit 1 Paired U1
commit 2 Unplanned
commit 3 Unplanned
"#]]
    );
}

#[test]
fn a_unit_without_files_is_at_home_in_its_whole_lane() {
    let first = lane("one")
        .unit("1", "Has files", &["a"])
        .unit("2", "Has none", &[])
        .build();
    let second = lane("two").unit("1", "Other", &["b"]).build();
    let plan = Plan::combine([first, second]);
    let history = history(&["a", "b"])
        .commit("Change\n\nDrift-Unit: one/2", "M a, M b")
        .build();
    assert_data_eq!(
        compared(&plan, &history),
        str![[r#"
planned M a, declared by one/1, done by one/2
wrong-lane M b, declared by two/1, done by one/2
unit one/1 missing
unit one/2 done by 1
unit two/1 missing
commit 1 Paired one/2, foreign ["b"]
"#]]
    );
}

#[test]
fn limits_count_work_and_neither_locks_nor_bookkeeping_nor_merges() {
    let limit = |value| {
        let location = PlanLocation::default();
        Some(Located { value, location })
    };
    let plan = plan()
        .allows("src/")
        .lane(|lane| {
            lane.limits.files = limit(1);
            lane.limits.lines = limit(3);
            lane.limits.commits = limit(1);
        })
        .build();
    let build = |changes: &str| history(&["yarn.lock"]).commit("One", changes).merge("Merge");
    let within = build("A src/a, M yarn.lock, A .drift/x").build();
    assert_data_eq!(limits(&plan, &within), str![[r#""#]]);
    let beyond = build("A src/a, M yarn.lock, A b").commit("Two", "M b").build();
    assert_data_eq!(
        limits(&plan, &beyond),
        str![[r#"
limit files 2 of 1
limit lines 4 of 3
limit commits 2 of 1
"#]]
    );
}

#[test]
fn each_lane_has_its_own_limits() {
    let limited = |name: &str| {
        lane(name).unit("1", "Work", &[name]).lane(|lane| {
            let location = PlanLocation::default();
            lane.limits.commits = Some(Located { value: 1, location });
        })
    };
    let plan = Plan::combine([limited("a").build(), limited("b").build()]);
    let history = history(&[])
        .commit("One\n\nDrift-Unit: a/1", "A a")
        .commit("Two\n\nDrift-Unit: b/1", "A b")
        .commit("Three\n\nDrift-Unit: b/1", "M b")
        .build();
    assert_data_eq!(limits(&plan, &history), str!["limit commits 2 of 1"]);
}

fn limits(plan: &Plan, history: &drift::model::History) -> String {
    let text = compared(plan, history);
    text.lines()
        .filter(|line| line.starts_with("limit"))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn lines_that_nobody_counted_exceed_nothing() {
    let plan = plan()
        .lane(|lane| {
            let location = PlanLocation::default();
            lane.limits.lines = Some(Located { value: 0, location });
        })
        .build();
    let mut history = history(&[]).commit("One", "A a, A b").build();
    history.changes[0].lines = LineCount::NotCounted;
    history.changes[1].lines = LineCount::Binary;
    assert_data_eq!(limits(&plan, &history), str![[r#""#]]);
}

#[test]
fn authors_are_named_once() {
    let plan = plan().build();
    let mut history = history(&[])
        .commit("One", "")
        .commit("Two", "")
        .commit("Three", "")
        .build();
    history.commits[1].author.name = "B".into();
    let policy = policy();
    let authors = comparison(&plan, &history, &policy).authors;
    assert_eq!(authors, ["A U Thor <author@example.com>", "B <author@example.com>"]);
}
