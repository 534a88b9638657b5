//! A contract from its plan file to the report: which test files are looked at, and what a user reads.

use crate::support::drift::{drift, project, state};
use crate::support::repo::Repo;

const SHOWN: &str = "// @clause CL-AUTH-001\nit('works', () => { expect(f()).toBe(1) })\n";

/// A Gatekeeper plan with two clauses, over `src/login.ts` and `tests/login.test.ts`; its path beside the repository.
fn plan_file(repo: &Repo, mode: &str, target: &str) -> String {
    let clause = |number: u32, title: &str| {
        format!(
            r#"{{"id": "CL-AUTH-00{number}", "kind": "behavior", "normativity": "MUST", "title": "{title}", "spec": "s", "observables": ["http"]}}"#
        )
    };
    let text = format!(
        r#"{{"outputId": "login", "taskPrompt": "Let people log in", "projectPath": "/app", "testFilePath": "tests/login.test.ts",
        "manifest": {{"files": [{{"path": "src/login.ts", "action": "CREATE"}}], "testFile": "tests/login.test.ts"}},
        "baseRef": "main", "targetRef": "{target}",
        "contract": {{"schemaVersion": "1.0.0", "slug": "login", "title": "Login", "mode": "{mode}", "changeType": "new",
          "targetArtifacts": ["src/login.ts"], "clauses": [{}, {}]}}}}"#,
        clause(1, "A token is returned"),
        clause(2, "A wrong password is refused")
    );
    let path = repo.beside("plan.json");
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

/// The project with the work done and these tests.
fn done(tests: &str) -> Repo {
    let repo = project();
    repo.write("src/login.ts", "export const login = 1\n")
        .write("tests/login.test.ts", tests);
    repo.commit("feat: let people log in");
    repo
}

fn both() -> String {
    format!("{SHOWN}{}", SHOWN.replace("001", "002").replace("works", "refuses"))
}

#[test]
fn a_contract_that_is_kept_is_aligned() {
    let repo = done(&both());
    let plan = plan_file(&repo, "STRICT", "HEAD");
    let before = state(&repo);
    let said = drift(&repo, &["check", "--plan", &plan]).ends(0);
    said.says(&[
        "aligned",
        "clauses       2: 2 covered",
        "covered    MUST    CL-AUTH-001  A token is returned  1 test",
    ]);
    assert_eq!(state(&repo), before);
    let report = drift(&repo, &["check", "--plan", &plan, "--format", "json"])
        .ends(0)
        .json();
    assert_eq!(report["checked"]["clauses"], 2);
    assert_eq!(
        report["deltas"]["clauses"],
        serde_json::json!({"planned": 2, "actual": 2, "classes": {"covered": 2}})
    );
    assert_eq!(
        report["clauses"][1],
        serde_json::json!({
            "id": "CL-AUTH-002", "status": "covered", "title": "A wrong password is refused", "kind": "behavior",
            "normativity": "MUST", "tests": [{"path": "tests/login.test.ts", "line": 4, "name": "refuses"}]
        })
    );
    let said = drift(&repo, &["check", "--plan", &plan, "--format", "markdown"]).ends(0);
    said.says(&[
        "## Clauses",
        "| CL-AUTH-002 | MUST | covered | A wrong password is refused | refuses |",
    ]);
}

#[test]
fn an_open_clause_that_must_hold_drifts_in_both_modes() {
    let repo = done(SHOWN);
    for mode in ["STRICT", "CREATIVE"] {
        let plan = plan_file(&repo, mode, "HEAD");
        drift(&repo, &["check", "--plan", &plan])
            .ends(1)
            .says(&["error[D501]", "CL-AUTH-002", "no test"]);
    }
}

#[test]
fn other_tests_fail_a_strict_contract_and_warn_in_a_creative_one() {
    let repo = done(&format!("{}it('more', () => {{ expect(f()).toBe(1) }})\n", both()));
    let strict = plan_file(&repo, "STRICT", "HEAD");
    drift(&repo, &["check", "--plan", &strict])
        .ends(1)
        .says(&["error[D504]", "tests/login.test.ts:5"]);
    let creative = plan_file(&repo, "CREATIVE", "HEAD");
    drift(&repo, &["check", "--plan", &creative])
        .ends(0)
        .says(&["warning[D504]"]);
}

#[test]
fn the_rest_of_the_tree_is_searched_for_what_is_open() {
    let repo = project();
    repo.git(&["switch", "--quiet", "main"]);
    repo.write("tests/old.test.ts", both().replace("CL-AUTH-001", "CL-OLD-001"));
    repo.commit("test: older");
    repo.git(&["switch", "--quiet", "--create", "later"]);
    repo.write("src/login.ts", "export const login = 1\n")
        .write("tests/login.test.ts", SHOWN);
    repo.commit("feat: let people log in");
    let plan = plan_file(&repo, "STRICT", "HEAD");
    let said = drift(&repo, &["check", "--plan", &plan, "--verbose"]).ends(0);
    said.says(&["2 covered", "tests/old.test.ts:4  refuses"]);
}

#[test]
fn what_a_test_file_had_at_the_base_is_left_alone() {
    let repo = project();
    repo.git(&["switch", "--quiet", "main"]);
    let old = "// @clause CL-OLD-001\nit('old', () => {})\nit('bare', () => { expect(f()).toBe(1) })\n";
    repo.write("tests/login.test.ts", old);
    repo.commit("test: older");
    repo.git(&["switch", "--quiet", "--create", "later"]);
    repo.write("src/login.ts", "export const login = 1\n")
        .write("tests/login.test.ts", format!("{old}{}", both()));
    repo.commit("feat: let people log in");
    let plan = plan_file(&repo, "STRICT", "HEAD");
    drift(&repo, &["check", "--plan", &plan]).ends(0).says(&["2 covered"]);
}

#[test]
fn a_target_that_is_gone_is_told_and_head_is_judged() {
    let repo = done(&both());
    let plan = plan_file(&repo, "STRICT", "LLM/20250116-login");
    let said = drift(&repo, &["check", "--plan", &plan]).ends(0);
    said.says(&[
        "warning[D003]",
        "`targetRef` is `LLM/20250116-login`",
        "HEAD is taken instead",
        "--target REV",
    ]);
    drift(&repo, &["check", "--plan", &plan, "--target", "gone"])
        .ends(2)
        .complains(&["gone"]);
}

#[test]
fn a_plan_alone_says_that_its_clauses_are_unchecked() {
    let repo = project();
    let plan = plan_file(&repo, "STRICT", "HEAD");
    let report = drift(&repo, &["validate", "--plan", &plan, "--format", "json"])
        .ends(0)
        .json();
    assert_eq!(report["clauses"][0]["status"], "unchecked");
    assert_eq!(report["checked"]["clauses"], 0);
}

#[test]
fn a_native_contract_says_the_same_words() {
    let repo = project();
    let contract = repo.beside("test_contract.json");
    let text = r#"{"schema": "drift/test_contract/1", "contract": {
        "mode": "STRICT", "testFiles": ["tests/test_login.py"],
        "assertionSurface": {"http": {"statusCodes": [200]}},
        "clauses": [{"id": "login-1", "title": "People can log in", "normativity": "SHOULD"}]}}"#;
    std::fs::write(&contract, text).unwrap();
    repo.write(
        "tests/test_login.py",
        "# @clause login-1\ndef test_login():\n    assert response.status_code == 418\n",
    );
    repo.commit("test: log in");
    let plan = contract.display().to_string();
    let said = drift(&repo, &["check", "--plan", &plan, "--base", "main"]).ends(1);
    said.says(&["1 covered", "error[D508]", "status code `418`"]);
}

#[test]
fn a_file_that_is_no_text_and_a_symlink_are_not_read() {
    let repo = done("it('a', () => {})\0");
    let plan = plan_file(&repo, "STRICT", "HEAD");
    drift(&repo, &["check", "--plan", &plan]).ends(1).says(&["D501"]);
    std::fs::remove_file(repo.path().join("tests/login.test.ts")).unwrap();
    std::os::unix::fs::symlink("nowhere", repo.path().join("tests/login.test.ts")).unwrap();
    repo.commit("test: a link");
    drift(&repo, &["check", "--plan", &plan]).ends(1).says(&["D501"]);
}
