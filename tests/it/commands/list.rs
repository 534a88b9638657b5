//! `drift list` and `drift show`: the runs that are known here.

use crate::support::drift::{drafted_run, drift, project, started_run};

#[test]
fn drafts_and_runs_are_listed_with_state_and_branch() {
    let repo = project();
    let started = started_run(&repo);
    let drafted = drafted_run(&repo);
    let said = drift(&repo, &["list"]).ends(0);
    let line = |handle: &str| {
        said.out
            .lines()
            .find(|line| line.starts_with(handle))
            .unwrap()
            .to_owned()
    };
    assert!(line(&started).contains("active") && line(&started).contains("work"));
    assert!(line(&drafted).contains("draft"));
    let json = drift(&repo, &["list", "--format", "json"]).json();
    assert_eq!(json.as_array().unwrap().len(), 2);
}

#[test]
fn a_slug_of_two_runs_is_never_picked_silently() {
    let repo = project();
    let (one, two) = (drafted_run(&repo), drafted_run(&repo));
    drift(&repo, &["show", "add-login"])
        .ends(2)
        .complains(&[&one, &two, "--run HANDLE"]);
    drift(&repo, &["show", &one]).ends(0).says(&[&one]);
    drift(&repo, &["show", &one[one.len() - 8..]]).ends(0).says(&[&one]);
    drift(&repo, &["show", "add-logi"])
        .ends(2)
        .complains(&["no run `add-logi`", "did you mean"]);
    drift(&repo, &["status"]).ends(3).complains(&["more than one run"]);
}

#[test]
fn a_report_is_shown_again_as_it_was() {
    let repo = project();
    let handle = started_run(&repo);
    repo.write("src/token.py", "x\n");
    repo.git(&["add", "src"]);
    repo.commit_staged("feat: a token");
    let reported = drift(&repo, &["report", "--format", "json"]).out;
    assert_eq!(
        drift(&repo, &["show", &handle, "--format", "json"]).ends(0).out,
        reported
    );
    drift(&repo, &["show", &handle])
        .ends(0)
        .says(&["approved", "started", "reported", "D101"]);
}

#[test]
fn a_run_that_cannot_be_read_is_reported_and_hides_no_other() {
    let repo = project();
    let handle = started_run(&repo);
    repo.write(".drift/runs/broken-12345678/run.json", "{");
    let blob = repo.git(&["rev-parse", "HEAD:README.md"]);
    repo.git(&["update-ref", "refs/drift/runs/blob-12345678", &blob]);
    drift(&repo, &["list"])
        .ends(0)
        .says(&[&handle])
        .complains(&["broken-12345678", "run.json", "blob-12345678"]);
    drift(&repo, &["check", "--quiet"]).ends(3);
    drift(&repo, &["show", "broken"]).ends(2).complains(&["run.json"]);
    drift(&repo, &["show", "blob"]).ends(2).complains(&["no record"]);
}
