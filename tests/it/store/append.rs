//! Appending lines, alone and in a crowd.

use crate::support::child;
use drift::store::{Append, StoreError, append_line};
use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

const WRITERS: usize = 16;
const LINES: usize = 50;

#[test]
fn threads_lose_no_line_and_tear_none() {
    let folder = tempfile::tempdir().unwrap();
    thread::scope(|scope| {
        for writer in 0..WRITERS {
            let folder = folder.path();
            scope.spawn(move || append_many(folder, writer));
        }
    });
    assert_all_there(folder.path());
}

#[test]
fn processes_lose_no_line_and_tear_none() {
    let folder = tempfile::tempdir().unwrap();
    let start = |writer| child::start("store::append::child_appends", folder.path(), writer);
    child::all_pass((0..WRITERS).map(start).collect());
    assert_all_there(folder.path());
}

#[test]
#[ignore = "run in processes of its own by processes_lose_no_line_and_tear_none"]
fn child_appends() {
    let Some((folder, writer)) = child::told() else { return };
    append_many(&folder, writer);
}

fn append_many(folder: &Path, writer: usize) {
    for number in 0..LINES {
        let appended = append_line(&folder.join("lessons.jsonl"), &line(writer, number), |_| false).unwrap();
        assert_eq!(appended, Append::Appended);
    }
}

/// Lines of very different lengths, up to 64 KiB.
fn line(writer: usize, number: usize) -> String {
    let padding = "x".repeat(if number.is_multiple_of(25) { 65_536 } else { number });
    format!("{writer}:{number}:{padding}")
}

fn assert_all_there(folder: &Path) {
    let text = fs::read_to_string(folder.join("lessons.jsonl")).unwrap();
    let found: BTreeSet<_> = text.lines().map(str::to_owned).collect();
    let expected: BTreeSet<_> = (0..WRITERS)
        .flat_map(|writer| (0..LINES).map(move |number| line(writer, number)))
        .collect();
    assert_eq!(text.lines().count(), WRITERS * LINES);
    assert!(found == expected, "some lines are torn or lost");
}

#[test]
fn a_killed_writer_blocks_nobody_and_spoils_no_other_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lessons.jsonl");
    for round in 1..=5 {
        let mut writer = child::start("store::append::child_appends_until_killed", folder.path(), 0);
        let length = || fs::metadata(&path).map_or(0, |metadata| metadata.len());
        let before = length();
        while length() == before {
            thread::sleep(Duration::from_millis(1));
        }
        writer.kill().unwrap();
        writer.wait().unwrap();
        append_line(&path, "last", |_| false).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        let (own, others): (Vec<_>, Vec<_>) = text.lines().partition(|line| *line == "last");
        let torn = others.iter().filter(|line| line.len() != 9_000).count();
        assert_eq!(own.len(), round);
        assert!(torn <= round, "only the line that was being written can be torn");
        assert!(others.iter().all(|line| line.bytes().all(|byte| byte == b'x')));
    }
}

#[test]
#[ignore = "run in a process of its own by a_killed_writer_blocks_nobody_and_spoils_no_other_line"]
fn child_appends_until_killed() {
    let Some((folder, _)) = child::told() else { return };
    loop {
        append_line(&folder.join("lessons.jsonl"), &"x".repeat(9_000), |_| false).unwrap();
    }
}

#[test]
fn appending_twice_adds_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new/lessons.jsonl");
    let append = || append_line(&path, r#"{"id":"a"}"#, |line| line.contains(r#""id":"a""#)).unwrap();
    assert_eq!(append(), Append::Appended);
    assert_eq!(append(), Append::AlreadyThere);
    assert_eq!(fs::read_to_string(&path).unwrap(), "{\"id\":\"a\"}\n");
}

#[test]
fn a_torn_tail_is_ended_first_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lessons.jsonl");
    fs::write(&path, b"whole\n\xff{\"id\":").unwrap();
    append_line(&path, "new", |line| line == "new").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"whole\n\xff{\"id\":\nnew\n");
}

#[test]
fn a_last_line_without_a_line_feed_is_still_a_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lessons.jsonl");
    fs::write(&path, "one\r\ntwo").unwrap();
    for line in ["one", "two"] {
        let appended = append_line(&path, line, |existing| existing == line).unwrap();
        assert_eq!(appended, Append::AlreadyThere);
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), "one\r\ntwo");
}

#[test]
fn a_record_of_two_lines_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lessons.jsonl");
    let refused = append_line(&path, "one\ntwo", |_| false);
    assert!(matches!(refused, Err(StoreError::SeveralLines { .. })));
    assert!(!path.exists());
}

#[test]
fn only_a_file_with_one_name_is_written_to() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("real"), "old\n").unwrap();
    symlink(at("real"), at("link")).unwrap();
    fs::create_dir(at("folder")).unwrap();
    assert!(Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
    for name in ["link", "folder", "pipe"] {
        let refused = append_line(&at(name), "new", |_| false);
        assert!(
            matches!(refused, Err(StoreError::NotRegular { .. })),
            "{name}: {refused:?}"
        );
    }
    fs::hard_link(at("real"), at("other")).unwrap();
    let refused = append_line(&at("real"), "new", |_| false);
    assert!(matches!(refused, Err(StoreError::HardLinked { links: 2, .. })));
    assert_eq!(fs::read_to_string(at("real")).unwrap(), "old\n");
}

#[test]
fn a_full_disk_takes_back_what_did_not_fit() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("lessons.jsonl"), "old\n").unwrap();
    child::all_pass(vec![child::start_on_a_full_disk(
        "store::append::child_fails_to_append",
        folder.path(),
    )]);
    assert_eq!(
        fs::read_to_string(folder.path().join("lessons.jsonl")).unwrap(),
        "old\n"
    );
}

#[test]
#[ignore = "run in a process of its own by a_full_disk_takes_back_what_did_not_fit"]
fn child_fails_to_append() {
    let Some((folder, _)) = child::told() else { return };
    let refused = append_line(&folder.join("lessons.jsonl"), &"x".repeat(5_000), |_| false);
    assert!(
        matches!(refused, Err(StoreError::ShortWrite { wanted: 5_001, .. })),
        "{refused:?}"
    );
}
