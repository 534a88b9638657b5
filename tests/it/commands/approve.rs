//! `drift approve`: a commit on the run's record.

use crate::support::drift::{drafted_run, drift, project, started_run, state};
use drift::ops::approve::{Ticked, approve, propose};
use drift::ops::{OpsError, Refusal, World};

#[test]
fn an_approval_is_a_commit_that_git_shows() {
    let repo = project();
    let handle = drafted_run(&repo);
    drift(&repo, &["approve", "--yes"])
        .ends(0)
        .says(&["approved commit_plan.json"])
        .complains(&["covers", "src/login.py"]);
    let log = repo.git(&["log", "--format=%s", &format!("refs/drift/runs/{handle}")]);
    assert_eq!(log, "approved: commit_plan.json");
    let approvals = repo.git(&["show", &format!("refs/drift/runs/{handle}:approvals.json")]);
    assert!(
        approvals.contains("A U Thor <author@example.com>") && approvals.contains("--yes"),
        "{approvals}"
    );
    repo.git(&["fsck", "--strict"]);
}

#[test]
fn a_run_that_began_while_somebody_read_the_checklist_is_not_taken_back() {
    let repo = project();
    drafted_run(&repo);
    let world = World {
        directory: repo.path().to_owned(),
        environment: repo.drift_environment(),
        now: 1_700_003_600,
        session: None,
        random: [0; 16],
        threads: 1,
    };
    let proposal = propose(&world, None, &[]).unwrap();
    drift(&repo, &["approve", "--yes"]).ends(0);
    drift(&repo, &["start"]).ends(0);
    let before = state(&repo);
    let refused = approve(&world, &proposal, Ticked::ByPerson, None, false);
    let is_refused = matches!(refused, Err(OpsError::Refusal(Refusal::AlreadyStarted { .. })));
    assert!(is_refused, "{refused:?}");
    assert_eq!(state(&repo), before);
}

#[test]
fn reformatting_needs_no_new_approval_and_a_wider_scope_does() {
    let repo = project();
    let handle = drafted_run(&repo);
    drift(&repo, &["approve", "--yes"]).ends(0);
    let path = format!(".drift/runs/{handle}/commit_plan.json");
    let value: serde_json::Value = serde_json::from_slice(&repo.read(&path)).unwrap();
    repo.write(&path, value.to_string());
    drift(&repo, &["approve", "--yes"])
        .ends(0)
        .says(&["nothing to approve"]);
    let wider = value.to_string().replace("src/login.py", "src/**");
    repo.write(&path, wider);
    drift(&repo, &["start"])
        .ends(2)
        .complains(&["changed since approved: commit_plan.json"]);
    drift(&repo, &["approve", "--yes"]).ends(0).complains(&[
        "since it was approved",
        "src/**",
        "wider than what was approved",
    ]);
    drift(&repo, &["start"]).ends(0);
}

#[test]
fn it_asks_nobody_without_a_terminal_and_writes_nothing_on_bad_input() {
    let repo = project();
    let handle = drafted_run(&repo);
    let before = state(&repo);
    drift(&repo, &["approve"]).ends(2).complains(&["no terminal", "--yes"]);
    drift(&repo, &["approve", "--yes", "intent"])
        .ends(2)
        .complains(&["no artifact `intent`", "commit_plan.json"]);
    drift(&repo, &["approve", "--yes", "--run", "add-lgin"])
        .ends(2)
        .complains(&["did you mean", &handle]);
    assert_eq!(state(&repo), before);
    repo.write(
        &format!(".drift/runs/{handle}/commit_plan.json"),
        "{\"schema\": \"drift/commit_plan/1\", \"unit\": 1}",
    );
    let broken = state(&repo);
    drift(&repo, &["approve", "--yes"])
        .ends(2)
        .complains(&["problem", "drift validate"]);
    assert_eq!(state(&repo), broken);
}

#[test]
fn a_run_that_has_begun_is_frozen() {
    let repo = project();
    started_run(&repo);
    drift(&repo, &["approve", "--yes"]).ends(2).complains(&["frozen"]);
}
