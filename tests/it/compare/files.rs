//! The class of each touched file.

use crate::support::comparison::{compared, comparison, policy, render};
use crate::support::history::history;
use crate::support::plan::{lane, plan};
use drift::model::{Expectation, ExpectationKind, FileMode, PathPattern, Plan, PlanLocation};
use snapbox::{assert_data_eq, str};

#[test]
fn declared_and_undeclared_files_are_told_apart() {
    let plan = plan().allows("docs/").unit("U1", "Add login", &["src/*.rs"]).build();
    let history = history(&["src/a.rs", "src/deep/b.rs"])
        .commit(
            "Add login\n\nDrift-Unit: U1",
            "M src/a.rs, A docs/login.md, M src/deep/b.rs",
        )
        .build();
    assert_data_eq!(
        compared(&plan, &history),
        str![[r#"
planned A docs/login.md, declared by plan, done by U1
planned M src/a.rs, declared by U1, done by U1
undeclared M src/deep/b.rs, done by U1
unit U1 done by 1
commit 1 Paired U1
"#]]
    );
}

#[test]
fn a_file_that_must_exist_is_planned_though_no_list_has_it() {
    let mut plan = plan().unit("U1", "Add login", &["src/a.rs"]).build();
    plan.expectations.push(Expectation {
        kind: ExpectationKind::Exists(PathPattern::parse("docs/login.md").unwrap()),
        provides: String::new(),
        location: PlanLocation::default(),
    });
    let history = history(&["src/a.rs"])
        .commit("Add login", "M src/a.rs, A docs/login.md, A docs/b.md")
        .build();
    assert_data_eq!(
        compared(&plan, &history),
        str![[r#"
undeclared A docs/b.md, done by U1
planned A docs/login.md, done by U1
planned M src/a.rs, declared by U1, done by U1
unit U1 done by 1
commit 1 Paired U1
expectation 0 Met
"#]]
    );
}

#[test]
fn a_unit_that_says_it_renames_covers_where_its_files_go() {
    let plan = plan()
        .unit("U1", "Rename all agents to new-*", &["agents/old-a.md"])
        .unit("U2", "Change the notes", &["notes/b.md"])
        .build();
    let history = history(&["agents/old-a.md", "notes/b.md"])
        .commit("Rename\n\nDrift-Unit: U1", "R agents/old-a.md>agents/new-a.md")
        .commit("Change\n\nDrift-Unit: U2", "R notes/b.md>notes/c.md")
        .build();
    let text = compared(&plan, &history);
    let files: Vec<&str> = text.lines().filter(|line| line.contains(" R ")).collect();
    assert_data_eq!(
        files.join("\n"),
        str![[r#"
planned R agents/new-a.md from agents/old-a.md (in to in), declared by U1, done by U1
undeclared R notes/c.md from notes/b.md (in to out), declared by U2, done by U2
"#]]
    );
}

#[test]
fn an_excluded_path_is_undeclared() {
    let plan = plan().allows("src/**").allows("!src/gen/").build();
    let history = history(&[]).commit("Add", "A src/a.rs, A src/gen/b.rs").build();
    assert_data_eq!(
        compared(&plan, &history),
        str![[r#"
planned A src/a.rs, declared by plan
undeclared A src/gen/b.rs
commit 1 Unjudged
"#]]
    );
}

#[test]
fn forbidden_wins_over_declared() {
    let plan = plan().allows("**").allows("src/core.rs").forbids("src/core.rs").build();
    let history = history(&[])
        .commit("Add", "A src/core.rs, A vault/key, A src/a.rs")
        .build();
    assert_data_eq!(
        compared(&plan, &history),
        str![[r#"
planned A src/a.rs, declared by plan
forbidden A src/core.rs, declared by plan plan, forbidden by plan.json
forbidden A vault/key, declared by plan
commit 1 Unjudged
"#]]
    );
}

#[test]
fn what_one_lane_forbids_does_not_bind_another() {
    let docs = lane("docs")
        .allows("docs/")
        .forbids("src/")
        .unit("U1", "Write", &["docs/a.md"])
        .build();
    let code = lane("code").unit("U1", "Code", &["src/a.rs"]).build();
    let plan = Plan::combine([docs, code]);
    let history = history(&["src/a.rs", "src/b.rs", "src/c.rs"])
        .commit("Code\n\nDrift-Unit: code/U1", "M src/a.rs")
        .commit("Write\n\nDrift-Unit: docs/U1", "M src/b.rs")
        .commit("Whoever", "M src/c.rs")
        .build();
    assert_data_eq!(
        compared(&plan, &history),
        str![[r#"
planned M src/a.rs, declared by code/U1, done by code/U1
forbidden M src/b.rs, done by docs/U1, forbidden by docs.json
forbidden M src/c.rs, forbidden by docs.json
untouched docs/a.md of docs/U1, not there
stale NoMatch docs/ of docs
unit docs/U1 partial by 2
unit code/U1 done by 1
commit 1 Paired code/U1
commit 2 Paired docs/U1
commit 3 Unplanned
"#]]
    );
}

#[test]
fn a_sensitive_file_needs_a_declaration_that_spells_it() {
    let history = history(&[]).commit("Add", "A .env, A app/.env").build();
    let broad = plan().allows("**").allows("app/.env").build();
    assert_data_eq!(
        compared(&broad, &history),
        str![[r#"
sensitive A .env, declared by plan
planned A app/.env, declared by plan plan
commit 1 Unjudged
"#]]
    );
}

#[test]
fn danger_mode_opens_sensitive_files_but_not_forbidden_ones() {
    let history = history(&[]).commit("Add", "A .env, A vault/.env").build();
    let plan = plan().allows("**").lane(|lane| lane.danger_mode = true).build();
    assert_data_eq!(
        compared(&plan, &history),
        str![[r#"
planned A .env, declared by plan
forbidden A vault/.env, declared by plan
commit 1 Unjudged
"#]]
    );
}

#[test]
fn the_planning_systems_own_files_need_no_declaration() {
    let own = PathPattern::parse(".planning/STATE.md").unwrap();
    let plan = plan()
        .allows(".planning/specs/")
        .lane(|lane| lane.bookkeeping.push(own))
        .build();
    let history = history(&[])
        .commit(
            "Plan",
            "A .planning/STATE.md, A .planning/specs/a.md, A .planning/other.md, A .drift/x",
        )
        .build();
    assert_data_eq!(
        compared(&plan, &history),
        str![[r#"
bookkeeping A .drift/x
bookkeeping A .planning/STATE.md
undeclared A .planning/other.md
planned A .planning/specs/a.md, declared by plan
commit 1 Unjudged
"#]]
    );
}

#[test]
fn declared_bookkeeping_is_planned() {
    let plan = plan().allows(".drift/config.yaml").build();
    let history = history(&[]).commit("Configure", "A .drift/config.yaml").build();
    assert_data_eq!(
        compared(&plan, &history),
        str![[r#"
planned A .drift/config.yaml, declared by plan
commit 1 Unjudged
"#]]
    );
}

#[test]
fn a_lock_file_follows_what_is_planned_below_it() {
    let plan = plan().allows("web/src/").build();
    let history = history(&["web/yarn.lock", "server/yarn.lock", "yarn.lock"])
        .commit(
            "Bump",
            "A web/src/a.ts, M web/yarn.lock, M server/yarn.lock, M yarn.lock",
        )
        .build();
    assert_data_eq!(
        compared(&plan, &history),
        str![[r#"
undeclared M server/yarn.lock
planned A web/src/a.ts, declared by plan
derived M web/yarn.lock
derived M yarn.lock
commit 1 Unjudged
"#]]
    );
}

#[test]
fn a_lock_file_without_its_source_is_undeclared() {
    let plan = plan().allows("src/").build();
    let history = history(&["Cargo.lock"]).commit("Bump", "M Cargo.lock").build();
    assert_data_eq!(
        compared(&plan, &history),
        str![[r#"
undeclared M Cargo.lock
untouched src/ of plan, not there
stale NoMatch src/ of plan
commit 1 Unjudged
"#]]
    );
}

#[test]
fn generated_files_follow_what_is_planned_beside_them() {
    let plan = plan().allows("web/api.ts").build();
    let mut history = history(&["web/api.ts", "web/gen/client.ts", "server/gen/client.ts"])
        .commit(
            "Regenerate",
            "M web/api.ts, M web/gen/client.ts, M server/gen/client.ts",
        )
        .build();
    history.generated = vec!["server/gen/client.ts".into(), "web/gen/client.ts".into()];
    assert_data_eq!(
        compared(&plan, &history),
        str![[r#"
undeclared M server/gen/client.ts
planned M web/api.ts, declared by plan
derived M web/gen/client.ts
commit 1 Unjudged
"#]]
    );
}

#[test]
fn a_file_that_another_unit_spells_is_in_the_wrong_lane() {
    let plan = plan()
        .allows("src/**")
        .unit("U1", "First", &["src/a.rs"])
        .unit("U2", "Second", &["src/b.rs"])
        .build();
    let history = history(&["src/a.rs", "src/b.rs", "src/c.rs"])
        .commit("Second\n\nDrift-Unit: U2", "M src/a.rs, M src/b.rs, M src/c.rs")
        .build();
    assert_data_eq!(
        compared(&plan, &history),
        str![[r#"
wrong-lane M src/a.rs, declared by plan U1, done by U2
planned M src/b.rs, declared by plan U2, done by U2
planned M src/c.rs, declared by plan, done by U2
unit U1 missing
unit U2 done by 1
commit 1 Paired U2, foreign ["src/a.rs"]
"#]]
    );
}

#[test]
fn a_file_that_the_lane_spells_is_in_no_wrong_lane_inside_of_it() {
    let plan = plan()
        .allows("src/a.rs")
        .allows("src/b.rs")
        .unit("1", "First", &["src/a.rs"])
        .unit("2", "Second", &["src/b.rs"])
        .build();
    let history = history(&["src/a.rs", "src/b.rs"])
        .commit("Second\n\nDrift-Unit: 2", "M src/a.rs, M src/b.rs")
        .build();
    assert_data_eq!(
        compared(&plan, &history),
        str![[r#"
planned M src/a.rs, declared by plan 1, done by 2
planned M src/b.rs, declared by plan 2, done by 2
unit 1 missing
unit 2 done by 1
commit 1 Paired 2, foreign ["src/a.rs"]
"#]]
    );
}

#[test]
fn a_file_of_another_lane_is_in_the_wrong_lane() {
    let first = lane("04-01").allows("src/a.rs").unit("1", "First", &[]).build();
    let second = lane("04-02").allows("src/b.rs").unit("1", "Second", &[]).build();
    let plan = Plan::combine([first, second]);
    let history = history(&["src/a.rs", "src/b.rs"])
        .commit("Second\n\nDrift-Unit: 04-02/1", "M src/a.rs, M src/b.rs")
        .build();
    assert_data_eq!(
        compared(&plan, &history),
        str![[r#"
wrong-lane M src/a.rs, declared by 04-01, done by 04-02/1
planned M src/b.rs, declared by 04-02, done by 04-02/1
unit 04-01/1 missing
unit 04-02/1 done by 1
commit 1 Paired 04-02/1, foreign ["src/a.rs"]
"#]]
    );
}

#[test]
fn a_file_is_planned_where_one_of_its_commits_is_unpaired() {
    let plan = plan()
        .unit("U1", "First", &["src/a.rs"])
        .unit("U2", "Second", &["src/b.rs"])
        .build();
    let mut history = history(&["src/a.rs", "src/b.rs"])
        .commit("Second\n\nDrift-Unit: U2", "M src/a.rs, M src/b.rs")
        .commit("Merge", "M src/a.rs")
        .build();
    let other = crate::support::history::id(88);
    history.commits[1].parents.push(other);
    assert_data_eq!(
        compared(&plan, &history),
        str![[r#"
planned M src/a.rs, declared by U1, done by U2
planned M src/b.rs, declared by U2, done by U2
unit U1 missing
unit U2 done by 1
commit 1 Paired U2, foreign ["src/a.rs"]
commit 2 Merge
"#]]
    );
}

#[test]
fn a_rename_has_the_class_of_its_worse_side() {
    let plan = plan().allows("in/").build();
    let history = history(&["in/a", "in/b", "out/c", "out/d", "in/e"])
        .commit(
            "Move",
            "R in/a>in/a2, R in/b>out/b, R out/c>in/c, R out/d>out/d2, R in/e>vault/e",
        )
        .build();
    assert_data_eq!(
        compared(&plan, &history),
        str![[r#"
planned R in/a2 from in/a (in to in), declared by plan
undeclared R in/c from out/c (out to in), declared by plan
undeclared R out/b from in/b (in to out), declared by plan
undeclared R out/d2 from out/d (out to out)
forbidden R vault/e from in/e (in to out), declared by plan
commit 1 Unjudged
"#]]
    );
}

#[test]
fn a_declared_rename_covers_the_side_that_the_plan_cannot_name() {
    let plan = plan().allows("RENAME src/old.rs").build();
    let moved = |to: &str| {
        history(&["src/old.rs"])
            .commit("Move", &format!("R src/old.rs>{to}"))
            .build()
    };
    assert_data_eq!(
        compared(&plan, &moved("src/new.rs")),
        str![[r#"
planned R src/new.rs from src/old.rs (in to in), declared by plan
commit 1 Unjudged
"#]]
    );
    assert_data_eq!(
        compared(&plan, &moved(".github/workflows/x")),
        str![[r#"
sensitive R .github/workflows/x from src/old.rs (in to out), declared by plan
commit 1 Unjudged
"#]]
    );
}

#[test]
fn a_deletion_is_planned_where_it_is_said_or_the_file_is_spelled() {
    let plan = plan().allows("src/**").allows("DELETE old/").allows("src/c.rs").build();
    let history = history(&[
        "src/a.rs",
        "old/b.rs",
        "src/c.rs",
        "else/d.rs",
        ".drift/e",
        "src/keep.rs",
    ])
    .commit("Delete", "D src/a.rs, D old/b.rs, D src/c.rs, D else/d.rs, D .drift/e")
    .build();
    assert_data_eq!(
        compared(&plan, &history),
        str![[r#"
bookkeeping D .drift/e
undeclared D else/d.rs, unplanned delete
planned D old/b.rs, declared by plan
planned D src/a.rs, declared by plan, unplanned delete
planned D src/c.rs, declared by plan plan
commit 1 Unjudged
"#]]
    );
}

#[test]
fn a_file_that_comes_back_inside_the_range_is_resurrected() {
    let plan = plan().allows("src/").build();
    let history = history(&["src/b.rs"])
        .commit("Add", "A src/a.rs")
        .commit("Drop", "D src/a.rs, D src/b.rs")
        .commit("Back", "A src/a.rs, A src/b.rs")
        .build();
    assert_data_eq!(
        compared(&plan, &history),
        str![[r#"
planned A src/a.rs, declared by plan, resurrected
planned M src/b.rs, declared by plan
commit 1 Unjudged
commit 2 Unjudged
commit 3 Unjudged
"#]]
    );
}

#[test]
fn special_files_say_what_is_special() {
    let plan = plan().allows("x/").build();
    let changes = "M x/a, M x/b, M x/c, A x/d, A x/e, D x/f, M x/g, M x/h";
    let mut history = history(&["x/a", "x/b", "x/c", "x/f", "x/g", "x/h"])
        .commit("Change", changes)
        .build();
    let modes = [
        (Some(FileMode::Regular), Some(FileMode::Executable)),
        (Some(FileMode::Executable), Some(FileMode::Regular)),
        (Some(FileMode::Regular), Some(FileMode::Symlink)),
        (None, Some(FileMode::Symlink)),
        (None, Some(FileMode::Executable)),
        (Some(FileMode::Submodule), None),
        (Some(FileMode::Submodule), Some(FileMode::Submodule)),
        (Some(FileMode::Symlink), Some(FileMode::Regular)),
    ];
    for (change, (old, new)) in history.changes.iter_mut().zip(modes) {
        (change.old_mode, change.new_mode) = (old, new);
    }
    assert_data_eq!(
        compared(&plan, &history),
        str![[r#"
planned M x/a, declared by plan, became executable
planned M x/b, declared by plan, is no longer executable
planned M x/c, declared by plan, became a symlink
planned A x/d, declared by plan, is a new symlink
planned A x/e, declared by plan
planned D x/f, declared by plan, unplanned delete, was a submodule
planned M x/g, declared by plan, is a submodule at another commit now
planned M x/h, declared by plan, was a symlink and became a file
commit 1 Unjudged
"#]]
    );
}

#[test]
fn an_empty_plan_declares_nothing() {
    let history = history(&[]).commit("Add", "A a").build();
    assert_data_eq!(
        compared(&Plan::default(), &history),
        str![[r#"
undeclared A a
commit 1 Unjudged
"#]]
    );
}

#[test]
fn a_plan_that_met_nothing_is_counted() {
    let plan = plan().allows("src/").unit("U1", "Add", &["src/a.rs"]).build();
    let history = history(&["src/a.rs"]).build();
    let policy = policy();
    let comparison = comparison(&plan, &history, &policy);
    assert_data_eq!(
        render(&comparison),
        str![[r#"
untouched src/a.rs of U1
unit U1 missing
"#]]
    );
    let checked = comparison.checked;
    assert_eq!(
        (checked.files, checked.commits, checked.declarations, checked.units),
        (0, 0, 2, 1)
    );
}
