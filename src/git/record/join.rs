//! Joining a record with the one of another clone: a side that alone moved is followed, two are joined in a commit with
//! both as parents.

use super::log::Chain;
use super::{Files, ref_name};
use crate::git::error::GitError;
use crate::git::ids;
use crate::git::open::Repository;
use crate::git::{Joined, durable};
use crate::model::{Handle, ObjectId, Transition};
use std::collections::BTreeSet;

/// The files of a record as they were before both sides went their ways, and on either side.
///
/// Which side is `one` depends on nothing but the two, so that every clone that joins them makes the same of them.
#[derive(Clone, Copy, Debug)]
pub struct RecordSides<'files> {
    /// Before; empty where the sides have nothing in common.
    pub base: &'files Files,
    /// On one side.
    pub one: &'files Files,
    /// On the other.
    pub other: &'files Files,
}

/// Says what becomes of a record that both sides changed.
pub type JoinRecord<'join> = dyn FnMut(RecordSides<'_>) -> Files + 'join;

impl Repository {
    /// The last transition of a run's record.
    pub fn record_tip(&self, handle: &Handle) -> Result<Option<ObjectId>, GitError> {
        Ok(self.read_ref(&ref_name(handle))?.map(|id| ids::to_model(&id)))
    }

    /// Takes over into a run's record what the commit `theirs`, fetched from elsewhere, holds.
    pub fn join_record(
        &self,
        handle: &Handle,
        theirs: ObjectId,
        join: &mut JoinRecord<'_>,
    ) -> Result<Joined, GitError> {
        let name = ref_name(handle);
        let theirs = ids::to_gix(theirs);
        let mut joined = Joined::Same;
        // What comes from elsewhere is read once before a ref names it.
        self.record_files(&name, theirs)?;
        let their_chain = self.chain(&name, theirs)?;
        self.swap_ref::<GitError>(&name, &mut |tip| {
            let (outcome, next) = match tip {
                None => (Joined::New, Some(theirs)),
                Some(ours) if ours == theirs => (Joined::Same, None),
                Some(ours) if their_chain.contains_key(&ours) => (Joined::Forwarded, Some(theirs)),
                Some(ours) => {
                    let our_chain = self.chain(&name, ours)?;
                    if our_chain.contains_key(&theirs) {
                        (Joined::Ahead, None)
                    } else {
                        let base = newest_common(&our_chain, &their_chain);
                        (
                            Joined::Merged,
                            Some(self.write_joined(&name, base, [ours, theirs], join)?),
                        )
                    }
                }
            };
            joined = outcome;
            Ok(next)
        })?;
        Ok(joined)
    }

    fn write_joined(
        &self,
        name: &str,
        base: Option<gix::ObjectId>,
        mut sides: [gix::ObjectId; 2],
        join: &mut JoinRecord<'_>,
    ) -> Result<gix::ObjectId, GitError> {
        sides.sort();
        let files = |id| self.record_files(name, id);
        let (one, other) = (files(sides[0])?, files(sides[1])?);
        let joined = join(RecordSides {
            base: &base.map(files).transpose()?.unwrap_or_default(),
            one: &one,
            other: &other,
        });
        let names: BTreeSet<&String> = one.keys().chain(joined.keys()).collect();
        let changes = names.into_iter().map(|name| (name.clone(), joined.get(name).cloned()));
        let mut written = Vec::new();
        let tree = self.write_tree(name, Some(sides[0]), &changes.collect(), &mut written)?;
        let message = format!("{}\n", Transition::Joined.name());
        written.push(self.write_commit(self.joining_draft(name, tree, sides, &message)?)?);
        durable::sync_objects(&self.objects_folder()?, &written)?;
        written
            .pop()
            .ok_or_else(|| GitError::corrupt("a commit was written and has no id"))
    }
}

/// The transition that both sides know and that no other such follows; the newest, should there be several.
fn newest_common(one: &Chain, other: &Chain) -> Option<gix::ObjectId> {
    let is_common = |id: &gix::ObjectId| one.contains_key(id) && other.contains_key(id);
    let common = || one.iter().filter(|(id, _)| is_common(id));
    let followed: BTreeSet<gix::ObjectId> = common().flat_map(|(_, link)| link.before.iter().copied()).collect();
    let last = common().filter(|(id, _)| !followed.contains(*id));
    last.max_by_key(|(id, link)| (link.entry.time, **id)).map(|(id, _)| *id)
}
