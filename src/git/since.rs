//! How far a branch went on after a commit.

use super::ancestry::Ancestry;
use super::error::GitError;
use super::ids;
use super::open::Repository;
use super::walk::commits_beyond;
use crate::model::ObjectId;
use std::ffi::OsStr;

impl Repository {
    /// How many commits `branch` (a short name) has beyond `commit`, if they change anything outside of the folder `apart`.
    /// None where either is gone, or the branch does not hold `commit` any more.
    pub fn commits_since(&self, commit: &str, branch: &str, apart: &str) -> Result<usize, GitError> {
        let (Ok(commit), Some(tip)) = (self.resolve_commit(commit), self.branch_tip(branch)?) else {
            return Ok(0);
        };
        let mut ancestry = Ancestry::new(self.gix())?;
        let (from, to) = (ancestry.add(ids::to_gix(commit))?, ancestry.add(ids::to_gix(tip))?);
        if !commits_beyond(&mut ancestry, &[to], from)?.is_empty() {
            return Ok(0);
        }
        let count = commits_beyond(&mut ancestry, &[from], to)?.len();
        match count > 0 && self.differ_outside(commit, tip, apart)? {
            true => Ok(count),
            false => Ok(0),
        }
    }

    fn differ_outside(&self, one: ObjectId, other: ObjectId, apart: &str) -> Result<bool, GitError> {
        let (one, other) = (one.to_string(), other.to_string());
        let without = format!(":(top,exclude){apart}");
        let arguments = ["diff-tree", "-r", "--quiet", &one, &other, "--", ":(top)", &without].map(OsStr::new);
        Ok(!self.git_says_yes(&arguments)?)
    }
}
