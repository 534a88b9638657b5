//! What fails in the middle: before everything is kept nothing is removed, and afterwards the same command goes on.

use super::{Linked, drift_with_in};
use crate::support::drift::{Said, state};
use crate::support::script::script_at;
use std::path::Path;

fn real_git() -> String {
    let path = std::env::var("PATH").unwrap();
    let found = std::env::split_paths(&path)
        .map(|folder| folder.join("git"))
        .find(|file| file.exists());
    found.unwrap().display().to_string()
}

/// `drift finish --remove-worktree` with a git on the PATH that does `body` where its arguments hold `verb`, and else what
/// git does. `$git` is the real one.
fn finish_with_git(linked: &Linked, verb: &str, body: &str) -> Said {
    let folder = linked.repo.beside("bin");
    let git = real_git();
    script_at(
        &folder.join("git"),
        &format!("#!/bin/sh\ngit='{git}'\ncase \" $* \" in *' {verb} '*)\n{body}\n;; esac\nexec \"$git\" \"$@\"\n"),
    );
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    let arguments = ["finish", "--run", &linked.handle, "--remove-worktree"];
    drift_with_in(&linked.repo, linked.repo.path(), &arguments, &[("PATH", &path)])
}

/// Not finished and not removed; then, after `mended`, all is well.
#[track_caller]
fn stays_as_it_was(linked: &Linked, words: &[&str], mended: impl FnOnce()) {
    let before = state(&linked.repo);
    linked.finish(&["--force"]).ends(2).complains(words);
    linked.is_there();
    assert_eq!(state(&linked.repo), before);
    let run = linked
        .repo
        .git(&["show", &format!("refs/drift/runs/{}:run.json", linked.handle)]);
    assert!(run.contains("\"reported\""), "{run}");
    mended();
    linked.finish(&[]).ends(0);
    linked.is_gone();
    linked.is_kept();
}

#[test]
fn a_folder_in_the_reports_place_removes_nothing() {
    let linked = Linked::reported();
    let report = linked
        .repo
        .path()
        .join(format!(".drift/runs/{}/run_report.json", linked.handle));
    std::fs::remove_file(&report).unwrap();
    std::fs::create_dir(&report).unwrap();
    stays_as_it_was(&linked, &["run_report.json is a folder"], || {
        std::fs::remove_dir(&report).unwrap()
    });
}

#[test]
fn a_folder_in_the_lessons_place_removes_nothing() {
    let linked = Linked::reported();
    let lessons = linked.repo.path().join(".drift/lessons.jsonl");
    std::fs::remove_file(&lessons).unwrap();
    std::fs::create_dir(&lessons).unwrap();
    stays_as_it_was(&linked, &["lessons.jsonl is a folder"], || {
        std::fs::remove_dir(&lessons).unwrap()
    });
}

#[test]
fn a_file_in_the_homes_place_removes_nothing() {
    let linked = Linked::reported();
    let home = linked.repo.path().join(".drift");
    let aside = linked.repo.beside("aside");
    std::fs::rename(&home, &aside).unwrap();
    std::fs::write(&home, "no folder\n").unwrap();
    stays_as_it_was(&linked, &[".drift"], || {
        std::fs::remove_file(&home).unwrap();
        std::fs::rename(&aside, &home).unwrap();
    });
}

#[test]
fn a_locked_record_removes_nothing() {
    let linked = Linked::reported();
    let lock = linked
        .repo
        .path()
        .join(format!(".git/refs/drift/runs/{}.lock", linked.handle));
    std::fs::write(&lock, "").unwrap();
    stays_as_it_was(&linked, &["is locked by a git program", "rm "], || {
        std::fs::remove_file(&lock).unwrap()
    });
}

#[test]
fn a_worktree_that_git_can_not_remove_is_said_to_be_left_and_the_same_command_goes_on() {
    let linked = Linked::reported();
    finish_with_git(
        &linked,
        "worktree remove",
        "echo 'fatal: failed to delete' >&2; exit 255",
    )
    .ends(2)
    .complains(&[
        "is over and kept",
        "failed to delete",
        "left: the worktree",
        "and the branch `login`",
        &format!("`drift finish --run {} --remove-worktree` goes on", linked.handle),
    ]);
    linked.is_there();
    linked.is_kept();
    linked.drift(&["show", &linked.handle]).ends(0).says(&["finished"]);
    linked.finish(&[]).ends(0);
    linked.is_gone();
    linked.is_kept();
}

#[test]
fn files_that_can_not_be_deleted_are_named_as_left() {
    let linked = Linked::reported();
    // git gives the worktree up before it finds that a file can't be deleted.
    let body = format!(
        "rm -r '{}/.git/worktrees/login'; echo 'error: failed to delete' >&2; exit 255",
        linked.repo.path().display()
    );
    finish_with_git(&linked, "worktree remove", &body).ends(2).complains(&[
        "left: the worktree",
        "does not know",
        "look at what is in it",
    ]);
    assert!(linked.path.exists());
    linked.is_kept();
    linked.finish(&[]).ends(0).says(&["deleted the branch login"]);
    assert!(linked.path.exists(), "what git does not know is nobody's to delete");
}

#[test]
fn a_branch_that_git_can_not_delete_is_left_and_goes_the_next_time() {
    let linked = Linked::reported();
    finish_with_git(&linked, "branch", "echo 'error: unable to write' >&2; exit 1")
        .ends(2)
        .complains(&["left: the branch `login`", "unable to write"]);
    assert!(!linked.path.exists());
    assert_eq!(linked.repo.id("login"), linked.tip);
    linked.finish(&[]).ends(0).says(&["deleted the branch login"]);
    linked.is_gone();
    linked.is_kept();
}

#[test]
fn work_that_appears_in_the_meantime_is_not_lost() {
    let linked = Linked::reported();
    // The first look at the worktree finds nothing; before the second, somebody writes a file.
    let body = format!(
        "if test -e '{0}'; then echo idea >'{1}/idea.txt'; else : >'{0}'; fi",
        linked.repo.beside("looked").display(),
        linked.path.display()
    );
    finish_with_git(&linked, "status", &body)
        .ends(2)
        .complains(&["is over and kept", "untracked: idea.txt"]);
    linked.is_there();
    linked.is_kept();
}

/// Kills drift and the git that it started, where `verb` is run for the first time, before or after git has done it.
fn killed_at(linked: &Linked, verb: &str, body: &str) {
    let folder = linked.repo.beside("bin-kill");
    let git = real_git();
    script_at(
        &folder.join("git"),
        &format!(
            "#!/bin/sh\ngit='{git}'\ncase \" $* \" in *' {verb} '*)\n{body}\nkill -9 $PPID; exit 1\n;; esac\nexec \"$git\" \"$@\"\n"
        ),
    );
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    let arguments = ["finish", "--run", &linked.handle, "--remove-worktree"];
    let said = drift_with_in(&linked.repo, linked.repo.path(), &arguments, &[("PATH", &path)]);
    assert_eq!(said.code, -1, "it was not killed: {said:?}");
}

#[test]
fn killed_at_any_step_the_same_command_completes_it() {
    let path_of = |linked: &Linked| linked.path.display().to_string();
    type Body = fn(&str) -> String;
    let steps: [(&str, Body); 8] = [
        ("merge-base", |_| String::new()),
        ("status", |_| String::new()),
        ("worktree remove", |_| String::new()),
        ("worktree remove", |path| {
            format!("rm '{path}/.git' '{path}/src/login.py'")
        }),
        ("worktree remove", |path| format!("rm -r '{path}'")),
        ("worktree remove", |_| "\"$git\" \"$@\"".into()),
        ("branch", |_| String::new()),
        ("branch", |_| "\"$git\" \"$@\"".into()),
    ];
    for (number, (verb, body)) in steps.iter().enumerate() {
        let linked = Linked::reported();
        killed_at(&linked, verb, &body(&path_of(&linked)));
        let said = linked.finish(&[]);
        assert_eq!(said.code, 0, "step {number}: {said:?}");
        linked.is_gone();
        linked.is_kept();
        linked.repo.git(&["fsck", "--strict"]);
    }
}

#[test]
fn killed_at_any_moment_of_keeping_the_same_command_completes_it() {
    if !Path::new("/usr/bin/strace").exists() {
        return;
    }
    let mut killed = 0;
    for (call, number) in [
        ("fsync", 1),
        ("fsync", 4),
        ("fsync", 7),
        ("fsync", 10),
        ("rename", 1),
        ("linkat", 1),
    ] {
        let linked = Linked::reported();
        // The home is written anew, too.
        std::fs::remove_file(linked.repo.path().join(".drift/lessons.jsonl")).unwrap();
        std::fs::remove_file(
            linked
                .repo
                .path()
                .join(format!(".drift/runs/{}/run_report.json", linked.handle)),
        )
        .unwrap();
        let output = linked
            .repo
            .command("/usr/bin/strace")
            .args(["-qq", "-o", "/dev/null", "-e", &format!("trace={call}")])
            .args(["-e", &format!("inject={call}:signal=KILL:when={number}")])
            .arg(env!("CARGO_BIN_EXE_drift"))
            .args(["finish", "--run", &linked.handle, "--remove-worktree"])
            .env("SOURCE_DATE_EPOCH", "1700003600")
            .output()
            .unwrap();
        killed += usize::from(output.status.code().is_none());
        assert!(
            linked.path.exists() || output.status.success(),
            "{call} {number}: {output:?}"
        );
        linked.finish(&[]).ends(0);
        linked.is_gone();
        linked.is_kept();
    }
    assert!(killed >= 5, "only {killed} of them met a call to be killed at");
}
