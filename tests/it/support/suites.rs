//! Runs with a test contract: started, trusted, and ready for `drift test`.

use super::drift::{Said, drift, drift_with};
use super::repo::Repo;
use serde_json::{Value, json};

/// A started run on the branch `work` of `repo` with this contract, which is trusted on this machine; its handle.
pub fn trusted_run(repo: &Repo, contract: &Value) -> String {
    let handle = run_with(repo, contract);
    drift(repo, &["trust", "--yes"]).ends(0);
    handle
}

/// The same, and nobody trusts it yet.
pub fn run_with(repo: &Repo, contract: &Value) -> String {
    let plan = json!({
        "schema": "drift/commit_plan/1",
        "units": [{"id": "U1", "title": "Check the password at login", "files": ["src/", "docs/", "tests/"]}],
    });
    let file = repo.beside("commit_plan.json");
    std::fs::write(&file, plan.to_string()).unwrap();
    let file = file.display().to_string();
    let handle = drift(repo, &["new", "add-login", "--from", &file])
        .ends(0)
        .out
        .trim()
        .to_owned();
    let mut contract = contract.clone();
    contract["schema"] = "drift/test_contract/1".into();
    let text = serde_json::to_string_pretty(&contract).unwrap();
    repo.write(&format!(".drift/runs/{handle}/test_contract.json"), text);
    drift(repo, &["approve", "--yes"]).ends(0);
    drift(repo, &["start"]).ends(0);
    handle
}

/// A contract with one suite, `unit`, that runs `script` in a shell and leaves `.drift/out.xml`; and one required test.
pub fn one_suite(script: &str) -> Value {
    json!({
        "suites": [{
            "id": "unit",
            "command": ["sh", "-c", script],
            "report": ".drift/out.xml",
            "timeout": 60,
        }],
        "tests": [{"id": "T1", "suite": "unit", "name": "login > rejects"}],
    })
}

/// A line of shell that writes a JUnit file to `path`, with these tests of the group `login`; a name that ends in `!` fails,
/// one that ends in `~` is skipped.
pub fn writes_junit(path: &str, names: &[&str]) -> String {
    let case = |name: &&str| {
        let plain = name.trim_end_matches(['!', '~']);
        let inside = match name.chars().last() {
            Some('!') => "<failure message=\"no way\">no way</failure>",
            Some('~') => "<skipped/>",
            _ => "",
        };
        format!("<testcase classname=\"login\" name=\"{plain}\">{inside}</testcase>")
    };
    let cases: String = names.iter().map(case).collect();
    format!("mkdir -p .drift; printf '%s' '<testsuite name=\"login\">{cases}</testsuite>' > {path}")
}

/// All evidence of the run, by file name.
pub fn evidence(repo: &Repo, handle: &str) -> Vec<Value> {
    let tree = format!("refs/drift/runs/{handle}:evidence");
    if !repo.git_succeeds(&["cat-file", "-e", &tree]) {
        return Vec::new();
    }
    let names = repo.git(&["ls-tree", "--name-only", &tree]);
    let text = |name: &str| repo.git(&["cat-file", "blob", &format!("{tree}/{name}")]);
    names
        .lines()
        .map(|name| serde_json::from_str(&text(name)).unwrap())
        .collect()
}

/// The only evidence of the run.
#[track_caller]
pub fn only_evidence(repo: &Repo, handle: &str) -> Value {
    let [one] = <[Value; 1]>::try_from(evidence(repo, handle)).unwrap();
    one
}

/// `drift test` on a repository with such a contract; what it said, and the run's handle.
pub fn tested(repo: &Repo, contract: &Value) -> (Said, String) {
    let handle = trusted_run(repo, contract);
    (drift(repo, &["test"]), handle)
}

/// `drift test` with further variables.
pub fn tested_with(repo: &Repo, variables: &[(&str, &str)]) -> Said {
    drift_with(repo, &["test"], variables)
}
