//! pre-push under real pushes to a bare remote.

use super::{git, said};
use crate::support::drift::{drift, drift_with, project, started_run, state};
use crate::support::repo::Repo;

/// A project with a bare remote, a strict policy, a run on `work` with one planned commit, and the hooks installed.
fn hooked(policy: &str) -> (Repo, Repo) {
    let repo = project();
    let remote = Repo::init(&["--bare"]);
    repo.git(&["remote", "add", "origin", remote.path().to_str().unwrap()]);
    repo.git(&["switch", "--quiet", "main"]);
    repo.write(".drift/config.yaml", policy);
    repo.commit("chore: a policy");
    repo.git(&["push", "--quiet", "origin", "main"]);
    repo.git(&["switch", "--quiet", "work"]);
    repo.git(&["reset", "--quiet", "--hard", "main"]);
    started_run(&repo);
    repo.git(&["add", "--all"]);
    repo.commit_staged("chore: the plan");
    drift(&repo, &["hooks", "install"]).ends(0);
    repo.write("src/login.py", "x\n");
    repo.commit("feat: check the password at login");
    (repo, remote)
}

const STRICT: &str = "rules: {undeclared-file: deny, missing-unit: deny}\n";

/// A commit of an undeclared file, past the other hooks.
fn drifted(repo: &Repo) -> String {
    repo.write("src/token.py", format!("{}\n", repo.id("HEAD")));
    repo.git(&["commit", "--quiet", "--no-verify", "-a", "-m", "feat: a token"]);
    repo.id("HEAD")
}

fn refs(remote: &Repo) -> String {
    remote.git(&["for-each-ref", "--format=%(refname)"])
}

#[test]
fn work_in_progress_is_pushed_and_what_is_missing_is_said() {
    let (repo, remote) = hooked(STRICT);
    let (passed, complaint) = git(&repo, &["push", "--quiet", "origin", "work"]);
    assert!(passed && complaint.contains("not there yet"), "{complaint}");
    assert!(refs(&remote).contains("refs/heads/work"));
    repo.write("docs/usage.md", "x\n");
    repo.commit("docs: describe the login");
    let (passed, complaint) = git(&repo, &["push", "--quiet", "origin", "work"]);
    assert_eq!((passed, complaint.as_str()), (true, ""));
}

#[test]
fn reported_work_has_to_be_whole() {
    let (repo, _remote) = hooked(STRICT);
    drift(&repo, &["report"]).ends(1);
    let (passed, complaint) = git(&repo, &["push", "origin", "work"]);
    assert!(!passed && complaint.contains("D201"), "{complaint}");
}

#[test]
fn drift_stops_the_push_and_nothing_is_written() {
    let (repo, remote) = hooked(STRICT);
    drifted(&repo);
    let before = state(&repo);
    for arguments in [
        &["push", "origin", "work"][..],
        &["push", "--dry-run", "origin", "work"],
    ] {
        let (passed, complaint) = git(&repo, arguments);
        assert!(!passed, "{complaint}");
        for text in ["error[D101]", "src/token.py", "DRIFT_SKIP=1"] {
            assert!(complaint.contains(text), "{complaint}");
        }
    }
    assert_eq!(state(&repo), before);
    assert_eq!(refs(&remote), "refs/heads/main");
    let mut skipped = repo.command("git");
    skipped
        .args(["push", "--quiet", "origin", "work"])
        .env("DRIFT_SKIP", "1");
    let (passed, complaint) = said(&mut skipped);
    assert_eq!(
        (passed, complaint.as_str()),
        (true, "drift: pre-push is skipped, because DRIFT_SKIP is set\n")
    );
}

#[test]
fn each_of_several_refs_is_judged_wherever_head_is() {
    let (repo, remote) = hooked(STRICT);
    drifted(&repo);
    repo.git(&["switch", "--quiet", "main"]);
    repo.commit_file("other.txt", "x\n");
    let (passed, complaint) = git(&repo, &["push", "origin", "main", "work", "work:refs/heads/copy"]);
    assert!(!passed && complaint.contains("drift: work drifts"), "{complaint}");
    assert_eq!(complaint.matches("error[D101]").count(), 1, "{complaint}");
    assert!(git(&repo, &["push", "--quiet", "origin", "main"]).0);
    assert_eq!(refs(&remote), "refs/heads/main");
}

#[test]
fn head_and_an_older_commit_are_judged_as_what_they_are() {
    let (repo, _remote) = hooked(STRICT);
    let planned = repo.id("HEAD");
    drifted(&repo);
    assert!(!git(&repo, &["push", "origin", "HEAD"]).0);
    assert!(!git(&repo, &["push", "origin", "HEAD:refs/heads/elsewhere"]).0);
    let (passed, complaint) = git(
        &repo,
        &["push", "--quiet", "origin", &format!("{planned}:refs/heads/work")],
    );
    assert!(passed, "{complaint}");
}

#[test]
fn deletions_tags_notes_and_records_are_not_judged() {
    let (repo, remote) = hooked(STRICT);
    assert!(git(&repo, &["push", "--quiet", "origin", "work"]).0);
    drifted(&repo);
    repo.git(&["tag", "-a", "-m", "one", "v1"]);
    repo.git(&["notes", "add", "-m", "x"]);
    for arguments in [
        &["push", "--quiet", "origin", "v1"][..],
        &["push", "--quiet", "origin", "refs/notes/commits"],
        &["push", "--quiet", "origin", "refs/drift/*:refs/drift/*"],
        &["push", "--quiet", "origin", "--delete", "work"],
        &["push", "--quiet", "origin", "main"],
    ] {
        let (passed, complaint) = git(&repo, arguments);
        assert_eq!((passed, complaint.as_str()), (true, ""), "{arguments:?}");
    }
    assert!(!refs(&remote).contains("refs/heads/work"));
}

#[test]
fn an_annotated_tag_pushed_as_a_branch_is_peeled() {
    let (repo, _remote) = hooked(STRICT);
    drifted(&repo);
    repo.git(&["tag", "-a", "-m", "one", "v1"]);
    let line = format!("refs/tags/v1 {} refs/heads/work {}\n", repo.id("v1"), "0".repeat(40));
    let (passed, complaint) = fed(&repo, line.as_bytes(), &[]);
    assert!(!passed && complaint.contains("D101"), "{complaint}");
}

#[test]
fn a_forced_push_is_judged_though_what_the_remote_has_is_not_here() {
    let (repo, remote) = hooked(STRICT);
    assert!(git(&repo, &["push", "--quiet", "origin", "work"]).0);
    let other = Repo::clone_of(&remote, &["--branch=work"]);
    other.commit_file("theirs.txt", "x\n");
    other.git(&["push", "--quiet", "origin", "work"]);
    drifted(&repo);
    let (passed, complaint) = git(&repo, &["push", "--force", "origin", "work"]);
    assert!(!passed && complaint.contains("D101"), "{complaint}");
    repo.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
    repo.write("src/login.py", "y\n");
    repo.commit("feat: check the password again");
    let (passed, complaint) = git(&repo, &["push", "--quiet", "--force", "origin", "work"]);
    assert!(passed, "{complaint}");
}

#[test]
fn what_the_remote_has_already_is_not_judged_again() {
    let (repo, _remote) = hooked(STRICT);
    drifted(&repo);
    repo.git(&["push", "--quiet", "--no-verify", "origin", "work:refs/heads/seen"]);
    let (passed, complaint) = git(&repo, &["push", "--quiet", "origin", "work"]);
    assert_eq!((passed, complaint.as_str()), (true, ""));
    drifted(&repo);
    assert!(!git(&repo, &["push", "origin", "work"]).0);
}

#[test]
fn a_branch_without_a_run_costs_no_word() {
    let (repo, _remote) = hooked(STRICT);
    repo.git(&["switch", "--quiet", "--create", "free", "main"]);
    repo.commit_file("src/other.py", "x\n");
    assert_eq!(
        git(&repo, &["push", "--quiet", "origin", "free"]),
        (true, String::new())
    );
}

#[test]
fn an_accepted_deviation_is_pushed() {
    let (repo, _remote) = hooked(STRICT);
    drifted(&repo);
    let (_, complaint) = git(&repo, &["push", "origin", "work"]);
    let fingerprint = complaint
        .split("drift accept ")
        .nth(1)
        .unwrap()
        .split(' ')
        .next()
        .unwrap();
    drift(&repo, &["accept", fingerprint, "--because", "the login needs a token"]).ends(0);
    assert!(git(&repo, &["push", "--quiet", "origin", "work"]).0);
}

#[test]
fn a_signed_approval_is_verified_in_a_linked_worktree_too() {
    let repo = project();
    let remote = Repo::init(&["--bare"]);
    repo.git(&["remote", "add", "origin", remote.path().to_str().unwrap()]);
    let key = repo.beside("key");
    let made = repo
        .command("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "", "-C", "test", "-f"])
        .arg(&key)
        .status();
    assert!(made.unwrap().success());
    let public = std::fs::read_to_string(repo.beside("key.pub")).unwrap();
    std::fs::write(repo.beside("signers"), format!("author@example.com {public}")).unwrap();
    repo.git(&["config", "gpg.format", "ssh"]);
    repo.git(&["config", "user.signingKey", key.to_str().unwrap()]);
    repo.git(&[
        "config",
        "gpg.ssh.allowedSignersFile",
        repo.beside("signers").to_str().unwrap(),
    ]);
    let linked = repo.beside("linked");
    let at = linked.to_str().unwrap();
    repo.git(&["worktree", "add", "--quiet", "-b", "other", at]);
    let plan = crate::support::drift::plan_file(&repo);
    drift(&repo, &["-C", at, "new", "signed", "--from", &plan]).ends(0);
    drift(&repo, &["-C", at, "approve", "--yes", "--sign"]).ends(0);
    drift(&repo, &["-C", at, "start"]).ends(0);
    drift(&repo, &["-C", at, "hooks", "install"]).ends(0);
    std::fs::write(linked.join("src/login.py"), "x\n").unwrap();
    let (passed, complaint) = said(
        repo.command("git")
            .current_dir(&linked)
            .args(["commit", "-a", "-m", "log in"]),
    );
    assert!(passed, "{complaint}");
    let (passed, complaint) = said(
        repo.command("git")
            .current_dir(&linked)
            .args(["push", "origin", "other"]),
    );
    assert!(passed && !complaint.contains("D013"), "{complaint}");
}

/// Runs `drift hook pre-push origin url` with this input.
fn fed(repo: &Repo, input: &[u8], variables: &[(&str, &str)]) -> (bool, String) {
    let file = repo.beside("input");
    std::fs::write(&file, input).unwrap();
    let output = repo
        .command(env!("CARGO_BIN_EXE_drift"))
        .args(["hook", "pre-push", "origin", "url"])
        .envs(variables.iter().copied())
        .stdin(std::fs::File::open(&file).unwrap())
        .output()
        .unwrap();
    (
        output.status.success(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

#[test]
fn input_that_is_empty_or_odd_is_read_to_its_end() {
    let (repo, _remote) = hooked("hooks: {onError: closed}\n");
    assert_eq!(fed(&repo, b"", &[]), (true, String::new()));
    let (passed, complaint) = fed(&repo, b"what is this\n", &[]);
    assert!(!passed && complaint.contains("can't read"), "{complaint}");
    let missing = format!(
        "refs/heads/work {} refs/heads/work {}\n",
        "1".repeat(40),
        "0".repeat(40)
    );
    let (passed, complaint) = fed(&repo, missing.as_bytes(), &[]);
    assert!(!passed && complaint.contains("onError is closed"), "{complaint}");
}

#[test]
fn where_another_program_took_the_input_its_variables_tell() {
    let (repo, _remote) = hooked(STRICT);
    let target = drifted(&repo);
    let variables = [
        ("PRE_COMMIT_FROM_REF", "0000000000000000000000000000000000000000"),
        ("PRE_COMMIT_TO_REF", target.as_str()),
        ("PRE_COMMIT_LOCAL_BRANCH", "refs/heads/work"),
        ("PRE_COMMIT_REMOTE_BRANCH", "refs/heads/work"),
        ("PRE_COMMIT_REMOTE_NAME", "origin"),
    ];
    let (passed, complaint) = fed(&repo, b"", &variables);
    assert!(!passed && complaint.contains("D101"), "{complaint}");
    drift_with(&repo, &["hook", "pre-push", "origin", "url"], &[]).ends(0);
}
