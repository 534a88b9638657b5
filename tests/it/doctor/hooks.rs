//! The hooks that git really runs, in each worktree.

use super::{found, healthy, mended_by_command, mended_by_fix, only};
use crate::support::drift::{drift, drift_with, project};
use crate::support::repo::Repo;
use crate::support::script::script_at;
use serde_json::Value;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;

fn with_hooks() -> Repo {
    let (repo, _) = healthy();
    drift(&repo, &["hooks", "install"]).ends(0);
    assert_eq!(found(&repo, "hooks"), Vec::<Value>::new());
    repo
}

#[test]
fn without_hooks_there_is_one_note() {
    let repo = project();
    let ailment = only(&repo, "hooks", "git does not call drift here", ".git/hooks");
    assert_eq!(ailment["severity"], "note");
    mended_by_command(&repo, "hooks");
}

#[test]
fn a_missing_x_bit_is_mended() {
    let repo = with_hooks();
    let hook = repo.path().join(".git/hooks/commit-msg");
    std::fs::set_permissions(&hook, Permissions::from_mode(0o644)).unwrap();
    only(&repo, "hooks", "commit-msg: installed, without its x bit", ".git/hooks");
    mended_by_fix(&repo, "hooks", "wrote drift's scripts anew");
    assert!(std::fs::metadata(&hook).unwrap().permissions().mode() & 0o111 != 0);
}

#[test]
fn a_script_of_an_older_drift_is_renewed() {
    let repo = with_hooks();
    let hook = repo.path().join(".git/hooks/pre-push");
    let text = std::fs::read_to_string(&hook).unwrap() + "# as it was once\n";
    script_at(&hook, &text);
    only(
        &repo,
        "hooks",
        "pre-push: the script is not what this drift writes",
        ".git/hooks",
    );
    mended_by_fix(&repo, "hooks", "wrote drift's scripts anew");
}

#[test]
fn scripts_that_start_a_drift_that_is_gone_are_renewed() {
    let repo = with_hooks();
    let hooks = repo.path().join(".git/hooks");
    for entry in std::fs::read_dir(&hooks).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        if text.contains("# drift's ") {
            script_at(&path, &text.replace(env!("CARGO_BIN_EXE_drift"), "/gone/drift"));
        }
    }
    only(&repo, "hooks", "it starts `/gone/drift`, which is gone", ".git/hooks");
    // A drift on the PATH is found all the same.
    let folder = repo.beside("bin");
    script_at(&folder.join("drift"), "#!/bin/sh\n");
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    drift_with(&repo, &["doctor"], &[("PATH", &path)]).ends(0);
    mended_by_fix(&repo, "hooks", "wrote drift's scripts anew");
}

#[test]
fn a_dangling_link_is_named() {
    let repo = with_hooks();
    let hook = repo.path().join(".git/hooks/commit-msg");
    std::fs::remove_file(&hook).unwrap();
    std::os::unix::fs::symlink("nowhere", &hook).unwrap();
    only(
        &repo,
        "hooks",
        "commit-msg: not installed; a link is there that leads nowhere",
        ".git/hooks",
    );
    drift(&repo, &["doctor"]).ends(1);
    std::fs::remove_file(&hook).unwrap();
    // One hook of several that is merely absent is worth a note.
    let ailment = only(&repo, "hooks", "commit-msg: not installed", ".git/hooks");
    assert_eq!(ailment["severity"], "note");
    mended_by_command(&repo, "hooks");
}

#[test]
fn a_kept_hook_that_is_gone_is_named_and_not_guessed() {
    let (repo, _) = healthy();
    script_at(&repo.path().join(".git/hooks/commit-msg"), "#!/bin/sh\nexit 0\n");
    drift(&repo, &["hooks", "install"]).ends(0);
    std::fs::remove_file(repo.path().join(".git/hooks/commit-msg.drift-kept")).unwrap();
    only(&repo, "hooks", "`commit-msg.drift-kept` is gone", ".git/hooks");
    mended_by_command(&repo, "hooks");
}

#[test]
fn a_hook_of_somebody_elses_in_the_place_of_drifts_is_left_to_a_person() {
    let repo = with_hooks();
    script_at(&repo.path().join(".git/hooks/pre-push"), "#!/bin/sh\n# mine\n");
    let ailment = only(
        &repo,
        "hooks",
        "pre-push: not installed; another hook is there",
        ".git/hooks",
    );
    assert_eq!(ailment["mendable"], false);
    mended_by_command(&repo, "hooks");
    assert!(repo.path().join(".git/hooks/pre-push.drift-kept").exists());
}

#[test]
fn another_manager_is_named() {
    let repo = with_hooks();
    repo.write("lefthook.yml", "pre-push:\n");
    script_at(
        &repo.path().join(".git/hooks/pre-push"),
        "#!/bin/sh\n# lefthook\ncall_lefthook run \"pre-push\" \"$@\"\n",
    );
    only(&repo, "hooks", "which does not call drift", ".git/hooks");
    drift(&repo, &["doctor"]).ends(1);
}

#[test]
fn a_relative_hooks_path_leaves_linked_worktrees_without_hooks() {
    let (repo, _) = healthy();
    repo.git(&["config", "core.hooksPath", ".hooks"]);
    drift(&repo, &["hooks", "install"]).ends(0);
    let linked = repo.beside("linked");
    repo.git(&["worktree", "add", "--quiet", "-b", "side", linked.to_str().unwrap()]);
    let ailment = only(&repo, "hooks", "not installed", linked.join(".hooks").to_str().unwrap());
    assert_eq!(ailment["severity"], "warning");
    let command = ailment["commands"][0].as_str().unwrap();
    assert_eq!(command, format!("drift -C {} hooks install", linked.display()));
    // From the linked worktree the same is seen.
    let said = drift(&repo, &["-C", linked.to_str().unwrap(), "doctor", "--format", "json"]).ends(1);
    assert_eq!(super::of_check(&said, "hooks"), [ailment]);
    mended_by_command(&repo, "hooks");
}
