//! Whether a push brings commits that the remote does not have.

use super::ancestry::Ancestry;
use super::error::GitError;
use super::ids;
use super::open::Repository;
use super::walk::commits_beyond;
use crate::model::ObjectId;

impl Repository {
    /// Whether `target` or a commit below it is new to `remote`: neither what the remote's ref had (`old`), nor what its
    /// other refs have as far as they are known here (`refs/remotes/<remote>/`). `floor` bounds the walk where nothing is
    /// known: commits that it has are not looked at.
    ///
    /// What the remote has need not be here: after a force push by somebody else it is unknown, and says nothing.
    pub fn has_unpushed(
        &self,
        target: ObjectId,
        old: Option<ObjectId>,
        remote: &str,
        floor: Option<&str>,
    ) -> Result<bool, GitError> {
        let old = old.and_then(|id| self.resolve_commit(&id.to_string()).ok());
        let floor = floor.and_then(|rev| self.resolve_commit(rev).ok());
        let mut known = self.remote_tips(remote)?;
        known.extend(old.into_iter().chain(floor).map(ids::to_gix));
        let mut ancestry = Ancestry::new(self.gix())?;
        let target = ancestry.add(ids::to_gix(target))?;
        let mut bases = Vec::with_capacity(known.len());
        for id in known {
            bases.push(ancestry.add(id)?);
        }
        Ok(!commits_beyond(&mut ancestry, &bases, target)?.is_empty())
    }

    /// The commits that the remote's refs name here.
    fn remote_tips(&self, remote: &str) -> Result<Vec<gix::ObjectId>, GitError> {
        let doing = "reading the remote's refs";
        let prefix = format!("refs/remotes/{remote}/");
        let references = self.gix().references().map_err(GitError::gix(doing))?;
        // A URL in place of a name has no refs here, and may be no part of one.
        let Ok(found) = references.prefixed(prefix.as_str()) else {
            return Ok(Vec::new());
        };
        let tips = found.filter_map(Result::ok).filter_map(|reference| {
            let id = reference.try_id()?.detach();
            self.gix().find_commit(id).is_ok().then_some(id)
        });
        let mut tips: Vec<gix::ObjectId> = tips.collect();
        tips.sort_unstable();
        tips.dedup();
        Ok(tips)
    }
}
