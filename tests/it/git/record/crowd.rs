//! Many writers at once, git programs among them, and writers that are killed.

use super::{REF, TIME, handle, named, open, open_at, put, writes};
use crate::support::child;
use crate::support::repo::Repo;
use drift::git::{Environment, GitError, RecordChange, Repository};
use drift::model::Transition;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

const WRITERS: usize = 16;
const TRANSITIONS: usize = 10;

/// Adds one to the number in `counter`: a lost update shows.
fn count_up(repository: &Repository, writer: usize, number: usize) {
    let written = repository.update_record(&handle(), &mut |record| {
        let counter = record.map_or(0, |record| -> usize {
            String::from_utf8_lossy(&record.files["counter"]).parse().unwrap()
        });
        let mut change = writes(Transition::Tested, "counter", &(counter + 1).to_string());
        let own = format!("evidence/{writer}-{number}.json");
        change.files.insert(own, Some(b"{}".to_vec()));
        Ok::<_, GitError>(Some(change))
    });
    written.unwrap();
}

fn assert_all_there(repo: &Repo) {
    let record = open(repo).read_record(&handle()).unwrap().unwrap();
    assert_eq!(record.files["counter"], (WRITERS * TRANSITIONS).to_string().as_bytes());
    assert_eq!(record.files.len(), 1 + WRITERS * TRANSITIONS);
    assert_eq!(
        repo.git(&["rev-list", "--count", REF]),
        (WRITERS * TRANSITIONS).to_string()
    );
    assert_eq!(repo.git(&["fsck", "--strict"]), "");
}

#[test]
fn threads_lose_no_transition() {
    let repo = named(Repo::new());
    thread::scope(|scope| {
        for writer in 0..WRITERS {
            let repository = open(&repo);
            scope.spawn(move || (0..TRANSITIONS).for_each(|number| count_up(&repository, writer, number)));
        }
    });
    assert_all_there(&repo);
}

#[test]
fn processes_lose_no_transition() {
    let repo = named(Repo::new());
    let start = |writer| child::start("git::record::crowd::child_counts_up", repo.path(), writer);
    child::all_pass((0..WRITERS).map(start).collect());
    assert_all_there(&repo);
}

#[test]
#[ignore = "run in processes of its own by processes_lose_no_transition"]
fn child_counts_up() {
    let Some((folder, writer)) = child::told() else { return };
    let repository = open_plainly(&folder);
    (0..TRANSITIONS).for_each(|number| count_up(&repository, writer, number));
}

fn open_plainly(folder: &Path) -> Repository {
    let environment = Environment {
        vars: BTreeMap::new(),
        current_dir: folder.to_owned(),
    };
    Repository::open(folder, &environment).unwrap()
}

#[test]
fn who_is_overtaken_by_git_is_asked_again() {
    let repo = named(Repo::new());
    let repository = open(&repo);
    let first = put(&repository, &writes(Transition::Approved, "a", "1")).unwrap();
    let second = put(&repository, &writes(Transition::Approved, "b", "2")).unwrap();
    repo.git(&["update-ref", REF, &first.to_string()]);
    let mut seen = Vec::new();
    let written = repository.update_record(&handle(), &mut |record| {
        seen.push(record.unwrap().tip);
        if seen.len() == 1 {
            repo.git(&["update-ref", REF, &second.to_string()]);
        }
        Ok::<_, GitError>(Some(RecordChange::new(Transition::Started, TIME)))
    });
    assert!(written.unwrap().is_some());
    assert_eq!(seen, [first, second]);
    assert_eq!(repo.id(&format!("{REF}^")), second.to_string());
}

#[test]
fn a_lock_of_git_is_waited_for_and_not_stolen() {
    let repo = named(Repo::new());
    let repository = open(&repo);
    put(&repository, &writes(Transition::Approved, "a", "1")).unwrap();
    let lock = repo.path().join(".git").join(format!("{REF}.lock"));
    fs::write(&lock, "").unwrap();
    let before = Instant::now();
    thread::scope(|scope| {
        let writer = scope.spawn(|| {
            put(&open(&repo), &writes(Transition::Started, "b", "2")).unwrap();
        });
        thread::sleep(Duration::from_millis(300));
        assert!(!writer.is_finished() && lock.exists());
        fs::remove_file(&lock).unwrap();
    });
    assert!(before.elapsed() >= Duration::from_millis(300));
    assert_eq!(repository.record_log(&handle()).unwrap().len(), 2);
}

#[test]
fn a_killed_writer_loses_nothing_acknowledged_and_blocks_nobody() {
    let repo = named(Repo::new());
    let acknowledged = repo.beside("acknowledged");
    let count = || fs::read_to_string(&acknowledged).map_or(0, |text| text.lines().count());
    for round in 0..8 {
        let before = count();
        let mut writer = child::start("git::record::crowd::child_writes_until_killed", repo.path(), round);
        while count() == before {
            thread::sleep(Duration::from_millis(1));
        }
        thread::sleep(Duration::from_millis(3 * round as u64));
        writer.kill().unwrap();
        writer.wait().unwrap();
        let before = Instant::now();
        put(&open(&repo), &writes(Transition::Started, "own", &round.to_string())).unwrap();
        assert!(
            before.elapsed() < Duration::from_secs(2),
            "the dead writer's lock is in the way"
        );
        let record = open(&repo).read_record(&handle()).unwrap().unwrap();
        for file in fs::read_to_string(&acknowledged).unwrap().lines() {
            assert!(record.files.contains_key(file), "{file} was acknowledged and is lost");
        }
    }
    repo.git(&["fsck", "--strict", "--no-dangling"]);
}

#[test]
#[ignore = "run in a process of its own by a_killed_writer_loses_nothing_acknowledged_and_blocks_nobody"]
fn child_writes_until_killed() {
    let Some((folder, round)) = child::told() else { return };
    let repository = open_plainly(&folder);
    let mut log = fs::OpenOptions::new();
    let path = folder.parent().unwrap().join("acknowledged");
    let mut acknowledged = log.append(true).create(true).open(path).unwrap();
    for number in 0.. {
        let file = format!("{round}-{number}");
        put(&repository, &writes(Transition::Tested, &file, "{}")).unwrap();
        acknowledged.write_all(format!("{file}\n").as_bytes()).unwrap();
    }
}

#[test]
fn a_linked_worktree_and_the_main_one_take_turns() {
    let repo = named(Repo::new());
    repo.commit_file("a", "1");
    let linked = repo.beside("linked");
    repo.git(&["worktree", "add", "--quiet", linked.to_str().unwrap(), "-b", "topic"]);
    thread::scope(|scope| {
        for (writer, dir) in [repo.path(), &linked].into_iter().enumerate() {
            let repository = open_at(&repo, dir);
            scope.spawn(move || (0..TRANSITIONS).for_each(|number| count_up(&repository, writer, number)));
        }
    });
    assert_eq!(repo.git(&["rev-list", "--count", REF]), (2 * TRANSITIONS).to_string());
}
