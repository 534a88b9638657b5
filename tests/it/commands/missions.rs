//! `--plan` with a mission: by folder, revision, id, slug or lane; and the range of a lane that others were merged into.

use crate::support::drift::{drift, state};
use crate::support::repo::Repo;

const HOME: &str = "kitty-specs/one-home-01KABCDE";
const BRANCH: &str = "kitty/mission-one-home-01KABCDE";

fn package(id: &str, after: &str, files: &str, more: &str) -> String {
    format!(
        "---\nwork_package_id: {id}\ntitle: The part {id}\ndependencies: {after}\nexecution_mode: code_change\nowned_files: {files}\n{more}---\n\n# {id}\n"
    )
}

/// A project with a planned mission of two lanes; the id of the commit that ends the planning.
fn planned() -> (Repo, String) {
    let repo = Repo::new();
    repo.write("src/a.py", "a = 1\n").write("src/b/old.py", "b = 1\n");
    repo.commit("feat: begin");
    let meta = r#"{"mission_id": "01KABCDEFGHJKMNPQRSTVWXYZ0", "mission_slug": "one-home-01KABCDE", "mission_type": "software-dev", "friendly_name": "One home", "created_at": "2026-01-01", "target_branch": "main"}"#;
    repo.write(&format!("{HOME}/meta.json"), meta);
    repo.write(
        &format!("{HOME}/tasks/WP01-a.md"),
        package("WP01", "[]", "[src/a.py]", ""),
    );
    repo.write(
        &format!("{HOME}/tasks/WP02-b.md"),
        package("WP02", "[WP01]", "['src/b/*']", "create_intent: [src/b/new.py]\n"),
    );
    repo.write(&format!("{HOME}/tasks/README.md"), "# Tasks\n");
    repo.write(
        &format!("{HOME}/tasks/WP01-a/review-cycle-1.md"),
        "---\nverdict: rejected\n---\n",
    );
    let planning = repo.commit("Add tasks for one-home");
    let lanes = format!(
        r#"{{"version": 1, "mission_slug": "one-home-01KABCDE", "mission_branch": "{BRANCH}", "target_branch": "main", "computed_at": "x", "planning_commit_sha": "{planning}", "lanes": [
        {{"lane_id": "lane-a", "wp_ids": ["WP01"], "write_scope": ["src/a.py"], "depends_on_lanes": []}},
        {{"lane_id": "lane-b", "wp_ids": ["WP02"], "write_scope": ["src/b/*"], "depends_on_lanes": ["lane-a"]}}]}}"#
    );
    repo.write(&format!("{HOME}/lanes.json"), lanes);
    repo.commit("chore(spec-kitty): lanes");
    (repo, planning)
}

/// Both lanes worked on; the second had the first and other people's work merged in.
fn worked() -> Repo {
    let (repo, planning) = planned();
    repo.git(&["tag", "planning", &planning]);
    repo.git(&["branch", "planned"]);
    repo.git(&["switch", "--quiet", "-c", &format!("{BRANCH}-lane-a")]);
    repo.write("src/a.py", "a = 2\n").commit("feat(WP01): the part WP01");
    repo.git(&["switch", "--quiet", "-c", "mission", "planned"]);
    repo.write("src/elsewhere.py", "x = 1\n")
        .commit("fix: something of others");
    repo.write(&format!("{HOME}/status.events.jsonl"), "{}\n");
    repo.commit("chore(spec-kitty): status transition WP02");
    repo.git(&["switch", "--quiet", "-c", &format!("{BRANCH}-lane-b"), "planned"]);
    repo.write("src/b/old.py", "b = 2\n")
        .commit("feat(WP02): change the part");
    repo.merge(&[&format!("{BRANCH}-lane-a"), "mission"]);
    repo.write("src/b/new.py", "b = 3\n").commit("feat(WP02): add the part");
    repo
}

#[test]
fn a_mission_is_found_by_each_of_its_names() {
    let repo = worked();
    repo.git(&["switch", "--quiet", &format!("{BRANCH}-lane-b")]);
    for name in [
        HOME,
        "one-home-01KABCDE",
        "one-home",
        "01KABCDE",
        "01KABCDEFGHJKMNPQRSTVWXYZ0",
        "HEAD:kitty-specs/one-home-01KABCDE",
        "HEAD:one-home",
        "planned:01KABCDE",
        BRANCH,
    ] {
        let said = drift(
            &repo,
            &["check", "--plan", name, "--base", "planned", "--format", "json"],
        );
        let units: Vec<String> = said.json()["units"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["id"].to_string())
            .collect();
        assert_eq!(units, ["\"WP01\"", "\"WP02\""], "{name}");
    }
}

#[test]
fn a_bare_repository_has_missions_too() {
    let repo = worked();
    let bare = Repo::clone_of(&repo, &["--bare"]);
    for name in ["one-home", "HEAD:kitty-specs/one-home-01KABCDE/", "HEAD:01KABCDE"] {
        let said = drift(
            &bare,
            &["check", "--plan", name, "--base", "planned", "--format", "json"],
        );
        assert_eq!(said.json()["units"].as_array().unwrap().len(), 2, "{name}");
    }
}

#[test]
fn nothing_is_picked_silently() {
    let (repo, _) = planned();
    repo.write(
        "kitty-specs/one-home/meta.json",
        r#"{"mission_id": "01KZZZZZFGHJKMNPQRSTVWXYZ0", "mission_slug": "one-home", "created_at": "x"}"#,
    );
    let before = state(&repo);
    drift(&repo, &["check", "--plan", "one-home"]).ends(2).complains(&[
        "`one-home` is the name of more than one mission: kitty-specs/one-home, kitty-specs/one-home-01KABCDE",
        "name its folder",
    ]);
    drift(&repo, &["check", "--plan", "one-hone"])
        .ends(2)
        .complains(&["`one-hone` is neither a file nor a mission", "did you mean one-home"]);
    drift(&repo, &["check", "--plan", "01KABCD"]).ends(2);
    drift(&repo, &["check", "--plan", "one-home-01KABCDE-lane-x"])
        .ends(2)
        .complains(&["`lane-x`", "its lanes are lane-a, lane-b"]);
    drift(&repo, &["check", "--plan", "kitty-specs/absent"]).ends(2);
    assert_eq!(state(&repo), before);
}

#[test]
fn a_lane_is_judged_by_its_own_commits() {
    let repo = worked();
    repo.git(&["switch", "--quiet", "main"]);
    let lane_b = format!("{BRANCH}-lane-b");
    for plan in [
        "one-home-01KABCDE-lane-b".to_owned(),
        lane_b.clone(),
        format!("{HOME}/tasks/WP02-b.md"),
        format!("{lane_b}:{HOME}/tasks/WP02-b.md"),
    ] {
        let said = drift(&repo, &["check", "--plan", &plan, "--format", "json"]).ends(0);
        let report = said.json();
        assert_eq!(report["verdict"], "aligned", "{plan}");
        assert_eq!(report["range"]["ownCommits"], true, "{plan}");
        let files: Vec<&str> = report["files"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["path"].as_str().unwrap())
            .collect();
        assert_eq!(files, ["src/b/new.py", "src/b/old.py"], "{plan}");
        let undeclared = report["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|it| it["code"] == "D101")
            .count();
        assert_eq!(undeclared, 0, "{plan}");
        let own = repo.git(&["rev-list", "--first-parent", "--count", &format!("main..{lane_b}")]);
        assert_eq!(report["range"]["commits"].to_string(), own, "{plan}");
    }
}

#[test]
fn another_target_is_judged_as_a_whole() {
    let repo = worked();
    repo.git(&["switch", "--quiet", "-c", "all", &format!("{BRANCH}-lane-b")]);
    repo.write("src/after.py", "x\n").commit("fix: after the lane");
    let said = drift(
        &repo,
        &[
            "check",
            "--plan",
            &format!("{HOME}/tasks/WP02-b.md"),
            "--target",
            "all",
            "--base",
            "planned",
            "--format",
            "json",
        ],
    );
    let report = said.json();
    assert_eq!(report["range"]["ownCommits"], serde_json::Value::Null);
    let files: Vec<&str> = report["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["path"].as_str().unwrap())
        .collect();
    assert!(
        files.contains(&"src/elsewhere.py") && files.contains(&"src/after.py"),
        "{files:?}"
    );
}

#[test]
fn what_a_lane_does_outside_of_its_scope_is_found_among_merges() {
    let repo = worked();
    repo.git(&["switch", "--quiet", &format!("{BRANCH}-lane-b")]);
    repo.write("src/a.py", "a = 3\n")
        .write("src/ab.py", "x\n")
        .commit("feat(WP02): more than planned");
    let said = drift(
        &repo,
        &["check", "--plan", "one-home-01KABCDE-lane-b", "--format", "json"],
    );
    let report = said.json();
    let findings = report["findings"].as_array().unwrap();
    let undeclared: Vec<&str> = findings
        .iter()
        .filter(|it| it["code"] == "D101")
        .map(|it| it["message"].as_str().unwrap())
        .collect();
    assert_eq!(undeclared.len(), 2, "{findings:?}");
    assert!(
        undeclared.iter().any(|it| it.contains("src/a.py")) && undeclared.iter().any(|it| it.contains("src/ab.py"))
    );
}

#[test]
fn machine_commits_belong_to_no_package() {
    let repo = worked();
    repo.git(&["switch", "--quiet", "mission"]);
    let said = drift(
        &repo,
        &["check", "--plan", HOME, "--base", "planned", "--format", "json"],
    );
    let report = said.json();
    let commits = report["commits"].as_array().unwrap();
    let machine = commits
        .iter()
        .find(|it| it["subject"].as_str().unwrap().starts_with("chore(spec-kitty)"))
        .unwrap();
    assert_eq!(machine["units"].as_array().unwrap().len(), 0, "{machine}");
    let classes: Vec<&str> = report["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["class"].as_str().unwrap())
        .collect();
    assert!(classes.contains(&"bookkeeping"), "{classes:?}");
}

#[test]
fn packages_are_told_apart_by_what_their_commits_say() {
    let repo = worked();
    let lane_b = format!("{BRANCH}-lane-b");
    let said = drift(
        &repo,
        &[
            "check", "--plan", HOME, "--base", "planned", "--target", &lane_b, "--format", "json",
        ],
    );
    let report = said.json();
    let commits = |unit: usize| report["units"][unit]["commits"].as_array().unwrap().len();
    assert_eq!((commits(0), commits(1)), (1, 2), "{}", report["units"]);
}

#[test]
fn overlaps_are_those_of_packages_that_run_side_by_side() {
    let repo = Repo::new();
    repo.write("src/a/x.py", "x\n")
        .write("src/ab/y.py", "y\n")
        .commit("feat: begin");
    let write = |id: &str, after: &str, files: &str, more: &str| {
        repo.write(&format!("m/tasks/{id}-x.md"), package(id, after, files, more));
    };
    write("WP01", "[]", "['src/a/*']", "");
    write("WP02", "[]", "['src/ab/*']", "");
    write("WP03", "[WP01]", "[src/a/x.py]", "");
    write("WP04", "[]", "[src/a/x.py]", "");
    write("WP05", "[]", "['src/**']", "scope: codebase-wide\n");
    let said = drift(&repo, &["validate", "--plan", "m", "--format", "json"]);
    let report = said.json();
    let overlaps: Vec<&str> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["code"] == "D009")
        .map(|it| it["message"].as_str().unwrap())
        .collect();
    assert_eq!(overlaps.len(), 1, "{overlaps:?}");
    assert!(
        overlaps[0].contains("`WP04`") && overlaps[0].contains("`src/a/x.py`"),
        "{overlaps:?}"
    );
}

#[test]
fn what_must_be_absent_is_looked_for_in_the_target() {
    let (repo, _) = planned();
    let matrix = r#"{"mission_slug": "one-home-01KABCDE", "overall_verdict": "pending", "criteria": [], "negative_invariants": [
      {"invariant_id": "NI-1", "description": "no old name", "verification_method": "grep_absence", "verification_command": "old_\\(name\\|way\\)", "scope": "src", "result": "pending"},
      {"invariant_id": "NI-2", "description": "no marks", "verification_method": "grep_absence", "verification_command": "grep -rn 'noqa' src/b", "result": "pending"},
      {"invariant_id": "NI-3", "description": "not yet", "verification_method": "grep_absence", "verification_command": "x", "scope": "lib", "result": "pending"},
      {"invariant_id": "NI-4", "description": "nowhere", "verification_method": "grep_absence", "verification_command": "old_name", "result": "pending"}]}"#;
    repo.write(&format!("{HOME}/acceptance-matrix.json"), matrix);
    repo.commit("chore(spec-kitty): matrix");
    repo.git(&["switch", "--quiet", "-c", "work"]);
    repo.write("src/a.py", "a = 2\nold_way = 1\n")
        .commit("feat(WP01): the part WP01");
    let plan = format!("{HOME}/acceptance-matrix.json");
    let said = drift(&repo, &["check", "--plan", &plan, "--base", "main"]);
    let found = "what must be absent (NI-1: no old name) is there: `old_\\(name\\|way\\)` stands in src/a.py:2";
    assert!(said.out.contains("D602") && said.out.contains(found), "{}", said.out);
    let report = drift(&repo, &["check", "--plan", &plan, "--base", "main", "--format", "json"]).json();
    let outcomes: Vec<&str> = report["expectations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["status"].as_str().unwrap_or_default())
        .collect();
    assert_eq!(
        outcomes,
        ["unmet", "met", "unchecked", "met"],
        "{}",
        report["expectations"]
    );
    assert!(!repo.git_succeeds(&["grep", "-q", "noqa", "work", "--", "src/b"]));
}

#[test]
fn a_lane_becomes_a_run() {
    let repo = worked();
    repo.git(&["switch", "--quiet", "planned"]);
    let said = drift(&repo, &["new", "part-b", "--from", "one-home-01KABCDE-lane-b"]).ends(0);
    let folder = format!(".drift/runs/{}", said.out.trim());
    assert_eq!(
        repo.read(&format!("{folder}/WP02-b.md")),
        repo.read(&format!("{HOME}/tasks/WP02-b.md"))
    );
    drift(&repo, &["approve", "--yes"]).ends(0);
    drift(&repo, &["start"]).ends(0);
    repo.write("src/b/old.py", "b = 9\n").write("src/b/new.py", "b = 9\n");
    repo.git(&["add", "src"]);
    repo.commit_staged("feat(WP02): the part");
    let report = drift(&repo, &["check", "--format", "json"]).json();
    assert_eq!(report["units"][0]["status"], "done", "{report:#}");
}

#[test]
fn a_lane_whose_first_commit_is_gone_is_counted_from_the_default_branch() {
    let repo = worked();
    let lane_b = format!("{BRANCH}-lane-b");
    let gone = "base_commit: 1234567890123456789012345678901234567890\n";
    repo.git(&["switch", "--quiet", &lane_b]);
    let path = format!("{HOME}/tasks/WP02-b.md");
    repo.write(&path, package("WP02", "[WP01]", "['src/b/*']", gone));
    repo.commit("chore(spec-kitty): base");
    let report = drift(&repo, &["check", "--plan", &path, "--format", "json"])
        .ends(0)
        .json();
    assert_eq!(report["range"]["baseRef"], "main");
    assert_eq!(report["range"]["ownCommits"], true);
    // Elsewhere nothing stands for the commit.
    repo.git(&["switch", "--quiet", "-c", "other"]);
    repo.git(&["branch", "--quiet", "-D", &lane_b]);
    drift(&repo, &["check", "--plan", &path]).ends(2).complains(&[
        "the base that the plan names, `1234567890123456789012345678901234567890`, is not in this clone",
        "--base REV",
    ]);
}

#[test]
fn a_mission_that_was_accepted_is_judged_on_its_own_range() {
    let (repo, planning) = planned();
    repo.write("src/a.py", "a = 2\n").commit("feat(WP01): the part WP01");
    repo.write("src/b/new.py", "b\n").write("src/b/old.py", "b\n");
    let accepted = repo.commit("feat(WP02): the part WP02");
    repo.write("src/later.py", "x\n").commit("fix: later");
    let meta = String::from_utf8(repo.read(&format!("{HOME}/meta.json"))).unwrap();
    let with_range = meta.replace(
        "\"target_branch\"",
        &format!("\"baseline_merge_commit\": \"{planning}\", \"accept_commit\": \"{accepted}\", \"target_branch\""),
    );
    repo.write(&format!("{HOME}/meta.json"), with_range);
    let report = drift(&repo, &["check", "--plan", "one-home", "--format", "json"])
        .ends(0)
        .json();
    assert_eq!(
        (report["range"]["base"].as_str(), report["range"]["target"].as_str()),
        (Some(&*planning), Some(&*accepted))
    );
    let undeclared = report["files"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["class"] == "undeclared")
        .count();
    assert_eq!(undeclared, 0, "{}", report["files"]);
}
