//! `drift report`: the judgement is kept.

use crate::support::drift::{drafted_run, drift, project, started_run, state};
use crate::support::repo::Repo;

fn lessons(repo: &Repo) -> usize {
    let text = String::from_utf8(repo.read(".drift/lessons.jsonl")).unwrap();
    for line in text.lines() {
        let lesson: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(lesson["schema"], "drift/lesson/1");
    }
    text.lines().count()
}

#[test]
fn it_is_kept_in_the_record_the_home_and_the_lessons_and_twice_is_once() {
    let repo = project();
    let handle = started_run(&repo);
    repo.write("src/login.py", "x\n");
    repo.git(&["add", "src"]);
    let target = repo.commit_staged("feat: check the password at login");
    drift(&repo, &["report"])
        .says(&["U2"])
        .complains(&["run_report.json", "lessons.jsonl"]);
    let reference = format!("refs/drift/runs/{handle}");
    let recorded = repo.git_bytes(&["show", &format!("{reference}:run_report.json")]);
    assert_eq!(recorded, repo.read(&format!(".drift/runs/{handle}/run_report.json")));
    assert_eq!(repo.git(&["rev-parse", &format!("{reference}^2")]), target);
    assert_eq!(lessons(&repo), 1);
    drift(&repo, &["report"]).complains(&["no second lesson"]);
    assert_eq!(lessons(&repo), 1);
    repo.write("docs/usage.md", "x\n");
    repo.git(&["add", "docs"]);
    repo.commit_staged("docs: describe the login");
    drift(&repo, &["report"]).ends(0);
    assert_eq!(lessons(&repo), 2);
    repo.git(&["fsck", "--strict"]);
}

#[test]
fn the_same_inputs_give_the_same_bytes_and_fit_the_schema() {
    let repo = project();
    started_run(&repo);
    repo.write("src/token.py", "x\n");
    repo.git(&["add", "src"]);
    repo.commit_staged("feat: a token");
    let one = drift(&repo, &["check", "--format", "json"]).out;
    assert_eq!(one, drift(&repo, &["check", "--format", "json"]).out);
    let schema: serde_json::Value = serde_json::from_str(&drift(&repo, &["schema", "run_report"]).ends(0).out).unwrap();
    let report: serde_json::Value = serde_json::from_str(&one).unwrap();
    jsonschema::validate(&schema, &report).unwrap();
}

#[test]
fn a_run_that_has_not_begun_has_nothing_to_report() {
    let repo = project();
    drafted_run(&repo);
    let before = state(&repo);
    drift(&repo, &["report"])
        .ends(2)
        .complains(&["has not been started", "drift approve"]);
    assert_eq!(state(&repo), before);
}

#[test]
fn the_home_is_the_primary_worktree_also_from_a_linked_one() {
    let repo = project();
    drafted_run(&repo);
    drift(&repo, &["approve", "--yes"]).ends(0);
    let linked = repo.beside("linked").display().to_string();
    repo.git(&["worktree", "add", "--quiet", "-b", "elsewhere", &linked]);
    drift(&repo, &["-C", &linked, "start", "--run", "add-login"])
        .ends(0)
        .says(&["active on elsewhere"]);
    std::fs::write(repo.beside("linked").join("src/login.py"), "x\n").unwrap();
    repo.git(&[
        "-C",
        &linked,
        "commit",
        "--quiet",
        "--all",
        "--message",
        "feat: check the password at login",
    ]);
    drift(&repo, &["-C", &linked, "report"]).says(&["elsewhere"]);
    assert_eq!(lessons(&repo), 1);
    assert!(!repo.beside("linked").join(".drift/lessons.jsonl").exists());
}

#[test]
fn a_page_can_be_written_beside_what_is_kept_and_shortens_ids() {
    let repo = project();
    let handle = started_run(&repo);
    let base = repo.id("HEAD");
    repo.write("src/login.py", "x\n");
    repo.git(&["add", "src"]);
    repo.commit_staged("feat: check the password at login");
    let said = drift(
        &repo,
        &["report", "--format", "markdown", "--output", "pages/report.md"],
    )
    .ends(0);
    assert_eq!(said.out, "");
    let page = String::from_utf8(repo.read("pages/report.md")).unwrap();
    assert!(page.contains(&format!("Range `{}..work`", &base[..10])), "{page}");
    repo.read(&format!(".drift/runs/{handle}/run_report.json"));
    assert_eq!(lessons(&repo), 1);
}
