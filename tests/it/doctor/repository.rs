//! How the repository is stored, what hides its history, and the versions of git and drift.

use super::{found, healthy, mended_by_command, only};
use crate::support::drift::{drift, drift_with, project};
use crate::support::repo::Repo;
use crate::support::script::script_at;
use serde_json::Value;

#[test]
fn refs_in_another_storage_are_named_with_the_command_that_converts_them() {
    let repo = Repo::init(&["--ref-format=reftable"]);
    let ailment = only(&repo, "repository", "keeps its refs as `reftable`", "work");
    assert_eq!(ailment["severity"], "error");
    drift(&repo, &["doctor"]).ends(1).says(&["1 of 14 checks done"]);
    mended_by_command(&repo, "repository");
    drift(&repo, &["doctor"]).ends(0);
}

#[test]
fn an_unknown_extension_is_named() {
    let repo = project();
    repo.git(&["config", "core.repositoryFormatVersion", "1"]);
    let config = repo.path().join(".git/config");
    let text = std::fs::read_to_string(&config).unwrap() + "[extensions]\n\tnever = heard\n";
    std::fs::write(&config, text).unwrap();
    only(&repo, "repository", "`extensions.never`", "work");
    drift(&repo, &["doctor"]).ends(1);
}

#[test]
fn grafts_are_named_and_everything_else_is_looked_at_all_the_same() {
    let (repo, _) = healthy();
    repo.git(&["config", "branch.work.driftRun", "nobody"]);
    let (tip, base) = (repo.id("work"), repo.id("work~2"));
    repo.write(".git/info/grafts", format!("{tip} {base}\n"));
    only(
        &repo,
        "repository",
        "other parents than the commits have",
        ".git/info/grafts",
    );
    only(&repo, "bindings", "is no run's name", "branch.work.driftRun");
    drift(&repo, &["doctor"]).ends(1).says(&["14 of 14 checks done"]);
    mended_by_command(&repo, "repository");
    // What git made of them shows another history, too, and can be taken away.
    only(
        &repo,
        "history",
        "git shows another object",
        &format!("refs/replace/{tip}"),
    );
    mended_by_command(&repo, "history");
}

#[test]
fn a_shallow_clone_is_a_note() {
    let (repo, _) = healthy();
    let shallow = Repo::clone_of(&repo, &["--depth=1"]);
    let ailment = only(&shallow, "history", "this clone is shallow", "shallow");
    assert_eq!(ailment["severity"], "note");
    drift(&shallow, &["doctor"]).ends(0);
    mended_by_command(&shallow, "history");
}

#[test]
fn a_record_of_a_newer_drift_is_named_once() {
    let (repo, handle) = healthy();
    let record = format!("refs/drift/runs/{handle}");
    let run = repo.git(&["show", &format!("{record}:run.json")]);
    let newer = run
        .replace("drift/run/1", "drift/run/2")
        .replace("\"reported\"", "\"paused\"");
    write_to_record(&repo, &record, "run.json", &newer);
    only(
        &repo,
        "versions",
        "was written by a newer drift (`drift/run/2`)",
        &record,
    );
    assert_eq!(found(&repo, "runs"), Vec::<Value>::new());
    drift(&repo, &["doctor", "--fix"]).ends(1);
    let tip = repo.id(&format!("{record}~1"));
    repo.git(&["update-ref", &record, &tip]);
    assert_eq!(found(&repo, "versions"), Vec::<Value>::new());
}

/// Puts a file into a record behind drift's back.
pub fn write_to_record(repo: &Repo, record: &str, name: &str, content: &str) {
    let blob =
        String::from_utf8(repo.git_bytes_with_input(&["hash-object", "-w", "--stdin"], content.as_bytes())).unwrap();
    let tree = repo.git(&["ls-tree", record]);
    let others = tree.lines().filter(|line| !line.ends_with(&format!("\t{name}")));
    let lines: String = others.map(|line| format!("{line}\n")).collect();
    let lines = lines + &format!("100644 blob {}\t{name}\n", blob.trim());
    let tree = String::from_utf8(repo.git_bytes_with_input(&["mktree"], lines.as_bytes())).unwrap();
    let commit = repo.git(&["commit-tree", tree.trim(), "-p", record, "-m", "by hand"]);
    repo.git(&["update-ref", record, &commit]);
}

#[test]
fn an_old_git_is_named_with_what_needs_a_newer_one() {
    let (repo, _) = healthy();
    let folder = repo.beside("old");
    let path = std::env::var("PATH").unwrap();
    let git = std::env::split_paths(&path)
        .map(|folder| folder.join("git"))
        .find(|it| it.exists())
        .unwrap();
    script_at(
        &folder.join("git"),
        &format!(
            "#!/bin/sh\ncase \" $* \" in *' version '*) echo 'git version 2.20.1'; exit;; esac\nexec '{}' \"$@\"\n",
            git.display()
        ),
    );
    let path = format!("{}:{path}", folder.display());
    let said = drift_with(&repo, &["doctor"], &[("PATH", &path)]).ends(1);
    said.says(&["git is 2.20", "git worktree repair) needs 2.30 or newer"]);
    assert_eq!(found(&repo, "versions"), Vec::<Value>::new());
}

#[test]
fn a_git_that_is_not_there_is_said_and_the_rest_is_looked_at() {
    let (repo, _) = healthy();
    repo.git(&["config", "branch.work.driftRun", "nobody"]);
    let nothing = repo.beside("nothing");
    std::fs::create_dir(&nothing).unwrap();
    drift_with(&repo, &["doctor"], &[("PATH", nothing.to_str().unwrap())])
        .ends(1)
        .says(&[
            "error[versions]: this could not be looked at",
            "no program `git`",
            "warning[bindings]",
        ]);
}
