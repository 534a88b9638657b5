//! Replacing a file as a whole.

use crate::support::child;
use drift::store::{Home, StoreError, write_atomic};
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::thread;
use std::time::Duration;

#[test]
fn missing_folders_are_made_and_the_file_is_like_any_other() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a/b/report.json");
    write_atomic(&path, b"one").unwrap();
    write_atomic(&path, b"two").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"two");
    let plain = folder.path().join("plain");
    fs::write(&plain, "").unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&path), mode(&plain));
    assert_eq!(names_in(path.parent().unwrap()), ["report.json"]);
}

#[test]
fn what_is_no_file_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("target"), "old").unwrap();
    symlink(at("target"), at("link")).unwrap();
    fs::create_dir(at("folder")).unwrap();
    for name in ["link", "folder"] {
        let refused = write_atomic(&at(name), b"new");
        assert!(matches!(refused, Err(StoreError::NotRegular { .. })), "{refused:?}");
    }
    assert_eq!(fs::read(at("target")).unwrap(), b"old");
    assert!(at("link").is_symlink());
}

#[test]
fn a_home_that_is_a_link_leads_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    symlink(elsewhere.path(), folder.path().join(".drift")).unwrap();
    let home = Home::in_worktree(folder.path());
    let refused = write_atomic(&home.runs_dir().join("x/intent.json"), b"new");
    assert!(matches!(refused, Err(StoreError::LinkedFolder { .. })), "{refused:?}");
    assert!(names_in(elsewhere.path()).is_empty());
}

#[test]
fn a_folder_that_is_a_file_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "old").unwrap();
    assert!(write_atomic(&file.join("below"), b"new").is_err());
    assert_eq!(fs::read(&file).unwrap(), b"old");
}

#[test]
fn a_folder_without_write_permission_keeps_its_old_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.json");
    fs::write(&path, "old").unwrap();
    fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o555)).unwrap();
    let permissions_count = fs::write(folder.path().join("probe"), "").is_err(); // not so for root
    let outcome = write_atomic(&path, b"new");
    fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o755)).unwrap();
    if permissions_count {
        assert!(outcome.unwrap_err().hint().unwrap().contains("who may write"));
        assert_eq!(fs::read(&path).unwrap(), b"old");
    }
}

#[test]
fn a_full_disk_keeps_the_old_file_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("report.json"), "old").unwrap();
    child::all_pass(vec![child::start_on_a_full_disk(
        "store::atomic::child_fails_to_write",
        folder.path(),
    )]);
    assert_eq!(fs::read(folder.path().join("report.json")).unwrap(), b"old");
    assert_eq!(names_in(folder.path()), ["report.json"]);
}

#[test]
#[ignore = "run in a process of its own by a_full_disk_keeps_the_old_file_and_leaves_nothing_behind"]
fn child_fails_to_write() {
    let Some((folder, _)) = child::told() else { return };
    assert!(write_atomic(&folder.join("report.json"), &[b'x'; 100_000]).is_err());
}

#[test]
fn a_killed_writer_leaves_the_old_text_or_the_new() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.json");
    for _ in 0..5 {
        let mut writer = child::start("store::atomic::child_writes_until_killed", folder.path(), 0);
        while !path.exists() {
            thread::sleep(Duration::from_millis(1));
        }
        thread::sleep(Duration::from_millis(20));
        writer.kill().unwrap();
        writer.wait().unwrap();
        let text = fs::read(&path).unwrap();
        assert_eq!(text.len(), 300_000);
        assert!(text.iter().all(|byte| *byte == text[0]));
        fs::remove_file(&path).unwrap();
    }
}

#[test]
#[ignore = "run in a process of its own by a_killed_writer_leaves_the_old_text_or_the_new"]
fn child_writes_until_killed() {
    let Some((folder, _)) = child::told() else { return };
    for letter in (b'a'..=b'z').cycle() {
        write_atomic(&folder.join("report.json"), &vec![letter; 300_000]).unwrap();
    }
}

#[test]
fn a_hard_link_keeps_the_old_text() {
    let folder = tempfile::tempdir().unwrap();
    let (path, other) = (folder.path().join("report.json"), folder.path().join("other"));
    fs::write(&path, "old").unwrap();
    fs::hard_link(&path, &other).unwrap();
    write_atomic(&path, b"new").unwrap();
    assert_eq!(fs::read(&other).unwrap(), b"old");
    assert_eq!(fs::metadata(&path).unwrap().nlink(), 1);
}

#[test]
fn only_folders_that_are_named_like_runs_are_runs() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::in_worktree(folder.path());
    assert_eq!(home.runs().unwrap(), []);
    for name in ["b-0a1b2c3d", "a-0a1b2c3d", "Notes", "a-xyz"] {
        fs::create_dir_all(home.runs_dir().join(name)).unwrap();
    }
    fs::write(home.runs_dir().join("c-0a1b2c3d"), "a file").unwrap();
    let names: Vec<_> = home.runs().unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(names, ["a-0a1b2c3d", "b-0a1b2c3d"]);
}

fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_file_that_is_being_written_is_not_listed() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["plan.json", ".drift-EuhEBw.tmp", ".drift", "notes.tmp"] {
        std::fs::write(folder.path().join(name), "x").unwrap();
    }
    assert_eq!(
        drift::store::list(folder.path()).unwrap(),
        [".drift", "notes.tmp", "plan.json"]
    );
}
