//! Notes on commits: `drift report` writes them, `drift notes` shows and rebuilds them, and rewritten commits keep them.

use crate::support::drift::{drift, plan_file, project, started_run};
use crate::support::repo::Repo;
use drift::git::Repository;
use drift::model::ObjectId;
use drift::ops::{World, notes};
use serde_json::Value;

const NOTES: &str = "refs/notes/drift";

/// A reported run of two commits, the older first.
fn reported() -> (Repo, String, [String; 2]) {
    let repo = project();
    let handle = started_run(&repo);
    let commits = work(&repo);
    drift(&repo, &["report"]).ends(0).complains(&["noted on 2 commits"]);
    (repo, handle, commits)
}

fn work(repo: &Repo) -> [String; 2] {
    let commit = |path: &str, message: &str| {
        repo.write(path, format!("{path}\nchanged\n"));
        repo.git(&["add", path]);
        repo.commit_staged(message)
    };
    [
        commit("src/login.py", "feat: check the password at login"),
        commit("docs/usage.md", "docs: describe the login"),
    ]
}

fn git_note(repo: &Repo, commit: &str) -> String {
    repo.git(&["notes", "--ref=drift", "show", commit])
}

fn lines(repo: &Repo, commit: &str) -> Vec<Value> {
    let note = git_note(repo, commit);
    note.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn opened(repo: &Repo) -> (Repository, World) {
    let world = World {
        directory: repo.path().to_owned(),
        environment: repo.drift_environment(),
        now: 1_700_009_999,
        session: None,
        random: [0; 16],
        threads: 2,
    };
    (repo.open().unwrap(), world)
}

fn carry(repo: &Repo, pairs: &[(&str, &str)]) -> usize {
    let (repository, world) = opened(repo);
    let id = |hex: &str| ObjectId::from_hex(hex).unwrap();
    let pairs: Vec<_> = pairs.iter().map(|(old, new)| (id(old), id(new))).collect();
    notes::carry(&repository, &world, &pairs, true).unwrap()
}

#[test]
fn a_report_notes_the_whole_range_in_one_commit_and_twice_is_once() {
    let (repo, handle, [first, second]) = reported();
    assert_eq!(repo.git(&["rev-list", "--count", NOTES]), "1");
    for (commit, unit) in [(&first, "U1"), (&second, "U2")] {
        let [line] = &lines(&repo, commit)[..] else {
            panic!("one run, one line")
        };
        assert_eq!(line["run"], handle.as_str());
        assert_eq!(line["units"], serde_json::json!([unit]));
        assert_eq!(line["verdict"], "aligned");
        assert_eq!(line["patch"].as_str().unwrap().len(), 40);
        let schema: Value = serde_json::from_str(&drift(&repo, &["schema", "note"]).ends(0).out).unwrap();
        jsonschema::validate(&schema, line).unwrap();
    }
    assert!(repo.git(&["log", "-1", "--notes=drift"]).contains("Notes (drift):"));
    let before = repo.id(NOTES);
    let again = drift(&repo, &["report"]).ends(0);
    assert!(!again.err.contains("noted"), "{}", again.err);
    assert_eq!(repo.id(NOTES), before);
    assert_eq!(repo.git(&["fsck", "--strict"]), "");
}

#[test]
fn a_finding_is_noted_on_the_commit_that_it_is_about() {
    let repo = project();
    started_run(&repo);
    let [first, _] = work(&repo);
    repo.write("src/token.py", "x\n");
    repo.git(&["add", "src"]);
    let stray = repo.commit_staged("feat: a token");
    drift(&repo, &["report"]);
    let prints = |commit: &str| lines(&repo, commit)[0]["fingerprints"].as_array().unwrap().len();
    assert!(prints(&stray) > 0);
    assert_eq!(prints(&first), 0);
}

#[test]
fn what_others_noted_stays_byte_for_byte() {
    let repo = project();
    started_run(&repo);
    let [first, _] = work(&repo);
    repo.git(&[
        "notes",
        "--ref=drift",
        "add",
        "-m",
        "Reviewed by hand.\n\n  Twice.",
        &first,
    ]);
    let by_hand = git_note(&repo, &first);
    drift(&repo, &["report"]).ends(0);
    let note = git_note(&repo, &first);
    assert!(note.starts_with(&format!("{by_hand}\n{{")), "{note}");
    drift(&repo, &["notes", "show", &first])
        .ends(0)
        .says(&["| Reviewed by hand.", "aligned  U1"]);
    assert_eq!(
        drift(&repo, &["notes", "show", &first, "--format", "json"]).json()[0]["commit"],
        first
    );
}

#[test]
fn show_says_so_where_there_is_no_note() {
    let repo = project();
    drift(&repo, &["notes", "show"]).ends(3).complains(&["no note"]);
    drift(&repo, &["notes", "show", "nowhere"])
        .ends(2)
        .complains(&["nowhere"]);
    assert!(!repo.git_succeeds(&["rev-parse", "--verify", NOTES]));
}

#[test]
fn rebuilt_notes_are_those_that_the_reports_wrote() {
    let (repo, _, _) = reported();
    repo.write("src/token.py", "x\n");
    repo.git(&["add", "src"]);
    repo.commit_staged("feat: a token");
    drift(&repo, &["report"]);
    let written = repo.id("refs/notes/drift^{tree}");
    drift(&repo, &["notes", "rebuild"])
        .ends(0)
        .says(&["2 reports of 1 run: 0 notes changed"]);
    repo.git(&["update-ref", "-d", NOTES]);
    drift(&repo, &["notes", "rebuild"]).ends(0).says(&["3 notes changed"]);
    assert_eq!(repo.id("refs/notes/drift^{tree}"), written);
    drift(&repo, &["notes", "show", "--all"])
        .ends(0)
        .says(&["feat: a token"]);
}

#[test]
fn a_notes_ref_that_is_none_leaves_the_report_standing() {
    let repo = project();
    let handle = started_run(&repo);
    work(&repo);
    repo.git(&["symbolic-ref", NOTES, "refs/heads/main"]);
    let main = repo.id("main");
    drift(&repo, &["report"]).ends(0).complains(&[
        "warning: the report is kept",
        "symbolic ref",
        "drift notes rebuild",
    ]);
    assert_eq!(repo.id("main"), main);
    assert!(repo.git_succeeds(&["cat-file", "-e", &format!("refs/drift/runs/{handle}:run_report.json")]));
    drift(&repo, &["notes", "rebuild"])
        .ends(2)
        .complains(&["git symbolic-ref --delete"]);
}

#[test]
fn an_amended_commit_keeps_its_note() {
    let (repo, _, [_, second]) = reported();
    repo.tick();
    repo.git(&["commit", "--quiet", "--amend", "-m", "docs: say how to log in"]);
    let new = repo.id("HEAD");
    assert_eq!(carry(&repo, &[(&second, &new)]), 1);
    assert_eq!(git_note(&repo, &new), git_note(&repo, &second));
    assert_eq!(carry(&repo, &[(&second, &new)]), 0, "twice is once");
    assert_eq!(
        carry(&repo, &[(&new, &"1".repeat(40))]),
        1,
        "the new commit need not be there"
    );
}

#[test]
fn squashed_commits_leave_one_note_with_the_units_of_all() {
    let (repo, handle, [first, second]) = reported();
    repo.git(&["reset", "--quiet", "--soft", "main"]);
    let squashed = repo.commit_staged("feat: login");
    assert_eq!(carry(&repo, &[(&first, &squashed), (&second, &squashed)]), 1);
    let [line] = &lines(&repo, &squashed)[..] else {
        panic!("one run, one line")
    };
    assert_eq!(
        (&line["run"], &line["units"]),
        (&handle.into(), &serde_json::json!(["U1", "U2"]))
    );
    assert_ne!(line["patch"], lines(&repo, &first)[0]["patch"]);
}

#[test]
fn rebased_elsewhere_the_notes_are_attached_again() {
    let (repo, _, olds) = reported();
    repo.git(&["switch", "--quiet", "main"]);
    repo.commit_file("src/login.py", "def login():\n    pass\n\n\n# end\n");
    repo.git(&["cherry-pick", &olds[1]]);
    let new = repo.id("HEAD");
    drift(&repo, &["notes", "rebuild"]).ends(0).says(&["0 notes changed"]);
    assert!(
        !repo.git_succeeds(&["notes", "--ref=drift", "show", &new]),
        "the old one is still on its branch"
    );
    repo.git(&["branch", "--quiet", "-D", "work"]);
    drift(&repo, &["notes", "rebuild"]).ends(0).says(&[
        "1 commit took over the notes of commits that are gone",
        "D904 orphaned-note: 1 note, as no commit makes the same change",
    ]);
    assert_eq!(git_note(&repo, &new), git_note(&repo, &olds[1]));
    let again = drift(&repo, &["notes", "rebuild"]).ends(0);
    assert!(!again.out.contains("took over"), "{}", again.out);
}

#[test]
fn squashed_elsewhere_the_whole_runs_note_is_attached() {
    let (repo, handle, _) = reported();
    repo.git(&["switch", "--quiet", "main"]);
    repo.commit_file("other", "x\n");
    repo.git(&["merge", "--quiet", "--squash", "work"]);
    let squashed = repo.commit_staged("feat: login (#12)");
    repo.git(&["branch", "--quiet", "-D", "work"]);
    let said = drift(&repo, &["notes", "rebuild"]).ends(0);
    assert!(!said.out.contains("D904"), "{}", said.out);
    let line = &lines(&repo, &squashed)[0];
    assert_eq!(
        (&line["run"], &line["units"]),
        (&handle.into(), &serde_json::json!(["U1", "U2"]))
    );
    // Without the records, and without the notes, nothing would be left: with the records it comes back.
    repo.git(&["update-ref", "-d", NOTES]);
    let before = line.clone();
    drift(&repo, &["notes", "rebuild"]).ends(0);
    assert_eq!(lines(&repo, &squashed)[0], before);
}

#[test]
fn where_two_commits_make_the_change_nothing_is_guessed() {
    let (repo, _, olds) = reported();
    for branch in ["one", "two"] {
        repo.git(&["switch", "--quiet", "-c", branch, "main"]);
        repo.commit_file("other", branch);
        repo.git(&["cherry-pick", &olds[0], &olds[1]]);
    }
    repo.git(&["branch", "--quiet", "-D", "work"]);
    let before = repo.id(NOTES);
    drift(&repo, &["notes", "rebuild", "--verbose"]).ends(0).says(&[
        "D904 orphaned-note: 2 notes, as several commits make the same change",
        "note[D904]: ",
        &olds[0],
    ]);
    assert_eq!(repo.id(NOTES), before);
}

#[test]
fn a_run_that_was_reported_anew_has_settled_its_old_notes() {
    let (repo, _, olds) = reported();
    repo.git(&["switch", "--quiet", "main"]);
    repo.commit_file("other", "x\n");
    repo.git(&["switch", "--quiet", "work"]);
    repo.git(&["rebase", "--quiet", "main"]);
    drift(&repo, &["report"]).ends(0);
    let said = drift(&repo, &["notes", "rebuild"]).ends(0);
    assert!(
        !said.out.contains("D904") && !said.out.contains("took over"),
        "{}",
        said.out
    );
    assert_eq!(lines(&repo, "HEAD"), lines(&repo, &olds[1]));
}

#[test]
fn a_plan_without_a_run_notes_nothing() {
    let repo = project();
    work(&repo);
    let plan = plan_file(&repo);
    drift(&repo, &["report", "--plan", &plan, "--base", "main"]);
    assert!(!repo.git_succeeds(&["rev-parse", "--verify", NOTES]));
}
