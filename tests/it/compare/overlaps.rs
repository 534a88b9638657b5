//! Paths that two concurrent parties own.

use crate::support::comparison::{inputs, policy, render};
use crate::support::plan::{PlanBuilder, lane, plan};
use drift::compare::{Inputs, compare};
use drift::model::{Plan, Sibling};
use snapbox::{assert_data_eq, str};

fn check(plan: &Plan, siblings: &[Sibling]) -> String {
    let policy = policy();
    let inputs = Inputs {
        siblings,
        ..inputs(plan, &policy)
    };
    let text = render(&compare(inputs));
    let told = |line: &&str| line.starts_with("overlap");
    text.lines().filter(told).collect::<Vec<_>>().join("\n")
}

fn side_by_side(plan: PlanBuilder) -> Plan {
    plan.lane(|lane| lane.concurrent_units = true).build()
}

fn sibling(name: &str, texts: &[&str]) -> Sibling {
    let plan = plan().unit("1", "Theirs", texts).build();
    Sibling {
        name: name.into(),
        declarations: plan.units[0].files.clone(),
    }
}

#[test]
fn units_in_turn_share_files_in_peace() {
    let plan = plan().unit("U1", "One", &["a"]).unit("U2", "Two", &["a"]).build();
    assert_data_eq!(check(&plan, &[]), str![[r#""#]]);
}

#[test]
fn concurrent_units_overlap_at_folders_and_wildcards() {
    let plan = side_by_side(
        plan()
            .unit("U1", "One", &["a", "src/", "web/*.ts", "docs/**"])
            .unit("U2", "Two", &["a", "src/deep/b.rs", "srcs/c.rs", "web/x.ts"])
            .unit("U3", "Three", &["docs/*.md", "web/deep/y.ts", "own"]),
    );
    assert_data_eq!(
        check(&plan, &[]),
        str![[r#"
overlap U2 and U1: a
overlap U2 and U1: src/deep/b.rs
overlap U2 and U1: web/x.ts
overlap U3 and U1: docs/*.md
"#]]
    );
}

#[test]
fn a_dependency_by_whatever_way_makes_peace() {
    let plan = side_by_side(
        plan()
            .unit("U1", "One", &["a"])
            .unit("U2", "Two", &["b"])
            .after("U1")
            .unit("U3", "Three", &["a"])
            .after("U2")
            .unit("U4", "Four", &["a"]),
    );
    assert_data_eq!(check(&plan, &[]), str!["overlap U4 and U1: a"]);
}

#[test]
fn a_cycle_of_dependencies_ends() {
    let plan = side_by_side(
        plan()
            .unit("U1", "One", &["a"])
            .after("U2")
            .unit("U2", "Two", &["a"])
            .after("U1"),
    );
    assert_data_eq!(check(&plan, &[]), str![[r#""#]]);
}

#[test]
fn an_exclusion_gives_a_path_to_the_other() {
    let plan = side_by_side(
        plan()
            .unit("U1", "One", &["src/", "!src/b.rs"])
            .unit("U2", "Two", &["src/b.rs"]),
    );
    assert_data_eq!(check(&plan, &[]), str![[r#""#]]);
}

#[test]
fn a_check_owns_nothing() {
    let plan = side_by_side(plan().unit("U1", "One", &["a"]).unit("U2", "Look", &["a"]).check_only());
    assert_data_eq!(check(&plan, &[]), str![[r#""#]]);
}

#[test]
fn lanes_overlap_unless_one_comes_after_the_other() {
    let first = || lane("04-01").allows("a").unit("1", "One", &["a"]).build();
    let second = lane("04-02").allows("a").build();
    assert_data_eq!(
        check(&Plan::combine([first(), second]), &[]),
        str!["overlap 04-01/1 and 04-02: a"]
    );
    let third = lane("04-03")
        .allows("a")
        .lane(|lane| lane.references.push("depends_on: 04-01".into()));
    assert_data_eq!(check(&Plan::combine([first(), third.build()]), &[]), str![[r#""#]]);
    let fourth = lane("04-04").unit("1", "Four", &["a"]).after("04-01/1");
    assert_data_eq!(check(&Plan::combine([first(), fourth.build()]), &[]), str![[r#""#]]);
}

#[test]
fn open_runs_overlap_once_for_each_of_their_patterns() {
    let plan = plan()
        .allows("**")
        .unit("U1", "One", &["src/a.rs", "src/b.rs", "web/*.ts", "own"])
        .build();
    let siblings = [
        sibling("wide-0a1b2c3d", &["src/**", "!own"]),
        sibling("narrow-0a1b2c3d", &["web/x.ts", "src/b.rs"]),
        sibling("away-0a1b2c3d", &["srcs/", "elsewhere"]),
    ];
    assert_data_eq!(
        check(&plan, &siblings),
        str![[r#"
overlap U1 and run wide-0a1b2c3d: src/a.rs
overlap U1 and run narrow-0a1b2c3d: src/b.rs
overlap U1 and run narrow-0a1b2c3d: web/*.ts
"#]]
    );
}
