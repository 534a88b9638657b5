//! The mark that commit-msg leaves for post-commit: git tells the one nothing of the other, and `--no-verify` leaves
//! commit-msg out.
//!
//! `drift-commit` in the git directory of the worktree holds three lines: what commit-msg has to say, the commit that HEAD
//! named, and a SHA-256 over what was staged on top of it. post-commit takes the file away, and believes it only if the
//! new commit is just that change: the mark of a commit that then was not made vouches for no other. It lives between two
//! hooks, so it is not synced.

use super::error::GitError;
use super::next_commit::StagedChanges;
use super::open::Repository;
use super::tree_diff::Differ;
use super::{ids, objects};
use crate::model::{Change, Commit, ObjectId};
use sha2::{Digest, Sha256};
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

/// Stands for a commit or a change that there is none of, or that nobody knows.
const NONE: &str = "-";

impl Repository {
    /// Leaves word that commit-msg let the next commit pass. Without `staged` it holds for any commit on top of HEAD.
    pub fn leave_commit_mark(&self, says: &str, staged: Option<&StagedChanges>) -> Result<(), GitError> {
        let head = self.born_head()?.map(|head| head.to_string());
        let change = staged.map(|staged| digest(&staged.changes));
        let or_none = |text: Option<String>| text.unwrap_or_else(|| NONE.to_owned());
        let says = says.replace(['\n', '\r'], " ");
        let text = format!("{says}\n{}\n{}\n", or_none(head), or_none(change));
        let path = self.mark_path();
        fs::write(&path, text).map_err(GitError::io("writing", path))
    }

    /// Takes the mark away and returns what it says, if it is about `commit`.
    pub fn take_commit_mark(&self, commit: &Commit) -> Result<Option<String>, GitError> {
        let path = self.mark_path();
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(GitError::io("reading", path)(error)),
        };
        fs::remove_file(&path).map_err(GitError::io("removing", &path))?;
        let mut lines = text.lines();
        let (Some(says), Some(head), Some(change)) = (lines.next(), lines.next(), lines.next()) else {
            return Ok(None);
        };
        let head = ObjectId::from_hex(head);
        let is_about_it =
            self.was_made_on(commit, head)? && (change == NONE || self.is_change(commit, head, change)?);
        Ok(is_about_it.then(|| says.to_owned()))
    }

    /// Whether HEAD was at `head` when `commit` was made: on top of it, or in its place (`--amend`).
    fn was_made_on(&self, commit: &Commit, head: Option<ObjectId>) -> Result<bool, GitError> {
        let Some(head) = head else {
            return Ok(commit.parents.is_empty());
        };
        Ok(commit.parents.contains(&head) || self.parents_of(head)? == commit.parents)
    }

    fn is_change(&self, commit: &Commit, head: Option<ObjectId>, change: &str) -> Result<bool, GitError> {
        let old = match head {
            Some(head) => Some(objects::tree_of_commit(self.gix(), ids::to_gix(head))?),
            None => None,
        };
        let made = Differ::new(self.gix()).diff(old, Some(ids::to_gix(commit.tree)))?;
        let made: Vec<Change> = made.into_iter().map(Change::from).collect();
        Ok(digest(&made) == change)
    }

    fn mark_path(&self) -> PathBuf {
        self.git_dir().join("drift-commit")
    }
}

/// A name for a change: SHA-256 over each path's new content, in path order.
fn digest(changes: &[Change]) -> String {
    let mut hash = Sha256::new();
    for change in changes {
        let mode = change.new_mode.map_or(0, |mode| mode.bits());
        let id = change.new_id.map(|id| id.to_string()).unwrap_or_default();
        hash.update(change.path.as_bytes());
        hash.update(format!("\0{mode:o} {id}\n"));
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
