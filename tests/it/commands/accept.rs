//! `drift accept`: a deviation that a person accepts.

use crate::support::drift::{drift, project, started_run, state};
use crate::support::repo::Repo;

fn drifted() -> (Repo, String, String) {
    let repo = project();
    let handle = started_run(&repo);
    repo.write("src/token.py", "x\n");
    repo.git(&["add", "src"]);
    repo.commit_staged("feat: a token");
    let report = drift(&repo, &["check", "--format", "json"]).json();
    let findings = report["findings"].as_array().unwrap().clone();
    let found = findings.iter().find(|it| it["code"] == "D101").unwrap();
    (repo, handle, found["fingerprint"].as_str().unwrap().to_owned())
}

#[test]
fn an_accepted_finding_stays_in_the_report_marked() {
    let (repo, _, fingerprint) = drifted();
    let because = "the token is needed to log in";
    drift(&repo, &["accept", &fingerprint, "--because", because])
        .ends(0)
        .says(&["accepted D101", "src/token.py"]);
    drift(&repo, &["check"]).says(&["accepted by A U Thor", because]);
    let report = drift(&repo, &["check", "--format", "json"]).json();
    let found = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["code"] == "D101")
        .unwrap()
        .clone();
    assert_eq!(found["severity"], "note");
    assert_eq!(found["acceptance"]["because"], because);
}

#[test]
fn what_is_unknown_or_without_a_reason_is_not_accepted() {
    let (repo, handle, fingerprint) = drifted();
    let before = state(&repo);
    drift(&repo, &["accept", "D101-000000000000", "--because", "because I say so"])
        .ends(2)
        .complains(&[&fingerprint]);
    drift(&repo, &["accept", &fingerprint, "--because", "ok"])
        .ends(2)
        .complains(&["reason"]);
    drift(&repo, &["accept", &fingerprint])
        .ends(2)
        .complains(&["--because"]);
    assert_eq!(state(&repo), before);
    drift(&repo, &["finish", "--discard", "--run", &handle]).ends(0);
    drift(
        &repo,
        &[
            "accept",
            &fingerprint,
            "--because",
            "because I say so",
            "--run",
            &handle,
        ],
    )
    .ends(2)
    .complains(&["discarded"]);
}
