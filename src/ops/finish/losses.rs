//! What would be gone with a worktree, without what is kept elsewhere byte for byte.

use crate::config;
use crate::formats;
use crate::git::{Repository, Uncommitted, Worktree};
use crate::model::{Handle, RepoPath};
use crate::ops::{OpsError, init, policy};
use crate::store;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;

/// How many names of one kind are said.
const MOST_NAMES: usize = 8;

/// What would be lost, and whether git has to be told not to look.
pub(super) struct Losses {
    /// What nothing else has.
    pub lost: Uncommitted,
    /// Whether git finds something there that it would refuse to remove.
    pub git_would_refuse: bool,
}

/// What lies in `worktree` and nowhere else. Frozen artifacts are in a record, schemas and templates in the program.
pub(super) fn of(repository: &Repository, worktree: &Worktree) -> Result<Losses, OpsError> {
    if !store::is_folder(&worktree.path) {
        return Ok(Losses {
            lost: Uncommitted::default(),
            git_would_refuse: false,
        });
    }
    let found = repository.uncommitted(worktree)?;
    let git_would_refuse = !(found.changed.is_empty() && found.untracked.is_empty() && found.missing.is_empty());
    let lost = Uncommitted {
        untracked: not_kept(repository, worktree, found.untracked)?,
        ignored: not_kept(repository, worktree, found.ignored)?,
        ..found
    };
    Ok(Losses { lost, git_would_refuse })
}

/// The losses by kind, the first names of each: `changed: a, b; ignored: target/`.
pub(super) fn in_words(lost: &Uncommitted) -> String {
    let kinds = [
        ("changed", &lost.changed),
        ("untracked", &lost.untracked),
        ("ignored", &lost.ignored),
    ];
    let told = kinds.iter().filter(|(_, paths)| !paths.is_empty());
    let told: Vec<String> = told.map(|(kind, paths)| format!("{kind}: {}", names(paths))).collect();
    told.join("; ")
}

fn names(paths: &[RepoPath]) -> String {
    let shown: Vec<String> = paths.iter().take(MOST_NAMES).map(ToString::to_string).collect();
    let more = paths.len() - shown.len();
    let end = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    shown.join(", ") + &end
}

fn not_kept(repository: &Repository, worktree: &Worktree, paths: Vec<RepoPath>) -> Result<Vec<RepoPath>, OpsError> {
    let mut lost = Vec::new();
    for path in paths {
        for path in single_files(worktree, path)? {
            if !is_kept(repository, worktree, &path)? {
                lost.push(path);
            }
        }
    }
    Ok(lost)
}

/// The files of an ignored folder that is drift's own; else the path as it is.
fn single_files(worktree: &Worktree, path: RepoPath) -> Result<Vec<RepoPath>, OpsError> {
    let is_own = path.as_bytes().ends_with(b"/") && path.as_bytes().starts_with(b".drift/");
    if !is_own {
        return Ok(vec![path]);
    }
    let files = store::files_below(&place(worktree, &path))?;
    let inside = files.iter().filter_map(|file| file.strip_prefix(&worktree.path).ok());
    Ok(inside.map(|file| RepoPath::new(file.as_os_str().as_bytes())).collect())
}

/// Whether drift has the same bytes elsewhere.
fn is_kept(repository: &Repository, worktree: &Worktree, path: &RepoPath) -> Result<bool, OpsError> {
    let Ok(name) = std::str::from_utf8(path.as_bytes()) else {
        return Ok(false);
    };
    let kept = match name.strip_prefix(".drift/") {
        None if name == ".gitattributes" => Some(format!("{}\n", init::ATTRIBUTE).into_bytes()),
        None => None,
        Some(_) if name == policy::CONFIG_PATH => Some(config::TEMPLATE.as_bytes().to_vec()),
        Some(inside) => match inside
            .strip_prefix("schema/")
            .and_then(|it| it.strip_suffix(".schema.json"))
        {
            Some(schema) => formats::schema(schema).map(|text| text.as_bytes().to_vec()),
            None => return is_recorded(repository, worktree, path, inside),
        },
    };
    // What can't be read, a link for instance, is not kept.
    let bytes = store::read(&place(worktree, path)).ok();
    Ok(kept.is_some() && bytes == kept)
}

/// Whether `runs/<handle>/<file>` is in that run's record.
fn is_recorded(repository: &Repository, worktree: &Worktree, path: &RepoPath, inside: &str) -> Result<bool, OpsError> {
    let parts = inside.strip_prefix("runs/").and_then(|rest| rest.split_once('/'));
    let Some((handle, file)) = parts.and_then(|(handle, file)| Some((handle.parse::<Handle>().ok()?, file))) else {
        return Ok(false);
    };
    let Some(recorded) = repository.read_record_file(&handle, file)? else {
        return Ok(false);
    };
    // The draft's run.json holds what the run was made with, which the record's says too.
    Ok(file == "run.json" || store::read(&place(worktree, path)).is_ok_and(|bytes| bytes == recorded))
}

fn place(worktree: &Worktree, path: &RepoPath) -> PathBuf {
    worktree.path.join(OsStr::from_bytes(path.as_bytes()))
}
