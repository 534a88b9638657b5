//! `drift evidence export` and `verify`: what others can check; with an SSH key that is made for the test.

use crate::support::drift::{Said, drift, project};
use crate::support::repo::Repo;
use crate::support::suites::{one_suite, trusted_run, writes_junit};
use serde_json::Value;
use std::fs;

/// A key beside the repository, and its line for a list of signers; `None` on a machine without ssh-keygen.
fn key(repo: &Repo, name: &str) -> Option<String> {
    let file = repo.beside(name);
    let made = repo
        .command("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "", "-C", "test", "-f"])
        .arg(&file)
        .status();
    if made.is_err() {
        eprintln!("skipped: there is no ssh-keygen on this machine");
        return None;
    }
    let public = fs::read_to_string(file.with_extension("pub")).unwrap();
    Some(format!("{name}@example.com {public}"))
}

/// A reported run with evidence, whose user signs as `ada`; with a signed statement in `statement.json` beside it.
fn exported() -> Option<(Repo, String)> {
    let repo = project();
    let line = key(&repo, "ada")?;
    fs::write(repo.beside("signers"), line).unwrap();
    repo.git(&["config", "user.signingKey", repo.beside("ada").to_str().unwrap()]);
    repo.git(&[
        "config",
        "gpg.ssh.allowedSignersFile",
        repo.beside("signers").to_str().unwrap(),
    ]);
    trusted_run(
        &repo,
        &one_suite(&writes_junit(".drift/out.xml", &["rejects", "waits~"])),
    );
    repo.write("src/login.py", "def login():\n    check()\n")
        .git(&["add", "src"]);
    repo.commit_staged("feat: check the password at login");
    drift(&repo, &["test"]).ends(0);
    drift(&repo, &["report"]);
    let file = repo.beside("statement.json").display().to_string();
    drift(&repo, &["evidence", "export", "--sign", "--output", &file]).ends(0);
    Some((repo, file))
}

fn verify(repo: &Repo, file: &str) -> Said {
    drift(repo, &["evidence", "verify", file])
}

#[test]
fn the_statement_names_the_reported_target_and_each_test() {
    let Some((repo, _)) = exported() else { return };
    let said = drift(&repo, &["evidence", "export"]).ends(0).json();
    assert_eq!(said["_type"], "https://in-toto.io/Statement/v1");
    assert_eq!(said["predicateType"], "https://in-toto.io/attestation/test-result/v0.1");
    assert_eq!(said["subject"][0]["digest"]["gitCommit"], repo.id("HEAD"));
    assert_eq!(said["subject"][0]["digest"]["gitTree"], repo.id("HEAD^{tree}"));
    assert_eq!(said["predicate"]["result"], "PASSED");
    assert_eq!(said["predicate"]["passedTests"][0], "login > rejects");
    assert_eq!(said["predicate"]["warnedTests"][0], "login > waits");
    let names: Vec<&str> = said["predicate"]["configuration"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["name"].as_str().unwrap())
        .collect();
    assert!(
        names[0] == "test_contract.json" && names[1].starts_with("evidence/unit-"),
        "{names:?}"
    );
}

#[test]
fn a_signed_statement_holds_and_ssh_keygen_agrees() {
    let Some((repo, file)) = exported() else { return };
    verify(&repo, &file).ends(0).says(&[
        "signed by ada@example.com",
        "PASSED (1 passed, 0 failed, 1 with a warning)",
    ]);
    drift(&repo, &["evidence", "verify", &file, "--commit", "HEAD"]).ends(0);
    let envelope: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    assert_eq!(envelope["payloadType"], "application/vnd.in-toto+json");
    // The encoding that is signed, built by hand, and the signature in its frame.
    let decode = |text: &str| {
        let mut child = repo
            .command("base64")
            .arg("-d")
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), text.as_bytes()).unwrap();
        child.wait_with_output().unwrap().stdout
    };
    let payload = decode(envelope["payload"].as_str().unwrap());
    let mut signed = format!("DSSEv1 28 application/vnd.in-toto+json {} ", payload.len()).into_bytes();
    signed.extend(&payload);
    fs::write(repo.beside("signed"), &signed).unwrap();
    let signature = envelope["signatures"][0]["sig"].as_str().unwrap();
    let framed = format!("-----BEGIN SSH SIGNATURE-----\n{signature}\n-----END SSH SIGNATURE-----\n");
    fs::write(repo.beside("sig"), framed).unwrap();
    let checked = repo
        .command("ssh-keygen")
        .args(["-Y", "verify", "-n", "drift-evidence", "-I", "ada@example.com", "-f"])
        .arg(repo.beside("signers"))
        .arg("-s")
        .arg(repo.beside("sig"))
        .stdin(fs::File::open(repo.beside("signed")).unwrap())
        .output()
        .unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
}

#[test]
fn a_changed_payload_or_signature_is_told() {
    let Some((repo, file)) = exported() else { return };
    let text = fs::read_to_string(&file).unwrap();
    let envelope: Value = serde_json::from_str(&text).unwrap();
    let payload = envelope["payload"].as_str().unwrap();
    let (at, old) = (100, payload.as_bytes()[100] as char);
    let new = if old == 'A' { 'B' } else { 'A' };
    let changed = format!("{}{new}{}", &payload[..at], &payload[at + 1..]);
    fs::write(&file, text.replace(payload, &changed)).unwrap();
    verify(&repo, &file).ends(1).complains(&["is not what was signed"]);
    let signature = envelope["signatures"][0]["sig"].as_str().unwrap();
    fs::write(&file, text.replace(signature, "c2ln")).unwrap();
    verify(&repo, &file).ends(1).complains(&["is not what was signed"]);
}

#[test]
fn a_key_that_is_not_allowed_is_told() {
    let Some((repo, file)) = exported() else { return };
    let Some(other) = key(&repo, "bob") else { return };
    let signers = repo.beside("others").display().to_string();
    fs::write(&signers, other).unwrap();
    drift(&repo, &["evidence", "verify", &file, "--allowed-signers", &signers])
        .ends(2)
        .complains(&["is signed by SHA256:", "no allowed signer's key"]);
    drift(&repo, &["evidence", "verify", &file, "--allowed-signers", "nowhere"])
        .ends(2)
        .complains(&["is not there"]);
    repo.git(&["config", "--unset", "gpg.ssh.allowedSignersFile"]);
    verify(&repo, &file)
        .ends(2)
        .complains(&["nobody says whose signatures count", "--allowed-signers FILE"]);
}

#[test]
fn a_statement_about_another_commit_is_told() {
    let Some((repo, file)) = exported() else { return };
    repo.commit_file("src/more.py", "more\n");
    verify(&repo, &file).ends(0);
    drift(&repo, &["evidence", "verify", &file, "--commit", "HEAD"])
        .ends(3)
        .complains(&["and `HEAD` is"]);
    let elsewhere = Repo::new();
    elsewhere.commit_file("a", "a");
    let signers = repo.beside("signers").display().to_string();
    drift(
        &elsewhere,
        &["evidence", "verify", &file, "--allowed-signers", &signers],
    )
    .ends(3)
    .complains(&["which this repository does not have"]);
}

#[test]
fn what_is_not_signed_or_no_statement_proves_nothing() {
    let Some((repo, file)) = exported() else { return };
    let plain = repo.beside("plain.json").display().to_string();
    drift(&repo, &["evidence", "export", "--output", &plain]).ends(0);
    verify(&repo, &plain).ends(3).complains(&["is not signed"]);
    for text in [
        "",
        "{}",
        "[]",
        "{\"payload\": \"\", \"payloadType\": \"x\", \"signatures\": []}",
    ] {
        fs::write(&file, text).unwrap();
        verify(&repo, &file)
            .ends(2)
            .complains(&["is no statement about test results"]);
    }
    verify(&repo, "nowhere.json").ends(2).complains(&["does not exist"]);
}

#[test]
fn without_a_report_a_key_or_evidence_nothing_is_exported() {
    let repo = project();
    trusted_run(&repo, &one_suite(&writes_junit(".drift/out.xml", &["rejects"])));
    drift(&repo, &["evidence", "export"])
        .ends(2)
        .complains(&["has no report yet"]);
    repo.write("src/login.py", "changed\n").git(&["add", "src"]);
    repo.commit_staged("feat: log in");
    drift(&repo, &["report"]);
    drift(&repo, &["evidence", "export"])
        .ends(3)
        .complains(&["no evidence of", "is of the tree of its reported target"]);
    drift(&repo, &["test"]).ends(0);
    drift(&repo, &["evidence", "export", "--sign"])
        .ends(2)
        .complains(&["user.signingKey is not set"]);
    drift(&repo, &["evidence", "export"]).ends(0);
}
