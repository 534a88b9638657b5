//! Where reports and lessons go: the same place from every worktree of a repository, whatever its shape.

use super::{add_worktree, drift_in, drift_with_in, git_in, is_kept_at, start_in, work_in};
use crate::support::drift::{drift, project};
use crate::support::repo::Repo;
use std::path::{Path, PathBuf};

/// A run from draft to finish in this folder; it is kept in `home`, and nothing is written to the folder itself.
#[track_caller]
fn keeps_at(repo: &Repo, folder: &Path, home: &Path) {
    keeps_with(repo, folder, home, &[]);
}

#[track_caller]
fn keeps_with(repo: &Repo, folder: &Path, home: &Path, variables: &[(&str, &str)]) {
    let handle = start_in(repo, folder);
    let tip = work_in(repo, folder);
    drift_with_in(repo, folder, &["report", "--base", "HEAD~2"], variables).ends(0);
    drift_with_in(repo, folder, &["finish"], variables).ends(0);
    is_kept_at(repo, home, &handle, &tip);
    let own = folder.join(".drift");
    if own != home {
        assert!(!own.join("lessons.jsonl").exists());
    }
}

fn absolute(repo: &Repo, folder: &Path, what: &str) -> PathBuf {
    let place = git_in(repo, folder, &["rev-parse", "--path-format=absolute", what]);
    PathBuf::from(place)
}

#[test]
fn the_primary_worktree_and_its_linked_ones_share_its_folder() {
    let repo = project();
    let linked = add_worktree(&repo, "linked");
    let primary = absolute(&repo, repo.path(), "--show-toplevel");
    assert_eq!(super::worktrees(&repo)[0], primary);
    keeps_at(&repo, repo.path(), &primary.join(".drift"));
    keeps_at(&repo, &linked, &primary.join(".drift"));
}

#[test]
fn a_bare_primary_keeps_them_in_the_git_directory() {
    let bare = Repo::clone_of(&project(), &["--bare"]);
    let linked = add_worktree(&bare, "linked");
    let common = absolute(&bare, &linked, "--git-common-dir");
    assert_eq!(
        (common.as_path(), bare.git(&["rev-parse", "--is-bare-repository"])),
        (bare.path(), "true".into())
    );
    keeps_at(&bare, &linked, &common.join("drift"));
}

#[test]
fn a_bare_primary_stays_bare_where_git_moved_that_word_to_its_own_configuration() {
    let bare = Repo::clone_of(&project(), &["--bare"]);
    let linked = add_worktree(&bare, "linked");
    git_in(&bare, &linked, &["sparse-checkout", "set", "--no-cone", "/*"]);
    assert!(!bare.git_succeeds(&["config", "--file", "config", "core.bare"]));
    keeps_at(&bare, &linked, &bare.path().join("drift"));
}

#[test]
fn a_bare_repository_that_is_called_dot_git_has_no_worktree_around_it() {
    let source = project();
    let repo = Repo::empty();
    repo.git(&["clone", "--quiet", "--bare", source.path().to_str().unwrap(), ".git"]);
    let linked = repo.path().join("linked");
    repo.git(&["worktree", "add", "--quiet", "-b", "linked", linked.to_str().unwrap()]);
    keeps_at(&repo, &linked, &repo.path().join(".git/drift"));
}

#[test]
fn a_git_directory_that_lies_apart_is_told_by_its_primary_worktree() {
    let repo = Repo::empty();
    let apart = repo.beside("apart.git");
    repo.git(&[
        "init",
        "--quiet",
        "--initial-branch=main",
        "--separate-git-dir",
        apart.to_str().unwrap(),
    ]);
    repo.write("src/login.py", "x\n").write("docs/usage.md", "y\n");
    repo.commit("feat: begin");
    let linked = add_worktree(&repo, "linked");
    assert_eq!(absolute(&repo, &linked, "--git-common-dir"), apart);
    // Nothing tells a linked worktree whose the git directory is, until drift has worked in the primary one.
    keeps_at(&repo, &linked, &apart.join("drift"));
    let top = absolute(&repo, repo.path(), "--show-toplevel");
    drift(&repo, &["init"]).ends(0);
    keeps_at(&repo, &linked, &top.join(".drift"));
    keeps_at(&repo, repo.path(), &top.join(".drift"));
    // A note that leads elsewhere is none.
    std::fs::write(apart.join("drift/primary-worktree"), linked.to_str().unwrap()).unwrap();
    keeps_at(&repo, &linked, &apart.join("drift"));
    keeps_at(&repo, repo.path(), &top.join(".drift"));
    keeps_at(&repo, &linked, &top.join(".drift"));
}

#[test]
fn a_submodule_has_a_home_of_its_own_also_for_its_linked_worktrees() {
    let library = project();
    let repo = project();
    let url = library.path().to_str().unwrap();
    repo.git(&[
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        url,
        "lib",
    ]);
    let module = repo.path().join("lib");
    let linked = repo.beside("linked");
    git_in(
        &repo,
        &module,
        &["worktree", "add", "--quiet", "-b", "linked", linked.to_str().unwrap()],
    );
    let top = absolute(&repo, &module, "--show-toplevel");
    assert_eq!(top, module);
    assert!(absolute(&repo, &linked, "--git-common-dir").ends_with(".git/modules/lib"));
    for folder in [&module, &linked] {
        let handle = start_in(&repo, folder);
        work_in(&repo, folder);
        drift_in(&repo, folder, &["report", "--base", "HEAD~2"]).ends(0);
        drift_in(&repo, folder, &["finish"]).ends(0);
        assert!(module.join(format!(".drift/runs/{handle}/run_report.json")).exists());
    }
    assert!(!linked.join(".drift/lessons.jsonl").exists() && !repo.path().join(".drift").exists());
}

#[test]
fn a_local_home_is_in_the_git_directory_from_everywhere() {
    let repo = project();
    repo.write(".drift/config.yaml", "home: local\n")
        .commit("chore: keep reports to ourselves");
    let linked = add_worktree(&repo, "linked");
    let common = absolute(&repo, &linked, "--git-common-dir");
    keeps_at(&repo, &linked, &common.join("drift"));
    keeps_at(&repo, repo.path(), &common.join("drift"));
    assert!(!repo.path().join(".drift/lessons.jsonl").exists());
}

#[test]
fn git_s_variables_name_the_repository_and_not_another_home() {
    let repo = project();
    let top = absolute(&repo, repo.path(), "--show-toplevel");
    let git_dir = absolute(&repo, repo.path(), "--git-dir");
    let both = [
        ("GIT_DIR", git_dir.to_str().unwrap()),
        ("GIT_WORK_TREE", top.to_str().unwrap()),
    ];
    keeps_with(&repo, repo.path(), &top.join(".drift"), &both);
    let linked = add_worktree(&repo, "linked");
    let own = absolute(&repo, &linked, "--git-dir");
    let hook = [("GIT_DIR", own.to_str().unwrap())];
    keeps_with(&repo, &linked, &top.join(".drift"), &hook);
    let elsewhere = repo.beside("elsewhere");
    std::fs::create_dir(&elsewhere).unwrap();
    let deployed = [
        ("GIT_DIR", git_dir.to_str().unwrap()),
        ("GIT_WORK_TREE", elsewhere.to_str().unwrap()),
    ];
    keeps_with(&repo, repo.path(), &top.join(".drift"), &deployed);
    assert_eq!(std::fs::read_dir(&elsewhere).unwrap().count(), 0);
}
