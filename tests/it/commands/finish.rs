//! `drift finish`: closes, keeps, and frees the branch.

use crate::support::drift::{drift, project, started_run, state};

#[test]
fn a_reported_run_is_closed_and_its_branch_is_free() {
    let repo = project();
    let handle = started_run(&repo);
    drift(&repo, &["finish"])
        .ends(2)
        .complains(&["no report yet", "--discard"]);
    repo.write("src/login.py", "x\n");
    repo.git(&["add", "src"]);
    repo.commit_staged("feat: check the password at login");
    drift(&repo, &["report"]);
    drift(&repo, &["finish"]).ends(0).says(&["finished"]);
    assert!(!repo.git_succeeds(&["config", "branch.work.driftRun"]));
    let log = repo.git(&[
        "log",
        "--first-parent",
        "--format=%s",
        &format!("refs/drift/runs/{handle}"),
    ]);
    assert!(log.starts_with("finished"), "{log}");
    let before = state(&repo);
    drift(&repo, &["finish", "--run", &handle])
        .ends(2)
        .complains(&["is finished"]);
    assert_eq!(state(&repo), before);
}

#[test]
fn a_discarded_run_keeps_its_record() {
    let repo = project();
    let handle = started_run(&repo);
    drift(&repo, &["finish", "--discard"]).ends(0).says(&["discarded"]);
    drift(&repo, &["list"]).ends(0).complains(&["no open run"]);
    drift(&repo, &["show", &handle])
        .ends(0)
        .says(&["discarded", "commit_plan.json"]);
}
