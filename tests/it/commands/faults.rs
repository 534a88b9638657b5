//! What is wrong with drift's own files: findings at their line, and nothing on standard error.

use crate::support::drift::{drift, plan_file, project, started_run};

#[test]
fn a_faulty_policy_is_found_at_its_line_and_drawn() {
    let repo = project();
    repo.write(
        ".drift/config.yaml",
        "rules:\n  undeclared-fils: deny\n  D102: forbid\nsensitive: [../x]\n",
    );
    repo.commit("policy");
    let plan = plan_file(&repo);
    repo.commit_file("src/login.py", "1\n");
    for arguments in [
        &["check", "--plan", &plan, "--base", "HEAD~1"][..],
        &["validate", &plan],
    ] {
        let said = drift(&repo, arguments).ends(0).says(&[
            "warning[D901]",
            ".drift/config.yaml:3:9",
            "3 |   D102: forbid",
            "warning[D902]",
            ".drift/config.yaml:2:3",
            "did you mean `undeclared-file`?",
            ".drift/config.yaml:4:13",
        ]);
        assert!(!said.err.contains("config.yaml"), "{}", said.err);
    }
}

#[test]
fn a_broken_lesson_is_a_remark_and_stays_where_it_is() {
    let repo = project();
    started_run(&repo);
    repo.commit_file("src/login.py", "1\n");
    repo.write(".drift/lessons.jsonl", "<<<<<<< HEAD\n\n{\"schema\": 1\n");
    let said = drift(&repo, &["check", "--verbose"]);
    said.says(&[
        "note[D903]: `.drift/lessons.jsonl`: this line is no lesson",
        ".drift/lessons.jsonl:1:1",
        ".drift/lessons.jsonl:3:1",
    ]);
    drift(&repo, &["report"]).ends(0);
    let kept = String::from_utf8(repo.read(".drift/lessons.jsonl")).unwrap();
    assert!(kept.starts_with("<<<<<<< HEAD\n\n{\"schema\": 1\n{"), "{kept}");
    let report = drift(&repo, &["check", "--format", "json"]).json();
    let faults = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["code"] == "D903")
        .count();
    assert_eq!(faults, 2, "what report appended is a lesson");
}
