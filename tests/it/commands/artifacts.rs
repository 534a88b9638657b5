//! What is wrong with an artifact, or with a file where one is expected: said with its place, and nothing is written.

use crate::support::drift::{drafted_run, drift, plan_file, project, started_run, state};
use crate::support::repo::Repo;
use std::os::unix::fs::symlink;
use std::process::Command;

/// A draft whose only artifact is `name` with this text; its handle.
fn draft_of(repo: &Repo, name: &str, text: &str) -> String {
    let handle = drafted_run(repo);
    std::fs::remove_file(repo.path().join(format!(".drift/runs/{handle}/commit_plan.json"))).unwrap();
    repo.write(&format!(".drift/runs/{handle}/{name}"), text);
    handle
}

/// An artifact, a text of it with a fault, the line, and what is said.
const FAULTS: [(&str, &str, usize, &str); 8] = [
    (
        "intent.json",
        "{\n\"schema\": \"drift/intent/1\",\n\"slug\": \"a\",\n\"gaol\": \"Let people log in\"\n}",
        4,
        "did you mean `goal`",
    ),
    (
        "intent.json",
        "{\n\"schema\": \"drift/intent/1\", \"slug\": \"a\",\n\"goal\": \"Let people log in\",\n\"riskLevel\": \"extreme\"\n}",
        4,
        "`critical`",
    ),
    (
        "intent.json",
        "{\n\"schema\": \"drift/intent/1\", \"slug\": \"a\", \"goal\": \"Let people log in\",\n\"allowedFiles\": [\"../../etc/passwd\"]\n}",
        3,
        "leaves the repository",
    ),
    (
        "commit_plan.json",
        "{\n\"schema\": \"drift/commit_plan/1\",\n\"units\": [\n{\"id\": \"U1\", \"title\": \"Log in\", \"file\": []}\n]}",
        4,
        "did you mean `files`",
    ),
    (
        "commit_plan.json",
        "{\n\"schema\": \"drift/commit_plan/1\",\n\"units\": [\n{\"id\": \"U1\", \"title\": \"Log in\", \"files\": [{\"path\": \"a\", \"action\": \"EDIT\"}]}\n]}",
        4,
        "`MODIFY`",
    ),
    (
        "commit_plan.json",
        "{\n\"schema\": \"drift/commit_plan/1\",\n\"units\": [\n{\"id\": \"U1\", \"title\": \"Log in\", \"files\": [\"C:\\\\x\"]}\n]}",
        4,
        "absolute",
    ),
    (
        "test_contract.json",
        "{\n\"schema\": \"drift/test_contract/1\",\n\"suites\": {}\n}",
        3,
        "suites",
    ),
    (
        "test_contract.json",
        "{\n\"schema\": \"drift/test_contract/1\",\n\"suites\": [], \"tests\": [],\n\"gates\": {\"minPassRte\": 1}\n}",
        4,
        "did you mean `minPassRate`",
    ),
];

#[test]
fn each_artifact_s_faults_are_named_with_their_line_and_keep_it_from_being_approved() {
    for (name, text, line, told) in FAULTS {
        let repo = project();
        let handle = draft_of(&repo, name, text);
        let before = state(&repo);
        let said = drift(&repo, &["validate"]);
        assert!(said.code <= 1, "{name}: {} {}", said.code, said.err);
        let place = format!(".drift/runs/{handle}/{name}:{line}:");
        said.says(&[&place, told]).complains(&["drift approve"]);
        drift(&repo, &["approve", "--yes"])
            .ends(2)
            .complains(&["problem", "drift validate"]);
        drift(&repo, &["start"]).ends(2);
        drift(&repo, &["report"]).ends(2).complains(&["has not been started"]);
        drift(&repo, &["finish"]).ends(2).complains(&["--discard"]);
        drift(&repo, &["accept", "D101-0", "--because", "because I say so"]).ends(2);
        assert_eq!(state(&repo), before, "{name}");
    }
}

#[test]
fn a_template_that_nobody_filled_in_is_not_approved() {
    let repo = project();
    let handle = drift(&repo, &["new", "add-login"]).ends(0).out.trim().to_owned();
    let before = state(&repo);
    drift(&repo, &["approve", "--yes"])
        .ends(2)
        .complains(&["as the template does", "delete"]);
    assert_eq!(state(&repo), before);
    for name in ["intent.json", "test_contract.json"] {
        std::fs::remove_file(repo.path().join(format!(".drift/runs/{handle}/{name}"))).unwrap();
    }
    repo.write(
        &format!(".drift/runs/{handle}/commit_plan.json"),
        r#"{"schema": "drift/commit_plan/1", "units": [{"id": "U1", "title": "Log in", "files": ["src/login.py"]}]}"#,
    );
    drift(&repo, &["approve", "--yes"])
        .ends(0)
        .says(&["approved commit_plan.json\n"]);
}

#[test]
fn a_sound_plan_is_said_to_be_sound() {
    let repo = project();
    drift(&repo, &["validate", &plan_file(&repo)])
        .ends(0)
        .says(&["nothing is wrong with the plan"]);
}

#[test]
fn what_is_no_regular_file_is_refused_in_good_time() {
    let repo = project();
    let beside = |name: &str| repo.beside(name).display().to_string();
    assert!(
        Command::new("mkfifo")
            .arg(repo.beside("pipe"))
            .status()
            .unwrap()
            .success()
    );
    symlink(plan_file(&repo), repo.beside("link.json")).unwrap();
    std::fs::create_dir(repo.beside("folder.json")).unwrap();
    for (name, told) in [
        (beside("pipe"), "a pipe"),
        (beside("link.json"), "name the file that it points to"),
        (beside("folder.json"), "holds no plan"),
        ("/dev/zero".into(), "a device"),
        (beside("nowhere.json"), "does not exist"),
    ] {
        let before = state(&repo);
        for arguments in [
            &["validate", &name][..],
            &["check", "--plan", &name],
            &["new", "x", "--from", &name],
        ] {
            drift(&repo, arguments).ends(2).complains(&[told]);
        }
        assert_eq!(state(&repo), before);
    }
}

#[test]
fn no_text_makes_a_reader_fail() {
    let repo = project();
    let utf16: Vec<u8> = "{\"units\": []}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bomb = format!(
        "---\na: &a [x,x,x,x,x,x,x,x,x]\n{}phase: 1\nplan: 1\nfiles_modified: *f\n---\n<objective>x</objective>\n<tasks></tasks>\n",
        ["b", "c", "d", "e", "f"]
            .iter()
            .zip(["a", "b", "c", "d", "e"])
            .map(|(it, of)| format!("{it}: &{it} [*{of},*{of},*{of},*{of},*{of},*{of},*{of},*{of},*{of}]\n"))
            .collect::<String>()
    );
    let braces = format!(
        r#"{{"schema": "drift/commit_plan/1", "units": [{{"id": "U1", "title": "Log in", "files": ["{}", "{}", "{}"]}}]}}"#,
        "{a,b}".repeat(3000),
        "{".repeat(3000),
        "*".repeat(3000)
    );
    let texts: [(&str, Vec<u8>); 7] = [
        ("deep", "[".repeat(100_000).into()),
        ("deeper", format!("{{\"units\": {}", "[".repeat(50_000)).into()),
        (
            "nul",
            b"{\"schema\": \"drift/commit_plan/1\",\0 \"units\": []}".to_vec(),
        ),
        ("binary", (0..=255).cycle().take(10_000).collect()),
        ("utf16", [vec![0xff, 0xfe], utf16].concat()),
        ("bomb.md", bomb.into()),
        ("braces", braces.into()),
    ];
    for (name, bytes) in texts {
        let path = repo.beside(name);
        std::fs::write(&path, bytes).unwrap();
        let said = drift(&repo, &["validate", &path.display().to_string()]);
        assert!(
            said.code <= 1 && said.err.is_empty(),
            "{name}: {} {}",
            said.code,
            said.err
        );
    }
}

#[test]
fn a_policy_s_faults_are_named_before_they_are_committed() {
    let repo = project();
    repo.write(
        ".drift/config.yaml",
        "rules:\n  nope: deny\n  D101: maybe\nhome: mars\nextra: 1\n",
    );
    let before = state(&repo);
    drift(&repo, &["validate", &plan_file(&repo)]).ends(0).says(&[
        "config.yaml:2:3",
        "no rule is called `nope`",
        "config.yaml:3:9",
        "`repository`, `local`",
        "unknown key `extra`",
    ]);
    assert_eq!(state(&repo), before);
}

#[test]
fn lessons_that_cannot_be_appended_to_are_left_alone_and_the_record_has_the_report() {
    for make in ["mkfifo", "mkdir", "ln -s /dev/full"] {
        let repo = project();
        let handle = started_run(&repo);
        repo.write("src/login.py", "x\n");
        repo.git(&["add", "src"]);
        repo.commit_staged("feat: check the password at login");
        let lessons = repo.path().join(".drift/lessons.jsonl");
        let words: Vec<&str> = make.split(' ').collect();
        assert!(
            Command::new(words[0])
                .args(&words[1..])
                .arg(&lessons)
                .status()
                .unwrap()
                .success()
        );
        drift(&repo, &["report"])
            .ends(2)
            .complains(&["lessons.jsonl", "not a regular file"]);
        drift(&repo, &["show", &handle]).ends(0).says(&["reported"]);
        assert!(!lessons.is_file());
    }
}
