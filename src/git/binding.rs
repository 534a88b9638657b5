//! The run that a branch works on: `branch.<name>.driftRun` in git's configuration.
//!
//! There, git itself moves it when the branch is renamed and removes it with the branch, and all worktrees see it.

use super::durable;
use super::environment::Environment;
use super::error::GitError;
use super::notes::NOTES;
use super::open::Repository;
use super::open::common_dir_of;
use super::program::{GitAnswer, GitCall, failure};
use super::ref_update::pause;
use crate::model::Handle;
use gix::bstr::ByteSlice;
use std::ffi::OsStr;
use std::io::ErrorKind;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// How often git is asked again while somebody else writes the configuration: for about two seconds.
const TRIES: u32 = 20;

/// The exit code of `git config` where the name to unset is not there.
const NOTHING_TO_UNSET: i32 = 5;

/// The exit code of `git config` where the file can't be written, for instance because it is locked.
const CANNOT_WRITE: [i32; 2] = [4, 255];

impl Repository {
    /// The run that `branch` (a short name, `topic/login`) is bound to, as the configuration was when the repository was
    /// opened. A value that is no handle is `None`, as is none.
    pub fn bound_run(&self, branch: &str) -> Option<Handle> {
        let configuration = self.gix().config_snapshot();
        let value = configuration
            .plumbing()
            .string_by("branch", Some(branch.into()), "driftRun")?;
        std::str::from_utf8(&value).ok()?.parse().ok()
    }

    /// The branch that is bound to `run`, the first by name where there are several.
    pub fn branch_bound_to(&self, run: &Handle) -> Option<String> {
        let configuration = self.gix().config_snapshot();
        let sections = configuration.plumbing().sections_by_name("branch")?;
        let names = sections.filter_map(|section| Some(section.header().subsection_name()?.to_str().ok()?.to_owned()));
        let mut bound: Vec<String> = names
            .filter(|name| self.bound_run(name).as_ref() == Some(run))
            .collect();
        bound.sort();
        bound.into_iter().next()
    }

    /// Every branch that is bound to something, with the last value that the configuration gives it, whatever it says; in
    /// the order of the branches' names.
    pub fn bindings(&self) -> Vec<(String, String)> {
        let configuration = self.gix().config_snapshot();
        let sections = configuration
            .plumbing()
            .sections_by_name("branch")
            .into_iter()
            .flatten();
        let names = sections.filter_map(|section| Some(section.header().subsection_name()?.to_str().ok()?.to_owned()));
        let names: std::collections::BTreeSet<String> = names.collect();
        let value = |branch: &String| {
            let section = Some(branch.as_str().into());
            let value = configuration.plumbing().string_by("branch", section, "driftRun")?;
            Some(value.to_str_lossy().into_owned())
        };
        let bound = names.iter().filter_map(|branch| Some((branch.clone(), value(branch)?)));
        bound.collect()
    }

    /// Binds `branch` to a run, in place of the one that it was bound to; on disk when this returns.
    pub fn bind_branch(&self, branch: &str, run: &Handle) -> Result<(), GitError> {
        let (key, value) = (key_of(branch), run.to_string());
        self.change_config(&["--replace-all".as_ref(), key.as_ref(), value.as_ref()])
    }

    /// Takes away the binding of `branch`, if there is one; on disk when this returns.
    pub fn unbind_branch(&self, branch: &str) -> Result<(), GitError> {
        let key = key_of(branch);
        self.change_config(&["--unset-all".as_ref(), key.as_ref()])
    }

    /// Runs `git config` on the file that all worktrees share: git keeps the rest of it byte for byte.
    fn change_config(&self, change: &[&OsStr]) -> Result<(), GitError> {
        self.writes_allowed()?;
        let file = self.common_dir().join("config");
        let mut arguments: Vec<&OsStr> = vec!["config".as_ref(), "--file".as_ref(), file.as_ref()];
        arguments.extend(change);
        let call = GitCall {
            arguments: &arguments,
            input: b"",
            variables: &[],
        };
        let answer = self.ask_until_writable(&call)?;
        match answer.status {
            Some(0) => {}
            Some(NOTHING_TO_UNSET) if change.len() == 2 => return Ok(()),
            _ => return Err(failure(&call, answer).into()),
        }
        durable::sync(&file)?;
        durable::sync(self.common_dir())
    }

    /// git does not wait for the configuration's lock, so drift does.
    fn ask_until_writable(&self, call: &GitCall<'_>) -> Result<GitAnswer, GitError> {
        let mut answer = self.ask_git(call)?;
        for _ in 1..TRIES {
            if !answer.status.is_some_and(|status| CANNOT_WRITE.contains(&status)) {
                break;
            }
            pause(200);
            answer = self.ask_git(call)?;
        }
        Ok(answer)
    }
}

/// Whether no branch of the repository at `directory` can be bound to a run: found out by one look at its configuration,
/// because a hook asks this at every commit. `false` where that is not certain.
///
/// Hooks run at the top of the worktree, or with GIT_DIR; any other place is not certain.
pub fn surely_has_no_run(directory: &Path, environment: &Environment) -> bool {
    let Some(git_dir) = own_git_dir(directory, environment) else {
        return false;
    };
    let Ok(common_dir) = common_dir_of(&git_dir) else {
        return false;
    };
    let Ok(mut text) = std::fs::read(common_dir.join("config")) else {
        return false;
    };
    text.make_ascii_lowercase();
    // A file that is included could hold the binding.
    !["driftrun", "include"].iter().any(|word| text.contains_str(word))
}

/// Whether the repository at `directory` has no notes of drift's, as [`surely_has_no_run`] finds it out.
pub fn surely_has_no_notes(directory: &Path, environment: &Environment) -> bool {
    let common_dir = own_git_dir(directory, environment).and_then(|git_dir| common_dir_of(&git_dir).ok());
    let Some(common_dir) = common_dir else {
        return false;
    };
    let is_packed = || match std::fs::read(common_dir.join("packed-refs")) {
        Ok(text) => text.contains_str(NOTES),
        Err(error) => error.kind() != ErrorKind::NotFound,
    };
    std::fs::symlink_metadata(common_dir.join(NOTES)).is_err_and(|error| error.kind() == ErrorKind::NotFound)
        && !is_packed()
}

/// Whether the next commit of the worktree at `directory` folds in no others, as [`surely_has_no_run`] finds it out.
pub fn surely_has_no_squash(directory: &Path, environment: &Environment) -> bool {
    let files = ["SQUASH_MSG", super::squash::FILE];
    let lacks = |git_dir: PathBuf| !files.iter().any(|file| git_dir.join(file).is_file());
    own_git_dir(directory, environment).is_some_and(lacks)
}

/// The git directory of the worktree at `directory`, found as simply as a hook can find it.
fn own_git_dir(directory: &Path, environment: &Environment) -> Option<PathBuf> {
    let start = environment.current_dir.join(directory);
    let named = environment.path("GIT_DIR", &start);
    git_dir_of(named.unwrap_or_else(|| start.join(".git")))
}

/// The git directory itself, or the one that a `.git` file leads to.
pub(super) fn git_dir_of(place: PathBuf) -> Option<PathBuf> {
    if place.is_dir() {
        return Some(place);
    }
    let text = std::fs::read(&place).ok()?;
    let path = text.strip_prefix(b"gitdir: ")?.trim_ascii_end();
    Some(place.parent()?.join(OsStr::from_bytes(path)))
}

fn key_of(branch: &str) -> String {
    format!("branch.{branch}.driftRun")
}
