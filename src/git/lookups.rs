//! Single questions about one commit or two, apart from any range.

use super::ancestry::Ancestry;
use super::error::GitError;
use super::listing;
use super::observe::MOST_CONTENT;
use super::open::Repository;
use super::walk::commit_range;
use super::{ids, merge_base, objects};
use crate::model::{ObjectId, RepoPath};
use gix::bstr::ByteSlice;
use std::collections::BTreeMap;

impl Repository {
    /// The newest best common ancestor of two commits; `None` where they have none, or the clone ends before it.
    pub fn merge_base(&self, one: ObjectId, other: ObjectId) -> Result<Option<ObjectId>, GitError> {
        let mut ancestry = Ancestry::new(self.gix())?;
        let target = ancestry.add(ids::to_gix(other))?;
        let base = ancestry.add(ids::to_gix(one))?;
        let range = commit_range(&mut ancestry, base, target)?;
        if range.incomplete || range.boundary.is_empty() {
            return Ok(None);
        }
        let best = merge_base::independent(&mut ancestry, range.boundary)?.unwrap_or_default();
        Ok(best.first().map(|&index| ids::to_model(&ancestry.id(index))))
    }

    /// The commit that HEAD names; `None` on a branch without a commit.
    pub fn born_head(&self) -> Result<Option<ObjectId>, GitError> {
        match self.head_commit() {
            Ok(commit) => Ok(Some(commit)),
            Err(GitError::Unborn { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The first line of the commit's message; `None` where the commit is not here.
    pub fn subject(&self, commit: ObjectId) -> Result<Option<String>, GitError> {
        let doing = "reading a commit";
        let found = self
            .gix()
            .try_find_object(ids::to_gix(commit))
            .map_err(GitError::gix(doing))?;
        let Some(Ok(commit)) = found.map(gix::Object::try_into_commit) else {
            return Ok(None);
        };
        let message = commit.message_raw().map_err(GitError::gix(doing))?;
        let first = message.lines().next().unwrap_or_default();
        Ok(Some(first.to_str_lossy().into_owned()))
    }

    /// The commits that a branch, a tag, a remote's branch or a worktree's HEAD leads to, newest first. What drift's own
    /// refs lead to does not count.
    pub fn commits_of_branches(&self) -> Result<Vec<ObjectId>, GitError> {
        let doing = "walking the commits of all branches";
        let mut commits = Vec::new();
        let order = gix::traverse::commit::simple::CommitTimeOrder::NewestFirst;
        let walk = self
            .gix()
            .rev_walk(self.branch_tips()?)
            .sorting(gix::revision::walk::Sorting::ByCommitTime(order))
            .all()
            .map_err(GitError::gix(doing))?;
        for commit in walk {
            commits.push(ids::to_model(&commit.map_err(GitError::gix(doing))?.id));
        }
        Ok(commits)
    }

    fn branch_tips(&self) -> Result<Vec<gix::ObjectId>, GitError> {
        let doing = "listing the branches";
        let references = self.gix().references().map_err(GitError::gix(doing))?;
        let mut tips: Vec<gix::ObjectId> = Vec::new();
        for prefix in ["refs/heads/", "refs/remotes/", "refs/tags/"] {
            let found = references.prefixed(prefix).map_err(GitError::gix(doing))?;
            // A broken or foreign ref leads nowhere, as does a tag of a file.
            tips.extend(found.flatten().filter_map(|mut it| Some(it.peel_to_commit().ok()?.id)));
        }
        tips.extend(self.born_head()?.map(ids::to_gix));
        for worktree in self.gix().worktrees().map_err(GitError::gix(doing))? {
            let head = std::fs::read(worktree.git_dir().join("HEAD")).unwrap_or_default();
            let id = gix::ObjectId::from_hex(head.trim_ascii_end()).ok();
            tips.extend(id.filter(|id| self.gix().has_object(id)));
        }
        Ok(tips)
    }

    /// The texts of these files in a commit's tree, with invalid UTF-8 replaced; `None` for what is no text: no file, a
    /// symlink, a binary file, or one of more than 4 MiB.
    pub fn texts_at(
        &self,
        commit: ObjectId,
        paths: &[RepoPath],
    ) -> Result<BTreeMap<RepoPath, Option<String>>, GitError> {
        let tree = objects::tree_of_commit(self.gix(), ids::to_gix(commit))?;
        listing::contents(self.gix(), tree, paths, MOST_CONTENT)
    }

    /// The content of the file at `path` in a commit's tree; `None` where there is no file.
    pub fn file_at(&self, commit: ObjectId, path: &[u8]) -> Result<Option<Vec<u8>>, GitError> {
        let tree = objects::tree_of_commit(self.gix(), ids::to_gix(commit))?;
        listing::blob(self.gix(), tree, path)
    }
}
