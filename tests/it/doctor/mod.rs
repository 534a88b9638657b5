//! `drift doctor`: each check against a repository that is broken for real, and again after it was mended.

mod files;
mod hooks;
mod refs;
mod repository;
mod runs;

use crate::support::drift::{Said, drift, project, started_run};
use crate::support::repo::Repo;
use serde_json::Value;
use std::process::Stdio;

/// A run with a report on the branch `work`; its handle.
fn reported_run(repo: &Repo) -> String {
    let handle = started_run(repo);
    repo.write("src/login.py", "x\n");
    repo.git(&["add", "src"]);
    repo.commit_staged("feat: check the password at login");
    drift(repo, &["report", "--quiet"]);
    handle
}

/// A project with a reported run, whose lessons merge.
fn healthy() -> (Repo, String) {
    let repo = project();
    drift(&repo, &["init"]).ends(0);
    repo.commit("chore: drift");
    let handle = reported_run(&repo);
    drift(&repo, &["doctor"]).ends(0);
    (repo, handle)
}

/// What one check finds, as JSON.
#[track_caller]
fn found(repo: &Repo, check: &str) -> Vec<Value> {
    of_check(&drift(repo, &["doctor", "--format", "json"]), check)
}

#[track_caller]
fn of_check(said: &Said, check: &str) -> Vec<Value> {
    let examination = said.json();
    assert_eq!(examination["schema"], "drift/doctor/1");
    let ailments = examination["ailments"].as_array().unwrap().iter();
    ailments.filter(|it| it["check"] == check).cloned().collect()
}

/// The only thing that the check finds; it says `what`, at `place`.
#[track_caller]
fn only(repo: &Repo, check: &str, what: &str, place: &str) -> Value {
    let found = found(repo, check);
    assert_eq!(found.len(), 1, "{found:#?}");
    let (says, at) = (found[0]["what"].as_str().unwrap(), found[0]["place"].as_str().unwrap());
    assert!(says.contains(what), "`{what}` is not in `{says}`");
    assert!(at.contains(place), "`{place}` is not in `{at}`");
    found[0].clone()
}

/// What weighs makes exit code 1; `--fix` mends it, says so, and leaves nothing wrong.
#[track_caller]
fn mended_by_fix(repo: &Repo, check: &str, did: &str) {
    drift(repo, &["doctor"]).ends(1).says(&[check, "--fix"]);
    let said = drift(repo, &["doctor", "--fix"]).ends(0);
    said.says(&[&format!("mended[{check}]: "), did, "nothing is wrong"]);
    assert_eq!(found(repo, check), Vec::<Value>::new());
    let again = drift(repo, &["doctor", "--fix"]).ends(0);
    assert!(!again.out.contains("mended["), "{}", again.out);
}

/// `--fix` leaves it alone; the commands that are named mend it.
#[track_caller]
fn mended_by_command(repo: &Repo, check: &str) {
    drift(repo, &["doctor", "--fix"]);
    let left = found(repo, check);
    assert!(!left.is_empty(), "--fix mended it");
    for ailment in &left {
        assert_eq!(ailment["mendable"], false);
        let commands = ailment["commands"].as_array().unwrap();
        assert!(!commands.is_empty(), "{ailment:#}");
        for command in commands {
            runs(repo, command.as_str().unwrap());
        }
    }
    assert_eq!(found(repo, check), Vec::<Value>::new());
}

/// Runs a proposed command in a shell that finds drift.
#[track_caller]
fn runs(repo: &Repo, command: &str) {
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_drift"));
    let path = format!(
        "{}:{}",
        program.parent().unwrap().display(),
        std::env::var("PATH").unwrap()
    );
    let output = repo
        .command("sh")
        .args(["-c", command])
        .env("PATH", path)
        .env("SOURCE_DATE_EPOCH", "1700003600")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{command}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn nothing_is_wrong_with_a_fresh_repository_nor_with_one_that_works() {
    let repo = project();
    drift(&repo, &["doctor"])
        .ends(0)
        .says(&["14 of 14 checks done: nothing is wrong"]);
    drift(&repo, &["doctor", "--fix"]).ends(0);
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
    let (repo, _) = healthy();
    drift(&repo, &["hooks", "install"]).ends(0);
    drift(&repo, &["finish"]).ends(0);
    let said = drift(&repo, &["doctor", "--verbose"]).ends(0);
    said.says(&["looked[lessons]: ", "nothing is wrong"]);
    let linked = repo.beside("linked").display().to_string();
    repo.git(&["worktree", "add", "--quiet", "-b", "side", &linked]);
    drift(&repo, &["-C", &linked, "doctor"]).ends(0);
    let bare = Repo::clone_of(&repo, &["--bare"]);
    drift(&bare, &["doctor"]).ends(0);
}

#[test]
fn looking_writes_nothing() {
    let (repo, handle) = healthy();
    repo.git(&["config", "branch.gone.driftRun", &handle]);
    let before = crate::support::drift::state(&repo);
    drift(&repo, &["doctor"]);
    drift(&repo, &["doctor", "--format", "json"]);
    assert_eq!(crate::support::drift::state(&repo), before);
}

#[test]
fn every_check_is_listed_once_and_what_is_printed_fits_its_schema() {
    let (repo, _) = healthy();
    let examination = drift(&repo, &["doctor", "--format", "json"]).ends(0).json();
    assert_eq!(drift(&repo, &["doctor", "--json"]).ends(0).json(), examination);
    let checks = examination["checks"].as_array().unwrap();
    let mut names: Vec<&str> = checks.iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert!(checks.iter().all(|it| it["done"] == true));
    assert_eq!(names.len(), 14);
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 14);
    let schema: Value = serde_json::from_str(&drift(&repo, &["schema", "doctor"]).ends(0).out).unwrap();
    assert!(jsonschema::is_valid(&schema, &examination), "{examination:#}");
}

#[test]
fn every_format_and_an_output_file_are_taken() {
    let (repo, _) = healthy();
    repo.git(&["config", "branch.work.driftRun", "nobody"]);
    drift(&repo, &["doctor", "--format", "markdown"]).ends(1).says(&[
        "| warning | bindings |",
        "`git config --unset-all branch.work.driftRun`",
    ]);
    let file = repo.beside("doctor.txt").display().to_string();
    drift(&repo, &["doctor", "--output", &file]).ends(1);
    assert!(
        std::fs::read_to_string(&file)
            .unwrap()
            .contains("`nobody` is no run's name")
    );
    drift(&repo, &["doctor", "--run", "x"]).ends(2).complains(&["no use"]);
}

#[test]
fn one_check_that_fails_does_not_end_the_others() {
    let (repo, _) = healthy();
    let lessons = repo.path().join(".drift/lessons.jsonl");
    std::fs::remove_file(&lessons).unwrap();
    std::fs::create_dir(&lessons).unwrap();
    repo.git(&["config", "branch.work.driftRun", "nobody"]);
    let said = drift(&repo, &["doctor"]).ends(1);
    said.says(&[
        "error[lessons]: this could not be looked at",
        "is a folder",
        "warning[bindings]",
        "13 of 14 checks done",
    ]);
    drift(&repo, &["doctor", "--fix"]).ends(1);
    let examination = drift(&repo, &["doctor", "--format", "json"]).ends(1).json();
    let lessons = examination["checks"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["name"] == "lessons");
    assert_eq!(lessons.unwrap()["done"], false);
    assert!(lessons.unwrap()["why"].as_str().unwrap().contains("is a folder"));
}

#[test]
fn without_a_repository_doctor_itself_can_not_work() {
    let nowhere = Repo::empty();
    drift(&nowhere, &["doctor"])
        .ends(2)
        .complains(&["not inside a git repository"]);
    drift(&nowhere, &["-C", "nowhere", "doctor"])
        .ends(2)
        .complains(&["no directory"]);
}
