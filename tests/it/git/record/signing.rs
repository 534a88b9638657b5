//! Signed approvals, with an SSH key that is made for the test; said to be skipped where there is no ssh-keygen.

use super::{TIME, handle, named, open, put, writes};
use crate::support::repo::Repo;
use crate::support::script::script_at;
use drift::git::{GitError, ProgramError, Repository};
use drift::model::{ApprovalState, ObjectId, Transition};
use std::fs;
use std::thread;
use std::time::Duration;

/// A repository whose user signs with a fresh SSH key and trusts it; `None` on a machine without ssh-keygen.
fn signing() -> Option<Repo> {
    let repo = named(Repo::new());
    let key = repo.beside("key");
    let made = repo
        .command("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "", "-C", "test", "-f"])
        .arg(&key)
        .status();
    let Ok(made) = made else {
        eprintln!("skipped: there is no ssh-keygen on this machine");
        return None;
    };
    assert!(made.success());
    let public = fs::read_to_string(repo.beside("key.pub")).unwrap();
    fs::write(repo.beside("signers"), format!("ada@example.com {public}")).unwrap();
    repo.git(&["config", "gpg.format", "ssh"]);
    repo.git(&["config", "user.signingKey", key.to_str().unwrap()]);
    let signers = repo.beside("signers").display().to_string();
    repo.git(&["config", "gpg.ssh.allowedSignersFile", &signers]);
    Some(repo)
}

fn approve(repository: &Repository, sign: bool) -> Result<ObjectId, GitError> {
    let mut change = writes(Transition::Approved, "intent.json", "{}");
    change.sign = sign;
    put(repository, &change)
}

#[test]
fn a_signed_approval_is_signed_and_an_unsigned_one_is_not() {
    let Some(repo) = signing() else { return };
    let repository = open(&repo);
    let unsigned = approve(&repository, false).unwrap();
    let signed = approve(&repository, true).unwrap();
    assert_eq!(repository.signature_state(unsigned).unwrap(), ApprovalState::Unsigned);
    assert_eq!(repository.signature_state(signed).unwrap(), ApprovalState::Signed);
    let log = repository.record_log(&handle()).unwrap();
    assert_eq!(log[0].author, log[1].author);
    assert_eq!((log[1].time, log[1].subject.as_str()), (TIME, "approved"));
    repo.git(&["verify-commit", &signed.to_string()]);
}

#[test]
fn nobody_waits_for_a_passphrase_and_who_was_overtaken_signs_again() {
    let Some(repo) = signing() else { return };
    let (asking, answered) = (repo.beside("asking"), repo.beside("answered"));
    let script = format!(
        "#!/bin/sh\ntouch '{}'\nwhile [ ! -e '{}' ]; do sleep 0.01; done\nexec ssh-keygen \"$@\"\n",
        asking.display(),
        answered.display()
    );
    let program = repo.beside("slow-keygen");
    script_at(&program, &script);
    repo.git(&["config", "gpg.ssh.program", program.to_str().unwrap()]);
    thread::scope(|scope| {
        let signer = scope.spawn(|| approve(&open(&repo), true).unwrap());
        while !asking.exists() {
            thread::sleep(Duration::from_millis(1));
        }
        let other = put(&open(&repo), &writes(Transition::Tested, "other.json", "{}")).unwrap();
        assert!(!signer.is_finished());
        fs::write(&answered, "").unwrap();
        let signed = signer.join().unwrap();
        assert_eq!(repo.id(&format!("{signed}^")), other.to_string());
        assert_eq!(open(&repo).signature_state(signed).unwrap(), ApprovalState::Signed);
    });
}

#[test]
fn a_signature_of_a_stranger_is_bad_and_says_why() {
    let Some(repo) = signing() else { return };
    let signed = approve(&open(&repo), true).unwrap();
    fs::write(repo.beside("signers"), "").unwrap();
    let ApprovalState::BadSignature(reason) = open(&repo).signature_state(signed).unwrap() else {
        panic!("nobody is trusted any more");
    };
    assert!(!reason.is_empty());
}

#[test]
fn a_changed_text_under_a_signature_is_bad() {
    let Some(repo) = signing() else { return };
    let signed = approve(&open(&repo), true).unwrap();
    let text = repo.git_bytes(&["cat-file", "commit", &signed.to_string()]);
    let text = String::from_utf8(text).unwrap().replace("approved", "discarded");
    let forged = repo.git_with_input(&["hash-object", "-t", "commit", "-w", "--stdin"], text.as_bytes());
    let state = open(&repo)
        .signature_state(ObjectId::from_hex(&forged).unwrap())
        .unwrap();
    assert!(matches!(state, ApprovalState::BadSignature(_)), "{state:?}");
}

#[test]
fn without_a_usable_key_nothing_is_written_and_git_says_why() {
    let Some(repo) = signing() else { return };
    repo.git(&["config", "user.signingKey", "/nowhere/key"]);
    let error = approve(&open(&repo), true).unwrap_err();
    assert!(
        matches!(error, GitError::Program(ProgramError::Failed { .. })),
        "{error}"
    );
    assert!(error.to_string().contains("/nowhere/key"), "{error}");
    assert_eq!(repo.git(&["for-each-ref"]), "");
}

#[test]
fn without_git_on_the_path_signing_says_so() {
    let Some(repo) = signing() else { return };
    let mut environment = super::environment(&repo);
    environment.vars.insert("PATH".into(), "/nowhere".into());
    let repository = Repository::open(repo.path(), &environment).unwrap();
    let error = approve(&repository, true).unwrap_err();
    assert!(matches!(error, GitError::Program(ProgramError::Absent)), "{error}");
}
