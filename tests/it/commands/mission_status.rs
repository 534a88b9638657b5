//! What a mission says of itself (its status events, the verdict of its acceptance matrix), held against git.

use crate::support::drift::{Said, drift};
use crate::support::repo::Repo;

const HOME: &str = "kitty-specs/one-home-01KABCDE";
const LATER: &str = "2999-01-01T00:00:00.5+00:00";
const EARLIER: &str = "1999-01-01T00:00:00+00:00";

/// A mission of three packages on main, and a branch on which the first has its commit.
fn begun() -> Repo {
    let repo = Repo::new();
    repo.write(
        &format!("{HOME}/meta.json"),
        r#"{"mission_id": "01KABCDEFGHJKMNPQRSTVWXYZ0", "mission_slug": "one-home-01KABCDE", "mission_type": "software-dev", "friendly_name": "One home", "created_at": "x", "target_branch": "main"}"#,
    );
    for (id, file) in [("WP01", "src/a.py"), ("WP02", "src/b.py"), ("WP03", "src/c.py")] {
        repo.write(file, "x = 1\n");
        let package = format!(
            "---\nwork_package_id: {id}\ntitle: The part {id}\nexecution_mode: code_change\nowned_files: [{file}]\n---\n\n# {id}\n"
        );
        repo.write(&format!("{HOME}/tasks/{id}-x.md"), package);
    }
    repo.commit("Add tasks for one-home");
    repo.git(&["switch", "--quiet", "--create", "work"]);
    repo.write("src/a.py", "x = 2\n").commit("feat(WP01): the part WP01");
    repo
}

fn event(id: u32, at: &str, package: &str, to: &str) -> String {
    format!(
        r#"{{"actor": "x", "at": "{at}", "event_id": "01E{id}", "from_lane": "x", "mission_slug": "one-home-01KABCDE", "to_lane": "{to}", "wp_id": "{package}"}}"#
    ) + "\n"
}

fn with_status(events: &[String]) -> Repo {
    let repo = begun();
    repo.write(&format!("{HOME}/status.events.jsonl"), events.concat());
    repo.commit("chore(spec-kitty): status");
    repo
}

fn check(repo: &Repo, plan: &str) -> Said {
    drift(repo, &["check", "--plan", plan, "--base", "main", "--format", "json"])
}

/// `claim: status reasons` of each claim.
fn claims(said: &Said) -> Vec<String> {
    let json = said.json();
    let line = |claim: &serde_json::Value| {
        let reason = claim["reasons"][0].as_str().unwrap_or_default();
        let status = claim["status"].as_str().unwrap();
        let words = format!("{}: {status} {reason}", claim["claim"].as_str().unwrap());
        words.trim_end().to_owned()
    };
    json["claims"].as_array().unwrap().iter().map(line).collect()
}

#[test]
fn a_package_that_is_called_done_has_a_commit_or_is_contradicted() {
    let repo = with_status(&[
        event(1, LATER, "WP01", "done"),
        event(2, LATER, "WP02", "approved"),
        event(3, LATER, "WP03", "in_progress"),
        "{\"wp_id\": \"WP03\", \"to_lane\": \"done\", \"event_id\": \"torn".into(),
    ]);
    let said = check(&repo, HOME);
    let missing = "no commit of the range stands for it, or touches a file that it declares";
    assert_eq!(
        claims(&said),
        [
            "unit WP01 is done: holds".to_owned(),
            format!("unit WP02 is approved: contradicted {missing}")
        ]
    );
    drift(&repo, &["check", "--plan", HOME, "--base", "main"]).says(&[
        "`status.events.jsonl` claims that unit `WP02` is approved: no commit of the range",
        "correct the status, or commit what is missing",
        "status.events.jsonl:2:1",
    ]);
}

#[test]
fn the_last_event_counts_by_its_time_and_not_by_its_line() {
    let repo = with_status(&[
        event(2, LATER, "WP02", "planned"),
        event(1, "2998-01-01T00:00:00+00:00", "WP02", "done"),
        event(3, LATER, "WP01", "for_review"),
        event(4, LATER, "WP01", "done"),
    ]);
    assert_eq!(claims(&check(&repo, HOME)), ["unit WP01 is done: holds"]);
}

#[test]
fn what_the_range_cannot_show_stays_unchecked() {
    let repo = with_status(&[event(1, EARLIER, "WP02", "done"), event(2, "soon", "WP03", "done")]);
    let said = check(&repo, HOME);
    let before = "unchecked it was said before the first commit of the range was made";
    assert_eq!(
        claims(&said),
        [
            format!("unit WP02 is done: {before}"),
            format!("unit WP03 is done: {before}")
        ]
    );
    assert!(!said.out.contains("D607"), "{}", said.out);
}

#[test]
fn a_package_that_is_named_alone_has_only_its_own_claims() {
    let repo = with_status(&[event(1, LATER, "WP01", "done"), event(2, LATER, "WP02", "done")]);
    let one = check(&repo, &format!("{HOME}/tasks/WP01-x.md"));
    assert_eq!(claims(&one), ["unit WP01 is done: holds"]);
    let other = check(&repo, &format!("HEAD:{HOME}/tasks/WP03-x.md"));
    assert_eq!(claims(&other), [""; 0]);
}

#[test]
fn a_verdict_holds_only_as_far_as_the_tree_shows_it() {
    let matrix = |verdict: &str, word: &str| {
        format!(
            r#"{{"mission_slug": "one-home-01KABCDE", "overall_verdict": "{verdict}", "criteria": [], "negative_invariants": [
            {{"invariant_id": "NI-1", "description": "none", "verification_method": "grep_absence", "verification_command": "{word}", "scope": "src", "result": "confirmed_absent"}}]}}"#
        )
    };
    let judged = |verdict: &str, word: &str| {
        let repo = begun();
        repo.write(&format!("{HOME}/acceptance-matrix.json"), matrix(verdict, word));
        repo.commit("chore(spec-kitty): accept");
        claims(&check(&repo, HOME))
    };
    assert_eq!(judged("pass", "read_twice"), ["the plan's goals are reached: holds"]);
    let contradicted = judged("pass", "x = ");
    assert_eq!(contradicted.len(), 1);
    assert!(
        contradicted[0].contains("contradicted 1 of 1 expectations do not hold"),
        "{contradicted:?}"
    );
    assert_eq!(judged("pending", "x = "), [""; 0]);
}
