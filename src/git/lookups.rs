//! Single questions about one commit or two, apart from any range.

use super::ancestry::Ancestry;
use super::error::GitError;
use super::listing;
use super::open::Repository;
use super::walk::commit_range;
use super::{ids, merge_base, objects};
use crate::model::ObjectId;

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

    /// The content of the file at `path` in a commit's tree; `None` where there is no file.
    pub fn file_at(&self, commit: ObjectId, path: &[u8]) -> Result<Option<Vec<u8>>, GitError> {
        let tree = objects::tree_of_commit(self.gix(), ids::to_gix(commit))?;
        listing::blob(self.gix(), tree, path)
    }
}
