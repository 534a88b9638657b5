//! What `store::read` takes, and what it refuses.

use drift::store::{MAX_BYTES, StoreError, read};
use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::process::Command;

#[test]
fn a_file_is_read_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.json");
    fs::write(&path, b"\xff\r\n").unwrap();
    assert_eq!(read(&path).unwrap(), b"\xff\r\n");
}

#[test]
fn a_file_that_is_not_there_is_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("none");
    assert!(matches!(read(&path), Err(StoreError::NotFound { path: named }) if named == path));
}

#[test]
fn a_pipe_does_not_hang_and_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    assert_eq!(refused_as(&pipe), "a pipe");
}

#[test]
fn links_folders_sockets_and_devices_are_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("real"), "text").unwrap();
    symlink(at("real"), at("link")).unwrap();
    symlink(at("nowhere"), at("dangling")).unwrap();
    let _listener = UnixListener::bind(at("socket")).unwrap();
    assert_eq!(refused_as(&at("link")), "a symbolic link");
    assert_eq!(refused_as(&at("dangling")), "a symbolic link");
    assert_eq!(refused_as(&at("socket")), "a socket");
    assert_eq!(refused_as(folder.path()), "a folder");
    assert_eq!(refused_as("/dev/zero".as_ref()), "a device");
}

#[test]
fn a_file_beyond_the_limit_is_an_error_that_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("huge");
    File::create(&path).unwrap().set_len(MAX_BYTES + 1).unwrap();
    let message = read(&path).unwrap_err().to_string();
    assert!(message.ends_with("huge is larger than 64 MiB"), "{message}");
}

fn refused_as(path: &std::path::Path) -> &'static str {
    match read(path) {
        Err(StoreError::NotRegular { what, .. }) => what,
        other => panic!("{other:?}"),
    }
}
