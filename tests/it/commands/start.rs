//! `drift start`: freezes, stamps and binds.

use crate::support::drift::{drafted_run, drift, drift_with, project, started_run, state};

#[test]
fn it_stamps_branch_session_time_and_base() {
    let repo = project();
    let handle = drafted_run(&repo);
    drift(&repo, &["approve", "--yes"]).ends(0);
    drift_with(&repo, &["start"], &[("DRIFT_SESSION", "s-1")])
        .ends(0)
        .says(&["active on work"]);
    let run = repo.git(&["show", &format!("refs/drift/runs/{handle}:run.json")]);
    let run: serde_json::Value = serde_json::from_str(&run).unwrap();
    assert_eq!(run["branch"], "work");
    assert_eq!(run["session"], "s-1");
    assert_eq!(run["base"], repo.git(&["rev-parse", "HEAD"]).as_str());
    assert_eq!(run["startedAt"], "2023-11-14T23:13:20Z");
    assert_eq!(repo.git(&["config", "branch.work.driftRun"]), handle);
}

#[test]
fn what_nobody_approved_does_not_start() {
    let repo = project();
    drafted_run(&repo);
    let before = state(&repo);
    drift(&repo, &["start"])
        .ends(2)
        .complains(&["not approved: commit_plan.json", "drift approve"]);
    assert_eq!(state(&repo), before);
}

#[test]
fn a_branch_carries_one_run_and_a_run_starts_once() {
    let repo = project();
    let handle = started_run(&repo);
    drift(&repo, &["start"]).ends(2).complains(&[&handle, "active"]);
    let other = drift(
        &repo,
        &[
            "new",
            "another",
            "--from",
            &repo.beside("commit_plan.json").display().to_string(),
        ],
    );
    let other = other.ends(0).out.trim().to_owned();
    drift(&repo, &["approve", "--yes", "--run", &other]).ends(0);
    drift(&repo, &["start", "--run", &other])
        .ends(2)
        .complains(&["already carries the run", &handle]);
}

#[test]
fn a_detached_head_has_no_branch_to_bind() {
    let repo = project();
    drafted_run(&repo);
    drift(&repo, &["approve", "--yes"]).ends(0);
    repo.git(&["switch", "--quiet", "--detach"]);
    let before = state(&repo);
    drift(&repo, &["start"])
        .ends(2)
        .complains(&["no branch", "git switch -c"]);
    assert_eq!(state(&repo), before);
}

#[test]
fn from_start_on_the_frozen_plan_counts() {
    let repo = project();
    let handle = started_run(&repo);
    let path = format!(".drift/runs/{handle}/commit_plan.json");
    let text = String::from_utf8(repo.read(&path))
        .unwrap()
        .replace("src/login.py", "src/**");
    repo.write(&path, text);
    repo.write("src/token.py", "x\n");
    repo.git(&["add", "src"]);
    repo.commit_staged("feat: a token");
    drift(&repo, &["check"]).ends(1).says(&["D011", "D101", "src/token.py"]);
}

#[test]
fn a_path_that_another_open_run_owns_is_told_before_the_work() {
    let repo = project();
    let first = started_run(&repo);
    repo.git(&["switch", "--quiet", "--create", "other"]);
    let plan = repo.beside("commit_plan.json").display().to_string();
    let second = drift(&repo, &["new", "another", "--from", &plan]).ends(0).out;
    let second = second.trim();
    let told = [format!("D009: `src/login.py` belongs to the open run {first} too")];
    let told: Vec<&str> = told.iter().map(String::as_str).collect();
    drift(&repo, &["validate", "--run", second]).says(&["D009", "src/login.py", &first]);
    drift(&repo, &["status", "--run", second]).ends(0).complains(&told);
    let status = drift(&repo, &["status", "--run", second, "--format", "json"])
        .ends(0)
        .json();
    assert_eq!(status["overlaps"].as_array().unwrap().len(), 2);
    drift(&repo, &["approve", "--yes", "--run", second]).ends(0);
    drift(&repo, &["start", "--run", second]).ends(0).complains(&told);
    drift(&repo, &["status", "--run", second]).ends(0).says(&["D009"]);
    drift(&repo, &["finish", "--discard", "--run", &first]).ends(0);
    let said = drift(&repo, &["status", "--run", second]).ends(0);
    assert!(!said.out.contains("D009"), "{}", said.out);
}
