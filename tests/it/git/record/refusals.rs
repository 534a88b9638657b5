//! What is no record, and what is in the way of one, is said by name and left as it is.

use super::{REF, TIME, environment, handle, named, open, put, writes};
use crate::support::repo::Repo;
use drift::git::{GitError, RecordChange, RecordError, Repository};
use drift::model::{ObjectId, Transition};
use std::fs;

fn change() -> RecordChange {
    writes(Transition::Approved, "intent.json", "{}")
}

#[test]
fn a_symbolic_ref_is_refused_and_the_branch_behind_it_stays() {
    let repo = named(Repo::new());
    let main = repo.commit_file("a", "1");
    repo.git(&["symbolic-ref", REF, "refs/heads/main"]);
    let repository = open(&repo);
    let written = put(&repository, &change());
    assert!(matches!(
        written,
        Err(GitError::Record(RecordError::SymbolicRef { .. }))
    ));
    assert!(repository.read_record(&handle()).is_err());
    assert_eq!(repo.id("main"), main);

    let file = repo.path().join(".git").join(REF);
    fs::remove_file(&file).unwrap();
    std::os::unix::fs::symlink("../../heads/main", &file).unwrap();
    let written = put(&repository, &change());
    assert!(matches!(
        written,
        Err(GitError::Record(RecordError::SymbolicRef { .. }))
    ));
    assert_eq!(repo.id("main"), main);
}

#[test]
fn a_ref_to_something_else_than_a_commit_is_no_record() {
    let repo = named(Repo::new());
    repo.commit_file("a", "1");
    let repository = open(&repo);
    for (object, what) in [("HEAD:a", "blob"), ("HEAD^{tree}", "tree")] {
        repo.git(&["update-ref", REF, &repo.id(object)]);
        let message = put(&repository, &change()).unwrap_err().to_string();
        assert!(message.ends_with(&format!("is a {what}, not a commit")), "{message}");
    }
}

#[test]
fn a_broken_ref_is_an_error_that_names_its_file_and_is_not_replaced() {
    let repo = named(Repo::new());
    let repository = open(&repo);
    put(&repository, &change()).unwrap();
    let file = repo.path().join(".git").join(REF);
    fs::write(&file, "").unwrap();
    let error = put(&repository, &change()).unwrap_err();
    assert!(error.to_string().contains(REF), "{error}");
    assert_eq!(fs::read(&file).unwrap(), b"");
    assert_eq!(repository.records().unwrap(), [handle()], "it is listed none the less");
}

#[test]
fn a_ref_in_the_way_is_named_loose_or_packed() {
    for (name, shown) in [
        ("refs/drift", "refs/drift"),
        ("refs/drift/runs", "refs/drift/runs"),
        (
            "refs/drift/runs/add-login-0a1b2c3d/x",
            "refs/drift/runs/add-login-0a1b2c3d/",
        ),
    ] {
        let repo = named(Repo::new());
        repo.commit_file("a", "1");
        repo.git(&["update-ref", name, "HEAD"]);
        for _ in ["loose", "packed"] {
            let Err(GitError::Record(RecordError::RefConflict { other, .. })) = put(&open(&repo), &change()) else {
                panic!("{name} has to be in the way");
            };
            assert_eq!(other, shown);
            repo.git(&["pack-refs", "--all", "--prune"]);
        }
    }
}

#[test]
fn an_empty_folder_in_the_way_is_removed() {
    let repo = named(Repo::new());
    fs::create_dir_all(repo.path().join(".git").join(REF)).unwrap();
    put(&open(&repo), &change()).unwrap();
}

#[test]
fn a_file_name_that_could_leave_the_record_is_refused() {
    let repo = named(Repo::new());
    let repository = open(&repo);
    for path in ["", "../x", "a//b", "/a", "a/", ".git/config", "a/.GIT", "a\0b"] {
        let written = put(&repository, &writes(Transition::Approved, path, "{}"));
        let refused = matches!(written, Err(GitError::Record(RecordError::FileName { .. })));
        assert!(refused, "{path:?}: {written:?}");
    }
    assert_eq!(repo.git(&["for-each-ref"]), "");
}

#[test]
fn only_a_commit_that_is_there_is_kept_and_only_by_a_record() {
    let repo = named(Repo::new());
    let head = repo.commit_file("a", "1");
    let repository = open(&repo);
    let keeping = |id: &str| {
        let mut change = RecordChange::new(Transition::Reported, TIME);
        change.also_keeps = ObjectId::from_hex(id);
        change
    };
    let first = put(&repository, &keeping(&head));
    assert!(matches!(
        first,
        Err(GitError::Record(RecordError::NothingToKeepWith { .. }))
    ));
    put(&repository, &change()).unwrap();
    let missing = put(&repository, &keeping(&"1".repeat(40)));
    assert!(matches!(missing, Err(GitError::MissingObject { .. })));
    assert!(put(&repository, &keeping(&repo.id("HEAD^{tree}"))).is_err());
    put(&repository, &keeping(&head)).unwrap();
}

#[test]
fn nothing_is_written_while_a_push_is_received() {
    let repo = named(Repo::new());
    let mut environment = environment(&repo);
    environment.vars.insert("GIT_QUARANTINE_PATH".into(), "/tmp/x".into());
    let repository = Repository::open(repo.path(), &environment).unwrap();
    assert!(matches!(put(&repository, &change()), Err(GitError::Refused { .. })));
    assert!(repository.bind_branch("main", &handle()).is_err());
}
