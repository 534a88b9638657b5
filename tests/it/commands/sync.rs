//! `drift push` and `drift fetch`: two clones that both worked end with everything on both sides.

use crate::support::drift::{Said, drift, drift_with, plan_file, project, started_run};
use crate::support::repo::Repo;
use crate::support::script::script_at;
use std::collections::BTreeSet;

const NOTES: &str = "refs/notes/drift";

/// Two clones of one bare repository, and a started run that both know.
struct Team {
    remote: Repo,
    ada: Repo,
    ben: Repo,
    handle: String,
}

fn team() -> Team {
    let origin = project();
    let remote = Repo::clone_of(&origin, &["--bare"]);
    let clone = |name: &str| {
        let repo = Repo::clone_of(&remote, &["--branch=work"]);
        repo.git(&["branch", "--quiet", "main", "origin/main"]);
        repo.git(&["config", "user.name", name]);
        repo
    };
    let (ada, ben) = (clone("Ada"), clone("Ben"));
    let handle = started_run(&ada);
    drift(&ada, &["push"]).ends(0).says(&["pushed 1 record to origin"]);
    drift(&ben, &["fetch"]).ends(0).says(&[&handle, "new here"]);
    Team {
        remote,
        ada,
        ben,
        handle,
    }
}

/// Commits one file outside of the plan, and accepts what drift says of it at `time`.
fn accept_a_stray_file(repo: &Repo, run: &str, path: &str, time: &str) -> String {
    repo.write(path, "x\n");
    repo.git(&["add", path]);
    repo.commit_staged(&format!("feat: {path}"));
    let report = drift(repo, &["check", "--run", run, "--format", "json"]).json();
    let findings = report["findings"].as_array().unwrap();
    let finding = findings.iter().find(|it| it["path"] == path).unwrap();
    let print = finding["fingerprint"].as_str().unwrap().to_owned();
    let because = format!("{path} is needed as well");
    at(repo, time, &["accept", "--run", run, &print, "--because", &because]).ends(0);
    print
}

fn at(repo: &Repo, time: &str, arguments: &[&str]) -> Said {
    drift_with(repo, arguments, &[("SOURCE_DATE_EPOCH", time)])
}

fn own_refs(repo: &Repo) -> String {
    repo.git(&[
        "for-each-ref",
        "--format=%(refname) %(objectname)",
        "refs/drift",
        "refs/notes",
        "refs/drift-sync",
    ])
}

fn noted(repo: &Repo) -> BTreeSet<String> {
    let list = repo.git(&["notes", "--ref=drift", "list"]);
    list.lines().map(|line| line[line.len() - 40..].to_owned()).collect()
}

#[test]
fn two_clones_that_both_worked_end_with_everything_on_both_sides() {
    let team = team();
    let Team {
        remote,
        ada,
        ben,
        handle,
    } = &team;
    let one = accept_a_stray_file(ada, handle, "src/one.py", "1700010000");
    at(ada, "1700010100", &["report", "--run", handle]);
    let other = accept_a_stray_file(ben, handle, "src/other.py", "1700010050");
    at(ben, "1700010200", &["report", "--run", handle]);
    let noted_before: BTreeSet<String> = noted(ada).union(&noted(ben)).cloned().collect();
    assert_eq!(noted_before.len(), 2);
    let branches = |repo: &Repo| repo.git(&["for-each-ref", "refs/heads", "refs/remotes", "refs/tags"]);
    let before = [remote, ada, ben].map(branches);

    drift(ada, &["push"])
        .ends(0)
        .says(&["pushed 1 record and the notes to origin"]);
    drift(ben, &["push"]).ends(0).says(&[
        &format!("{handle}: both sides joined"),
        "notes: both sides joined",
        "pushed 1 record and the notes to origin",
    ]);
    drift(ada, &["fetch"]).ends(0).says(&["went on elsewhere"]);
    assert_eq!(own_refs(ada), own_refs(ben));
    assert_eq!(own_refs(ada), own_refs(remote));
    assert_eq!([remote, ada, ben].map(branches), before, "no branch was touched");

    let record = format!("refs/drift/runs/{handle}");
    let accepted = ada.git(&["show", &format!("{record}:acceptances.json")]);
    assert!(accepted.contains(&one) && accepted.contains(&other), "{accepted}");
    let report = ada.git(&["show", &format!("{record}:run_report.json")]);
    assert!(report.contains("src/other.py"), "the newer report counts");
    let target = ben.id("HEAD");
    assert!(ada.git(&["show", &format!("{record}:run.json")]).contains(&target));
    assert_eq!(noted(ada), noted_before);
    assert!(
        ada.git_succeeds(&["cat-file", "-e", &target]),
        "what the record keeps came along"
    );
    let log = drift(ada, &["show", handle, "--format", "text"]).ends(0).out;
    for word in ["joined", "reported", "accepted"] {
        assert!(log.contains(word), "{log}");
    }
    assert_eq!(
        (log.matches("accepted: ").count(), log.matches("reported: ").count()),
        (2, 2),
        "{log}"
    );

    drift(ada, &["push"]).ends(0).says(&["origin has everything"]);
    drift(ben, &["fetch"]).ends(0).says(&["nothing new from origin"]);
    for repo in [remote, ada, ben] {
        assert_eq!(repo.git(&["fsck", "--strict", "--no-dangling"]), "");
    }
}

#[test]
fn clones_that_join_at_the_same_time_have_nothing_left_to_join() {
    let team = team();
    let Team {
        remote,
        ada,
        ben,
        handle,
    } = &team;
    accept_a_stray_file(ada, handle, "src/one.py", "1700010000");
    accept_a_stray_file(ben, handle, "src/other.py", "1700010000");
    // Each fetches from the other, before anybody pushes.
    let [to_ada, to_ben] = [ada, ben].map(|repo| repo.path().display().to_string());
    let record = format!("refs/drift/runs/{handle}");
    let before = ada.id(&record);
    drift(ada, &["fetch", &to_ben]).ends(0).says(&["both sides joined"]);
    let joined = own_refs(ada);
    ada.git(&["update-ref", &record, &before]);
    drift(ben, &["fetch", &to_ada]).ends(0).says(&["both sides joined"]);
    assert_eq!(own_refs(ben), joined);
    assert!(!own_refs(remote).contains(NOTES));
}

#[test]
fn plain_text_in_notes_and_what_git_notes_writes_travel_too() {
    let team = team();
    let Team { ada, ben, .. } = &team;
    let main = ada.id("main");
    ada.git(&["notes", "--ref=drift", "add", "-m", "said by Ada", &main]);
    ben.git(&["notes", "--ref=drift", "add", "-m", "said by Ben", &main]);
    drift(ada, &["push"]).ends(0).says(&["pushed the notes to origin"]);
    drift(ben, &["push"]).ends(0);
    drift(ada, &["fetch"]).ends(0);
    for repo in [ada, ben] {
        let note = repo.git(&["notes", "--ref=drift", "show", &main]);
        assert!(note.contains("said by Ada") && note.contains("said by Ben"), "{note}");
    }
}

#[test]
fn many_who_push_at_once_all_get_through() {
    let team = team();
    let Team { remote, ada, .. } = &team;
    let clones: Vec<Repo> = (0..4).map(|_| Repo::clone_of(remote, &["--branch=work"])).collect();
    for (number, clone) in clones.iter().enumerate() {
        let main = clone.id("origin/main");
        clone.git(&["notes", "--ref=drift", "add", "-m", &format!("clone {number}"), &main]);
    }
    std::thread::scope(|scope| {
        for clone in &clones {
            scope.spawn(|| drift(clone, &["push"]).ends(0));
        }
    });
    drift(ada, &["fetch"]).ends(0);
    let note = ada.git(&["notes", "--ref=drift", "show", "main"]);
    assert!((0..4).all(|number| note.contains(&format!("clone {number}"))), "{note}");
}

#[test]
fn a_broken_record_of_the_remote_keeps_no_other_back() {
    let team = team();
    let Team {
        remote,
        ada,
        ben,
        handle,
    } = &team;
    let bad = "refs/drift/runs/bad-00000000";
    remote.git(&["update-ref", bad, &remote.id("main:README.md")]);
    accept_a_stray_file(ada, handle, "src/one.py", "1700010000");
    drift(ada, &["push"])
        .ends(2)
        .complains(&[bad, "is a blob, not a commit"]);
    drift(ben, &["fetch"])
        .ends(2)
        .says(&["went on elsewhere"])
        .complains(&[bad]);
    assert!(
        !own_refs(ben).contains(bad) && !own_refs(ben).contains("drift-sync"),
        "{}",
        own_refs(ben)
    );
}

#[test]
fn what_the_remote_refuses_is_said_and_kept_here() {
    let team = team();
    let Team {
        remote, ada, handle, ..
    } = &team;
    accept_a_stray_file(ada, handle, "src/one.py", "1700010000");
    let hook = remote.path().join("hooks/update");
    script_at(&hook, "#!/bin/sh\nexit 1\n");
    let before = own_refs(ada);
    drift(ada, &["push"])
        .ends(2)
        .complains(&["`origin` did not take refs/drift/runs/", "hook declined", "hint:"]);
    assert_eq!(own_refs(ada), before);
}

#[test]
fn without_a_remote_or_with_several_it_asks_which() {
    let repo = project();
    started_run(&repo);
    drift(&repo, &["push"])
        .ends(2)
        .complains(&["no remote", "git remote add"]);
    repo.git(&["remote", "add", "one", "/nowhere/one"]);
    repo.git(&["remote", "add", "two", "/nowhere/two"]);
    let before = own_refs(&repo);
    drift(&repo, &["fetch"])
        .ends(2)
        .complains(&["which remote is meant", "one, two"]);
    drift(&repo, &["fetch", "one"]).ends(2).complains(&["/nowhere/one"]);
    drift(&repo, &["fetch", "--", "--upload-pack=touch x"]).ends(2);
    assert_eq!(own_refs(&repo), before);
    assert!(!repo.path().join("x").exists());
}

#[test]
fn a_run_that_only_one_side_knows_arrives_with_its_plan() {
    let team = team();
    let Team { ada, ben, .. } = &team;
    let plan = plan_file(ben);
    ben.git(&["switch", "--quiet", "--create", "more"]);
    let said = drift(ben, &["new", "add-logout", "--from", &plan]).ends(0);
    let handle = said.out.trim();
    drift(ben, &["approve", "--yes", "--run", handle]).ends(0);
    drift(ben, &["push"]).ends(0);
    drift(ada, &["fetch"]).ends(0).says(&[handle, "new here"]);
    drift(ada, &["show", handle])
        .ends(0)
        .says(&["approved", "commit_plan.json"]);
}

#[test]
fn a_remote_at_a_relative_path_is_found_as_git_finds_it() {
    let team = team();
    let Team { remote, ada, .. } = &team;
    let top = ada.path().canonicalize().unwrap();
    let name = remote.path().canonicalize().unwrap();
    let ups = "../".repeat(top.components().count() - 1);
    let relative = format!("{ups}{}", name.strip_prefix("/").unwrap().display());
    ada.git(&["remote", "set-url", "origin", &relative]);
    ada.git(&["fetch", "--quiet"]);
    drift(ada, &["fetch"]).ends(0).says(&["nothing new from origin"]);
    drift(ada, &["-C", ".drift", "push"])
        .ends(0)
        .says(&["origin has everything"]);
}

#[test]
fn a_remote_that_is_not_there_is_said_in_a_line_that_can_be_read() {
    let repo = project();
    started_run(&repo);
    repo.git(&["remote", "add", "origin", "/nowhere/it is"]);
    let said = drift(&repo, &["push"]).ends(2).complains(&[
        "error: git can't fetch from `origin`: '/nowhere/it is' does not appear to be a git repository; ",
        "hint: `git remote -v`",
        "`git ls-remote origin`",
    ]);
    assert!(
        !said.err.contains("\\n") && !said.err.contains("core.fsync"),
        "{}",
        said.err
    );
}
