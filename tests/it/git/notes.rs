//! Notes in refs/notes/drift: what git reads of them, what is refused, and that nobody's note is lost.

use super::record::{environment, open, open_at};
use crate::support::child;
use crate::support::repo::Repo;
use drift::git::{Environment, GitError, Joined, NotesChange, RecordError, Repository};
use drift::model::ObjectId;
use std::collections::BTreeMap;
use std::fs;
use std::thread;

const NOTES: &str = "refs/notes/drift";
const WRITERS: usize = 16;
const NOTES_EACH: usize = 20;

fn id(hex: &str) -> ObjectId {
    ObjectId::from_hex(hex).unwrap()
}

/// An id that looks like any other; notes need no commit behind them.
fn some_id(number: usize) -> ObjectId {
    let hex = digits(number);
    id(&hex[..40])
}

fn digits(number: usize) -> String {
    let mut state = number as u64 + 1;
    let mut hex = String::new();
    while hex.len() < 64 {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        hex.push_str(&format!("{:08x}", state >> 32));
    }
    hex
}

fn change(notes: &[(ObjectId, Option<&str>)]) -> NotesChange {
    let owned = |(commit, text): &(ObjectId, Option<&str>)| (*commit, text.map(|text| text.as_bytes().to_vec()));
    NotesChange {
        notes: notes.iter().map(owned).collect(),
        subject: "notes: test".into(),
        time: 1_700_000_000,
    }
}

fn put(repository: &Repository, notes: &[(ObjectId, Option<&str>)]) -> Result<usize, GitError> {
    repository.update_notes(&mut |_| Ok::<_, GitError>(change(notes)))
}

fn git_list(repo: &Repo) -> BTreeMap<String, String> {
    let text = repo.git(&["notes", "--ref=drift", "list"]);
    let pair = |line: &str| {
        line.split_once(' ')
            .map(|(blob, commit)| (commit.to_owned(), blob.to_owned()))
    };
    text.lines().filter_map(pair).collect()
}

#[test]
fn git_shows_what_drift_notes_and_drift_reads_what_git_notes() {
    for arguments in [&[][..], &["--object-format=sha256"], &["--bare"]] {
        let repo = Repo::init(arguments);
        let head = match arguments {
            ["--bare"] => {
                let tree = repo.git(&["mktree", "--missing"]);
                let head = repo.git(&["commit-tree", &tree, "-m", "a"]);
                repo.git(&["update-ref", "refs/heads/main", &head]);
                head
            }
            _ => repo.commit_file("a", "1"),
        };
        let repository = open(&repo);
        assert!(repository.notes().unwrap().is_empty());
        assert_eq!(put(&repository, &[(id(&head), Some("{\"x\":1}\n"))]).unwrap(), 1);
        assert_eq!(repo.git(&["notes", "--ref=drift", "show", &head]), "{\"x\":1}");
        assert!(
            repo.git(&["log", "--notes=drift"])
                .contains("Notes (drift):\n    {\"x\":1}")
        );
        repo.git(&["notes", "--ref=drift", "append", "-m", "by hand", &head]);
        let text = repository.notes().unwrap().get(id(&head)).unwrap().unwrap();
        assert_eq!(text, b"{\"x\":1}\n\nby hand\n");
        assert_eq!(put(&repository, &[(id(&head), None)]).unwrap(), 1);
        assert_eq!(repository.notes().unwrap().get(id(&head)).unwrap(), None);
        assert!(git_list(&repo).is_empty());
        assert_eq!(repo.git(&["fsck", "--strict"]), "");
    }
}

#[test]
fn the_same_note_again_is_no_new_commit() {
    let repo = Repo::new();
    let head = id(&repo.commit_file("a", "1"));
    let repository = open(&repo);
    put(&repository, &[(head, Some("x\n"))]).unwrap();
    let before = repo.id(NOTES);
    assert_eq!(put(&repository, &[(head, Some("x\n")), (some_id(1), None)]).unwrap(), 0);
    assert_eq!(repo.id(NOTES), before);
    assert_eq!(put(&repository, &[]).unwrap(), 0);
}

#[test]
fn a_thousand_notes_are_one_commit_with_the_tree_that_git_makes() {
    let repo = Repo::new();
    let mut import = String::new();
    for number in 0..1000 {
        import.push_str(&format!(
            "commit refs/heads/main\ncommitter A <a@example.com> {number} +0000\ndata 0\n"
        ));
    }
    repo.git_with_input(&["fast-import", "--quiet"], import.as_bytes());
    let commits: Vec<String> = repo.git(&["rev-list", "main"]).lines().map(str::to_owned).collect();
    repo.git(&["notes", "--ref=git", "add", "-m", "same", &commits[0]]);
    for count in [1, 40, 400, 1000] {
        let notes: Vec<_> = commits[..count].iter().map(|hex| (id(hex), Some("same\n"))).collect();
        put(&open(&repo), &notes).unwrap();
        let copies: String = commits[1..count]
            .iter()
            .map(|to| format!("{} {to}\n", commits[0]))
            .collect();
        repo.git_with_input(&["notes", "--ref=git", "copy", "--force", "--stdin"], copies.as_bytes());
        assert_eq!(
            repo.id("refs/notes/drift^{tree}"),
            repo.id("refs/notes/git^{tree}"),
            "{count}"
        );
    }
    assert_eq!(repo.git(&["rev-list", "--count", NOTES]), "4");
    let own: Vec<String> = open(&repo)
        .notes()
        .unwrap()
        .commits()
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(own, git_list(&repo).into_keys().collect::<Vec<_>>());
    assert_eq!(repo.git(&["fsck", "--strict", "--no-dangling"]), "");
}

#[test]
fn notes_are_found_at_every_depth_and_what_is_no_note_stays() {
    let repo = Repo::new();
    let blob = repo.git_with_input(&["hash-object", "-w", "--stdin"], b"deep\n");
    let ids: Vec<String> = (0..4).map(|number| some_id(number).to_string()).collect();
    let mut import = String::from("commit refs/notes/drift\ncommitter A <a@example.com> 1700000000 +0000\ndata 0\n");
    for (depth, id) in ids.iter().enumerate() {
        let folders: String = (0..depth).map(|at| format!("{}/", &id[2 * at..2 * at + 2])).collect();
        import.push_str(&format!("M 100644 {blob} {folders}{}\n", &id[2 * depth..]));
    }
    import.push_str(&format!("M 100644 {blob} README\nM 100644 {blob} ab/notes.txt\n"));
    repo.git_with_input(&["fast-import", "--quiet"], import.as_bytes());
    let repository = open(&repo);
    let mut expected: Vec<ObjectId> = ids.iter().map(|hex| id(hex)).collect();
    expected.sort();
    assert_eq!(repository.notes().unwrap().commits().unwrap(), expected);
    for id in &expected {
        assert_eq!(repository.notes().unwrap().get(*id).unwrap().unwrap(), b"deep\n");
    }
    put(&repository, &[(some_id(9), Some("new\n"))]).unwrap();
    let names = repo.git(&["ls-tree", "-r", "--name-only", NOTES]);
    assert!(
        names.lines().any(|name| name == "README") && names.contains("ab/notes.txt"),
        "{names}"
    );
    assert_eq!(git_list(&repo).len(), 5);
}

#[test]
fn what_a_write_would_lead_elsewhere_is_refused() {
    let repo = Repo::new();
    let head = repo.commit_file("a", "1");
    let note = [(id(&head), Some("x\n"))];
    repo.git(&["symbolic-ref", NOTES, "refs/heads/main"]);
    let error = put(&open(&repo), &note).unwrap_err();
    assert!(
        matches!(error, GitError::Record(RecordError::SymbolicRef { .. })),
        "{error}"
    );
    assert!(open(&repo).notes().is_err());
    assert_eq!(repo.id("main"), head);
    repo.git(&["symbolic-ref", "--delete", NOTES]);

    repo.git(&["update-ref", NOTES, &repo.id("HEAD:a")]);
    let error = put(&open(&repo), &note).unwrap_err().to_string();
    assert!(
        error.contains("holds no notes") && error.contains("is a blob, not a commit"),
        "{error}"
    );
    repo.git(&["update-ref", "-d", NOTES]);

    let mut environment = environment(&repo);
    environment.vars.insert("GIT_QUARANTINE_PATH".into(), "/tmp/x".into());
    let repository = Repository::open(repo.path(), &environment).unwrap();
    assert!(matches!(put(&repository, &note), Err(GitError::Refused { .. })));

    repo.git(&["update-ref", "refs/notes/drift/x", &head]);
    let error = put(&open(&repo), &note).unwrap_err();
    assert!(
        matches!(error, GitError::Record(RecordError::RefConflict { .. })),
        "{error}"
    );
}

fn write_many(repository: &Repository, writer: usize) {
    for number in 0..NOTES_EACH {
        let own = some_id(writer * NOTES_EACH + number);
        repository
            .update_notes(&mut |notes| {
                // All write a line into one note of their own, and into one that they share.
                let shared = notes.get(some_id(99_999))?.unwrap_or_default();
                let shared = String::from_utf8_lossy(&shared).into_owned() + &format!("{writer}-{number}\n");
                Ok::<_, GitError>(change(&[(own, Some("own\n")), (some_id(99_999), Some(&shared))]))
            })
            .unwrap();
    }
}

fn assert_none_lost(repo: &Repo) {
    let notes = open(repo).notes().unwrap().all().unwrap();
    assert_eq!(notes.len(), WRITERS * NOTES_EACH + 1);
    let shared = String::from_utf8_lossy(&notes[&some_id(99_999)]).into_owned();
    assert_eq!(shared.lines().count(), WRITERS * NOTES_EACH);
    assert_eq!(
        repo.git(&["rev-list", "--count", NOTES]),
        (WRITERS * NOTES_EACH).to_string()
    );
    assert_eq!(repo.git(&["fsck", "--strict"]), "");
}

#[test]
fn threads_lose_no_note() {
    let repo = Repo::new();
    thread::scope(|scope| {
        for writer in 0..WRITERS {
            let repository = open(&repo);
            scope.spawn(move || write_many(&repository, writer));
        }
    });
    assert_none_lost(&repo);
}

#[test]
fn processes_lose_no_note() {
    let repo = Repo::new();
    let start = |writer| child::start("git::notes::child_writes_many", repo.path(), writer);
    child::all_pass((0..WRITERS).map(start).collect());
    assert_none_lost(&repo);
}

#[test]
#[ignore = "run in processes of its own by processes_lose_no_note"]
fn child_writes_many() {
    let Some((folder, writer)) = child::told() else { return };
    let environment = Environment {
        current_dir: folder.clone(),
        ..Environment::default()
    };
    write_many(&Repository::open(&folder, &environment).unwrap(), writer);
}

#[test]
fn clones_that_join_the_same_two_sides_write_the_same_commit() {
    let repo = Repo::new();
    put(&open(&repo), &[(some_id(1), Some("base\n"))]).unwrap();
    let base = repo.id(NOTES);
    put(
        &open(&repo),
        &[(some_id(1), Some("one\n")), (some_id(2), Some("one\n"))],
    )
    .unwrap();
    let one = repo.id(NOTES);
    repo.git(&["update-ref", NOTES, &base]);
    put(
        &open(&repo),
        &[(some_id(1), Some("other\n")), (some_id(3), Some("other\n"))],
    )
    .unwrap();
    let other = repo.id(NOTES);
    let mut joined = Vec::new();
    for (ours, theirs) in [(&one, &other), (&other, &one)] {
        repo.git(&["update-ref", NOTES, ours]);
        let outcome = open(&repo).join_notes(id(theirs), &mut |sides| {
            assert_eq!(sides.base.unwrap(), b"base\n");
            let mut both = [sides.one.unwrap(), sides.other.unwrap()];
            both.sort();
            Some(both.concat())
        });
        assert_eq!(outcome.unwrap(), Joined::Merged);
        joined.push(repo.id(NOTES));
    }
    assert_eq!(joined[0], joined[1]);
    let notes = open(&repo).notes().unwrap().all().unwrap();
    assert_eq!(notes[&some_id(1)], b"one\nother\n");
    assert_eq!(
        (notes.len(), &notes[&some_id(2)][..], &notes[&some_id(3)][..]),
        (3, &b"one\n"[..], &b"other\n"[..])
    );
    let join = |theirs: &str| open(&repo).join_notes(id(theirs), &mut |_| None).unwrap();
    assert_eq!(join(&one), Joined::Ahead);
    assert_eq!(join(&joined[0]), Joined::Same);
    repo.git(&["update-ref", NOTES, &base]);
    assert_eq!(join(&one), Joined::Forwarded);
    repo.git(&["update-ref", "-d", NOTES]);
    assert_eq!(join(&one), Joined::New);
    assert_eq!(repo.id(NOTES), one);
}

#[test]
fn a_rebased_commit_has_the_patch_that_it_had() {
    let repo = Repo::new();
    let lines: String = (0..40).map(|n| format!("line {n}\n")).collect();
    repo.commit_file("a", &lines);
    repo.git(&["switch", "--quiet", "-c", "topic"]);
    let old = repo.commit_file("a", lines.replace("line 30\n", "line thirty\n"));
    repo.git(&["switch", "--quiet", "main"]);
    repo.commit_file("a", format!("first\n{lines}"));
    repo.git(&["cherry-pick", "topic"]);
    let new = repo.id("HEAD");
    let other = repo.commit_file("a", lines.replace("line 30\n", "line 30!\n"));
    let empty = repo.commit("nothing");
    let commits = [&old, &new, &other, &empty, &"1".repeat(40)].map(|hex| id(hex));
    let patches = open(&repo).patches(&commits, 2, None).unwrap();
    let ids: Vec<Option<String>> = patches.iter().map(|it| it.clone().and_then(|it| it.id)).collect();
    assert!(ids[0].is_some() && ids[0] == ids[1] && ids[1] != ids[2], "{ids:?}");
    assert_eq!((ids[3].clone(), &patches[4]), (None, &None));
    let whole = open(&repo)
        .patch_between(id(&repo.id("topic~1")), id(&old))
        .unwrap()
        .unwrap();
    assert_eq!(whole.id, ids[0]);
}

#[test]
fn a_linked_worktree_notes_in_the_same_place() {
    let repo = Repo::new();
    let head = id(&repo.commit_file("a", "1"));
    let linked = repo.beside("linked");
    repo.git(&["worktree", "add", "--quiet", linked.to_str().unwrap(), "-b", "topic"]);
    put(&open_at(&repo, &linked), &[(head, Some("x\n"))]).unwrap();
    assert_eq!(repo.git(&["notes", "--ref=drift", "show", "main"]), "x");
    assert!(!fs::exists(repo.path().join(".git/worktrees/linked/refs/notes")).unwrap());
}
