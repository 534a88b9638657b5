//! drift in git's own moments: the scripts, their installation, and what each hook does under real git commands.

mod after;
mod commit;
mod install;
mod managers;
mod push;
mod scripts;
mod status;

use crate::support::repo::Repo;
use crate::support::script::script_at;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Writes an executable script into the repository's own hooks folder.
fn script(repo: &Repo, name: &str, text: &str) {
    script_at(&repo.path().join(".git/hooks").join(name), text);
}

fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

fn mode(path: &Path) -> u32 {
    std::fs::symlink_metadata(path).unwrap().permissions().mode()
}

/// What git ended with and said on standard error, without its standard input.
fn git(repo: &Repo, arguments: &[&str]) -> (bool, String) {
    said(repo.command("git").args(arguments))
}

fn said(command: &mut Command) -> (bool, String) {
    let output: Output = command.stdin(Stdio::null()).output().unwrap();
    (
        output.status.success(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

/// The names, kinds, modes and bytes of all files in a folder.
fn snapshot(folder: &Path) -> Vec<(String, u32, Vec<u8>)> {
    let mut found: Vec<_> = std::fs::read_dir(folder)
        .map(|entries| entries.map(|entry| entry.unwrap().path()).collect::<Vec<_>>())
        .unwrap_or_default()
        .into_iter()
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let bytes = match std::fs::read_link(&path) {
                Ok(target) => target.into_os_string().into_encoded_bytes(),
                Err(_) => std::fs::read(&path).unwrap_or_default(),
            };
            (name, mode(&path), bytes)
        })
        .collect();
    found.sort();
    found
}
