//! Names and texts that a repository brings along: none of them reaches a terminal, a page or a log as it is.

use crate::support::drift::{Said, drift, drift_with, project};
use crate::support::repo::Repo;

/// Escape sequences, marks that turn or hide text, line breaks, and markup.
const EVIL: &str = "x\u{1b}[31m\u{7}\u{9b}1m\u{202e}\u{61c}\u{2028}\u{200b}\u{feff}\u{e0041}\n<script>|`y` it's \"q\"";

/// A project whose plan, file names, subjects, branch and author are all hostile; the plan's path.
fn hostile() -> (Repo, String) {
    let repo = project();
    repo.git(&["switch", "--quiet", "--create", "w\u{202e}\u{61c}\u{2028}<b>|`y`;$(id)"]);
    repo.write("src/\u{1b}[31m\u{202e}\u{61c}\u{2028}\u{9b}1m<script>|`y`.py", "1\n");
    repo.write("src/login.py", "2\n");
    repo.commit(EVIL);
    let plan = serde_json::json!({"schema": "drift/commit_plan/1", "units": [
        {"id": "U1'e\u{202e}", "title": EVIL, "files": [format!("docs/{EVIL}"), "src/login.py"]},
        {"id": "U2", "title": format!("Describe {EVIL}"), "files": ["docs/usage.md"], "dependsOn": [EVIL]}
    ]});
    let path = repo.beside("commit_plan.json");
    std::fs::write(&path, plan.to_string()).unwrap();
    (repo, path.display().to_string())
}

#[track_caller]
fn harmless(said: &Said) {
    let text = format!("{}{}", said.out, said.err);
    let harmful = |c: char| c != '\n' && (c.is_control() || "\u{202e}\u{61c}\u{2028}\u{feff}\u{e0041}".contains(c));
    let raw: Vec<char> = text.chars().filter(|c| harmful(*c)).collect();
    assert!(raw.is_empty(), "{raw:?} in:\n{text}");
}

#[test]
fn no_format_lets_anything_through() {
    let (repo, plan) = hostile();
    for format in ["text", "json", "markdown"] {
        let arguments = [
            "check",
            "--plan",
            &plan,
            "--base",
            "main",
            "--format",
            format,
            "--verbose",
        ];
        harmless(&drift(&repo, &arguments).ends(0));
        harmless(&drift(&repo, &["validate", &plan, "--format", format]));
    }
}

#[test]
fn markup_stays_text_in_markdown() {
    let (repo, plan) = hostile();
    let said = drift(
        &repo,
        &["check", "--plan", &plan, "--base", "main", "--format", "markdown"],
    );
    // Outside of code spans nothing may begin markup; inside them nothing does.
    for line in said.out.lines() {
        let outside: String = line.split('`').step_by(2).collect();
        assert!(!outside.contains("<script>") && !outside.contains("<b>"), "{line}");
    }
}

#[test]
fn json_says_the_same_value() {
    let (repo, plan) = hostile();
    let report = drift(&repo, &["check", "--plan", &plan, "--base", "main", "--format", "json"]).json();
    assert_eq!(report["units"][0]["title"], EVIL);
}

#[test]
fn a_whole_run_stays_harmless() {
    let (repo, plan) = hostile();
    let good = std::fs::read_to_string(&plan).unwrap().replace("\u{202e}\"", "\"");
    let mut good: serde_json::Value = serde_json::from_str(&good).unwrap();
    good["units"][0]["id"] = "U1'e".into();
    good["units"][1]["dependsOn"] = serde_json::json!([]);
    std::fs::write(&plan, good.to_string()).unwrap();
    let author = ("GIT_AUTHOR_NAME", "E\u{1b}[31m\u{202e} <b>");
    let with = |arguments: &[&str]| drift_with(&repo, arguments, &[author]);
    let handle = with(&["new", "evil", "--from", &plan]).ends(0).out.trim().to_owned();
    for arguments in [
        &["approve", "--yes"][..],
        &["start"],
        &["status"],
        &["check"],
        &["report"],
        &["show"],
        &["show", "--format", "markdown"],
        &["list"],
        &["list", "--format", "json"],
        &["finish"],
    ] {
        harmless(&with(arguments));
    }
    with(&["show", &handle]).says(&["finished"]);
}

#[test]
fn errors_are_as_careful() {
    let (repo, plan) = hostile();
    for arguments in [
        &["check", "--run", EVIL][..],
        &["check", "--plan", EVIL],
        &["check", "--plan", &format!("HEAD:{EVIL}")],
        &["check", "--plan", &plan, "--base", EVIL],
        &["explain", EVIL],
        &["schema", EVIL],
        &["new", EVIL],
        &["status"],
    ] {
        let said = drift(&repo, arguments);
        assert!(said.code >= 2, "{arguments:?}: {}", said.code);
        harmless(&said);
    }
}

#[test]
fn a_raw_line_of_a_plan_is_drawn_harmlessly() {
    let repo = project();
    let text = "---\nphase: 04-login\nplan: 01\nfiles_modified: [src/login.py, '/x\u{202e}\u{61c}\u{2028}\u{9b}1m\u{7}']\n---\n<objective>\nLog in.\n</objective>\n<tasks>\n</tasks>\n";
    repo.write("04-01-PLAN.md", text);
    harmless(&drift(&repo, &["validate", "04-01-PLAN.md", "--verbose"]));
}

#[test]
fn a_long_id_leaves_room_for_the_titles() {
    let repo = project();
    let long = "U".repeat(200);
    let text = format!(
        r#"{{"schema": "drift/commit_plan/1", "units": [{{"id": "{long}", "title": "Describe the login", "files": ["docs/usage.md"]}}]}}"#
    );
    let path = repo.beside("commit_plan.json");
    std::fs::write(&path, text).unwrap();
    repo.write("docs/usage.md", "x\n").commit("docs: describe the login");
    let said = drift(
        &repo,
        &["check", "--plan", &path.display().to_string(), "--base", "main"],
    )
    .ends(0);
    assert!(
        said.out
            .lines()
            .any(|line| line.contains("done") && line.contains("Describe the login")),
        "{}",
        said.out
    );
}

#[test]
fn what_the_system_says_is_said_once() {
    let repo = project();
    repo.write(".drift", "a file where a folder belongs\n");
    let said = drift(&repo, &["list"]).ends(2).complains(&["Not a directory"]);
    assert_eq!(said.err.matches("Not a directory").count(), 1, "{}", said.err);
}
