//! Summaries beside a plan, held against git: found by themselves, contradicted exactly, unchecked where nothing can be known.

use crate::support::drift::{Said, drift};
use crate::support::repo::Repo;

const PLAN: &str = "---
phase: 04-login
plan: 01
files_modified: [src/login.ts, src/token.ts]
must_haves:
  artifacts:
    - path: src/guard.ts
      provides: The guard of all routes
---

<tasks>
<task type=\"auto\">
<name>Task 1: Check the password</name>
<files>src/login.ts</files>
</task>
<task type=\"auto\">
<name>Task 2: Issue the token</name>
<files>src/token.ts</files>
</task>
</tasks>
";
const FOLDER: &str = ".planning/phases/04-login";

/// A repository with the plan on main, and a branch `work` with a commit for each task; their ids.
fn done() -> (Repo, [String; 2]) {
    let repo = Repo::new();
    repo.write(&format!("{FOLDER}/04-01-PLAN.md"), PLAN);
    repo.write("src/login.ts", "1\n")
        .write("src/token.ts", "1\n")
        .write("src/other.ts", "1\n");
    repo.commit("docs: plan");
    repo.git(&["switch", "--quiet", "--create", "work"]);
    let first = repo.commit_file("src/login.ts", "2\n");
    let second = repo.commit_file("src/token.ts", "2\n");
    (repo, [first, second].map(|id| id.trim()[..8].to_owned()))
}

/// A summary that names these files and these commits, one a task, and says this of deviations.
fn summary(files: &[&str], commits: &[&str], deviations: &str) -> String {
    let files: String = files.iter().map(|it| format!("- `{it}` - changed\n")).collect();
    let numbered = commits.iter().enumerate();
    let commits: String = numbered
        .map(|(at, id)| format!("{0}. **Task {0}: x** - `{id}` (feat)\n", at + 1))
        .collect();
    format!(
        "---\nphase: 04-login\nplan: 01\nsubsystem: auth\ncompleted: 2026-01-02\n---\n\n# Summary\n\n## Task Commits\n\n{commits}\n\
         ## Files Created/Modified\n{files}\n## Deviations from Plan\n\n{deviations}\n"
    )
}

fn commit_summary(repo: &Repo, text: &str) {
    repo.write(&format!("{FOLDER}/04-01-SUMMARY.md"), text);
    repo.commit("docs(04-01): complete the plan");
}

fn check(repo: &Repo, more: &[&str]) -> Said {
    let plan = format!("{FOLDER}/04-01-PLAN.md");
    let arguments = [&["check", "--plan", &plan, "--base", "main", "--format", "json"], more].concat();
    drift(repo, &arguments)
}

/// `kind status reasons` of each claim.
fn claims(said: &Said) -> Vec<String> {
    let json = said.json();
    let words = |claim: &serde_json::Value| {
        let reasons: Vec<&str> = claim["reasons"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|it| it.as_str())
            .collect();
        let line = format!(
            "{} {} {}",
            claim["kind"].as_str().unwrap(),
            claim["status"].as_str().unwrap(),
            reasons.join("; ")
        );
        line.trim_end().to_owned()
    };
    json["claims"].as_array().unwrap().iter().map(words).collect()
}

#[test]
fn an_honest_summary_holds() {
    let (repo, [first, second]) = done();
    commit_summary(
        &repo,
        &summary(
            &["src/login.ts", "src/token.ts"],
            &[&first, &second],
            "None - plan executed exactly as written.",
        ),
    );
    let said = check(&repo, &[]);
    assert_eq!(
        claims(&said),
        ["files holds", "commit holds", "commit holds", "no-deviations holds"]
    );
    assert!(!said.out.contains("D607"), "{}", said.out);
}

#[test]
fn what_a_summary_leaves_out_or_adds_is_named_exactly() {
    let (repo, [first, second]) = done();
    repo.write("src/other.ts", "2\n");
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--amend", "--no-edit"]);
    let second = repo.id("HEAD")[..8].to_owned() + if second.is_empty() { "x" } else { "" };
    commit_summary(
        &repo,
        &summary(
            &["src/login.ts", "src/token.ts", "src/never.ts"],
            &[&first, &second],
            "None",
        ),
    );
    let said = check(&repo, &[]);
    assert_eq!(
        claims(&said),
        [
            "files contradicted it names 3 files, git shows 3; `src/other.ts` is not named; `src/never.ts` was not touched",
            "commit holds",
            "commit holds",
            "no-deviations contradicted 1 file that it does not declare was touched: `src/other.ts`",
        ]
    );
    let text = drift(
        &repo,
        &["check", "--plan", &format!("{FOLDER}/04-01-PLAN.md"), "--base", "main"],
    );
    text.says(&[
        "`04-01-SUMMARY.md` claims no deviations: 1 file",
        "claims        4: 2 holds, 2 contradicted",
        "04-01-SUMMARY.md:",
    ]);
}

#[test]
fn a_declared_deviation_is_shown_with_its_file_and_weighs_no_more() {
    let weight = |deviations: &str| {
        let (repo, [first, _]) = done();
        let second = repo.commit_file("src/other.ts", "2\n").trim()[..8].to_owned();
        commit_summary(
            &repo,
            &summary(
                &["src/login.ts", "src/token.ts", "src/other.ts"],
                &[&first, &second],
                deviations,
            ),
        );
        let report = check(&repo, &[]).json();
        let finding = report["findings"]
            .as_array()
            .unwrap()
            .iter()
            .find(|it| it["code"] == "D101")
            .unwrap()
            .clone();
        let claims = report["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|it| it["code"] == "D607")
            .count();
        (
            finding["severity"].as_str().unwrap().to_owned(),
            finding["related"].to_string(),
            claims,
        )
    };
    let open = weight("**1. [Rule 1 - Bug] The other was wrong**\n- **Files modified:** src/other.ts\n");
    let hidden = weight("None");
    assert_eq!(open.0, hidden.0);
    assert!(
        open.1
            .contains("declared as a deviation: [Rule 1 - Bug] The other was wrong"),
        "{}",
        open.1
    );
    assert!(!hidden.1.contains("declared"));
    assert!(
        open.2 < hidden.2,
        "saying it openly brings fewer findings: {} and {}",
        open.2,
        hidden.2
    );
}

#[test]
fn what_another_plans_commit_did_is_not_held_against_the_summary() {
    let (repo, [first, _]) = done();
    repo.git(&["reset", "--quiet", "--hard", "HEAD^"]);
    repo.write("src/token.ts", "3\n").write("src/other.ts", "3\n");
    repo.commit("refactor(04-02): take the token apart");
    let none = "None - plan executed exactly as written.";
    commit_summary(&repo, &summary(&["src/login.ts"], &[&first], none));
    let said = check(&repo, &[]);
    assert_eq!(claims(&said), ["files holds", "commit holds", "no-deviations holds"]);
}

#[test]
fn a_commit_that_was_rewritten_is_told_from_one_that_never_was() {
    let (repo, [first, second]) = done();
    // The branch is rebased: both ids are on no branch any more, and their changes are in the range.
    repo.git(&["switch", "--quiet", "main"]);
    repo.commit_file("README", "1\n");
    repo.git(&["switch", "--quiet", "work"]);
    repo.git(&["rebase", "--quiet", "main"]);
    let files = ["src/login.ts", "src/token.ts"];
    commit_summary(&repo, &summary(&files, &[&first, &second, "00000001a"], "None"));
    let own = claims(&check(&repo, &[]));
    assert!(
        own[1].starts_with("commit holds it became `") && own[2].starts_with("commit holds it became `"),
        "{own:?}"
    );
    assert_eq!(
        own[3],
        "commit contradicted no object has this id, and no commit of the range could be what it became"
    );

    // A clone has only what branches lead to: the ids are gone, and the commits of their tasks may be what they became.
    let clone = Repo::clone_of(&repo, &["--branch", "work", "--no-local"]);
    clone.git(&["branch", "main", "origin/main"]);
    let own = claims(&check(&clone, &[]));
    assert!(
        own[1].starts_with("commit unchecked no object has this id; `"),
        "{own:?}"
    );
    assert!(own[1].ends_with("paired with unit 1, may be what it became"), "{own:?}");
    assert!(own[3].starts_with("commit contradicted no object"), "{own:?}");

    // A shallow clone can't say of any of them.
    let shallow = Repo::clone_of(&repo, &["--branch", "work", "--no-local", "--depth", "4"]);
    shallow.git(&["fetch", "--quiet", "--depth", "1", "origin", "main:main"]);
    let own = claims(&check(&shallow, &[]));
    assert!(
        own[3].starts_with("commit unchecked it is not in this clone"),
        "{own:?}"
    );
}

#[test]
fn a_commit_before_or_beside_the_work_is_contradicted_and_one_after_it_is_not_known() {
    let (repo, [first, second]) = done();
    let before = repo.id("main")[..8].to_owned();
    repo.git(&["switch", "--quiet", "--create", "side", "main"]);
    let beside = repo.commit_file("src/side.ts", "x\n").trim()[..8].to_owned();
    repo.git(&["switch", "--quiet", "work"]);
    commit_summary(
        &repo,
        &summary(&["src/login.ts", "src/token.ts"], &[&before, &beside], "None"),
    );
    let after = repo.id("HEAD")[..8].to_owned();
    let own = claims(&check(&repo, &[]));
    assert_eq!(own[1], "commit contradicted it was there before the work began");
    assert!(
        own[2].starts_with("commit unchecked it is on another branch; `"),
        "{own:?}"
    );

    commit_summary(
        &repo,
        &summary(&["src/login.ts", "src/token.ts"], &[&second, &first, &after], "None"),
    );
    let summary = format!("work:{FOLDER}/04-01-SUMMARY.md");
    let own = claims(&check(&repo, &["--plan", &summary, "--target", "work~2"]));
    assert_eq!(
        own[1],
        "commit contradicted it touches files of unit 2, and none of the files of unit 1: `src/login.ts`"
    );
    assert_eq!(own[3], "commit unchecked it comes after the range");
}

#[test]
fn a_summary_in_the_worktree_counts_until_one_is_committed() {
    let (repo, [first, second]) = done();
    repo.write(
        &format!("{FOLDER}/04-01-SUMMARY.md"),
        summary(&["src/login.ts"], &[&first, &second], "None"),
    );
    let own = claims(&check(&repo, &[]));
    assert_eq!(
        own[0],
        "files contradicted it names 1 file, git shows 2; `src/token.ts` is not named"
    );
    let bare = Repo::clone_of(&repo, &["--bare"]);
    let plan = format!("work:{FOLDER}/04-01-PLAN.md");
    let said = drift(
        &bare,
        &[
            "check", "--plan", &plan, "--base", "main", "--target", "work", "--format", "json",
        ],
    );
    assert_eq!(claims(&said), [""; 0]);
}

#[test]
fn a_run_finds_the_summary_beside_the_plan_that_it_was_imported_from() {
    let repo = Repo::new();
    let plan = format!("{FOLDER}/04-01-PLAN.md");
    repo.write(&plan, PLAN);
    repo.write("src/login.ts", "1\n").write("src/token.ts", "1\n");
    repo.commit("docs: plan");
    repo.git(&["switch", "--quiet", "--create", "work"]);
    let handle = drift(&repo, &["new", "--from", &plan]).ends(0).out.trim().to_owned();
    let draft = String::from_utf8(repo.read(&format!(".drift/runs/{handle}/run.json"))).unwrap();
    drift(&repo, &["approve", "--yes"]).ends(0);
    drift(&repo, &["start"]).ends(0);
    let kept = repo.git(&["show", &format!("refs/drift/runs/{handle}:run.json")]);
    let [draft, kept]: [serde_json::Value; 2] = [draft, kept].map(|text| serde_json::from_str(&text).unwrap());
    for field in ["id", "createdAt", "imported"] {
        assert_eq!(
            draft[field], kept[field],
            "the record keeps what the draft knew of its {field}"
        );
    }
    let first = repo.commit_file("src/login.ts", "2\n").trim()[..8].to_owned();
    let second = repo.commit_file("src/token.ts", "2\n").trim()[..8].to_owned();
    commit_summary(&repo, &summary(&["src/login.ts"], &[&first, &second], "None"));
    let said = drift(&repo, &["check", "--format", "json"]);
    assert_eq!(
        claims(&said)[0],
        "files contradicted it names 1 file, git shows 2; `src/token.ts` is not named"
    );
    assert!(
        !said.out.contains("\"D010\"") && !said.out.contains("\"D001\""),
        "{}",
        said.out
    );
}

#[test]
fn a_verification_that_passed_is_held_against_what_was_expected_and_its_overrides_accept() {
    let (repo, [first, second]) = done();
    let passed = "---\nphase: 04-login\nverified: 2026-01-02\nstatus: passed\n---\n";
    repo.write(&format!("{FOLDER}/04-VERIFICATION.md"), passed);
    commit_summary(
        &repo,
        &summary(&["src/login.ts", "src/token.ts"], &[&first, &second], "None"),
    );
    let said = check(&repo, &[]).ends(1);
    assert_eq!(
        claims(&said).last().unwrap(),
        "verified contradicted 1 of 1 expectations do not hold: `src/guard.ts` does not exist"
    );
    let overridden = passed.replace(
        "passed\n---",
        "passed\noverrides:\n  - must_have: The guard of all routes\n    reason: comes with 04-02\n    accepted_by: Ann\n    accepted_at: 2026-01-02\n---",
    );
    repo.write(&format!("{FOLDER}/04-VERIFICATION.md"), overridden);
    repo.commit("docs: accepted");
    let said = check(&repo, &[]).ends(0);
    let report = said.json();
    let finding = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["code"] == "D601")
        .unwrap()
        .clone();
    assert_eq!(finding["acceptance"]["because"], "comes with 04-02");
    assert_eq!(finding["severity"], "note");
    assert!(
        claims(&said).last().unwrap().starts_with("verified unchecked"),
        "{:?}",
        claims(&said)
    );
}
