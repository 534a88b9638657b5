use crate::support::drift::{Said, drift, drift_with, project, state};
use crate::support::repo::Repo;
use crate::support::suites::{one_suite, run_with};

fn trusted_files(repo: &Repo) -> Vec<std::path::PathBuf> {
    let folder = repo.beside("home").join(".local/state/drift/trusted");
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    entries.map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn trust_shows_the_commands_and_is_kept_outside_of_the_repository() {
    let repo = project();
    let handle = run_with(&repo, &one_suite("echo 'a b'"));
    let before = state(&repo);
    let said = drift(&repo, &["trust", "--yes"]).ends(0);
    said.says(&[&format!("trusted: {handle}")]).complains(&[
        "unit  sh -c 'echo '\\''a b'\\'''  (at most 60 s)",
        "on this machine only",
    ]);
    assert_eq!(state(&repo), before);
    assert_eq!(trusted_files(&repo).len(), 1);
    drift(&repo, &["trust", "--yes"]).ends(0).says(&["trusted already"]);
}

#[test]
fn without_a_terminal_nothing_is_trusted_by_itself() {
    let repo = project();
    run_with(&repo, &one_suite("true"));
    drift(&repo, &["trust"])
        .ends(2)
        .complains(&["sh -c true", "no terminal to ask on", "`--yes`"]);
    assert!(trusted_files(&repo).is_empty());
}

#[test]
fn trust_is_taken_back_and_listed() {
    let repo = project();
    let handle = run_with(&repo, &one_suite("true"));
    drift(&repo, &["trust", "--list"])
        .ends(0)
        .complains(&["nothing is trusted"]);
    drift(&repo, &["trust", &handle, "--yes"]).ends(0);
    drift(&repo, &["trust", "--list"])
        .ends(0)
        .says(&[&handle, "sh -c true"]);
    let listed = drift(&repo, &["trust", "--list", "--format", "json"]).ends(0).json();
    assert_eq!(listed[0]["run"], handle);
    drift(&repo, &["trust", "--revoke"])
        .ends(0)
        .says(&["no longer trusted"]);
    drift(&repo, &["trust", "--revoke"]).ends(0).says(&["was not trusted"]);
    drift(&repo, &["test"])
        .ends(2)
        .complains(&["not trusted on this machine"]);
}

#[test]
fn another_contract_is_untrusted() {
    let repo = project();
    let first = run_with(&repo, &one_suite("true"));
    drift(&repo, &["trust", "--yes"]).ends(0);
    drift(&repo, &["finish", "--run", &first, "--discard"]).ends(0);
    run_with(&repo, &one_suite("true; true"));
    drift(&repo, &["test"])
        .ends(2)
        .complains(&["not trusted on this machine"]);
}

#[test]
fn the_worktrees_copy_of_the_contract_has_no_say() {
    let repo = project();
    let handle = run_with(&repo, &one_suite("touch frozen"));
    drift(&repo, &["trust", "--yes"]).ends(0);
    let draft = format!(".drift/runs/{handle}/test_contract.json");
    let changed = String::from_utf8(repo.read(&draft))
        .unwrap()
        .replace("frozen", "changed");
    repo.write(&draft, changed);
    drift(&repo, &["test"]).ends(1);
    assert!(repo.path().join("frozen").exists() && !repo.path().join("changed").exists());
}

/// What drift says in a clone of `repo` that has the records too, for the same user.
fn in_clone(repo: &Repo, clone: &Repo, arguments: &[&str]) -> Said {
    let home = repo.beside("home").display().to_string();
    drift_with(clone, arguments, &[("HOME", &home)])
}

#[test]
fn a_fresh_clone_runs_nothing_though_the_same_contract_is_trusted_elsewhere() {
    let repo = project();
    let handle = run_with(&repo, &one_suite("touch ran"));
    drift(&repo, &["trust", "--yes"]).ends(0);
    let clone = Repo::clone_of(&repo, &["--branch", "work"]);
    clone.git(&["fetch", "--quiet", "origin", "refs/drift/*:refs/drift/*"]);
    in_clone(&repo, &clone, &["--run", &handle, "test"])
        .ends(2)
        .complains(&["not trusted on this machine"]);
    assert!(!clone.path().join("ran").exists());
    in_clone(&repo, &clone, &["trust", "--run", &handle, "--yes"]).ends(0);
    in_clone(&repo, &clone, &["--run", &handle, "test"]).ends(1);
    assert!(clone.path().join("ran").exists());
}

#[test]
fn what_a_clone_could_bring_along_is_no_place_for_trust() {
    let repo = project();
    run_with(&repo, &one_suite("touch ran"));
    let inside = repo.path().join("state").display().to_string();
    for command in [["trust", "--yes"].as_slice(), &["test"]] {
        drift_with(&repo, command, &[("XDG_STATE_HOME", &inside)])
            .ends(2)
            .complains(&["inside of this repository", "set XDG_STATE_HOME to a folder outside"]);
    }
    drift_with(&repo, &["trust", "--yes"], &[("HOME", "")])
        .ends(2)
        .complains(&["neither XDG_STATE_HOME nor HOME"]);
    assert!(!repo.path().join("state").exists());
}

#[test]
fn a_file_of_trust_that_says_something_else_trusts_nothing() {
    let repo = project();
    run_with(&repo, &one_suite("touch ran"));
    drift(&repo, &["trust", "--yes"]).ends(0);
    let file = trusted_files(&repo).remove(0);
    for text in ["", "{}", "not json"] {
        std::fs::write(&file, text).unwrap();
        drift(&repo, &["test"])
            .ends(2)
            .complains(&["not trusted on this machine"]);
    }
    assert!(!repo.path().join("ran").exists());
}
