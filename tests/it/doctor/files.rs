//! Lessons, unfinished files, attributes, and the home.

use super::{found, healthy, mended_by_command, mended_by_fix, only};
use crate::support::drift::{drift, project};
use crate::support::repo::Repo;
use serde_json::Value;

const LESSONS: &str = ".drift/lessons.jsonl";

fn lessons(repo: &Repo) -> String {
    String::from_utf8(repo.read(LESSONS)).unwrap()
}

#[test]
fn torn_and_foreign_lines_are_told_by_number_and_the_command_drops_just_them() {
    let (repo, _) = healthy();
    let whole = lessons(&repo);
    repo.write(LESSONS, format!("<<<<<<< HEAD\n{whole}{{\"schema\": \"drift/les"));
    only(
        &repo,
        "lessons",
        "torn by a crash, or left by a merge: lines 1, 3",
        LESSONS,
    );
    mended_by_command(&repo, "lessons");
    assert_eq!(lessons(&repo), whole);
}

#[test]
fn a_line_that_is_there_twice_is_dropped_once() {
    let (repo, _) = healthy();
    let whole = lessons(&repo);
    repo.write(LESSONS, format!("{whole}{whole}"));
    only(&repo, "lessons", "byte for byte: line 2", LESSONS);
    mended_by_fix(&repo, "lessons", "dropped doubled ones: 1");
    assert_eq!(lessons(&repo), whole);
}

#[test]
fn a_last_line_that_is_not_ended_is_ended() {
    let (repo, _) = healthy();
    let whole = lessons(&repo);
    repo.write(LESSONS, whole.trim_end());
    only(&repo, "lessons", "the last line is not ended", LESSONS);
    mended_by_fix(&repo, "lessons", "ended the last line");
    assert_eq!(lessons(&repo), whole);
}

#[test]
fn one_key_with_two_lines_is_left_to_a_person() {
    let (repo, _) = healthy();
    let whole = lessons(&repo);
    let other = whole
        .replace("\"drifted\"", "\"aligned\"")
        .replace("\"medium\"", "\"high\"");
    assert_ne!(other, whole);
    repo.write(LESSONS, format!("{other}{whole}"));
    only(&repo, "lessons", "says otherwise: line 1", LESSONS);
    mended_by_command(&repo, "lessons");
    assert_eq!(lessons(&repo), whole);
}

#[test]
fn lines_of_a_newer_drift_are_a_note_and_those_of_a_stranger_are_no_lessons() {
    let (repo, _) = healthy();
    let whole = lessons(&repo);
    repo.write(LESSONS, format!("{whole}{{\"schema\": \"drift/lesson/2\"}}\n"));
    let ailment = only(
        &repo,
        "lessons",
        "written by a newer drift (`drift/lesson/2`): line 2",
        LESSONS,
    );
    assert_eq!(ailment["severity"], "note");
    drift(&repo, &["doctor", "--fix"]).ends(0);
    assert!(
        lessons(&repo).contains("drift/lesson/2"),
        "what a newer drift wrote stays"
    );
    repo.write(
        LESSONS,
        format!("{whole}{}", whole.replace("drift/lesson/1", "other/lesson/1")),
    );
    only(
        &repo,
        "lessons",
        "no lesson, but torn by a crash, or left by a merge: line 2",
        LESSONS,
    );
}

#[test]
fn unfinished_files_are_taken_away_and_nothing_else() {
    let (repo, handle) = healthy();
    let unfinished = [
        ".drift/.drift-a1B2c3.tmp".to_owned(),
        format!(".drift/runs/{handle}/.drift-x.tmp"),
        ".git/drift/.drift-y.tmp".to_owned(),
    ];
    for path in &unfinished {
        repo.write(path, "half");
    }
    repo.write(".drift/mine.tmp", "mine")
        .write(".drift/.drift-mine", "mine");
    assert_eq!(found(&repo, "leftovers").len(), 3);
    mended_by_fix(&repo, "leftovers", "took away");
    assert!(unfinished.iter().all(|path| !repo.path().join(path).exists()));
    assert!(repo.path().join(".drift/mine.tmp").exists() && repo.path().join(".drift/.drift-mine").exists());
}

#[test]
fn lessons_that_would_conflict_get_their_line() {
    let repo = project();
    repo.write(".gitattributes", "*.png binary");
    super::reported_run(&repo);
    only(&repo, "attributes", "as `merge` is unspecified", ".gitattributes");
    mended_by_fix(&repo, "attributes", "added `.drift/lessons.jsonl merge=union`");
    assert_eq!(
        repo.read(".gitattributes"),
        b"*.png binary\n.drift/lessons.jsonl merge=union\n"
    );
    assert!(repo.git(&["check-attr", "merge", LESSONS]).ends_with("union"));
}

#[test]
fn another_way_to_merge_that_somebody_chose_is_left_to_a_person() {
    let repo = project();
    repo.write(".gitattributes", "*.jsonl merge=binary\n");
    super::reported_run(&repo);
    only(&repo, "attributes", "as `merge` is binary", ".gitattributes");
    mended_by_command(&repo, "attributes");
}

#[test]
fn a_home_that_linked_worktrees_do_not_find_is_a_note() {
    let repo = Repo::empty();
    let apart = repo.beside("apart.git").display().to_string();
    repo.git(&["init", "--quiet", "--initial-branch=main", "--separate-git-dir", &apart]);
    repo.commit_file("a", "1\n");
    let linked = repo.beside("linked").display().to_string();
    repo.git(&["worktree", "add", "--quiet", "-b", "side", &linked]);
    let said = drift(&repo, &["-C", &linked, "doctor", "--format", "json"]).ends(0);
    let found = super::of_check(&said, "home");
    assert!(
        found[0]["what"]
            .as_str()
            .unwrap()
            .contains("lies apart from its worktree")
    );
    drift(&repo, &["init"]).ends(0);
    let said = drift(&repo, &["-C", &linked, "doctor", "--format", "json"]).ends(0);
    assert_eq!(super::of_check(&said, "home"), Vec::<Value>::new());
}

#[test]
fn a_config_that_can_not_be_read_is_named_with_its_line() {
    let (repo, _) = healthy();
    repo.write(".drift/config.yaml", "risk: [x\n");
    let ailment = only(&repo, "config", "line 1: not valid YAML", ".drift/config.yaml");
    assert_eq!(ailment["severity"], "warning");
    repo.write(".drift/config.yaml", "rules: {no-such-rule: deny, nor-this: deny}\n");
    only(&repo, "config", "and 1 more", ".drift/config.yaml");
    let command = format!("drift -C {} validate", repo.path().display());
    drift(&repo, &["doctor"]).ends(1).says(&[&command]);
    drift(&repo, &["validate"]).says(&["D902", "no-such-rule"]);
}
