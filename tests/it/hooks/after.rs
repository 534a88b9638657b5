//! post-commit and post-rewrite under real git commands: every commit of a run has its note, and keeps it.

use super::{git, said, script};
use crate::support::drift::{drift, drift_with, plan_file, project, started_run};
use crate::support::repo::Repo;
use serde_json::Value;
use std::path::Path;

const NOTES: &str = "refs/notes/drift";

/// The project with a run on `work`, and the hooks installed.
fn hooked() -> Repo {
    let repo = project();
    started_run(&repo);
    drift(&repo, &["hooks", "install"]).ends(0);
    repo
}

/// Commits one changed file with further arguments; the commit's id.
fn commit(repo: &Repo, path: &str, message: &str, more: &[&str]) -> String {
    let before = std::fs::read_to_string(repo.path().join(path)).unwrap_or_default();
    repo.write(path, format!("{before}{message}\n"));
    repo.git(&["add", path]);
    repo.tick();
    repo.git(&[&["commit", "--quiet", "-m", message], more].concat());
    repo.id("HEAD")
}

fn note(repo: &Repo, commit: &str) -> String {
    let output = repo
        .command("git")
        .args(["notes", "--ref=drift", "show", commit])
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// The one line that the note has.
fn line(repo: &Repo, commit: &str) -> Value {
    let note = note(repo, commit);
    let [line] = note.lines().collect::<Vec<_>>()[..] else {
        panic!("one run, one line: {note:?}")
    };
    serde_json::from_str(line).unwrap()
}

fn witness(repo: &Repo, commit: &str) -> Value {
    line(repo, commit)["witness"].clone()
}

fn units(repo: &Repo, commit: &str) -> Value {
    line(repo, commit)["units"].clone()
}

/// Rebases onto `base` with this script, a sed expression, done to the list of what is to be done.
fn rebase(repo: &Repo, script: &str, editor: &str, base: &[&str]) -> (bool, String) {
    repo.tick();
    let mut command = repo.command("git");
    command.env("GIT_SEQUENCE_EDITOR", format!("sed -i -e '{script}'"));
    command.env("GIT_EDITOR", editor);
    said(command.args(["rebase", "--quiet", "--interactive"]).args(base))
}

/// The messages of the findings of D905.
fn unwitnessed(repo: &Repo) -> Vec<String> {
    let report = drift(repo, &["check", "--format", "json"]).json();
    let findings = report["findings"].as_array().unwrap().iter();
    let own = findings.filter(|finding| finding["code"] == "D905");
    own.map(|finding| finding["message"].as_str().unwrap().to_owned())
        .collect()
}

#[track_caller]
fn is_sound(repo: &Repo) {
    assert_eq!(repo.git(&["fsck", "--strict", "--no-dangling"]), "");
}

#[test]
fn a_commit_is_noted_when_it_is_made() {
    let repo = hooked();
    let handle = repo.git(&["config", "branch.work.driftRun"]);
    let head = commit(&repo, "src/login.py", "feat: check the password", &[]);
    let found = line(&repo, &head);
    assert_eq!(
        (&found["run"], &found["units"], &found["verdict"], &found["witness"]),
        (
            &handle.into(),
            &serde_json::json!(["U1"]),
            &"unchecked".into(),
            &"checked".into()
        )
    );
    assert_eq!(found["patch"].as_str().unwrap().len(), 40);
    let schema: Value = serde_json::from_str(&drift(&repo, &["schema", "note"]).ends(0).out).unwrap();
    jsonschema::validate(&schema, &found).unwrap();
    let log = repo.git(&["log", "-1", "--notes=drift"]);
    assert!(
        log.contains("Notes (drift):\n    {\"schema\":\"drift/note/1\""),
        "{log}"
    );
    drift(&repo, &["notes", "show"])
        .ends(0)
        .says(&["no verdict yet  U1  (compared when it was committed)"]);
    is_sound(&repo);
}

#[test]
fn a_trailer_says_the_unit_where_the_paths_say_none() {
    let repo = hooked();
    let both = "both\n\nDrift-Unit: U2";
    let head = commit(&repo, "src/token.py", both, &[]);
    assert_eq!(units(&repo, &head), serde_json::json!(["U2"]));
    let head = commit(&repo, "src/token.py", "none", &[]);
    assert_eq!(units(&repo, &head), serde_json::json!([]));
}

#[test]
fn every_way_to_commit_leaves_its_witness() {
    let repo = hooked();
    let path = "src/login.py";
    let checked = commit(&repo, path, "one", &[]);
    let bypassed = commit(&repo, path, "two", &["--no-verify"]);
    repo.write(path, "three\n");
    repo.git(&["add", "--all", "src"]);
    let mut command = repo.command("git");
    assert!(
        said(
            command
                .args(["commit", "--quiet", "-m", "three"])
                .env("DRIFT_SKIP", "1")
        )
        .0
    );
    let skipped = repo.id("HEAD");
    repo.git(&["revert", "--no-edit", &skipped]);
    let reverted = repo.id("HEAD");
    repo.git(&["cherry-pick", &skipped]);
    let picked = repo.id("HEAD");
    repo.write(path, "four\n");
    repo.git(&["commit", "--quiet", "-a", "-m", "four"]);
    let of_all = repo.id("HEAD");
    let found = [checked, bypassed, skipped, reverted, picked, of_all].map(|it| witness(&repo, &it));
    assert_eq!(
        found,
        ["checked", "bypassed", "skipped", "replayed", "replayed", "checked"]
    );
    let remarks = unwitnessed(&repo);
    let words = ["`--no-verify`", "as declared: DRIFT_SKIP was set"];
    assert_eq!(remarks.len(), words.len(), "{remarks:?}");
    for (remark, word) in remarks.iter().zip(words) {
        assert!(remark.contains(word), "{remark}");
    }
    is_sound(&repo);
}

#[test]
fn an_edited_revert_is_none_of_the_users_doing() {
    let repo = hooked();
    commit(&repo, "src/login.py", "one", &[]);
    let mut command = repo.command("git");
    let (passed, complaint) = said(command.args(["revert", "--edit", "HEAD"]).env("GIT_EDITOR", "true"));
    assert!(passed, "{complaint}");
    assert_eq!(witness(&repo, "HEAD"), "replayed");
}

#[test]
fn the_mark_of_a_commit_that_was_not_made_vouches_for_no_other() {
    let repo = hooked();
    repo.write("src/login.py", "one\n");
    repo.git(&["add", "src"]);
    // commit-msg says yes, and then git fails.
    script(&repo, "reference-transaction", "#!/bin/sh\n! grep -q refs/heads\n");
    assert!(!git(&repo, &["commit", "--quiet", "-m", "one"]).0);
    std::fs::remove_file(repo.path().join(".git/hooks/reference-transaction")).unwrap();
    repo.write("src/login.py", "another\n");
    repo.git(&["commit", "--quiet", "--no-verify", "-a", "-m", "another"]);
    assert_eq!(witness(&repo, "HEAD"), "bypassed");
    assert!(!repo.path().join(".git/drift-commit").exists());
}

#[test]
fn an_amended_commit_keeps_its_note_and_is_as_good_as_the_worse_of_both() {
    let repo = hooked();
    let first = commit(&repo, "src/login.py", "one", &[]);
    drift(&repo, &["report"]).ends(0);
    let second = commit(&repo, "src/login.py", "two", &["--amend"]);
    assert_ne!(first, second);
    let (old, new) = (line(&repo, &first), line(&repo, &second));
    assert_eq!((&new["run"], &new["units"]), (&old["run"], &old["units"]));
    assert_eq!(new["witness"], "checked");
    let third = commit(&repo, "src/login.py", "three", &["--amend", "--no-verify"]);
    assert_eq!(witness(&repo, &third), "bypassed");
    let fourth = commit(&repo, "src/login.py", "four", &["--amend"]);
    assert_eq!(witness(&repo, &fourth), "bypassed");
    is_sound(&repo);
}

#[test]
fn a_commit_that_no_hook_saw_stays_one_when_it_is_amended_or_rebased() {
    let repo = hooked();
    commit(&repo, "src/login.py", "seen", &[]);
    repo.write("src/login.py", "unseen\n");
    repo.git(&["add", "src"]);
    repo.git(&["-c", "core.hooksPath=/dev/null", "commit", "--quiet", "-m", "unseen"]);
    commit(&repo, "docs/usage.md", "docs", &[]);
    assert_eq!(unwitnessed(&repo).len(), 1);
    assert!(rebase(&repo, "1s/pick/reword/", "sed -i 1s/^/X/", &["main"]).0);
    let remarks = unwitnessed(&repo);
    assert!(remarks.len() == 1 && remarks[0].contains("unseen"), "{remarks:?}");
    repo.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
    commit(&repo, "src/login.py", "amended", &["--amend"]);
    let remarks = unwitnessed(&repo);
    assert!(remarks.len() == 1 && remarks[0].contains("amended"), "{remarks:?}");
}

#[test]
fn a_rebase_with_reword_squash_and_fixup_joins_the_notes() {
    let repo = hooked();
    commit(&repo, "src/login.py", "one", &[]);
    commit(&repo, "src/login.py", "two", &[]);
    commit(&repo, "docs/usage.md", "three", &[]);
    commit(&repo, "src/login.py", "four", &["--no-verify"]);
    commit(&repo, "src/login.py", "five", &[]);
    let script = "1s/pick/reword/;3s/pick/squash/;4s/pick/fixup/";
    let (passed, complaint) = rebase(&repo, script, "sed -i s/^one/better/", &["main"]);
    assert!(passed, "{complaint}");
    let subjects = repo.git(&["log", "--reverse", "--format=%s", "main.."]);
    assert_eq!(subjects, "better\ntwo\nfive");
    let found: Vec<Value> = ["HEAD~2", "HEAD~1", "HEAD"].map(|it| line(&repo, it)).into();
    assert_eq!(found[0]["units"], serde_json::json!(["U1"]));
    assert_eq!(found[1]["units"], serde_json::json!(["U1", "U2"]));
    assert_eq!(found[2]["units"], serde_json::json!(["U1"]));
    let witnesses: Vec<&Value> = found.iter().map(|it| &it["witness"]).collect();
    assert_eq!(witnesses, ["checked", "bypassed", "checked"]);
    is_sound(&repo);
}

#[test]
fn a_rebase_onto_another_branch_takes_all_notes_along_in_one_go() {
    let repo = hooked();
    commit(&repo, "src/login.py", "one", &[]);
    commit(&repo, "docs/usage.md", "two", &[]);
    commit(&repo, "docs/usage.md", "three", &[]);
    let olds = ["HEAD~1", "HEAD"].map(|it| note(&repo, it));
    repo.git(&["switch", "--quiet", "--create", "other", "main"]);
    commit(&repo, "other", "elsewhere", &[]);
    let before = repo.git(&["rev-list", "--count", NOTES]);
    repo.tick();
    repo.git(&["rebase", "--quiet", "--onto", "other", "work~2", "work"]);
    assert_eq!(["HEAD~1", "HEAD"].map(|it| note(&repo, it)), olds);
    let after = repo.git(&["rev-list", "--count", NOTES]);
    assert_eq!(after.parse::<u32>().unwrap(), before.parse::<u32>().unwrap() + 1);
    assert_eq!(note(&repo, "other"), "", "its branch carries no run");
    repo.git(&["switch", "--quiet", "other"]);
    commit(&repo, "more", "more", &[]);
    repo.git(&["switch", "--quiet", "work"]);
    repo.tick();
    repo.git(&["rebase", "--quiet", "--apply", "other"]);
    assert_eq!(["HEAD~1", "HEAD"].map(|it| note(&repo, it)), olds);
}

#[test]
fn what_a_person_commits_while_a_rebase_waits_is_compared_and_noted() {
    let repo = hooked();
    commit(&repo, "src/login.py", "one", &[]);
    commit(&repo, "docs/usage.md", "two", &[]);
    assert!(rebase(&repo, "1s/pick/edit/", "true", &["--force-rebase", "main"]).0);
    commit(&repo, "src/login.py", "amended", &["--amend"]);
    let extra = commit(&repo, "src/token.py", "extra", &[]);
    repo.git(&["rebase", "--continue"]);
    let found = ["HEAD~2", "HEAD~1", "HEAD"].map(|it| witness(&repo, it));
    assert_eq!(found, ["checked", "checked", "checked"]);
    assert_eq!(repo.id("HEAD~1"), extra);
    assert_eq!(unwitnessed(&repo), Vec::<String>::new());
}

#[test]
fn a_conflict_in_a_rebase_is_no_fault() {
    let repo = hooked();
    repo.write("src/login.py", "mine\n");
    repo.git(&["commit", "--quiet", "-a", "-m", "mine"]);
    repo.git(&["switch", "--quiet", "main"]);
    repo.write("src/login.py", "theirs\n");
    repo.git(&["commit", "--quiet", "-a", "-m", "theirs"]);
    repo.git(&["switch", "--quiet", "work"]);
    assert!(!git(&repo, &["rebase", "main"]).0);
    repo.write("src/login.py", "both\n");
    repo.git(&["add", "src"]);
    let mut command = repo.command("git");
    assert!(said(command.args(["rebase", "--continue"]).env("GIT_EDITOR", "true")).0);
    assert_eq!(witness(&repo, "HEAD"), "checked");
    assert_eq!(unwitnessed(&repo), Vec::<String>::new());
}

#[test]
fn notes_that_git_itself_copies_are_not_doubled() {
    let repo = hooked();
    repo.git(&["config", "notes.rewriteRef", "refs/notes/*"]);
    let first = commit(&repo, "src/login.py", "one", &[]);
    repo.git(&[
        "notes",
        "--ref=drift",
        "append",
        "-m",
        "Reviewed by hand.\n\n  Twice.",
        &first,
    ]);
    let amended = commit(&repo, "src/login.py", "one, better", &["--amend"]);
    let has_one_line = |commit: &str| {
        let note = note(&repo, commit);
        assert_eq!(note.matches("drift/note/1").count(), 1, "{note}");
        assert_eq!(note.matches("Reviewed by hand.\n\n  Twice.\n").count(), 1, "{note}");
    };
    has_one_line(&amended);
    commit(&repo, "docs/usage.md", "two", &[]);
    assert!(rebase(&repo, "1s/pick/reword/", "sed -i 1s/^/X/", &["main"]).0);
    has_one_line("HEAD~1");
    assert_eq!(units(&repo, "HEAD"), serde_json::json!(["U2"]));
    is_sound(&repo);
}

#[test]
fn foreign_text_stays_byte_for_byte() {
    let repo = hooked();
    let foreign = b"Reviewed by hand.\n\n  \xff\xfe Twice.\r\n";
    let file = repo.beside("foreign");
    std::fs::write(&file, foreign).unwrap();
    let blob = repo.git(&["hash-object", "-w", file.to_str().unwrap()]);
    let first = commit(&repo, "src/login.py", "one", &[]);
    repo.git(&["notes", "--ref=drift", "add", "--force", "-C", &blob, &first]);
    let second = commit(&repo, "src/login.py", "two", &["--amend"]);
    let bytes = repo.git_bytes(&["notes", "--ref=drift", "show", &second]);
    assert!(bytes.starts_with(foreign), "{}", String::from_utf8_lossy(&bytes));
    assert_eq!(repo.git_bytes(&["notes", "--ref=drift", "show", &first]), foreign);
}

#[test]
fn a_squash_merge_joins_the_notes_of_what_it_folds_in_on_any_branch() {
    let repo = hooked();
    commit(&repo, "src/login.py", "one", &[]);
    commit(&repo, "docs/usage.md", "two", &[]);
    drift(&repo, &["report"]).ends(0);
    drift(&repo, &["finish"]).ends(0);
    repo.git(&["switch", "--quiet", "main"]);
    repo.git(&["merge", "--quiet", "--squash", "work"]);
    repo.git(&["commit", "--quiet", "--no-edit"]);
    let found = line(&repo, "HEAD");
    assert_eq!(found["units"], serde_json::json!(["U1", "U2"]));
    assert_eq!(found["witness"], "checked");
    assert!(!repo.path().join(".git/drift-squash").exists());
    commit(&repo, "src/login.py", "later", &[]);
    assert_eq!(note(&repo, "HEAD"), "");
    is_sound(&repo);
}

#[test]
fn a_squash_merge_that_was_given_up_leaves_nothing_to_the_next_commit() {
    let repo = hooked();
    commit(&repo, "src/login.py", "one", &[]);
    repo.git(&["switch", "--quiet", "main"]);
    repo.git(&["merge", "--quiet", "--squash", "work"]);
    let mut command = repo.command("git");
    assert!(!said(command.args(["commit", "--edit"]).env("GIT_EDITOR", "false")).0);
    assert!(repo.path().join(".git/drift-squash").exists());
    repo.git(&["reset", "--quiet", "--hard"]);
    commit(&repo, "docs/usage.md", "other work", &[]);
    assert_eq!(note(&repo, "HEAD"), "");
    repo.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
    repo.git(&["merge", "--quiet", "--squash", "work"]);
    repo.git(&["commit", "--quiet", "-m", "with words of my own"]);
    assert_eq!(units(&repo, "HEAD"), serde_json::json!(["U1"]));
}

#[test]
fn a_policy_that_denies_such_commits_stops_their_push() {
    let repo = project();
    let remote = Repo::init(&["--bare"]);
    repo.git(&["remote", "add", "origin", remote.path().to_str().unwrap()]);
    repo.git(&["switch", "--quiet", "main"]);
    repo.write(".drift/config.yaml", "rules: {unwitnessed-commit: deny}\n");
    repo.commit("chore: a policy");
    repo.git(&["switch", "--quiet", "work"]);
    repo.git(&["reset", "--quiet", "--hard", "main"]);
    started_run(&repo);
    drift(&repo, &["hooks", "install"]).ends(0);
    commit(&repo, "src/login.py", "one", &[]);
    assert!(git(&repo, &["push", "--quiet", "origin", "work"]).0);
    commit(&repo, "docs/usage.md", "two", &["--no-verify"]);
    let (passed, complaint) = git(&repo, &["push", "--quiet", "origin", "work"]);
    assert!(!passed && complaint.contains("error[D905]"), "{complaint}");
}

#[test]
fn merges_are_not_asked_for_a_witness_nor_is_what_they_bring() {
    let repo = hooked();
    commit(&repo, "src/login.py", "one", &[]);
    repo.git(&["switch", "--quiet", "--create", "side", "main"]);
    commit(&repo, "docs/usage.md", "two", &["--no-verify"]);
    repo.git(&["switch", "--quiet", "work"]);
    repo.git(&["merge", "--quiet", "--no-ff", "--no-edit", "side"]);
    assert_eq!(unwitnessed(&repo), Vec::<String>::new());
}

#[test]
fn reports_keep_the_witness_and_rebuilt_notes_have_it() {
    let repo = hooked();
    let first = commit(&repo, "src/login.py", "one", &[]);
    let second = commit(&repo, "docs/usage.md", "two", &["--no-verify"]);
    let report = drift(&repo, &["report", "--format", "json"]).ends(0).json();
    let witnesses: Vec<&Value> = report["commits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["witness"])
        .collect();
    assert_eq!(witnesses, ["checked", "bypassed"]);
    assert_eq!([&first, &second].map(|it| witness(&repo, it)), ["checked", "bypassed"]);
    assert_eq!(line(&repo, &first)["verdict"], "aligned");
    let before = repo.id(&format!("{NOTES}^{{tree}}"));
    repo.git(&["update-ref", "-d", NOTES]);
    drift(&repo, &["notes", "rebuild"]).ends(0);
    assert_eq!(repo.id(&format!("{NOTES}^{{tree}}")), before);
}

#[test]
fn commits_before_the_hooks_are_one_remark_and_without_hooks_there_is_none() {
    let repo = project();
    started_run(&repo);
    for message in ["one", "two", "three"] {
        commit(&repo, "src/login.py", message, &[]);
    }
    assert_eq!(unwitnessed(&repo), Vec::<String>::new());
    drift(&repo, &["hooks", "install"]).ends(0);
    let remarks = unwitnessed(&repo);
    assert!(
        remarks.len() == 1 && remarks[0].contains("no hook saw any of the 3 commits"),
        "{remarks:?}"
    );
    commit(&repo, "src/login.py", "four", &[]);
    let remarks = unwitnessed(&repo);
    assert!(
        remarks.len() == 1 && remarks[0].contains("3 commits before"),
        "{remarks:?}"
    );
    let plan = plan_file(&repo);
    let said = drift(&repo, &["check", "--plan", &plan, "--base", "main", "--verbose"]);
    assert!(!said.out.contains("D905"), "{}", said.out);
}

#[test]
fn an_error_lets_the_commit_stand_and_is_noted() {
    let repo = hooked();
    let handle = repo.git(&["config", "branch.work.driftRun"]);
    let record = format!("refs/drift/runs/{handle}");
    let kept = repo.id(&record);
    repo.git(&["update-ref", "-d", &record]);
    repo.write("src/login.py", "one\n");
    assert!(git(&repo, &["commit", "--quiet", "-a", "-m", "one"]).0);
    repo.git(&["update-ref", &record, &kept]);
    let found = witness(&repo, "HEAD");
    assert!(found.as_str().unwrap().starts_with("error: "), "{found}");
    let remarks = unwitnessed(&repo);
    assert!(
        remarks.len() == 1 && remarks[0].contains("because drift failed"),
        "{remarks:?}"
    );
}

#[test]
fn a_note_that_can_not_be_written_is_one_loud_line_and_no_more() {
    let repo = hooked();
    repo.git(&["symbolic-ref", NOTES, "refs/heads/main"]);
    let main = repo.id("main");
    repo.write("src/login.py", "one\n");
    let (passed, complaint) = git(&repo, &["commit", "--quiet", "-a", "-m", "one"]);
    assert!(passed, "{complaint}");
    assert_eq!(complaint.lines().count(), 1, "{complaint}");
    assert!(
        complaint.starts_with("drift: the commit is made, and has no note yet: "),
        "{complaint}"
    );
    assert_eq!(repo.id("main"), main);
    drift(&repo, &["hook", "post-commit"]).ends(0);
    drift_with(&repo, &["hook", "post-rewrite", "amend"], &[]).ends(0);
    assert_eq!(unwitnessed(&repo), Vec::<String>::new(), "its line waits");
    // Once the notes are in order, the next one writes what was left.
    let first = repo.id("HEAD");
    repo.git(&["symbolic-ref", "--delete", NOTES]);
    commit(&repo, "docs/usage.md", "two", &[]);
    assert_eq!([&first, "HEAD"].map(|it| witness(&repo, it)), ["checked", "checked"]);
    assert_eq!(
        std::fs::read_dir(repo.path().join(".git/drift/pending"))
            .unwrap()
            .count(),
        0
    );
}

#[test]
fn a_branch_without_a_run_and_a_detached_head_are_left_alone() {
    let repo = hooked();
    repo.git(&["switch", "--quiet", "main"]);
    commit(&repo, "src/login.py", "one", &[]);
    repo.git(&["switch", "--quiet", "--detach", "work"]);
    commit(&repo, "src/login.py", "two", &[]);
    commit(&repo, "src/login.py", "three", &["--amend"]);
    assert!(!repo.git_succeeds(&["rev-parse", "--verify", NOTES]));
}

#[test]
fn a_linked_worktree_notes_its_own_run() {
    let repo = hooked();
    let linked = repo.beside("linked");
    let at = linked.to_str().unwrap();
    repo.git(&["worktree", "add", "--quiet", "-b", "other", at, "main"]);
    begin(&repo, &linked, "linked-run");
    let in_linked = |arguments: &[&str]| repo.git(&[&["-C", at], arguments].concat());
    std::fs::write(linked.join("docs/usage.md"), "x\n").unwrap();
    in_linked(&["commit", "--quiet", "-a", "-m", "x"]);
    let head = in_linked(&["rev-parse", "HEAD"]);
    let found = line(&repo, &head);
    assert!(found["run"].as_str().unwrap().starts_with("linked-run-"), "{found}");
    assert_eq!(
        (&found["units"], &found["witness"]),
        (&serde_json::json!(["U2"]), &"checked".into())
    );
    repo.tick();
    in_linked(&["commit", "--quiet", "--amend", "-m", "y"]);
    assert_eq!(witness(&repo, &in_linked(&["rev-parse", "HEAD"])), "checked");
    commit(&repo, "src/login.py", "own", &[]);
    assert_ne!(line(&repo, "HEAD")["run"], found["run"]);
}

/// Starts a run in a linked worktree.
fn begin(repo: &Repo, linked: &Path, slug: &str) {
    let at = linked.to_str().unwrap();
    let plan = plan_file(repo);
    for arguments in [&["new", slug, "--from", &plan][..], &["approve", "--yes"], &["start"]] {
        drift(repo, &[&["-C", at], arguments].concat()).ends(0);
    }
}

#[test]
fn sixteen_worktrees_that_commit_at_once_lose_no_note() {
    const WORKTREES: usize = 16;
    const COMMITS: usize = 2;
    let repo = hooked();
    let plan = repo.git(&["config", "branch.work.driftRun"]);
    let folders: Vec<_> = (0..WORKTREES)
        .map(|number| repo.beside(&format!("w{number}")))
        .collect();
    for (number, folder) in folders.iter().enumerate() {
        let branch = format!("w{number}");
        repo.git(&[
            "worktree",
            "add",
            "--quiet",
            "-b",
            &branch,
            folder.to_str().unwrap(),
            "main",
        ]);
        repo.git(&["config", &format!("branch.{branch}.driftRun"), &plan]);
    }
    std::thread::scope(|scope| {
        for folder in &folders {
            let repo = &repo;
            scope.spawn(move || {
                for turn in 0..COMMITS {
                    std::fs::write(folder.join("src/login.py"), format!("{}{turn}\n", folder.display())).unwrap();
                    let mut command = repo.command("git");
                    let (passed, complaint) =
                        said(command.current_dir(folder).args(["commit", "--quiet", "-a", "-m", "x"]));
                    assert_eq!((passed, complaint.as_str()), (true, ""));
                }
            });
        }
    });
    let commits = repo.git(&["rev-list", "--branches=w*", "--not", "main"]);
    let mut made = 0;
    for commit in commits.lines() {
        made += 1;
        assert_eq!(witness(&repo, commit), "checked");
    }
    assert_eq!(made, WORKTREES * COMMITS);
    is_sound(&repo);
}
