//! The commit that was just made, as post-commit meets it: what it says and changes, and in which of git's commands.

use super::commits::RawCommit;
use super::error::GitError;
use super::open::Repository;
use super::tree_diff::Differ;
use super::{ids, objects};
use crate::model::{Change, Commit, ObjectId};
use gix::bstr::ByteSlice;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

/// How much of the reflog's end is looked at: more than one line, whatever its message.
const MOST_OF_REFLOG: i64 = 16 * 1024;

impl Repository {
    /// The commit `id` with what it changed against its only parent; merges come without changes.
    pub fn commit(&self, id: ObjectId) -> Result<Commit, GitError> {
        let id = ids::to_gix(id);
        let mut buffer = Vec::new();
        let raw = RawCommit::parse(&id, objects::read_commit(self.gix(), id, &mut buffer)?)?;
        let mut commit = raw.to_model(&id);
        let old = match raw.parents.as_slice() {
            [] => None,
            [parent] => Some(objects::tree_of_commit(self.gix(), *parent)?),
            _ => return Ok(commit),
        };
        let changes = Differ::new(self.gix()).diff(old, Some(raw.tree))?;
        commit.changes = changes.into_iter().map(Change::from).collect();
        Ok(commit)
    }

    /// The parents of the commit `id`, in order.
    pub(super) fn parents_of(&self, id: ObjectId) -> Result<Vec<ObjectId>, GitError> {
        let id = ids::to_gix(id);
        let mut buffer = Vec::new();
        let raw = RawCommit::parse(&id, objects::read_commit(self.gix(), id, &mut buffer)?)?;
        Ok(raw.parents.iter().map(|parent| ids::to_model(parent)).collect())
    }

    /// The short name of the branch that is worked on: the one that HEAD is on, or the one that a rebase has taken HEAD
    /// off and will put it back on.
    pub fn working_branch(&self) -> Result<Option<String>, GitError> {
        match self.head_branch()? {
            Some(branch) => Ok(Some(branch)),
            None => Ok(self.rebased_branch()),
        }
    }

    /// Whether a rebase is under way in this worktree.
    pub fn is_rebasing(&self) -> bool {
        ["rebase-merge", "rebase-apply"]
            .iter()
            .any(|folder| self.git_dir().join(folder).join("head-name").is_file())
    }

    fn rebased_branch(&self) -> Option<String> {
        let name = |folder: &str| std::fs::read(self.git_dir().join(folder).join("head-name")).ok();
        let name = name("rebase-merge").or_else(|| name("rebase-apply"))?;
        let branch = name.trim().strip_prefix(b"refs/heads/")?;
        Some(branch.to_str().ok()?.to_owned())
    }

    /// Whether git made `commit`, which HEAD names, from another one by itself: a cherry-pick or a revert, without a stop.
    ///
    /// While a cherry-pick goes on there is a file; of a revert only the reflog tells.
    pub fn is_replayed(&self, commit: ObjectId) -> bool {
        self.git_dir().join("CHERRY_PICK_HEAD").is_file() || self.last_action(commit).is_some_and(|it| it.is_replay())
    }

    /// What the reflog says of how HEAD came to `commit`; `None` where it says nothing.
    fn last_action(&self, commit: ObjectId) -> Option<Action> {
        let mut log = File::open(self.git_dir().join("logs/HEAD")).ok()?;
        let length = log.metadata().ok()?.len();
        let back = i64::try_from(length).unwrap_or(i64::MAX).min(MOST_OF_REFLOG);
        log.seek(SeekFrom::End(-back)).ok()?;
        let mut end = Vec::new();
        log.read_to_end(&mut end).ok()?;
        let line = end.trim_end().lines().next_back()?;
        let (entry, message) = line.split_once_str("\t")?;
        let new = entry.split_str(" ").nth(1)?;
        (new == commit.to_string().as_bytes()).then(|| Action(message.to_owned()))
    }
}

/// The message of a reflog's line: `commit: …`, `revert: …`.
struct Action(Vec<u8>);

impl Action {
    fn is_replay(&self) -> bool {
        [&b"revert:"[..], b"cherry-pick:"]
            .iter()
            .any(|it| self.0.starts_with(it))
    }
}
