//! A stage's contract from the template to the report, beside what git says.

use crate::support::drift::{drift, project};
use crate::support::repo::Repo;

/// The filled contract as it lies in a run's folder.
fn filled(text: &str) -> String {
    text.replace("Say what will be so when this stage is done", "Logins are typed")
        .replace(
            "Name what has to be there, with its path: `src/the_file_that_changes`",
            "`src/login.py`, typed",
        )
        .replace(
            "Say what can be tested, or looked at, when it is done",
            "Each function has types",
        )
        .replace("Say who looks at what before the stage is accepted", "Ann reads it")
        .replace("Say which steps take the changes back", "Revert the commits")
        .replace(
            "Say how the changes are recorded: an entry in `CHANGELOG.md`, a tag",
            "`CHANGELOG.md`, and the tag `typed-1`",
        )
}

/// A run begun with a contract for the stage "Type Safety Hardening"; the contract's path.
fn begun(repo: &Repo) -> String {
    let said = drift(repo, &["new", "--stage", "Type Safety Hardening"]).ends(0);
    let handle = said.out.trim();
    assert!(handle.starts_with("type-safety-hardening-"), "{handle}");
    let path = format!(".drift/runs/{handle}/stage_contract.md");
    drift(repo, &["validate"])
        .ends(1)
        .says(&["D004", "D605", "`Objectives` of the stage"]);
    drift(repo, &["approve", "--yes"])
        .ends(2)
        .complains(&["drift validate"]);
    let template = String::from_utf8(repo.read(&path)).unwrap();
    repo.write(&path, filled(&template));
    drift(repo, &["validate"]).ends(0).says(&["aligned"]);
    path
}

#[test]
fn a_stage_is_done_when_its_boxes_are_ticked_and_its_change_is_recorded() {
    let repo = project();
    let path = begun(&repo);
    repo.commit("docs: the stage's contract");
    drift(&repo, &["approve", "--yes"]).ends(0);
    drift(&repo, &["start"]).ends(0);
    repo.commit_file("src/login.py", "def login() -> None:\n    pass\n");
    let said = drift(&repo, &["check"]).ends(0);
    said.says(&["D604", "Each function has types", "D606", "CHANGELOG.md", "typed-1"]);

    let ticked = String::from_utf8(repo.read(&path)).unwrap().replace("- [ ]", "- [x]");
    repo.write(&path, ticked);
    repo.commit_file("CHANGELOG.md", "# typed\n");
    repo.git(&["tag", "typed-1"]);
    let report = drift(&repo, &["check", "--format", "json"]).ends(0).json();
    let codes: Vec<_> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["code"])
        .collect();
    assert!(
        !codes
            .iter()
            .any(|code| ["D604", "D606", "D010", "D011"].iter().any(|it| *code == it)),
        "{codes:?}"
    );
    let statuses: Vec<_> = report["expectations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| format!("{} {}", it["kind"].as_str().unwrap(), it["status"].as_str().unwrap()))
        .collect();
    assert_eq!(
        statuses,
        ["exists met", "criterion met", "changelog-entry met", "tag met"]
    );
}

#[test]
fn a_tag_from_before_the_work_marks_nothing() {
    let repo = project();
    repo.git(&["tag", "typed-1", "main"]);
    let path = begun(&repo);
    repo.commit_file("src/login.py", "def login() -> None:\n    pass\n");
    let said = drift(&repo, &["check", "--plan", &path, "--base", "main"]).ends(0);
    said.says(&["typed-1", "which is neither in the range nor after it"]);
    repo.git(&["commit", "--quiet", "--allow-empty", "--message", "release"]);
    repo.git(&["tag", "--force", "--annotate", "--message", "released", "typed-1"]);
    let said = drift(
        &repo,
        &["check", "--plan", &path, "--base", "main", "--target", "HEAD~1"],
    )
    .ends(0);
    assert!(!said.out.contains("the promised tag"), "{}", said.out);
}

#[test]
fn a_stage_and_a_plan_to_import_are_one_too_many() {
    let repo = project();
    drift(&repo, &["new", "--stage", "A", "--from", "b"])
        .ends(2)
        .complains(&["cannot be used with"]);
    drift(&repo, &["new", "--stage", "!!"])
        .ends(2)
        .complains(&["drift new"]);
}
