//! Declared actions at both ends of the range, and declarations that do not fit the tree they start from.

use crate::support::comparison::compared;
use crate::support::history::{HistoryBuilder, history};
use crate::support::plan::{PlanBuilder, plan};
use snapbox::{assert_data_eq, str};

/// The lines about actions and staleness.
fn check(plan: PlanBuilder, history: HistoryBuilder) -> String {
    let text = compared(&plan.build(), &history.build());
    let told = |line: &&str| line.starts_with("action") || line.starts_with("stale");
    text.lines().filter(told).collect::<Vec<_>>().join("\n")
}

#[test]
fn actions_that_happened_as_declared_say_nothing() {
    let plan = plan().unit(
        "U1",
        "All",
        &[
            "CREATE a",
            "MODIFY b",
            "DELETE c",
            "RENAME d",
            "RENAME e2",
            "MODIFY untouched",
        ],
    );
    let history = history(&["b", "c", "d", "e", "untouched"]).commit("All", "A a, M b, D c, R d>d2, R e>e2");
    assert_data_eq!(check(plan, history), str![[r#""#]]);
}

#[test]
fn a_create_is_off_at_either_end() {
    let plan = plan().unit("U1", "Create", &["CREATE was", "CREATE never", "CREATE lost"]);
    let history = history(&["was", "lost"]).commit("Change", "M was, D lost");
    assert_data_eq!(
        check(plan, history),
        str![[r#"
action CreateButExisted was (was of U1)
action NotCreated never (never of U1)
action CreateButExisted lost (lost of U1)
stale Present was of U1
stale Present lost of U1
"#]]
    );
}

#[test]
fn a_modify_is_off_at_either_end() {
    let plan = plan().unit(
        "U1",
        "Modify",
        &["MODIFY new", "MODIFY never", "MODIFY lost", "MODIFY moved"],
    );
    let history = history(&["lost", "moved"]).commit("Change", "A new, D lost, R moved>elsewhere");
    assert_data_eq!(
        check(plan, history),
        str![[r#"
action ModifyButAbsent new (new of U1)
action ModifyButAbsent never (never of U1)
action ModifyButDeleted lost (lost of U1)
stale Absent new of U1
stale Absent never of U1
"#]]
    );
}

#[test]
fn a_file_that_moves_inside_the_scope_is_gone_from_its_place() {
    let plan = plan().unit("U1", "Modify", &["MODIFY from", "CREATE to"]);
    let history = history(&["from"]).commit("Change", "R from>to");
    assert_data_eq!(check(plan, history), str!["action ModifyButDeleted from (from of U1)"]);
}

#[test]
fn a_delete_is_off_at_either_end() {
    let plan = plan().unit("U1", "Delete", &["DELETE kept", "DELETE changed", "DELETE never"]);
    let history = history(&["kept", "changed"]).commit("Change", "M changed");
    assert_data_eq!(
        check(plan, history),
        str![[r#"
action NotDeleted kept (kept of U1)
action NotDeleted changed (changed of U1)
action DeleteButAbsent never (never of U1)
stale Absent never of U1
"#]]
    );
}

#[test]
fn a_rename_that_stayed_is_off() {
    let plan = plan().unit("U1", "Rename", &["RENAME kept", "RENAME never"]);
    let history = history(&["kept"]).commit("Change", "M kept");
    assert_data_eq!(
        check(plan, history),
        str![[r#"
action NotRenamed kept (kept of U1)
stale Absent never of U1
"#]]
    );
}

#[test]
fn several_actions_on_one_path_are_one_story() {
    let plan = plan()
        .unit("U1", "Create", &["CREATE a", "CREATE brief", "DELETE again"])
        .unit(
            "U2",
            "Go on",
            &["MODIFY a", "DELETE brief", "CREATE again", "MODIFY late"],
        )
        .unit("U3", "Drop", &["DELETE late"]);
    let history = history(&["again", "late"]).commit("All", "A a, M again, D late");
    assert_data_eq!(check(plan, history), str![[r#""#]]);
}

#[test]
fn a_folder_to_delete_leaves_nothing() {
    let plan = plan().unit("U1", "Delete", &["DELETE old/", "DELETE gone", "RENAME legacy/**"]);
    let history = history(&["old/a", "old/b", "gone/a", "legacy/a"]).commit("Drop", "D old/a, D gone/a");
    assert_data_eq!(
        check(plan, history),
        str![[r#"
action NotDeleted old/b (old/ of U1)
action NotRenamed legacy/a (legacy/** of U1)
"#]]
    );
}

#[test]
fn a_folder_to_create_adds_and_does_not_rewrite() {
    let plan = plan()
        .unit(
            "U1",
            "Create",
            &["CREATE migrations/*.sql", "CREATE docs/", "CREATE notes/"],
        )
        .unit("U2", "Modify", &["MODIFY src/**", "notes/b"]);
    let history = history(&["migrations/1.sql", "src/a", "notes/b"])
        .commit("All", "A migrations/2.sql, M migrations/1.sql, A src/new, M notes/b");
    assert_data_eq!(
        check(plan, history),
        str![[r#"
action CreateButExisted migrations/1.sql (migrations/*.sql of U1)
action NotCreated docs (docs/ of U1)
stale NoMatch docs/ of U1
"#]]
    );
}

#[test]
fn what_the_base_does_meanwhile_counts_for_nobody() {
    let plan = plan().unit("U1", "Create", &["CREATE a"]).build();
    let mut history = history(&[]).commit("Create", "A a").build();
    history.base = crate::support::history::id(77);
    history.base_tree = history.target_tree.clone();
    assert_data_eq!(
        compared(&plan, &history),
        str![[r#"
planned A a, declared by U1, done by U1
unit U1 done by 1
commit 1 Paired U1
"#]]
    );
}

#[test]
fn stale_declarations_name_the_nearest_path() {
    let plan = plan().unit(
        "U1",
        "Change",
        &[
            "MODIFY src/logn.rs",
            "CREATE src/login.rs",
            "scr/**",
            "src/new.rs",
            "missing/",
            "DELETE x",
        ],
    );
    let history = history(&["src/login.rs", "src/a.rs"]).commit("Change", "M src/a.rs");
    assert_data_eq!(
        check(plan, history),
        str![[r#"
action ModifyButAbsent src/logn.rs (src/logn.rs of U1)
action CreateButExisted src/login.rs (src/login.rs of U1)
action DeleteButAbsent x (x of U1)
stale Absent src/logn.rs of U1, nearest src/login.rs
stale Present src/login.rs of U1
stale NoMatch scr/** of U1, nearest src
stale NoMatch missing/ of U1
stale Absent x of U1
"#]]
    );
}
