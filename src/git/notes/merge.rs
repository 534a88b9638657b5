//! Joining notes that two clones wrote: commit by commit, so that neither side is lost.

use super::write::Writing;
use super::{NOTES, Notes};
use crate::git::error::GitError;
use crate::git::open::Repository;
use crate::git::{Joined, ids};
use crate::model::ObjectId;
use std::collections::{BTreeMap, BTreeSet};

/// One commit's note: as it was before both sides went their ways, and on either side. `None`: there is none.
#[derive(Clone, Copy, Debug)]
pub struct Sides<'note> {
    /// Before.
    pub base: Option<&'note [u8]>,
    /// On one side.
    pub one: Option<&'note [u8]>,
    /// On the other.
    pub other: Option<&'note [u8]>,
}

/// Says what becomes of a note that both sides changed; the outcome must not depend on which side is which.
pub type JoinNote<'join> = dyn FnMut(Sides<'_>) -> Option<Vec<u8>> + 'join;

type Blobs = BTreeMap<ObjectId, Vec<gix::ObjectId>>;

impl Repository {
    /// Takes over into the notes what the commit `theirs`, fetched from elsewhere, holds.
    pub fn join_notes(&self, theirs: ObjectId, join: &mut JoinNote<'_>) -> Result<Joined, GitError> {
        let theirs = ids::to_gix(theirs);
        let mut joined = Joined::Same;
        // What comes from elsewhere is read once before a ref names it.
        self.notes_at(Some(theirs))?.entries()?;
        self.swap_ref::<GitError>(NOTES, &mut |tip| {
            let (outcome, next) = self.next_notes(tip, theirs, join)?;
            joined = outcome;
            Ok(next)
        })?;
        Ok(joined)
    }

    fn next_notes(
        &self,
        tip: Option<gix::ObjectId>,
        theirs: gix::ObjectId,
        join: &mut JoinNote<'_>,
    ) -> Result<(Joined, Option<gix::ObjectId>), GitError> {
        let Some(ours) = tip else {
            return Ok((Joined::New, Some(theirs)));
        };
        self.ref_commit(NOTES, ours)?;
        if ours == theirs {
            return Ok((Joined::Same, None));
        }
        let base = self.merge_base(ids::to_model(&ours), ids::to_model(&theirs))?;
        let base = base.map(ids::to_gix);
        if base == Some(theirs) {
            return Ok((Joined::Ahead, None));
        }
        if base == Some(ours) {
            return Ok((Joined::Forwarded, Some(theirs)));
        }
        let merged = self.merged_notes(base, [ours, theirs], join)?;
        Ok((Joined::Merged, Some(merged)))
    }

    fn merged_notes(
        &self,
        base: Option<gix::ObjectId>,
        mut sides: [gix::ObjectId; 2],
        join: &mut JoinNote<'_>,
    ) -> Result<gix::ObjectId, GitError> {
        sides.sort();
        let [base, own, other] = [base, Some(sides[0]), Some(sides[1])].map(|tip| self.notes_at(tip));
        let (base, own, other) = (base?, own?, other?);
        let changes = changes([&base, &own, &other], join)?;
        let mut writing = Writing::of(own)?;
        writing.put_all(&changes)?;
        let tree = writing.tree()?;
        let draft = self.joining_draft(NOTES, tree, sides, "notes: joined\n")?;
        writing.finish(draft)
    }
}

/// What has to be written over the second of three notes, so that it holds what the third has as well.
fn changes(notes: [&Notes<'_>; 3], join: &mut JoinNote<'_>) -> Result<BTreeMap<ObjectId, Option<Vec<u8>>>, GitError> {
    let [base, own, other] = [notes[0].entries()?, notes[1].entries()?, notes[2].entries()?];
    let commits: BTreeSet<ObjectId> = own.keys().chain(other.keys()).copied().collect();
    let mut changes = BTreeMap::new();
    for commit in commits {
        let [before, here, there] = [&base, &own, &other].map(|side| side.get(&commit));
        if here == there || there == before {
            continue;
        }
        let there = body(notes[2], &other, commit)?;
        if here == before {
            changes.insert(commit, there);
            continue;
        }
        let (before, here) = (body(notes[0], &base, commit)?, body(notes[1], &own, commit)?);
        let joined = join(Sides {
            base: before.as_deref(),
            one: here.as_deref(),
            other: there.as_deref(),
        });
        changes.insert(commit, joined);
    }
    Ok(changes)
}

/// The note of `commit` among these blobs; two notes of one commit are read as one after the other.
fn body(notes: &Notes<'_>, blobs: &Blobs, commit: ObjectId) -> Result<Option<Vec<u8>>, GitError> {
    let Some(blobs) = blobs.get(&commit) else {
        return Ok(None);
    };
    notes.joined_content(blobs).map(Some)
}
