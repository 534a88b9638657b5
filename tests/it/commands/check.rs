//! `drift check`: any plan against any range, in any clone.

use crate::support::drift::{drift, plan_file, project, started_run, state};
use crate::support::repo::Repo;

#[test]
fn work_as_planned_is_aligned() {
    let repo = project();
    let plan = plan_file(&repo);
    repo.write("src/login.py", "def login(password):\n    return password\n");
    repo.commit("feat: check the password at login");
    repo.write("docs/usage.md", "# Usage\n\nLog in.\n");
    repo.commit("docs: describe the login");
    let said = drift(&repo, &["check", "--plan", &plan, "--base", "main"]).ends(0);
    said.says(&["aligned", "main..HEAD", "2 commits, 2 files", "2 done"]);
}

#[test]
fn an_undeclared_file_warns_and_denies_where_the_policy_says_so() {
    let repo = project();
    let plan = plan_file(&repo);
    repo.git(&["switch", "--quiet", "main"]);
    repo.write(".drift/config.yaml", "rules: {undeclared-file: deny}\n");
    repo.commit("chore: be strict");
    repo.git(&["switch", "--quiet", "--create", "strict"]);
    repo.write("src/token.py", "def token():\n    return 1\n");
    repo.commit("feat: a token");
    drift(&repo, &["check", "--plan", &plan, "--base", "main"])
        .ends(1)
        .says(&["error[D101]", "src/token.py"]);
    drift(&repo, &["check", "--plan", &plan, "--base", "main~1"])
        .ends(0)
        .says(&["warning[D101]"]);
}

#[test]
fn a_branch_cannot_loosen_the_policy_that_judges_it() {
    let repo = project();
    let plan = plan_file(&repo);
    repo.git(&["switch", "--quiet", "main"]);
    repo.write(".drift/config.yaml", "rules: {undeclared-file: deny}\n");
    repo.commit("chore: be strict");
    repo.git(&["switch", "--quiet", "--create", "loose"]);
    repo.write(".drift/config.yaml", "rules: {undeclared-file: allow}\n");
    repo.write("src/token.py", "def token():\n    return 1\n");
    repo.commit("chore: be loose");
    drift(&repo, &["check", "--plan", &plan, "--base", "main"])
        .ends(1)
        .says(&["D101", "D015"]);
}

#[test]
fn a_plan_is_read_straight_from_git_in_a_bare_clone() {
    let repo = project();
    repo.write("plans/commit_plan.json", std::fs::read(plan_file(&repo)).unwrap());
    repo.commit("plan: log in");
    repo.write("src/login.py", "def login(password):\n    return password\n");
    repo.commit("feat: check the password at login");
    let bare = Repo::clone_of(&repo, &["--bare"]);
    let plan = "work~1:plans/commit_plan.json";
    let report = drift(
        &bare,
        &[
            "check", "--plan", plan, "--base", "work~1", "--target", "work", "--format", "json",
        ],
    );
    assert_eq!(report.json()["units"][0]["status"], "done");
    assert_eq!(report.json()["files"][0]["path"], "src/login.py");
}

#[test]
fn several_plans_are_lanes_of_one_judgement() {
    let repo = project();
    let plan = |id: &str, file: &str| {
        let text = format!(
            r#"{{"schema": "drift/commit_plan/1", "units": [{{"id": "{id}", "title": "Work on {file}", "files": ["{file}"]}}]}}"#
        );
        let folder = repo.beside(id);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("commit_plan.json"), text).unwrap();
        folder.join("commit_plan.json").display().to_string()
    };
    let (one, two) = (plan("A", "src/login.py"), plan("B", "docs/usage.md"));
    repo.write("src/login.py", "changed\n")
        .write("docs/usage.md", "changed\n");
    repo.commit("feat: work on src/login.py");
    let said = drift(
        &repo,
        &[
            "check", "--plan", &one, "--plan", &two, "--base", "main", "--format", "json",
        ],
    );
    assert_eq!(said.json()["units"].as_array().unwrap().len(), 2);
}

#[test]
fn it_writes_nothing() {
    let repo = project();
    started_run(&repo);
    repo.write("src/token.py", "x\n");
    repo.commit("feat: a token");
    let before = state(&repo);
    drift(&repo, &["check"]).says(&["D101"]);
    assert_eq!(state(&repo), before);
}

#[test]
fn an_empty_range_is_unchecked_and_says_why() {
    let repo = project();
    let plan = plan_file(&repo);
    drift(&repo, &["check", "--plan", &plan, "--base", "HEAD"])
        .ends(3)
        .says(&["unchecked", "the range is empty"]);
}

#[test]
fn without_a_plan_or_a_run_it_says_what_to_do() {
    let repo = project();
    drift(&repo, &["check"])
        .ends(3)
        .complains(&["no run", "`drift check --plan PLAN`"]);
}

#[test]
fn what_cannot_be_looked_at_is_an_error_and_never_a_verdict() {
    let repo = project();
    let plan = plan_file(&repo);
    let check = |arguments: &[&str]| drift(&repo, &[&["check"], arguments].concat()).ends(2);
    check(&["--plan", "no-such-plan.json", "--base", "main"]).complains(&["no-such-plan.json"]);
    check(&["--plan", "nope:plan.json", "--base", "main"]).complains(&["nope"]);
    check(&["--plan", "main:nope.json", "--base", "main"]).complains(&["nope.json"]);
    check(&["--plan", &plan, "--base", "mian"]).complains(&["mian", "main"]);
    check(&["--plan", &plan, "--base", "main", "--target", ""]).complains(&["error:"]);
    check(&["--plan", &plan, "--base", "main", "--format", "yaml"]).complains(&["text, json, markdown"]);
    let outside = Repo::empty();
    drift(&outside, &["check", "--plan", &plan])
        .ends(2)
        .complains(&["not inside a git repository"]);
    drift(&outside, &["-C", "nowhere", "check"])
        .ends(2)
        .complains(&["nowhere"]);
}

#[test]
fn a_plan_that_is_none_is_drift_and_says_what_was_looked_for() {
    let repo = project();
    let path = repo.beside("intent.json");
    std::fs::write(&path, r#"{"intents": [{"tag": "greeting", "patterns": ["hi"]}]}"#).unwrap();
    repo.write("src/login.py", "x\n");
    repo.commit("feat: log in");
    let plan = path.display().to_string();
    drift(&repo, &["check", "--plan", &plan, "--base", "main"])
        .ends(1)
        .says(&["D001"]);
}

#[test]
fn a_plan_that_is_named_twice_is_read_once() {
    let repo = project();
    let plan = plan_file(&repo);
    repo.write("src/login.py", "x\n");
    repo.commit("feat: check the password at login");
    let once = drift(&repo, &["check", "--plan", &plan, "--base", "main"]).ends(0).out;
    let twice = drift(&repo, &["check", "--plan", &plan, "--plan", &plan, "--base", "main"]);
    assert_eq!(twice.ends(0).out, once);
}

#[test]
fn a_plan_that_is_named_by_several_spellings_is_read_once() {
    let repo = project();
    let text = std::fs::read_to_string(plan_file(&repo)).unwrap();
    repo.write("plans/one.json", text);
    repo.commit("docs: plan");
    let units = |names: &[&str]| {
        let named = names.iter().flat_map(|name| ["--plan", name]);
        let arguments: Vec<&str> = ["check", "--base", "main", "--format", "json"]
            .into_iter()
            .chain(named)
            .collect();
        drift(&repo, &arguments).json()["units"].as_array().unwrap().len()
    };
    let once = units(&["plans/one.json"]);
    assert!(once > 0);
    assert_eq!(
        units(&["plans/one.json", "./plans/one.json", "HEAD:plans/one.json"]),
        once
    );
    repo.write(
        "plans/two.json",
        std::fs::read_to_string(repo.path().join("plans/one.json")).unwrap(),
    );
    assert_eq!(units(&["plans/one.json", "plans/two.json"]), 2 * once);
}
