//! Any plan as native artifacts: the same declarations, units and dependencies, and a list of what is lost.

use crate::support::drift::{drift, project, state};
use drift::formats::{self, Input};
use drift::model::{Plan, RepoPath};
use std::path::Path;

const GSD: &str = "---
phase: 04-login
plan: 01
files_modified:
  - src/login.py
  - \"app/[slug]/page.tsx\"
must_haves:
  artifacts:
    - path: src/login.py
      contains: check
---

<objective>
People can log in with a password.
</objective>

<tasks>
<task type=\"auto\" tdd=\"true\">
<name>Task 1: Check the password</name>
<files>src/login.py (new), docs/</files>
<action>Compare the hashes.</action>
<verify>pytest</verify>
</task>
<task type=\"auto\" depends_on=\"1\">
<name>Task 2: Issue the token</name>
<files>src/**/*.py, src/old.py (delete)</files>
</task>
<task type=\"checkpoint:human-verify\">
<name>Task 2: Look at it</name>
</task>
</tasks>
";

const WORK_PACKAGE: &str = "---
work_package_id: WP01
title: Write the home
dependencies: []
execution_mode: code_change
owned_files:
- src/home/*
- docs/usage.md
---

# WP01

## Objective

Records have one home.
";

/// What is compared of a plan: declarations with their actions, units, and who comes after whom.
fn compared(plan: &Plan) -> Vec<String> {
    // A star that crosses folders is written as two.
    let written = |pattern: &drift::model::PathPattern| match pattern.to_text().strip_suffix("/*") {
        Some(folder) if pattern.crosses_folders() => format!("{folder}/**"),
        _ => pattern.to_text(),
    };
    let declaration = |it: &drift::model::Declaration| format!("{} {:?}", written(&it.pattern), it.action);
    let mut lines: Vec<String> = Vec::new();
    for lane in &plan.lanes {
        // Lists of the work as a whole hold paths only, and their actions are listed as lost.
        lines.extend(
            lane.allowed
                .iter()
                .map(|it| format!("allowed {}", written(&it.pattern))),
        );
        lines.extend(
            lane.forbidden
                .iter()
                .map(|it| format!("forbidden {}", written(&it.pattern))),
        );
        lines.extend(
            lane.tests
                .iter()
                .map(|it| format!("test {} {} {:?} {:?}", it.id, it.name, it.suite, it.clauses)),
        );
        lines.extend(
            lane.suites
                .iter()
                .map(|it| format!("suite {} {:?} {:?}", it.id, it.command, it.timeout)),
        );
        lines.extend(
            lane.clauses
                .iter()
                .map(|it| format!("clause {} {} {:?}", it.id, it.title, it.normativity)),
        );
        lines.push(format!(
            "{:?} {:?} {:?} {:?}",
            lane.limits.files.as_ref().map(|it| it.value),
            lane.gates,
            lane.risk_level,
            lane.base_ref
        ));
        lines.extend(lane.goal.iter().map(|goal| goal.value.clone()));
    }
    for (unit, comes_after) in plan.units.iter().zip(plan.dependencies()) {
        let after: Vec<usize> = comes_after.iter().map(|(index, _)| *index).collect();
        let files: Vec<String> = unit.files.iter().map(declaration).collect();
        lines.push(format!(
            "{} {:?} {:?} {files:?} {after:?} {:?}",
            unit.title, unit.commit_type, unit.scope, unit.tests
        ));
    }
    lines
}

fn read(path: &Path, names: &[&str]) -> Plan {
    let input = |name: &&str| Input {
        name: format!("x/{name}"),
        repo_path: Some(RepoPath::from(*name)),
        bytes: std::fs::read(path.join(name)).unwrap(),
    };
    formats::read(
        names
            .iter()
            .filter(|name| path.join(name).exists())
            .map(input)
            .collect(),
    )
}

const NATIVE: [&str; 3] = ["intent.json", "commit_plan.json", "test_contract.json"];

/// Each format with a plan of it, as files in a folder.
fn plans() -> Vec<(&'static str, Vec<(&'static str, String)>)> {
    let template = |name: &str| formats::template(name, &formats::TemplateValues::default()).unwrap();
    let stage = formats::stage_template("Type Safety")
        .replace(
            "Say what will be so when this stage is done",
            "Logins are typed at last",
        )
        .replace(
            "Name what has to be there, with its path: `src/the_file_that_changes`",
            "`src/login.py`\n- Remove `src/any.py`",
        );
    let commit_plan = r#"{"schema": "drift/commit_plan/1", "units": [
        {"id": "U1", "title": "Check", "type": "feat", "scope": "login", "files": ["src/login.py", {"path": "a/", "action": "CREATE", "reason": "new"}]},
        {"id": "U2", "title": "Test", "files": ["!src/x", "src/"], "dependsOn": ["U1"]}]}"#;
    vec![
        ("intent", vec![("intent.json", template("intent"))]),
        ("commit_plan", vec![("commit_plan.json", commit_plan.to_owned())]),
        (
            "test_contract",
            NATIVE
                .map(|name| (name, template(name.trim_end_matches(".json"))))
                .into(),
        ),
        ("gsd", vec![("04-01-PLAN.md", GSD.to_owned())]),
        ("stage_contract", vec![("stage.md", stage)]),
        (
            "gatekeeper",
            vec![(
                "plan.json",
                include_str!("../../fixtures/gatekeeper/documented.json").to_owned(),
            )],
        ),
        (
            "microplans",
            vec![(
                "microplans.json",
                include_str!("../../fixtures/gatekeeper/microplans.json").to_owned(),
            )],
        ),
        ("spec_kitty", vec![("WP01-home.md", WORK_PACKAGE.to_owned())]),
    ]
}

#[test]
fn every_format_survives_the_way_there_and_back() {
    let known: Vec<&str> = formats::FORMATS.iter().map(|format| format.name).collect();
    for (format, files) in plans() {
        assert!(known.contains(&format));
        let repo = project();
        let folder = repo.beside("plan");
        std::fs::create_dir_all(&folder).unwrap();
        let mut paths = Vec::new();
        for (name, text) in &files {
            std::fs::write(folder.join(name), text).unwrap();
            paths.push(folder.join(name).display().to_string());
        }
        let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
        let before = read(&folder, &names);
        assert!(before.sources.iter().any(|source| source.format == format), "{format}");
        let arguments: Vec<&str> = ["convert", "--output", "out"]
            .into_iter()
            .chain(paths.iter().map(String::as_str))
            .collect();
        drift(&repo, &arguments)
            .ends(0)
            .says(&["out/intent.json", "out/commit_plan.json"]);
        let after = read(&repo.path().join("out"), &NATIVE);
        let unread: Vec<_> = after.problems.iter().map(|it| &it.message).collect();
        assert!(unread.is_empty(), "{format}: {unread:?}");
        let (mut was, is) = (compared(&before), compared(&after));
        if before.lanes[0].goal.is_none() {
            was.push("Say in one sentence what will be so when the work is done".into());
        }
        let sorted = |mut lines: Vec<String>| {
            lines.sort();
            lines
        };
        assert_eq!(sorted(was), sorted(is), "{format}");
    }
    for format in known {
        let is_known = plans().iter().any(|(name, _)| *name == format);
        assert!(is_known, "add a plan of the format `{format}` to this test");
    }
}

#[test]
fn what_is_lost_is_listed_at_its_line() {
    let repo = project();
    let path = repo.beside("04-01-PLAN.md");
    std::fs::write(&path, GSD).unwrap();
    let said = drift(&repo, &["convert", &path.display().to_string()]).ends(0);
    said.complains(&[
        "not carried over:",
        "04-01-PLAN.md:9: what is expected of `src/login.py` at the target",
        "04-01-PLAN.md:18: the text of unit 1",
        "04-01-PLAN.md:18: the check of unit 1",
        "the id `2`: it became `2-2`",
        "unit 2-2 only looks: here a commit is expected of it",
    ])
    .says(&["04-01/intent.json"]);
}

#[test]
fn nothing_is_overwritten_and_nothing_written_of_what_is_no_plan() {
    let repo = project();
    repo.write("out/commit_plan.json", "mine");
    let path = repo.beside("04-01-PLAN.md");
    std::fs::write(&path, GSD).unwrap();
    let path = path.display().to_string();
    let before = state(&repo);
    drift(&repo, &["convert", &path, "--output", "out"])
        .ends(2)
        .complains(&["out/commit_plan.json"]);
    drift(&repo, &["convert", "README.md"])
        .ends(2)
        .complains(&["this is not a plan", "looked for"]);
    drift(&repo, &["new", "x", "--from", "README.md"])
        .ends(2)
        .complains(&["this is not a plan", "looked for"]);
    assert_eq!(state(&repo), before);
    let broken = repo.beside("broken.json");
    std::fs::write(&broken, "{\"outputId\": 1,\n \"manifest\" [}").unwrap();
    let broken = broken.display().to_string();
    drift(&repo, &["convert", &broken])
        .ends(2)
        .complains(&["line 2: not valid JSON"]);
    drift(&repo, &["convert", &path, "--output", "new"]).ends(0);
    drift(&repo, &["convert", &path, "--output", "new"]).ends(0);
}

#[test]
fn several_plans_get_a_folder_each() {
    let repo = project();
    repo.write("a/04-01-PLAN.md", GSD);
    repo.write("a/04-02-PLAN.md", GSD.replace("plan: 01", "plan: 02"));
    drift(&repo, &["convert", "a", "--output", "out"])
        .ends(0)
        .says(&["out/04-01/intent.json", "out/04-02/commit_plan.json"]);
}
