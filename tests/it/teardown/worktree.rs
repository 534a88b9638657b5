//! `drift finish --remove-worktree`: exactly the run's own worktree and branch, from wherever it is asked for.

use super::{Linked, add_worktree, drift_in, git_in, start_in, work_in, worktrees};
use crate::support::drift::{drift, project, started_run, state};
use crate::support::repo::Repo;

#[test]
fn the_worktree_and_the_branch_go_and_everything_else_stays() {
    let linked = Linked::reported();
    let sibling = add_worktree(&linked.repo, "login-2");
    let said = linked.finish(&[]).ends(0);
    let said = said.says(&[
        "is finished",
        "removed the worktree",
        "deleted the branch login",
        "no other branch has",
    ]);
    let again = format!("`git branch login {}` brings it back", &linked.tip[..10]);
    assert!(said.out.contains(&again), "{}", said.out);
    linked.is_gone();
    linked.is_kept();
    assert!(sibling.join("README.md").exists() && linked.repo.git_succeeds(&["rev-parse", "login-2"]));
    assert_eq!(worktrees(&linked.repo), [linked.repo.path().to_owned(), sibling]);
    linked.repo.git(&["fsck", "--strict"]);
}

#[test]
fn from_inside_it_says_where_to_go() {
    let linked = Linked::reported();
    let place = linked.path.join("src");
    drift_in(&linked.repo, &place, &["finish", "--remove-worktree"])
        .ends(0)
        .complains(&[&format!("`cd {}`", linked.repo.path().display())]);
    linked.is_gone();
    linked.is_kept();
}

#[test]
fn from_another_linked_worktree_a_run_is_named() {
    let linked = Linked::reported();
    let other = add_worktree(&linked.repo, "other");
    let said = drift_in(&linked.repo, &other, &["finish", &linked.handle, "--remove-worktree"]).ends(0);
    assert!(!said.err.contains("cd "), "{}", said.err);
    linked.is_gone();
    linked.is_kept();
    assert!(other.exists());
}

#[test]
fn a_bare_primary_gives_its_worktrees_back_too() {
    let source = project();
    let bare = Repo::clone_of(&source, &["--bare"]);
    let path = add_worktree(&bare, "login");
    let handle = start_in(&bare, &path);
    let tip = work_in(&bare, &path);
    drift_in(&bare, &path, &["report"]).ends(0);
    drift_in(&bare, &path, &["finish", "--remove-worktree"])
        .ends(0)
        .complains(&[&format!("`cd {}`", bare.path().display())]);
    assert!(!path.exists() && !bare.git_succeeds(&["rev-parse", "--verify", "refs/heads/login"]));
    super::is_kept_at(&bare, &bare.path().join("drift"), &handle, &tip);
}

#[test]
fn a_second_time_there_is_nothing_left_to_do() {
    let linked = Linked::reported();
    linked.finish(&[]).ends(0);
    let before = state(&linked.repo);
    linked.finish(&[]).ends(0).says(&["were gone already"]);
    linked
        .drift(&["finish", "--run", &linked.handle])
        .ends(2)
        .complains(&["is finished"]);
    linked.finish(&["--discard"]).ends(2).complains(&["is finished"]);
    assert_eq!(state(&linked.repo), before);
}

#[test]
fn a_run_that_was_finished_before_still_gives_its_worktree_back() {
    let linked = Linked::reported();
    linked.drift(&["finish", "--run", &linked.handle]).ends(0);
    linked.is_there();
    linked.finish(&[]).ends(0).says(&["removed the worktree"]);
    linked.is_gone();
    linked.is_kept();
}

#[test]
fn discarding_removes_only_where_that_is_asked_for_and_keeps_the_commits() {
    let linked = Linked::started();
    linked.drift(&["finish", "--run", &linked.handle, "--discard"]).ends(0);
    linked.is_there();
    linked.finish(&["--discard"]).ends(0);
    linked.is_gone();
    linked.repo.git(&["gc", "--quiet", "--prune=now"]);
    linked.repo.git(&["cat-file", "-e", &linked.tip]);
    linked.drift(&["show", &linked.handle]).ends(0).says(&["discarded"]);
}

#[test]
fn an_unreported_run_is_not_finished_and_nothing_is_removed() {
    let linked = Linked::started();
    let before = state(&linked.repo);
    linked.finish(&[]).ends(2).complains(&["no report yet", "--discard"]);
    linked.is_there();
    assert_eq!(state(&linked.repo), before);
}

#[test]
fn commits_after_the_report_are_kept_and_named() {
    let linked = Linked::reported();
    linked.write("src/token.py", "late\n");
    linked.git(&["commit", "--quiet", "--all", "--message", "feat: one more"]);
    let late = linked.git(&["rev-parse", "HEAD"]);
    linked
        .finish(&[])
        .ends(0)
        .complains(&["1 commit on login came after the report"]);
    linked.is_gone();
    linked.is_kept();
    linked.repo.git(&["gc", "--quiet", "--prune=now"]);
    linked.repo.git(&["cat-file", "-e", &late]);
}

#[test]
fn the_branches_that_have_the_commits_are_named() {
    let linked = Linked::reported();
    linked.repo.git(&["merge", "--quiet", "--no-edit", "login"]);
    linked.finish(&[]).ends(0).says(&["its last commit is on main too"]);
}

#[test]
fn the_primary_worktree_and_the_default_branch_are_never_removed() {
    let repo = project();
    let handle = started_run(&repo);
    let before = state(&repo);
    drift(&repo, &["finish", "--discard", "--remove-worktree", "--force"])
        .ends(2)
        .complains(&["primary worktree", "never removed", &handle]);
    assert_eq!(state(&repo), before);

    let bare = Repo::clone_of(&repo, &["--bare"]);
    let path = bare.beside("main");
    bare.git(&["worktree", "add", "--quiet", path.to_str().unwrap(), "main"]);
    let handle = start_in(&bare, &path);
    drift(
        &bare,
        &["finish", "--run", &handle, "--discard", "--remove-worktree", "--force"],
    )
    .ends(2)
    .complains(&["default branch"]);
    assert!(path.exists() && bare.git_succeeds(&["rev-parse", "main"]));
}

#[test]
fn a_draft_has_no_worktree_of_its_own() {
    let linked = Linked::reported();
    let plan = crate::support::drift::plan_file(&linked.repo);
    let draft = drift_in(&linked.repo, &linked.path, &["new", "another", "--from", &plan])
        .ends(0)
        .out;
    let arguments = ["finish", draft.trim(), "--discard", "--remove-worktree", "--force"];
    drift_in(&linked.repo, &linked.path, &arguments)
        .ends(2)
        .complains(&["never started"]);
    linked.is_there();
}

#[test]
fn a_worktree_that_moved_is_found_and_one_on_another_branch_is_not_the_runs() {
    let linked = Linked::reported();
    linked.git(&["switch", "--quiet", "--create", "elsewhere"]);
    linked
        .finish(&["--force"])
        .ends(2)
        .complains(&["is on the branch `elsewhere`", "switch login"]);
    linked.is_there();
    linked.git(&["switch", "--quiet", "login"]);
    let moved = linked.repo.beside("moved");
    let (from, to) = (linked.path.to_str().unwrap(), moved.to_str().unwrap());
    linked.repo.git(&["worktree", "move", from, to]);
    linked.finish(&[]).ends(0).says(&[to]);
    assert!(!moved.exists());
    linked.is_gone();
}

#[test]
fn a_renamed_branch_goes_with_its_run() {
    let linked = Linked::reported();
    linked.git(&["branch", "--move", "login", "sign-in"]);
    linked.finish(&[]).ends(0).says(&["deleted the branch sign-in"]);
    assert!(
        !linked.path.exists()
            && !linked
                .repo
                .git_succeeds(&["rev-parse", "--verify", "refs/heads/sign-in"])
    );
    linked.is_kept();
}

#[test]
fn a_branch_that_is_checked_out_elsewhere_or_carries_another_run_is_not_removed() {
    let linked = Linked::reported();
    let second = linked.repo.beside("second");
    linked.repo.git(&[
        "worktree",
        "add",
        "--quiet",
        "--force",
        second.to_str().unwrap(),
        "login",
    ]);
    linked
        .finish(&["--force"])
        .ends(2)
        .complains(&["`login` is checked out in", "second"]);
    linked.is_there();
    linked.repo.git(&["worktree", "remove", second.to_str().unwrap()]);
    linked.drift(&["finish", "--run", &linked.handle]).ends(0);
    let next = start_in(&linked.repo, &linked.path);
    linked
        .finish(&["--force"])
        .ends(2)
        .complains(&["carries another run", &next]);
    linked.is_there();
}

#[test]
fn a_folder_that_is_gone_already_is_no_obstacle() {
    let linked = Linked::reported();
    std::fs::remove_dir_all(&linked.path).unwrap();
    linked.finish(&[]).ends(0).says(&["deleted the branch login"]);
    linked.is_gone();
    linked.is_kept();
}

#[test]
fn inside_a_hook_git_s_variables_change_nothing() {
    let linked = Linked::reported();
    let git_dir = linked.git(&["rev-parse", "--absolute-git-dir"]);
    let index = format!("{git_dir}/index");
    let hook = [("GIT_DIR", git_dir.as_str()), ("GIT_INDEX_FILE", index.as_str())];
    super::drift_with_in(&linked.repo, &linked.path, &["finish", "--remove-worktree"], &hook).ends(0);
    linked.is_gone();
    linked.is_kept();
}

#[test]
fn a_worktree_inside_the_primary_one_goes_alone() {
    let repo = project();
    repo.git(&["switch", "--quiet", "main"]);
    let path = repo.path().join(".worktrees/login");
    repo.git(&["worktree", "add", "--quiet", "-b", "login", path.to_str().unwrap()]);
    let handle = start_in(&repo, &path);
    let tip = work_in(&repo, &path);
    drift_in(&repo, &path, &["report"]).ends(0);
    std::fs::remove_file(path.join(".git")).unwrap();
    drift(&repo, &["finish", "--run", &handle, "--remove-worktree"]).ends(0);
    assert!(!path.exists() && repo.path().join("README.md").exists());
    super::is_kept_at(&repo, &repo.path().join(".drift"), &handle, &tip);
    assert_eq!(git_in(&repo, repo.path(), &["status", "--porcelain", "src"]), "");
}
