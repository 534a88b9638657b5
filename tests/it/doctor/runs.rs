//! Runs, the branches and worktrees that they work in, and the notes that they wrote.

use super::{healthy, mended_by_command, mended_by_fix, only, repository::write_to_record};
use crate::support::drift::{drift, project, started_run};
use crate::support::repo::Repo;

#[test]
fn a_branch_that_is_bound_to_a_run_that_is_over_is_freed() {
    let (repo, handle) = healthy();
    drift(&repo, &["finish"]).ends(0);
    repo.git(&["config", "branch.work.driftRun", &handle]);
    only(&repo, "bindings", "which is finished", "branch.work.driftRun");
    mended_by_fix(&repo, "bindings", "freed the branch work");
    assert!(!repo.git_succeeds(&["config", "branch.work.driftRun"]));
}

#[test]
fn a_binding_to_a_run_that_is_not_here_is_left_to_a_person() {
    let (repo, _) = healthy();
    repo.git(&["config", "branch.main.driftRun", "gone-0a1b2c3d"]);
    only(&repo, "bindings", "of which nothing is here", "branch.main.driftRun");
    mended_by_command(&repo, "bindings");
    repo.git(&["config", "branch.main.driftRun", "what is this"]);
    only(
        &repo,
        "bindings",
        "`what is this` is no run's name",
        "branch.main.driftRun",
    );
    mended_by_command(&repo, "bindings");
}

#[test]
fn a_branch_with_odd_characters_is_quoted_in_the_command() {
    let (repo, _) = healthy();
    repo.git(&["branch", "it's/$(odd)"]);
    repo.git(&["config", "branch.it's/$(odd).driftRun", "gone-0a1b2c3d"]);
    mended_by_command(&repo, "bindings");
}

#[test]
fn a_run_whose_branch_is_gone_is_closed_by_the_command() {
    let repo = project();
    let handle = started_run(&repo);
    repo.git(&["switch", "--quiet", "main"]);
    repo.git(&["branch", "-D", "work"]);
    only(&repo, "runs", "its branch `work` is gone", &handle);
    drift(&repo, &["doctor"]).ends(1);
    mended_by_command(&repo, "runs");
    drift(&repo, &["show", &handle]).ends(0).says(&["discarded"]);
}

#[test]
fn a_reported_run_whose_branch_is_gone_is_finished_by_the_command() {
    let (repo, handle) = healthy();
    repo.git(&["switch", "--quiet", "main"]);
    repo.git(&["branch", "-D", "work"]);
    mended_by_command(&repo, "runs");
    drift(&repo, &["show", &handle]).ends(0).says(&["finished"]);
}

#[test]
fn a_run_whose_worktree_is_gone_is_a_note() {
    let repo = project();
    repo.git(&["switch", "--quiet", "main"]);
    let linked = repo.beside("login").display().to_string();
    repo.git(&["worktree", "add", "--quiet", "-b", "login", &linked]);
    let plan = crate::support::drift::plan_file(&repo);
    drift(&repo, &["-C", &linked, "new", "add-login", "--from", &plan]).ends(0);
    drift(&repo, &["-C", &linked, "approve", "--yes"]).ends(0);
    drift(&repo, &["-C", &linked, "start"]).ends(0);
    std::fs::remove_dir_all(&linked).unwrap();
    let ailment = only(&repo, "runs", "the folder of its worktree `login` is gone", &linked);
    assert_eq!(ailment["severity"], "note");
    repo.git(&["worktree", "prune"]);
    only(&repo, "runs", "its worktree `login` is gone", "refs/drift/runs");
    drift(&repo, &["doctor"]).ends(0);
    mended_by_command(&repo, "runs");
}

#[test]
fn a_record_that_can_not_be_read_is_named() {
    let (repo, handle) = healthy();
    let record = format!("refs/drift/runs/{handle}");
    write_to_record(&repo, &record, "run.json", "{");
    let ailment = only(&repo, "runs", "can't be read", &record);
    assert_eq!(ailment["severity"], "error");
    mended_by_command(&repo, "runs");
    drift(&repo, &["show", &handle]).ends(0).says(&["reported"]);
}

#[test]
fn reported_commits_without_notes_get_them_and_foreign_notes_stay() {
    let (repo, handle) = healthy();
    repo.git(&["update-ref", "-d", "refs/notes/drift"]);
    repo.git(&["notes", "--ref=drift", "add", "--message", "by hand", "main"]);
    only(
        &repo,
        "notes",
        &format!("commits that {handle} reported, without a note of it: 1"),
        "refs/notes/drift",
    );
    mended_by_fix(&repo, "notes", "wrote notes anew from the records: 1");
    assert_eq!(repo.git(&["notes", "--ref=drift", "show", "main"]), "by hand");
}

#[test]
fn notes_of_runs_that_are_not_here_are_a_note_until_they_are_fetched() {
    let (repo, handle) = healthy();
    let clone = Repo::clone_of(&repo, &[]);
    clone.git(&["fetch", "--quiet", "origin", "refs/notes/drift:refs/notes/drift"]);
    let ailment = only(
        &clone,
        "notes",
        &format!("with a note of {handle}, whose record is not here: 1"),
        "refs/notes/drift",
    );
    assert_eq!(ailment["severity"], "note");
    drift(&clone, &["doctor"]).ends(0);
    mended_by_command(&clone, "notes");
}

#[test]
fn a_branch_whose_run_has_lost_its_record_is_named_and_is_no_draft() {
    let (repo, handle) = healthy();
    repo.git(&["update-ref", "-d", &format!("refs/drift/runs/{handle}")]);
    only(&repo, "bindings", "whose record is not here", "branch.work.driftRun");
    for command in ["status", "check", "report", "approve"] {
        drift(&repo, &[command]).ends(2).complains(&[
            &format!("the branch `work` is bound to {handle}, and its record is not here"),
            "`drift fetch`",
            "`git config --unset-all branch.work.driftRun`",
        ]);
    }
    mended_by_command(&repo, "bindings");
}

#[test]
fn a_record_that_holds_no_run_is_named_and_is_no_draft() {
    let (repo, handle) = healthy();
    let record = format!("refs/drift/runs/{handle}");
    repo.git(&["update-ref", &record, "main"]);
    only(&repo, "runs", "holds no run.json", &record);
    drift(&repo, &["status"]).ends(2).complains(&["holds no run.json"]);
}

#[test]
fn a_branch_of_a_fetched_run_is_bound_by_fix_so_that_hooks_compare_there() {
    let (repo, handle) = healthy();
    let clone = Repo::clone_of(&repo, &["--branch=work"]);
    drift(&clone, &["fetch"])
        .ends(0)
        .says(&["new here"])
        .complains(&["next: `drift doctor`"]);
    let ailment = only(&clone, "bindings", "nothing binds it here", "branch.work.driftRun");
    assert_eq!(ailment["severity"], "note");
    drift(&clone, &["doctor", "--fix"])
        .ends(0)
        .says(&[&format!("bound the branch work to {handle}")]);
    assert_eq!(clone.git(&["config", "branch.work.driftRun"]), handle);
    assert!(super::found(&clone, "bindings").is_empty());
}
