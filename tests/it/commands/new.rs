//! `drift new`: a run's folder.

use crate::support::drift::{drift, project, state};
use crate::support::repo::Repo;

#[test]
fn templates_are_there_to_fill_in() {
    let repo = project();
    let said = drift(&repo, &["new", "add-login"]).ends(0);
    let handle = said.out.trim();
    assert!(handle.starts_with("add-login-"), "{handle}");
    for artifact in ["intent.json", "commit_plan.json", "test_contract.json"] {
        assert!(
            repo.path().join(format!(".drift/runs/{handle}/{artifact}")).exists(),
            "{artifact}"
        );
    }
    drift(&repo, &["status"]).ends(0).says(&["draft", "not approved"]);
}

#[test]
fn an_imported_plan_is_kept_byte_for_byte() {
    let repo = project();
    let text = b"---\r\nphase: 04-login\r\nplan: 01\r\ntype: execute\r\nwave: 1\r\ndepends_on: []\r\nfiles_modified: [src/login.py]\r\nautonomous: true\r\n---\r\n<objective>\r\nLet people log in.\r\n</objective>\r\n<tasks>\r\n<task type=\"auto\">\r\n  <name>Task 1: Log in</name>\r\n  <files>src/login.py</files>\r\n  <action>Do it.</action>\r\n</task>\r\n</tasks>\r\n";
    repo.write("04-01-PLAN.md", text);
    let handle = drift(&repo, &["new", "--from", "04-01-PLAN.md"])
        .ends(0)
        .out
        .trim()
        .to_owned();
    assert_eq!(repo.read(&format!(".drift/runs/{handle}/04-01-PLAN.md")), text);
    drift(&repo, &["validate"]).says(&["aligned"]);
}

#[test]
fn an_imported_plan_stays_as_approved_whatever_its_name_and_encoding() {
    let repo = project();
    let units =
        r#"{"schema": "drift/commit_plan/1", "units": [{"id": "U1", "title": "Log in", "files": ["src/login.py"]}]}"#;
    let gsd = "---\nphase: 04-login\nplan: 01\nwave: 1\nfiles_modified: [src/login.py]\n---\n<objective>\nLog in.\n</objective>\n";
    let utf16: Vec<u8> = [0xfeff]
        .into_iter()
        .chain(gsd.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    for (name, bytes) in [("units.plan", units.as_bytes()), ("04-01-PLAN.md", &utf16)] {
        repo.git(&["switch", "--quiet", "--create", name]);
        std::fs::write(repo.beside(name), bytes).unwrap();
        let from = repo.beside(name).display().to_string();
        let handle = drift(&repo, &["new", "add-login", "--from", &from]).ends(0).out;
        let handle = handle.trim();
        drift(&repo, &["approve", "--yes", "--run", handle]).ends(0);
        drift(&repo, &["start", "--run", handle]).ends(0);
        let report = drift(&repo, &["check", "--run", handle, "--format", "json"]).json();
        assert_eq!(report["plan"]["sources"][0]["approval"]["state"], "unsigned", "{name}");
    }
}

#[test]
fn bad_names_and_missing_plans_write_nothing() {
    let repo = project();
    let before = state(&repo);
    drift(&repo, &["new", "Not A Slug"])
        .ends(2)
        .complains(&["slug", "`drift new not-a-slug`"]);
    drift(&repo, &["new", "../escape"]).ends(2);
    drift(&repo, &["new"]).ends(2);
    drift(&repo, &["new", "x", "--from", "nowhere.md"])
        .ends(2)
        .complains(&["nowhere.md"]);
    assert_eq!(state(&repo), before);
    drift(&Repo::init(&["--bare"]), &["new", "x"])
        .ends(2)
        .complains(&["bare"]);
}
