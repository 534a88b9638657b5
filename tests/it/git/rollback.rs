//! The way back that a report prints, run by git itself: afterwards the tree is the merge base's.

use crate::support::drift::drift;
use crate::support::repo::Repo;
use std::fs;

/// The lines of the script for `main..work`, after they were run, one by one and without a conflict, on a clone.
fn taken_back(repo: &Repo) -> Vec<String> {
    let plan = repo.beside("plan.json");
    let text = r#"{"schema": "drift/commit_plan/1", "units": [{"id": "U1", "title": "All of it", "files": ["**"]}]}"#;
    fs::write(&plan, text).unwrap();
    let plan = plan.display().to_string();
    let said = drift(
        repo,
        &[
            "check", "--plan", &plan, "--base", "main", "--target", "work", "--format", "rollback",
        ],
    )
    .ends(0);
    let clone = Repo::clone_of(repo, &["--branch", "work"]);
    let commands: Vec<String> = said
        .out
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(str::to_owned)
        .collect();
    for command in &commands {
        let words: Vec<&str> = command.split("  # ").next().unwrap().split(' ').collect();
        assert_eq!(words[..3], ["git", "revert", "--no-edit"]);
        clone.git(&words[1..]);
    }
    let base = clone.git(&["merge-base", "origin/main", "origin/work"]);
    assert_eq!(
        clone.git(&["rev-parse", "HEAD^{tree}"]),
        clone.git(&["rev-parse", &format!("{}^{{tree}}", base.trim())]),
        "{}",
        said.out
    );
    commands
}

/// A repository with three files on main and a branch `work` checked out.
fn begun() -> Repo {
    let repo = Repo::new();
    for name in ["a", "b", "c"] {
        repo.write(name, format!("{name} 1\n{name} 2\n{name} 3\n"));
    }
    repo.commit("begin");
    repo.git(&["switch", "--quiet", "--create", "work"]);
    repo
}

#[test]
fn commits_on_a_line_are_reverted_newest_first() {
    let repo = begun();
    repo.commit_file("a", "a 1\nchanged\na 3\n");
    repo.git(&["mv", "b", "b2"]);
    repo.commit("move; rm -rf /");
    repo.git(&["commit", "--quiet", "--allow-empty", "--message", "nothing"]);
    repo.commit_file("a", "changed again\nchanged\na 3\n");
    let commands = taken_back(&repo);
    assert_eq!(commands.len(), 3);
    assert!(commands[0].contains(repo.id("work").trim()), "{commands:?}");
}

#[test]
fn a_merged_branch_goes_with_its_merge() {
    let repo = begun();
    repo.commit_file("a", "A\n");
    repo.git(&["switch", "--quiet", "--create", "side", "main"]);
    repo.commit_file("b", "B\n");
    repo.commit_file("b", "BB\n");
    repo.git(&["switch", "--quiet", "work"]);
    repo.merge(&["side"]);
    repo.commit_file("c", "C\n");
    let commands = taken_back(&repo);
    assert_eq!(commands.len(), 3);
    assert!(commands[1].contains("-m 1 "), "{commands:?}");
}

#[test]
fn a_branch_that_took_main_in_goes_back_to_main() {
    let repo = begun();
    repo.commit_file("a", "A\n");
    repo.git(&["switch", "--quiet", "main"]);
    repo.commit_file("b", "B\n");
    repo.git(&["switch", "--quiet", "work"]);
    repo.merge(&["main"]);
    repo.commit_file("c", "C\n");
    let commands = taken_back(&repo);
    assert_eq!(commands.len(), 2, "{commands:?}");
    assert!(commands[1].contains("-m 2 "), "{commands:?}");
}

#[test]
fn what_was_reverted_already_is_left_out() {
    let repo = begun();
    repo.commit_file("a", "A\n");
    let reverted = repo.commit_file("b", "B\n");
    repo.commit_file("c", "C\n");
    repo.git(&["revert", "--no-edit", reverted.trim()]);
    repo.commit_file("a", "AA\n");
    assert_eq!(taken_back(&repo).len(), 3);
}

#[test]
fn a_revert_after_which_the_file_was_touched_again_keeps_the_way_exact() {
    let repo = begun();
    let reverted = repo.commit_file("a", "a 1\na 2\na 3\nmore\n");
    repo.commit_file("a", "first\na 2\na 3\nmore\n");
    repo.git(&["revert", "--no-edit", reverted.trim()]);
    repo.commit_file("a", "first\nsecond\na 3\n");
    assert_eq!(taken_back(&repo).len(), 4);
}

#[test]
fn a_reverted_merge_is_left_out_and_a_reverted_revert_is_not() {
    let repo = begun();
    repo.commit_file("c", "C\n");
    repo.git(&["switch", "--quiet", "--create", "side", "main"]);
    repo.commit_file("b", "B\n");
    repo.git(&["switch", "--quiet", "work"]);
    repo.merge(&["side"]);
    repo.git(&["revert", "--no-edit", "-m", "1", "HEAD"]);
    assert_eq!(taken_back(&repo).len(), 1);
    repo.git(&["revert", "--no-edit", "HEAD"]);
    assert_eq!(taken_back(&repo).len(), 2);
}

#[test]
fn nothing_is_left_of_what_was_all_taken_back() {
    let repo = begun();
    repo.commit_file("a", "A\n");
    repo.git(&["revert", "--no-edit", "HEAD"]);
    assert_eq!(taken_back(&repo), [""; 0]);
}
