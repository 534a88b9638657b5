//! What a record keeps, and how git shows it.

use super::{REF, TIME, handle, named, open, open_at, put, writes};
use crate::support::repo::Repo;
use drift::git::{GitError, RecordChange};
use drift::model::{ObjectId, Transition};

#[test]
fn a_record_keeps_what_a_transition_does_not_mention() {
    let repo = named(Repo::new());
    let repository = open(&repo);
    put(&repository, &writes(Transition::Approved, "intent.json", "{}")).unwrap();
    put(&repository, &writes(Transition::Tested, "evidence/unit.json", "[]")).unwrap();
    let mut change = writes(Transition::Tested, "evidence/more.json", "[1]");
    change.files.insert("intent.json".into(), None);
    let tip = put(&repository, &change).unwrap();

    let record = repository.read_record(&handle()).unwrap().unwrap();
    let files: Vec<_> = record
        .files
        .iter()
        .map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
        .collect();
    assert_eq!(
        files,
        [("evidence/more.json", &b"[1]"[..]), ("evidence/unit.json", b"[]")]
    );
    assert_eq!((record.tip, record.handle), (tip, handle()));
    let one = repository.read_record_file(&handle(), "evidence/unit.json").unwrap();
    assert_eq!(one.as_deref(), Some(&b"[]"[..]));
    for absent in ["evidence", "none", "evidence/none"] {
        assert_eq!(repository.read_record_file(&handle(), absent).unwrap(), None);
    }
}

#[test]
fn the_log_tells_each_transition_in_order() {
    let repo = named(Repo::new());
    let repository = open(&repo);
    let mut change = writes(Transition::Approved, "commit_plan.json", "{}");
    change.detail = "commit_plan.json\nand\x1b[31m more".into();
    change.body = "Two files: a, b\n\nNothing widened.\n".into();
    put(&repository, &change).unwrap();
    put(&repository, &RecordChange::new(Transition::Started, TIME + 60)).unwrap();

    let log = repository.record_log(&handle()).unwrap();
    let told: Vec<_> = log
        .iter()
        .map(|entry| (entry.transition, entry.subject.as_str(), entry.time))
        .collect();
    let subject = "approved: commit_plan.json and [31m more";
    assert_eq!(
        told,
        [
            (Some(Transition::Approved), subject, TIME),
            (Some(Transition::Started), "started", TIME + 60)
        ]
    );
    assert_eq!(log[0].author, "Ada Example <ada@example.com>");
    assert_eq!(
        repo.git(&["log", "--format=%s|%an|%cn|%at|%b", "--reverse", REF]),
        format!(
            "{subject}|Ada Example|Ada Example|{TIME}|Two files: a, b\n\nNothing widened.\n\nstarted|Ada Example|Ada Example|{}|",
            TIME + 60
        )
    );
    assert_eq!(repo.git(&["fsck", "--strict", "--no-dangling"]), "");
}

#[test]
fn a_subject_that_is_no_transition_stays_in_the_log() {
    let repo = named(Repo::new());
    repo.commit_file("a", "1");
    repo.git(&["update-ref", REF, "HEAD"]);
    let log = open(&repo).record_log(&handle()).unwrap();
    assert_eq!((log[0].transition, log[0].subject.as_str()), (None, "a"));
}

#[test]
fn nothing_is_written_where_nothing_is_answered() {
    let repo = named(Repo::new());
    let repository = open(&repo);
    let answer = repository.update_record(&handle(), &mut |record| {
        assert_eq!(record, None);
        Ok::<_, GitError>(None)
    });
    assert_eq!(answer.unwrap(), None);
    assert_eq!(repository.read_record(&handle()).unwrap(), None);
    assert!(repository.record_log(&handle()).unwrap().is_empty());
    assert_eq!(repo.git(&["for-each-ref"]), "");
}

#[test]
fn a_record_without_files_is_a_record() {
    let repo = named(Repo::new());
    let repository = open(&repo);
    put(&repository, &RecordChange::new(Transition::Approved, TIME)).unwrap();
    put(&repository, &writes(Transition::Approved, "a/b.json", "{}")).unwrap();
    let mut change = RecordChange::new(Transition::Approved, TIME);
    change.files.insert("a/b.json".into(), None);
    change.files.insert("never/there.json".into(), None);
    put(&repository, &change).unwrap();
    assert!(repository.read_record(&handle()).unwrap().unwrap().files.is_empty());
    assert_eq!(repo.git(&["fsck", "--strict", "--no-dangling"]), "");
    repo.git(&["gc", "--quiet", "--prune=now"]);
    assert_eq!(open(&repo).record_log(&handle()).unwrap().len(), 3);
}

#[test]
fn the_callers_own_error_comes_back_and_nothing_is_written() {
    #[derive(Debug)]
    enum Own {
        Refused,
        Git,
    }
    impl From<GitError> for Own {
        fn from(_: GitError) -> Self {
            Self::Git
        }
    }
    let repo = named(Repo::new());
    let answer = open(&repo).update_record(&handle(), &mut |_| Err(Own::Refused));
    assert!(matches!(answer, Err(Own::Refused)), "{:?}", Own::Git);
    assert_eq!(repo.git(&["for-each-ref"]), "");
}

#[test]
fn a_kept_commit_outlives_its_branch_and_gc() {
    let repo = named(Repo::new());
    repo.commit_file("a", "1");
    repo.git(&["switch", "--quiet", "--create", "topic"]);
    let target = repo.commit_file("b", "2");
    let repository = open(&repo);
    put(&repository, &writes(Transition::Approved, "intent.json", "{}")).unwrap();
    let mut change = writes(Transition::Reported, "run_report.json", "{}");
    change.also_keeps = ObjectId::from_hex(&target);
    put(&repository, &change).unwrap();
    repo.git(&["switch", "--quiet", "main"]);
    repo.git(&["branch", "-D", "topic"]);
    repo.git(&["reflog", "expire", "--expire=now", "--all"]);
    repo.git(&["gc", "--quiet", "--prune=now"]);
    assert_eq!(repo.git(&["cat-file", "-t", &target]), "commit");
    assert_eq!(repo.id(&format!("{REF}^2")), target);
    let log = open(&repo).record_log(&handle()).unwrap();
    assert_eq!(log.len(), 2, "the kept commit is no transition");
}

#[test]
fn packed_records_are_found_and_written_on() {
    let repo = named(Repo::new());
    repo.commit_file("a", "1");
    let repository = open(&repo);
    put(&repository, &writes(Transition::Approved, "intent.json", "{}")).unwrap();
    repo.git(&["pack-refs", "--all", "--prune"]);
    repo.git(&["gc", "--quiet"]);
    assert_eq!(repository.records().unwrap(), [handle()]);
    put(&repository, &writes(Transition::Started, "run.json", "{}")).unwrap();
    assert_eq!(repository.records().unwrap(), [handle()]);
    assert_eq!(repository.read_record(&handle()).unwrap().unwrap().files.len(), 2);
}

#[test]
fn a_linked_worktree_writes_to_the_same_record() {
    let repo = named(Repo::new());
    repo.commit_file("a", "1");
    let linked = repo.beside("linked");
    repo.git(&["worktree", "add", "--quiet", linked.to_str().unwrap(), "-b", "topic"]);
    put(
        &open_at(&repo, &linked),
        &writes(Transition::Approved, "intent.json", "{}"),
    )
    .unwrap();
    put(&open(&repo), &writes(Transition::Started, "run.json", "{}")).unwrap();
    repo.git(&["worktree", "remove", "--force", linked.to_str().unwrap()]);
    assert_eq!(open(&repo).record_log(&handle()).unwrap().len(), 2);
}

#[test]
fn bare_and_sha256_repositories_keep_records_too() {
    for arguments in [&["--bare"][..], &["--object-format=sha256"]] {
        let repo = named(Repo::init(arguments));
        let repository = open(&repo);
        for content in ["{}", "[]"] {
            put(&repository, &writes(Transition::Approved, "a/intent.json", content)).unwrap();
        }
        assert_eq!(repository.record_log(&handle()).unwrap().len(), 2, "{arguments:?}");
        assert_eq!(repo.git(&["show", &format!("{REF}:a/intent.json")]), "[]");
        assert_eq!(repo.git(&["fsck", "--strict", "--no-dangling"]), "");
    }
}

#[test]
fn only_refs_that_are_named_like_runs_are_records() {
    let repo = named(Repo::new());
    let repository = open(&repo);
    assert_eq!(repository.records().unwrap(), []);
    let commit = repo.commit_file("a", "1");
    for name in ["b-0a1b2c3d", "a-0a1b2c3d", "Odd", "c-0a1b2c3d/below"] {
        repo.git(&["update-ref", &format!("refs/drift/runs/{name}"), &commit]);
    }
    let names: Vec<_> = repository.records().unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(names, ["a-0a1b2c3d", "b-0a1b2c3d"]);
}

#[test]
fn a_record_travels_with_push_and_fetch() {
    let repo = named(Repo::new());
    put(&open(&repo), &writes(Transition::Approved, "intent.json", "{}")).unwrap();
    let other = named(Repo::new());
    let url = repo.path().display().to_string();
    other.git(&["fetch", "--quiet", &url, "refs/drift/*:refs/drift/*"]);
    let (here, there) = (open(&repo), open(&other));
    assert_eq!(
        there.read_record(&handle()).unwrap(),
        here.read_record(&handle()).unwrap()
    );
}
