//! What check, report and status say of promised tests, from their execution to the report.

use crate::support::drift::{Said, drift, project};
use crate::support::repo::Repo;
use crate::support::suites::{evidence, one_suite, run_with, trusted_run, writes_junit};
use serde_json::{Value, json};

/// The codes of the findings about tests, each with its severity.
fn findings(said: &Said) -> Vec<String> {
    let report = said.json();
    let all = report["findings"].as_array().unwrap().clone();
    let about_tests = all.iter().filter(|it| it["code"].as_str().unwrap().starts_with("D3"));
    about_tests
        .map(|it| format!("{} {}", it["severity"].as_str().unwrap(), it["code"].as_str().unwrap()))
        .collect()
}

fn check(repo: &Repo) -> Said {
    drift(repo, &["check", "--format", "json"])
}

/// The work that the plan of such runs asks for.
fn work(repo: &Repo) -> String {
    repo.write("src/login.py", "def login():\n    check()\n");
    repo.git(&["add", "src"]);
    repo.commit_staged("feat: check the password at login")
}

fn promised(status: &str) -> Value {
    json!([{"id": "T1", "name": "login > rejects", "suite": "unit", "required": true, "status": status,
            "cases": i32::from(status == "passed"), "passed": i32::from(status == "passed")}])
}

#[test]
fn a_promised_test_is_not_run_then_passed_then_stale_and_passed_again() {
    let repo = project();
    trusted_run(&repo, &one_suite(&writes_junit(".drift/out.xml", &["rejects"])));
    work(&repo);
    let said = check(&repo).ends(1);
    assert_eq!(findings(&said), ["error D301"]);
    assert_eq!(said.json()["tests"], promised("not-run"));
    drift(&repo, &["test"]).ends(0);
    let said = check(&repo);
    assert!(findings(&said).is_empty(), "{:?}", findings(&said));
    let report = said.json();
    assert_eq!(report["tests"], promised("passed"));
    assert_eq!(report["checked"]["tests"], 1);
    assert_eq!(
        report["deltas"]["tests"],
        json!({"planned": 1, "actual": 1, "classes": {"passed": 1}})
    );
    repo.write("src/login.py", "def login():\n    check(again)\n");
    repo.git(&["add", "src"]);
    repo.commit_staged("feat: check twice");
    let said = check(&repo);
    assert_eq!(findings(&said), ["warning D304"]);
    assert_eq!(said.json()["tests"][0]["status"], "stale");
    drift(&repo, &["test"]).ends(0);
    assert!(findings(&check(&repo)).is_empty());
}

#[test]
fn evidence_of_a_dirty_worktree_counts_for_the_commit_of_the_same_content() {
    let repo = project();
    trusted_run(&repo, &one_suite(&writes_junit(".drift/out.xml", &["rejects"])));
    repo.write("src/login.py", "def login():\n    check()\n");
    drift(&repo, &["test"]).ends(0);
    repo.git(&["add", "src"]);
    repo.commit_staged("feat: check the password at login");
    assert!(findings(&check(&repo)).is_empty());
    // An amended message and a commit of drift's own files change nothing that was tested.
    repo.git(&["commit", "--quiet", "--amend", "--message", "feat: check it"]);
    assert!(findings(&check(&repo)).is_empty());
    repo.git(&["add", "--force", ".drift"]);
    repo.commit_staged("chore: keep the plan");
    assert!(findings(&check(&repo)).is_empty());
}

#[test]
fn a_failing_test_a_gate_and_a_missing_name_are_found_together() {
    let repo = project();
    let mut contract = one_suite(&writes_junit(".drift/out.xml", &["rejects!", "accepts", "waits~"]));
    contract["tests"] = json!([
        {"id": "T1", "suite": "unit", "name": "login > rejects"},
        {"id": "T2", "suite": "unit", "name": "login::acepts"},
        {"id": "T3", "suite": "unit", "name": "login.waits"},
    ]);
    contract["gates"] = json!({"minPassRate": 1.0, "maxSkipped": 0});
    trusted_run(&repo, &contract);
    work(&repo);
    drift(&repo, &["test"]).ends(1);
    let said = check(&repo).ends(1);
    assert_eq!(
        findings(&said),
        ["error D301", "error D302", "warning D303", "error D305", "error D305"]
    );
    drift(&repo, &["check"]).ends(1).says(&[
        "did you mean `login > accepts`",
        "1 of 2 tests passed (50 %), and the contract asks for 100 %",
        "2 of 3 required tests have evidence for this tree; 3 executed: 1 passed, 1 failed, 1 skipped",
        "Tests\n  failed     T1  login > rejects  unit",
        "  not run    T2  login::acepts  unit",
    ]);
}

#[test]
fn a_run_that_has_not_begun_and_a_plan_without_a_run_promise_nothing_yet() {
    let repo = project();
    let handle = run_with(&repo, &one_suite("true"));
    let plan = format!(".drift/runs/{handle}/test_contract.json");
    work(&repo);
    let said = drift(&repo, &["check", "--plan", &plan, "--format", "json"]);
    assert!(findings(&said).is_empty());
    assert_eq!(said.json()["tests"][0]["status"], "unchecked");
}

#[test]
fn fewer_assertions_in_a_required_test_are_found() {
    let repo = Repo::new();
    let test = |asserts: &str| format!("class TestLogin:\n    def test_rejects(self):\n{asserts}");
    repo.write(
        "tests/test_login.py",
        test("        assert a == 1\n        assert b == 2\n"),
    );
    repo.write("src/login.py", "1\n").commit("begin");
    repo.git(&["switch", "--quiet", "--create", "work"]);
    let mut contract = one_suite(&writes_junit(".drift/out.xml", &["test_rejects"]));
    contract["tests"] = json!([{"id": "T1", "suite": "unit", "name": "test_rejects"}]);
    trusted_run(&repo, &contract);
    repo.write("tests/test_login.py", test("        assert a == 1\n"))
        .git(&["add", "tests"]);
    work(&repo);
    drift(&repo, &["test"]).ends(0);
    let said = check(&repo);
    assert_eq!(findings(&said), ["warning D306"]);
    let message = said.json()["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["code"] == "D306")
        .unwrap()["message"]
        .clone();
    assert!(
        message.as_str().unwrap().contains("1 assertion instead of 2"),
        "{message}"
    );
}

#[test]
fn the_report_keeps_the_tests_as_json_markdown_and_lesson() {
    let repo = project();
    trusted_run(
        &repo,
        &one_suite(&writes_junit(".drift/out.xml", &["rejects", "other!"])),
    );
    work(&repo);
    drift(&repo, &["test"]).ends(1);
    drift(&repo, &["report", "--format", "markdown"]).says(&[
        "## Tests",
        "| T1 | passed | login &gt; rejects | unit | yes | 1 |",
        "1 of 1 required test has evidence for this tree; 2 tests executed, 1 failed, 0 skipped.",
    ]);
    let lesson: Value = serde_json::from_slice(repo.read(".drift/lessons.jsonl").trim_ascii()).unwrap();
    assert_eq!(lesson["tests"]["classes"], json!({"passed": 1}));
    assert_eq!(lesson["actual"]["tests"], 1);
}

#[test]
fn evidence_that_cannot_be_read_is_said_and_costs_no_other() {
    let repo = project();
    let handle = trusted_run(&repo, &one_suite(&writes_junit(".drift/out.xml", &["rejects"])));
    work(&repo);
    drift(&repo, &["test"]).ends(0);
    assert_eq!(evidence(&repo, &handle).len(), 1);
    // Somebody else's drift, of a version to come.
    let name = format!("refs/drift/runs/{handle}");
    let blob = repo.git_with_input(&["hash-object", "-w", "--stdin"], b"{\"schema\": \"drift/evidence/9\"}");
    let index = repo.beside("index").display().to_string();
    let with_index = |arguments: &[&str]| {
        let output = repo
            .command("git")
            .args(arguments)
            .env("GIT_INDEX_FILE", &index)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    with_index(&["read-tree", &name]);
    with_index(&[
        "update-index",
        "--add",
        "--cacheinfo",
        &format!("100644,{blob},evidence/strange.json"),
    ]);
    let tree = with_index(&["write-tree"]);
    let commit = repo.git(&["commit-tree", &tree, "-p", &name, "-m", "tested: by another"]);
    repo.git(&["update-ref", &name, &commit]);
    let said = drift(&repo, &["check"]);
    let said = said.complains(&["evidence/strange.json", "can't be read"]);
    assert!(!said.out.contains("D301"), "{}", said.out);
}
