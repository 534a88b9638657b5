//! The tags that a plan promises: whether they exist, and whether they mark the work.

use super::error::GitError;
use super::ids;
use super::open::Repository;
use crate::model::{Commit, ObjectId, Tag};

impl Repository {
    /// Those of the tags `names` that exist and lead to a commit, beside a range that ends in `target` and holds
    /// `commits`.
    pub(super) fn tags(&self, names: &[String], target: ObjectId, commits: &[Commit]) -> Result<Vec<Tag>, GitError> {
        let tags = names.iter().map(|name| self.tag(name, target, commits));
        tags.filter_map(Result::transpose).collect()
    }

    fn tag(&self, name: &str, target: ObjectId, commits: &[Commit]) -> Result<Option<Tag>, GitError> {
        let full = format!("refs/tags/{name}");
        if gix::refs::FullName::try_from(full.as_str()).is_err() {
            return Ok(None);
        }
        let found = self
            .gix()
            .try_find_reference(&full)
            .map_err(GitError::gix("reading a tag"))?;
        let Some(Ok(commit)) = found.map(|mut it| it.peel_to_commit()) else {
            return Ok(None);
        };
        let commit = ids::to_model(&commit.id);
        let in_range = commits.iter().any(|it| it.id == commit);
        Ok(Some(Tag {
            name: name.to_owned(),
            commit,
            marks_the_range: in_range || self.merge_base(target, commit)? == Some(target),
        }))
    }
}
