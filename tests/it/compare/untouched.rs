//! Promises that nothing met, and where the work went instead.

use crate::support::comparison::compared;
use crate::support::history::{HistoryBuilder, history};
use crate::support::plan::{PlanBuilder, plan};
use snapbox::{assert_data_eq, str};

/// The lines about untouched declarations.
fn check(plan: PlanBuilder, history: HistoryBuilder) -> String {
    let text = compared(&plan.build(), &history.build());
    let told = |line: &&str| line.starts_with("untouched");
    text.lines().filter(told).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_folder_or_wildcard_is_met_by_any_file() {
    let plan = plan().unit("U1", "Change", &["src/", "docs/*.md", "tests", "web/**"]);
    let history = history(&["web/a"]).commit("Change", "A src/deep/a, A docs/deep/b.md, A tests/c");
    assert_data_eq!(
        check(plan, history),
        str![[r#"
untouched docs/*.md of U1, not there
untouched web/** of U1
"#]]
    );
}

#[test]
fn both_sides_of_a_rename_meet_their_declarations() {
    let plan = plan().allows("from").allows("to");
    let history = history(&["from"]).commit("Move", "R from>to");
    assert_data_eq!(check(plan, history), str![[r#""#]]);
}

#[test]
fn what_lane_and_unit_declare_counts_for_the_unit() {
    let plan = plan().allows("a").allows("b").unit("1", "Change", &["a"]);
    assert_data_eq!(
        check(plan, history(&["a", "b"])),
        str![[r#"
untouched b of plan
untouched a of 1
"#]]
    );
}

#[test]
fn a_bound_is_no_promise_and_an_exclusion_never_is() {
    let plan = plan()
        .allows("src/**")
        .allows("!src/gen/")
        .unit("U1", "Change", &["a", "!b"]);
    assert_data_eq!(
        check(plan, history(&["a", "src/x"]).commit("Change", "M a")),
        str![[r#""#]]
    );
}

#[test]
fn files_of_a_check_are_not_missed() {
    let plan = plan()
        .unit("U1", "Change", &["a"])
        .unit("U2", "Look", &["b"])
        .check_only();
    assert_data_eq!(check(plan, history(&["a", "b"]).commit("Change", "M a")), str![[r#""#]]);
}

#[test]
fn work_of_the_same_name_elsewhere_is_misplaced() {
    let plan = plan().unit("U1", "Change", &["src/auth/login.rs", "lib/mod.rs", "src/deep/mod.rs"]);
    let history = history(&["lib/mod.rs", "gone/login.rs"]).commit(
        "Change",
        "A src/login.rs, A web/login.rs, A src/deep/down/mod.rs, D gone/login.rs",
    );
    assert_data_eq!(
        check(plan, history),
        str![[r#"
untouched src/auth/login.rs of U1, misplaced to src/login.rs, not there
untouched lib/mod.rs of U1
untouched src/deep/mod.rs of U1, misplaced to src/deep/down/mod.rs, not there
"#]]
    );
}

#[test]
fn declared_work_is_not_misplaced() {
    let plan = plan().unit("U1", "Change", &["a/mod.rs", "b/mod.rs"]);
    let history = history(&["a/mod.rs", "b/mod.rs"]).commit("Change", "M a/mod.rs");
    assert_data_eq!(check(plan, history), str!["untouched b/mod.rs of U1"]);
}

#[test]
fn a_file_that_the_plan_makes_and_drops_is_not_missed() {
    let plan = plan()
        .unit("U1", "Make", &["CREATE brief"])
        .unit("U2", "Drop", &["DELETE brief"]);
    let history = history(&[]).commit("Make", "A brief").commit("Drop", "D brief");
    assert_data_eq!(check(plan, history), str![[r#""#]]);
}

#[test]
fn a_name_that_every_folder_has_was_not_misplaced() {
    let plan = plan().unit(
        "U1",
        "Change",
        &["src/store/index.ts", "web/auth/index.ts", "src/login.ts"],
    );
    let history = history(&["src/store/index.ts"]).commit(
        "Change",
        "A src/form/index.ts, A app/auth/index.ts, A src/form/login.ts",
    );
    assert_data_eq!(
        check(plan, history),
        str![[r#"
untouched src/store/index.ts of U1
untouched web/auth/index.ts of U1, misplaced to app/auth/index.ts, not there
untouched src/login.ts of U1, misplaced to src/form/login.ts, not there
"#]]
    );
}
