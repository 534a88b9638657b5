//! Where commands are run: in a sub-folder, a linked worktree, a bare or empty repository, under a renamed branch.

use crate::support::drift::{Said, drafted_run, drift, drift_with, project, started_run, state};
use crate::support::repo::Repo;
use std::process::Stdio;

const PLAN: &str = r#"{"schema": "drift/commit_plan/1", "units": [{"id": "U1", "title": "Check the password at login", "files": ["src/login.py"]}]}"#;

/// Runs drift in a folder of the repository.
fn drift_in(repo: &Repo, folder: &str, arguments: &[&str]) -> Said {
    let output = repo
        .command(env!("CARGO_BIN_EXE_drift"))
        .current_dir(repo.path().join(folder))
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Said {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

#[test]
fn plans_are_named_from_where_the_user_stands() {
    let repo = project();
    repo.write("plans/commit_plan.json", PLAN).write("src/login.py", "x\n");
    repo.commit("feat: check the password at login");
    for plan in [
        "../plans/commit_plan.json",
        "../plans",
        "HEAD:plans/commit_plan.json",
        "HEAD:../plans/commit_plan.json",
        "HEAD:./../plans/commit_plan.json",
    ] {
        let said = drift_in(&repo, "src", &["check", "--plan", plan, "--base", "main"]).ends(0);
        assert!(!said.out.contains("D101"), "{plan}: {}", said.out);
    }
    drift_in(
        &repo,
        "src",
        &["check", "--plan", "HEAD:./plans/commit_plan.json", "--base", "main"],
    )
    .ends(2)
    .complains(&["has no file `src/plans/commit_plan.json`"]);
    drift_in(&repo, "src", &["check", "--plan", "HEAD:../../x", "--base", "main"]).ends(2);
    drift_in(
        &repo,
        "src",
        &["-C", "..", "check", "--plan", "plans", "--base", "main"],
    )
    .ends(0);
}

#[test]
fn a_plan_that_comes_with_the_work_is_not_undeclared_work() {
    let repo = project();
    repo.write("plans/commit_plan.json", PLAN).write("src/login.py", "x\n");
    repo.commit("feat: check the password at login");
    let report = drift(
        &repo,
        &["check", "--plan", "plans", "--base", "main", "--format", "json"],
    )
    .ends(0)
    .json();
    assert_eq!(report["deltas"]["files"]["classes"]["bookkeeping"], 1);
    assert_eq!(
        report["findings"].as_array().unwrap().len(),
        0,
        "{}",
        report["findings"]
    );
}

#[test]
fn a_run_goes_with_its_branch_when_git_renames_it() {
    let repo = project();
    let handle = started_run(&repo);
    repo.git(&["branch", "--move", "work", "renamed"]);
    repo.write("src/login.py", "x\n");
    repo.git(&["add", "src"]);
    repo.commit_staged("feat: check the password at login");
    drift(&repo, &["status"]).ends(0).says(&["..renamed"]);
    drift(&repo, &["list"]).ends(0).says(&["renamed"]);
    drift(&repo, &["report"]).ends(0);
    drift(&repo, &["finish"]).ends(0);
    assert!(!repo.git_succeeds(&["config", "branch.renamed.driftRun"]));
    drift(&repo, &["show", &handle]).ends(0).says(&["finished"]);
}

#[test]
fn a_deleted_branch_is_said_to_be_gone_and_the_reported_commit_named() {
    let repo = project();
    let handle = started_run(&repo);
    repo.write("src/login.py", "x\n");
    repo.git(&["add", "src"]);
    let target = repo.commit_staged("feat: check the password at login");
    repo.git(&["switch", "--quiet", "main"]);
    drift(&repo, &["report", "--run", &handle]).ends(0);
    repo.git(&["branch", "--delete", "--force", "work"]);
    drift(&repo, &["check", "--run", &handle]).ends(2).complains(&[
        "the branch `work` of the run",
        "is gone",
        &format!("--target {target}"),
    ]);
    drift(&repo, &["check", "--run", &handle, "--target", &target]).ends(0);
}

#[test]
fn with_a_local_home_nothing_is_written_into_the_worktree() {
    let repo = project();
    repo.write(".drift/config.yaml", "home: local\n")
        .commit("chore: keep reports to ourselves");
    let handle = started_run(&repo);
    repo.write("src/login.py", "x\n");
    repo.git(&["add", "src"]);
    repo.commit_staged("feat: check the password at login");
    drift(&repo, &["report"])
        .ends(0)
        .complains(&[".git/drift/lessons.jsonl"]);
    assert!(
        repo.path()
            .join(format!(".git/drift/runs/{handle}/run_report.json"))
            .exists()
    );
    assert!(!repo.path().join(".drift/lessons.jsonl").exists());
    let linked = repo.beside("linked").display().to_string();
    repo.git(&["worktree", "add", "--quiet", "-b", "elsewhere", &linked]);
    drift(&repo, &["-C", &linked, "show", &handle])
        .ends(0)
        .says(&["commit_plan.json"]);
    let drafted = drafted_run(&repo);
    drift(&repo, &["-C", &linked, "status", "--run", &drafted])
        .ends(0)
        .says(&["not approved"]);
}

#[test]
fn outside_of_a_repository_every_command_says_so() {
    let nowhere = Repo::empty();
    for arguments in [
        &["init"][..],
        &["new", "x"],
        &["validate"],
        &["approve"],
        &["start"],
        &["status"],
        &["check"],
        &["accept", "D101-0", "--because", "because I say so"],
        &["report"],
        &["finish"],
        &["list"],
        &["show"],
    ] {
        drift(&nowhere, arguments)
            .ends(2)
            .complains(&["not inside a git repository", "-C DIR"]);
    }
    for arguments in [
        &["explain", "D101"][..],
        &["schema", "intent"],
        &["man"],
        &["completions", "fish"],
    ] {
        drift(&nowhere, arguments).ends(0);
    }
    assert_eq!(std::fs::read_dir(nowhere.path()).unwrap().count(), 0);
}

#[test]
fn an_empty_repository_has_nothing_to_check_and_no_command_writes() {
    let repo = Repo::new();
    for arguments in [
        &["validate"][..],
        &["approve"],
        &["start"],
        &["status"],
        &["check"],
        &["accept", "D101-0", "--because", "because I say so"],
        &["report"],
        &["finish"],
        &["show"],
    ] {
        drift(&repo, arguments).ends(3).complains(&["no run", "drift new"]);
    }
    drift(&repo, &["list"]).ends(0);
    let plan = repo.beside("commit_plan.json");
    std::fs::write(&plan, PLAN).unwrap();
    drift(
        &repo,
        &["check", "--plan", &plan.display().to_string(), "--base", "HEAD"],
    )
    .ends(2)
    .complains(&["no commit yet"]);
    drift(&repo, &["validate", &plan.display().to_string()]).ends(0);
    assert_eq!(repo.git(&["status", "--porcelain", "--untracked-files=all"]), "");
}

#[test]
fn a_bare_clone_checks_and_lists_and_writes_nothing() {
    let repo = project();
    repo.write("plans/commit_plan.json", PLAN).write("src/login.py", "x\n");
    repo.commit("feat: check the password at login");
    let bare = Repo::clone_of(&repo, &["--bare"]);
    let refs = bare.git(&["for-each-ref"]);
    drift(
        &bare,
        &[
            "check",
            "--plan",
            "work:plans/commit_plan.json",
            "--base",
            "main",
            "--target",
            "work",
        ],
    )
    .ends(0);
    drift(&bare, &["list"]).ends(0);
    drift(&bare, &["init"]).ends(2).complains(&["bare"]);
    assert_eq!(bare.git(&["for-each-ref"]), refs);
}

#[test]
fn inside_a_hook_git_s_variables_change_nothing() {
    let repo = project();
    started_run(&repo);
    repo.write("src/login.py", "x\n");
    repo.git(&["add", "src"]);
    repo.commit_staged("feat: check the password at login");
    let plain = drift(&repo, &["check", "--format", "json"]).ends(0).out;
    let index = repo.path().join(".git/next-index.lock").display().to_string();
    let hook = [
        ("GIT_DIR", ".git"),
        ("GIT_INDEX_FILE", index.as_str()),
        ("GIT_PREFIX", "src/"),
    ];
    assert_eq!(
        drift_with(&repo, &["check", "--format", "json"], &hook).ends(0).out,
        plain
    );
}

#[test]
fn what_editors_leave_beside_the_artifacts_is_no_artifact() {
    let repo = project();
    let handle = drafted_run(&repo);
    for left_over in [
        ".commit_plan.json.swp",
        "commit_plan.json~",
        ".drift-x.tmp",
        ".DS_Store",
    ] {
        repo.write(&format!(".drift/runs/{handle}/{left_over}"), "no plan\n");
    }
    let before = state(&repo);
    drift(&repo, &["validate"]).ends(0);
    assert_eq!(state(&repo), before);
    drift(&repo, &["approve", "--yes"])
        .ends(0)
        .says(&["approved commit_plan.json\n"]);
}

#[test]
fn a_draft_of_this_worktree_is_meant_before_those_of_others() {
    let repo = project();
    let first = drafted_run(&repo);
    drift(&repo, &["approve", "--yes"]).ends(0);
    let linked = repo.beside("linked").display().to_string();
    repo.git(&["worktree", "add", "--quiet", "-b", "elsewhere", &linked]);
    drift(&repo, &["-C", &linked, "status"]).ends(0).says(&[&first]);
    let plan = repo.beside("commit_plan.json").display().to_string();
    let second = drift(&repo, &["-C", &linked, "new", "another", "--from", &plan])
        .ends(0)
        .out;
    drift(&repo, &["-C", &linked, "approve", "--yes"])
        .ends(0)
        .complains(&[]);
    drift(&repo, &["-C", &linked, "status"]).ends(0).says(&[second.trim()]);
    drift(&repo, &["status"]).ends(0).says(&[&first]);
}
