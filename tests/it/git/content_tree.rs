//! The tree of a worktree's content is what `git add --all; git write-tree` would make, and making it leaves no trace.

use crate::support::repo::Repo;
use drift::model::ObjectId;
use std::collections::BTreeMap;
use std::path::Path;

fn now(repo: &Repo) -> ObjectId {
    let repository = repo.open().unwrap();
    repository.content_trees().unwrap().unwrap().now().unwrap()
}

/// Every file below the git directory, with its bytes.
fn traces(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(traces(&path));
        } else {
            found.insert(path.display().to_string(), std::fs::read(&path).unwrap());
        }
    }
    found
}

/// The tree is git's own, and the repository is as it was.
#[track_caller]
fn agrees(repo: &Repo) -> ObjectId {
    let git_dir = repo.path().join(".git");
    let before = traces(&git_dir);
    let tree = now(repo);
    assert!(traces(&git_dir) == before, "something was written into the repository");
    let copy = repo.beside("copy");
    let _ = std::fs::remove_dir_all(&copy);
    let copied = repo
        .command("cp")
        .arg("-a")
        .arg(repo.path())
        .arg(&copy)
        .status()
        .unwrap();
    assert!(copied.success());
    let copy = copy.to_str().unwrap();
    repo.git(&["-C", copy, "add", "--all"]);
    repo.git(&["-C", copy, "rm", "-r", "-q", "--cached", "--ignore-unmatch", ".drift"]);
    assert_eq!(tree.to_string(), repo.git(&["-C", copy, "write-tree"]));
    tree
}

fn repo() -> Repo {
    let repo = Repo::new();
    repo.write("a", "a\n")
        .write("dir/b", "b\n")
        .write("dir/c", "c\n")
        .write(".gitignore", "*.log\n/out/\n");
    repo.commit("begin");
    repo
}

#[test]
fn a_clean_worktree_is_its_commit() {
    let repo = repo();
    assert_eq!(agrees(&repo).to_string(), repo.id("HEAD^{tree}"));
}

#[test]
fn changed_new_deleted_and_staged_files_count_and_ignored_ones_do_not() {
    let repo = repo();
    repo.write("a", "changed\n")
        .write("new/deep/d", "d\n")
        .write("x.log", "log\n")
        .write("out/y", "y\n");
    std::fs::remove_file(repo.path().join("dir/b")).unwrap();
    repo.write("staged", "s\n").git(&["add", "staged"]);
    repo.write("staged", "s again\n");
    repo.git(&["add", "--force", "x.log"]);
    let tree = agrees(&repo);
    repo.commit("all of it");
    assert_eq!(tree.to_string(), repo.id("HEAD^{tree}"));
}

#[test]
fn modes_links_odd_names_and_nested_repositories_are_as_git_has_them() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};
    let repo = repo();
    symlink("a", repo.path().join("link")).unwrap();
    std::fs::set_permissions(repo.path().join("a"), std::fs::Permissions::from_mode(0o755)).unwrap();
    std::fs::write(repo.path().join(std::ffi::OsStr::from_bytes(b"caf\xe9 \"q\"\n")), "odd").unwrap();
    repo.git(&["init", "--quiet", "nested"]);
    repo.git(&["-C", "nested", "commit", "--quiet", "--allow-empty", "-m", "x"]);
    agrees(&repo);
}

#[test]
fn what_lies_below_drift_is_left_out_tracked_or_not() {
    let repo = repo();
    let bare = now(&repo);
    repo.write(".drift/config.yaml", "x: 1\n");
    assert_eq!(agrees(&repo), bare);
    repo.commit("drift's own");
    repo.write(".drift/report.xml", "<x/>\n");
    assert_eq!(agrees(&repo), bare);
    let head = ObjectId::from_hex(&repo.id("HEAD")).unwrap();
    assert_eq!(repo.open().unwrap().content_tree_of(head).unwrap(), bare);
    assert_ne!(repo.id("HEAD^{tree}"), bare.to_string());
    repo.write(".drift/.gitignore", "*\n").write(".gitignore", "/.drift/\n");
    repo.git(&["rm", "-r", "-q", "--cached", ".drift"]);
    agrees(&repo);
}

#[test]
fn it_works_before_the_first_commit_and_in_sha256() {
    let repo = Repo::new();
    assert_eq!(
        now(&repo).to_string(),
        repo.git(&["hash-object", "-t", "tree", "/dev/null"])
    );
    repo.write("a", "a\n");
    agrees(&repo);
    let repo = Repo::init(&["--object-format=sha256"]);
    repo.write("a", "a\n").write(".drift/x", "x\n").commit("begin");
    let tree = agrees(&repo);
    let head = ObjectId::from_hex(&repo.id("HEAD")).unwrap();
    assert_eq!(repo.open().unwrap().content_tree_of(head).unwrap(), tree);
}

#[test]
fn no_hook_nor_monitor_of_the_repository_runs() {
    let repo = repo();
    let hook = "#!/bin/sh\ntouch \"$(git rev-parse --show-toplevel)/../hook-ran\"\n";
    for name in ["post-index-change", "fsmonitor-watchman"] {
        crate::support::script::script_at(&repo.path().join(".git/hooks").join(name), hook);
    }
    repo.git(&["config", "core.fsmonitor", ".git/hooks/fsmonitor-watchman"]);
    repo.git(&["config", "core.splitIndex", "true"]);
    repo.write("a", "changed\n");
    let before = traces(&repo.path().join(".git"));
    now(&repo);
    assert!(traces(&repo.path().join(".git")) == before);
    assert!(!repo.beside("hook-ran").exists());
}

#[test]
fn a_linked_worktree_has_its_own_tree() {
    let repo = repo();
    let linked = repo.beside("linked");
    repo.git(&["worktree", "add", "--quiet", linked.to_str().unwrap()]);
    std::fs::write(linked.join("a"), "there\n").unwrap();
    let mut environment = repo.drift_environment();
    environment.current_dir = linked.clone();
    let there = drift::git::Repository::open(Path::new("."), &environment).unwrap();
    let tree = there.content_trees().unwrap().unwrap().now().unwrap();
    assert_ne!(tree, now(&repo));
    repo.git(&["-C", linked.to_str().unwrap(), "add", "--all"]);
    assert_eq!(
        tree.to_string(),
        repo.git(&["-C", linked.to_str().unwrap(), "write-tree"])
    );
}

#[test]
fn the_paths_that_differ_are_named() {
    let repo = repo();
    let repository = repo.open().unwrap();
    let trees = repository.content_trees().unwrap().unwrap();
    let before = trees.now().unwrap();
    repo.write("dir/new", "n\n").write("a", "changed\n");
    let after = trees.now().unwrap();
    let names: Vec<String> = trees
        .differing(before, after)
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(names, ["a", "dir/new"]);
}
