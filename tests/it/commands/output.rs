//! What every command shares: formats, colours, quiet, pipes, files.

use crate::support::drift::{drift, drift_with, plan_file, project};
use crate::support::repo::Repo;
use std::io::Read;
use std::process::Stdio;

fn drifted() -> (Repo, String) {
    let repo = project();
    let plan = plan_file(&repo);
    repo.write("src/token.py", "x\n");
    repo.commit("feat: a token");
    (repo, plan)
}

#[test]
fn colours_are_for_terminals_and_those_who_ask() {
    let (repo, plan) = drifted();
    let check = |more: &[&str], variables: &[(&str, &str)]| {
        drift_with(
            &repo,
            &[&["check", "--plan", &plan, "--base", "main"], more].concat(),
            variables,
        )
        .out
    };
    assert!(!check(&[], &[]).contains('\x1b'));
    assert!(check(&["--color", "always"], &[]).contains('\x1b'));
    assert!(check(&[], &[("CLICOLOR_FORCE", "1")]).contains('\x1b'));
    assert!(!check(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]).contains('\x1b'));
    assert!(!check(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]).contains('\x1b'));
}

#[test]
fn quiet_leaves_the_exit_code() {
    let (repo, plan) = drifted();
    let said = drift(&repo, &["check", "--plan", &plan, "--base", "main", "--quiet"]).ends(0);
    assert_eq!((said.out.as_str(), said.err.as_str()), ("", ""));
    let failed = drift(&repo, &["check", "--plan", &plan, "--base", "nope", "--quiet"]).ends(2);
    assert!(failed.err.contains("nope"));
}

#[test]
fn a_report_goes_to_a_file_without_colours() {
    let (repo, plan) = drifted();
    let arguments = [
        "check",
        "--plan",
        &plan,
        "--base",
        "main",
        "--color",
        "always",
        "--output",
        "out/report.txt",
    ];
    let said = drift(&repo, &arguments).ends(0);
    assert_eq!(said.out, "");
    let text = String::from_utf8(repo.read("out/report.txt")).unwrap();
    assert!(text.contains("D101") && !text.contains('\x1b'));
}

#[test]
fn a_closed_pipe_is_no_error() {
    let (repo, plan) = drifted();
    let mut child = repo
        .command(env!("CARGO_BIN_EXE_drift"))
        .args(["check", "--plan", &plan, "--base", "main", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut complaint = String::new();
    child.stderr.take().unwrap().read_to_string(&mut complaint).unwrap();
    assert_eq!((child.wait().unwrap().code(), complaint.as_str()), (Some(0), ""));
}

#[test]
fn markdown_escapes_what_a_repository_says() {
    let repo = project();
    let plan = plan_file(&repo);
    repo.write("src/<b>|x`y.py", "x\n");
    repo.commit("feat: a strange name");
    let text = drift(
        &repo,
        &["check", "--plan", &plan, "--base", "main", "--format", "markdown"],
    )
    .out;
    assert!(text.contains("# drift:") && !text.contains(" <b>"), "{text}");
}

#[test]
fn three_thousand_files_are_a_few_lines() {
    let repo = project();
    let plan = plan_file(&repo);
    for number in 0..3000 {
        repo.write(
            &format!("vendor/lib{}/file{number}.c", number % 7),
            format!("{number}\n"),
        );
    }
    repo.commit("chore: vendor libraries");
    let said = drift(&repo, &["check", "--plan", &plan, "--base", "main"]);
    assert!(said.out.lines().count() < 60, "{}", said.out);
    said.says(&["3,000", "vendor/lib0/"]);
}

#[test]
fn usage_errors_end_with_two_and_help_with_zero() {
    let repo = project();
    drift(&repo, &["--help"])
        .ends(0)
        .says(&["check", "report", "Exit codes"]);
    drift(&repo, &["--version"]).ends(0).says(&[env!("CARGO_PKG_VERSION")]);
    drift(&repo, &[]).ends(2);
    drift(&repo, &["chek"]).ends(2).complains(&["check"]);
    drift(&repo, &["check", "--bse", "main"]).ends(2).complains(&["--base"]);
}

#[test]
fn git_finds_drift_as_its_own_command() {
    let (repo, plan) = drifted();
    let folder = std::path::Path::new(env!("CARGO_BIN_EXE_git-drift"))
        .parent()
        .unwrap()
        .display()
        .to_string();
    let path = format!("{folder}:{}", std::env::var("PATH").unwrap());
    let output = repo
        .command("git")
        .args(["drift", "check", "--plan", &plan, "--base", "main"])
        .env("PATH", path)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("D101"));
}
