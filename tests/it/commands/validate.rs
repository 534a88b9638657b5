//! `drift validate`: everything that is wrong with a plan, at once.

use crate::support::drift::{drafted_run, drift, project, state};
use std::path::Path;

#[test]
fn ten_faults_are_ten_findings_each_at_its_line() {
    let repo = project();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/ten_faults");
    let said = drift(&repo, &["validate", &folder.display().to_string(), "--format", "json"]).ends(1);
    let report = said.json();
    let problems = report["plan"]["problems"].as_array().unwrap();
    assert_eq!(problems.len(), 10, "{problems:#?}");
    assert!(
        problems.iter().all(|problem| problem["location"]["line"].is_u64()),
        "{problems:#?}"
    );
}

#[test]
fn a_fault_is_drawn_with_its_line_and_what_was_meant() {
    let repo = project();
    let path = repo.beside("commit_plan.json");
    std::fs::write(&path, "{\n  \"schema\": \"drift/commit_plan/1\",\n  \"unitz\": []\n}\n").unwrap();
    let said = drift(&repo, &["validate", &path.display().to_string()]);
    said.says(&["unitz", "did you mean", "`units`", "3 |", "^^^"]);
}

#[test]
fn a_sound_plan_is_aligned_and_nothing_is_written() {
    let repo = project();
    drafted_run(&repo);
    let before = state(&repo);
    drift(&repo, &["validate"]).ends(0).says(&["aligned"]);
    assert_eq!(state(&repo), before);
}

#[test]
fn a_file_that_the_tree_does_not_have_is_stale_with_the_nearest_name() {
    let repo = project();
    let path = repo.beside("commit_plan.json");
    let text = r#"{"schema": "drift/commit_plan/1", "units": [
        {"id": "U1", "title": "Check the password", "files": [{"path": "src/logn.py", "action": "MODIFY"}]}]}"#;
    std::fs::write(&path, text).unwrap();
    drift(&repo, &["validate", &path.display().to_string()]).says(&["D008", "src/login.py"]);
}

#[test]
fn a_plan_that_cannot_be_read_is_an_error_or_a_finding_never_silence() {
    let repo = project();
    drift(&repo, &["validate", "nowhere.json"])
        .ends(2)
        .complains(&["nowhere.json"]);
    for (name, bytes) in [
        ("empty", &b""[..]),
        ("binary", &[0, 159, 146, 150]),
        ("cut", b"{\"schema\": \"drift/intent/1\", "),
    ] {
        let path = repo.beside(name);
        std::fs::write(&path, bytes).unwrap();
        drift(&repo, &["validate", &path.display().to_string()])
            .ends(1)
            .says(&["D001"]);
    }
}

#[test]
fn what_validate_lets_pass_approve_takes_and_the_other_way_round() {
    let field = |name: &str| {
        format!(r#"{{"schema": "drift/commit_plan/1", "{name}": [{{"id": "U1", "title": "Check the login"}}]}}"#)
    };
    let gsd = |field: &str| format!("---\nphase: 1\nplan: 1\n{field}: [src/login.py]\n---\n\n<tasks>\n</tasks>\n");
    let stage = drift::formats::stage_template("Types");
    let policy = "rules: {unknown-field: allow, D003: allow, invalid-value: allow}\n";
    for (name, text) in [
        ("sound.json", field("units")),
        (
            "unknown.json",
            field("units").replace("\"title\"", "\"titel\": \"x\", \"title\""),
        ),
        ("sound-PLAN.md", gsd("files_modified")),
        ("misspelled-PLAN.md", gsd("file_modified")),
        ("stage.md", stage),
    ] {
        let repo = project();
        repo.write(".drift/config.yaml", policy);
        let path = repo.beside(name);
        std::fs::write(&path, text).unwrap();
        drift(&repo, &["new", "a", "--from", &path.display().to_string()]).ends(0);
        let validated = drift(&repo, &["validate"]);
        let approved = drift(&repo, &["approve", "--yes"]);
        assert_eq!(
            validated.code == 0,
            approved.code == 0,
            "{name}\n{}{}",
            validated.out,
            approved.err
        );
        assert_eq!(
            validated.code == 0,
            name.starts_with("sound"),
            "{name}\n{}",
            validated.out
        );
    }
}

#[test]
fn what_the_template_says_is_wrong_at_its_line() {
    let repo = project();
    drift(&repo, &["new", "a"]).ends(0);
    drift(&repo, &["validate"]).ends(1).says(&[
        "Say in one sentence what will be so",
        "intent.json:5:",
        "Say what the first commit does",
    ]);
    drift(&repo, &["approve", "--yes"]).ends(2);
}
