//! Which commits `git merge --squash` folded into the commit that is about to be made.
//!
//! git names them in SQUASH_MSG, which is gone once the commit is there. `drift-squash` in the git directory of the worktree
//! keeps them from prepare-commit-msg to post-commit: the commit that HEAD named, then the folded ones, a line each.

use super::error::GitError;
use super::open::Repository;
use crate::model::{Commit, ObjectId};
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

/// The file below the git directory.
pub(super) const FILE: &str = "drift-squash";

/// Commits that were folded into one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Squash {
    head: ObjectId,
    /// The folded commits, oldest first.
    pub commits: Vec<ObjectId>,
}

impl Squash {
    /// Whether `commit` was made where these were to be folded in.
    pub fn is_base_of(&self, commit: &Commit) -> bool {
        commit.parents.as_slice() == [self.head]
    }
}

impl Repository {
    /// Keeps what SQUASH_MSG names for [`Repository::take_squash`]; without one, what was kept for a commit that was not made
    /// is forgotten.
    pub fn keep_squash(&self) -> Result<(), GitError> {
        let Some(text) = self.read_own("SQUASH_MSG")? else {
            return self.take_squash().map(drop);
        };
        let text = String::from_utf8_lossy(&text);
        let named = text.lines().filter_map(|line| line.strip_prefix("commit "));
        let mut commits: Vec<ObjectId> = named.filter_map(|id| ObjectId::from_hex(id.trim())).collect();
        commits.reverse(); // git names the newest first
        let Some(head) = self.born_head()?.filter(|_| !commits.is_empty()) else {
            return Ok(());
        };
        let lines = std::iter::once(head).chain(commits).map(|id| format!("{id}\n"));
        let path = self.own_path(FILE);
        fs::write(&path, lines.collect::<String>()).map_err(GitError::io("writing", path))
    }

    /// Takes away what was kept, and returns it.
    pub fn take_squash(&self) -> Result<Option<Squash>, GitError> {
        let Some(text) = self.read_own(FILE)? else {
            return Ok(None);
        };
        let path = self.own_path(FILE);
        fs::remove_file(&path).map_err(GitError::io("removing", &path))?;
        let text = String::from_utf8_lossy(&text);
        let mut ids = text.lines().map(ObjectId::from_hex);
        let head = ids.next().flatten();
        let commits = ids.collect::<Option<Vec<ObjectId>>>();
        Ok(head.zip(commits).map(|(head, commits)| Squash { head, commits }))
    }

    fn own_path(&self, name: &str) -> PathBuf {
        self.git_dir().join(name)
    }

    fn read_own(&self, name: &str) -> Result<Option<Vec<u8>>, GitError> {
        let path = self.own_path(name);
        match fs::read(&path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(GitError::io("reading", path)(error)),
        }
    }
}
