use crate::support::drift::{drift, drift_with, project, state};
use crate::support::repo::Repo;
use crate::support::suites::{evidence, one_suite, only_evidence, run_with};
use serde_json::json;

const PASSES: &str = r#"<testsuite name="login"><testcase classname="login" name="rejects"/></testsuite>"#;
const FAILS: &str =
    r#"<testsuite><testcase classname="login" name="rejects"><failure message="no"/></testcase></testsuite>"#;

/// A started run, and a file beside the repository with this text.
fn run_and_file(text: &str) -> (Repo, String, String) {
    let repo = project();
    let handle = run_with(&repo, &one_suite("true"));
    let file = repo.beside("junit.xml");
    std::fs::write(&file, text).unwrap();
    (repo, handle, file.display().to_string())
}

#[test]
fn results_from_elsewhere_are_kept_with_their_hash_and_who_added_them() {
    let (repo, handle, file) = run_and_file(PASSES);
    repo.git(&["add", "--all"]);
    repo.commit_staged("all of it");
    drift(&repo, &["evidence", "add", &file])
        .ends(0)
        .says(&["1 test: 1 passed", "for the commit"]);
    let kept = only_evidence(&repo, &handle);
    assert_eq!(kept["added"]["file"], file);
    assert_eq!(kept["added"]["addedBy"], "A U Thor <author@example.com>");
    let hash = repo.command("sha256sum").arg(&file).output().unwrap().stdout;
    assert_eq!(
        kept["added"]["sha256"],
        String::from_utf8_lossy(&hash[..64]).into_owned()
    );
    assert_eq!(kept["tree"]["commit"], repo.id("HEAD"));
    let report = drift(&repo, &["check", "--format", "json"]).json();
    assert_eq!(report["tests"][0]["status"], "passed");
}

#[test]
fn a_commit_and_a_suite_can_be_named() {
    let (repo, handle, file) = run_and_file(FAILS);
    let first = repo.id("main");
    drift(
        &repo,
        &["evidence", "add", &file, "--suite", "unit", "--commit", "main"],
    )
    .ends(0);
    let kept = only_evidence(&repo, &handle);
    assert_eq!(
        (&kept["tree"]["commit"], &kept["suite"]),
        (&json!(first), &json!("unit"))
    );
    drift(&repo, &["evidence", "add", &file, "--suite", "unti"])
        .ends(2)
        .complains(&["did you mean unit?"]);
    drift(&repo, &["evidence", "add", &file, "--commit", "nowhere"])
        .ends(2)
        .complains(&["there is no revision `nowhere`"]);
    assert_eq!(evidence(&repo, &handle).len(), 1);
}

#[test]
fn a_dirty_worktree_is_told() {
    let (repo, _, file) = run_and_file(PASSES);
    repo.write("src/login.py", "changed\n");
    drift(&repo, &["evidence", "add", &file])
        .ends(0)
        .complains(&["the worktree holds something else than HEAD"]);
    let said = drift(&repo, &["evidence", "add", &file, "--commit", "HEAD"]).ends(0);
    assert!(!said.err.contains("warning"), "{}", said.err);
}

#[test]
fn one_bad_file_keeps_all_from_being_kept() {
    let (repo, handle, file) = run_and_file(PASSES);
    let bad = repo.beside("bad.xml");
    let before = state(&repo);
    for text in ["<testsuite><testcase name=\"a\"/>", "", "hello", "<testsuite/>"] {
        std::fs::write(&bad, text).unwrap();
        drift(&repo, &["evidence", "add", &file, bad.to_str().unwrap()])
            .ends(2)
            .complains(&["bad.xml"]);
    }
    drift(&repo, &["evidence", "add", &file, "nowhere.xml"])
        .ends(2)
        .complains(&["does not exist"]);
    assert_eq!(state(&repo), before);
    assert!(evidence(&repo, &handle).is_empty());
}

#[test]
fn several_files_are_one_transition_and_each_an_evidence_of_its_own() {
    let (repo, handle, file) = run_and_file(PASSES);
    let other = repo.beside("other.xml");
    std::fs::write(&other, FAILS).unwrap();
    let log = || repo.git(&["rev-list", "--count", &format!("refs/drift/runs/{handle}")]);
    let before: usize = log().parse().unwrap();
    drift(&repo, &["evidence", "add", &file, other.to_str().unwrap()]).ends(0);
    assert_eq!(log().parse::<usize>().unwrap(), before + 1);
    assert_eq!(evidence(&repo, &handle).len(), 2);
}

#[test]
fn without_a_run_or_a_name_nothing_is_kept() {
    let (repo, handle, file) = run_and_file(PASSES);
    let nobody = [("GIT_AUTHOR_NAME", ""), ("GIT_AUTHOR_EMAIL", "")];
    drift_with(&repo, &["evidence", "add", &file], &nobody)
        .ends(2)
        .complains(&["git knows neither"]);
    assert!(evidence(&repo, &handle).is_empty());
    let repo = Repo::new();
    repo.commit_file("a", "a");
    drift(&repo, &["evidence", "add", &file])
        .ends(3)
        .complains(&["there is no run"]);
}

#[test]
fn of_two_files_of_one_name_that_are_added_in_one_second_the_later_counts() {
    let (repo, handle, file) = run_and_file(FAILS);
    for round in 0..6 {
        let (text, status) = if round % 2 == 0 {
            (FAILS, "failed")
        } else {
            (PASSES, "passed")
        };
        std::fs::write(&file, text).unwrap();
        drift(&repo, &["evidence", "add", &file, "--suite", "unit"]).ends(0);
        let report = drift(&repo, &["check", "--format", "json"]).json();
        assert_eq!(report["tests"][0]["status"], status, "round {round}");
    }
    assert_eq!(evidence(&repo, &handle).len(), 6);
}
