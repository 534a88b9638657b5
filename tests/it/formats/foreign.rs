//! Documents that look like plans by name or by a word, and are none.

use super::{problems, read};

/// Each document's name, and its text in the shape of the real thing.
const FOREIGN: &[(&str, &str)] = &[
    (
        "intent.json",
        r#"{"intents": [{"tag": "greeting", "patterns": ["Hi"], "responses": ["Hello"]}]}"#,
    ),
    (
        "intent.json",
        r#"{"id": "6e1c", "name": "book.flight", "auto": true, "contexts": [], "responses": [{"action": "", "parameters": []}]}"#,
    ),
    (
        "plan.json",
        r#"{"format_version": "1.2", "terraform_version": "1.7.0", "planned_values": {"root_module": {}}, "resource_changes": [{"address": "a.b", "change": {"actions": ["create"]}}]}"#,
    ),
    (
        "plan.json",
        r#"{"plan": "pro", "price": 10, "features": ["a"], "limits": {"files": 3}}"#,
    ),
    (
        "lanes.json",
        r#"{"lanes": [{"id": 1, "name": "Fast lane", "cars": 3}]}"#,
    ),
    (
        "commit_plan.json",
        r#"{"units": [{"title": "Unit 1: Algebra", "lessons": 12}]}"#,
    ),
    (
        "units.json",
        r#"{"units": [{"id": "kg", "title": "Kilogram", "symbol": "kg"}]}"#,
    ),
    (
        "test_contract.json",
        r#"{"tests": [{"name": "a", "required": true, "passed": true}], "total": 1}"#,
    ),
    ("suites.json", r#"{"suites": [{"command": "npm test", "label": "x"}]}"#),
    (
        "pact.json",
        r#"{"consumer": {"name": "a"}, "provider": {"name": "b"}, "interactions": []}"#,
    ),
    (
        "package.json",
        r#"{"name": "x", "version": "1.0.0", "files": ["dist"], "scripts": {"test": "x"}}"#,
    ),
    (
        "TODO.md",
        "# Chores\n\n- [ ] Buy milk\n- [x] Call Ann\n- [ ] **T01: Paint the wall**\n",
    ),
    (
        "tutorial.md",
        "# Getting started\n\n## Task 1: Install it\n\nRun the installer.\n\n## Task 2: Say hello\n",
    ),
    (
        "prd.md",
        "# Search\n\n## Objectives\n\nFind things.\n\n## Acceptance Criteria\n\n- [ ] Things are found\n",
    ),
    (
        "checklist.md",
        "# Release\n\n## Rollback Plan\n\nCall Ann.\n\n## Goals\n\n- [ ] Ship\n",
    ),
    (
        "post.md",
        "---\ntitle: My phase\nplan: none\nstatus: passed\n---\n\nWords.\n",
    ),
    ("openapi.yaml", "openapi: 3.0.0\npaths: {}\n"),
];

#[test]
fn foreign_documents_are_no_plans_and_are_told_what_was_looked_for() {
    for (name, text) in FOREIGN {
        let plan = read(&[(name, text)]);
        assert_eq!((plan.sources[0].format, plan.lanes.len()), ("", 0), "{name}: {text}");
        let said = problems(&plan);
        assert!(
            said.contains("this is not a plan; looked for an intent"),
            "{name}: {said}"
        );
    }
}

#[test]
fn real_ones_beside_them_are_still_known_by_what_they_hold() {
    let texts = [
        (
            "a",
            r#"{"units": [{"title": "Algebra", "files": ["a.rs"]}]}"#,
            "commit_plan",
        ),
        (
            "b",
            r#"{"tests": [{"id": "T1", "name": "a", "clauses": []}]}"#,
            "test_contract",
        ),
        ("c", "# Plan: login\n\n## Task 1: Check\n", "gsd"),
        ("d", "# Login\n\n## Task 1: Check\n\n**Files:** `src/login.ts`\n", "gsd"),
        (
            "e",
            "# Search\n\n## Objectives\n\n## Deliverables\n\n## Acceptance Criteria\n\n## Rollback Plan\n",
            "stage_contract",
        ),
    ];
    for (name, text, format) in texts {
        assert_eq!(read(&[(name, text)]).sources[0].format, format, "{text}");
    }
}
