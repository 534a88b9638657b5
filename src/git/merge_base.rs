//! Where a range begins: the best common ancestors of its two ends.
//!
//! Each best common ancestor is a commit of the base's side that a commit of the range has as its parent, so that the
//! walk has found them all. What is left to do is to drop those that another one of them descends from.

use super::ancestry::{Ancestry, CommitIndex};
use super::error::GitError;
use std::collections::BinaryHeap;

/// The best of `candidates` (newest first): those that no other one descends from, in the same order.
///
/// `None`: the clone ends where that can't be told any more.
pub(super) fn independent(
    ancestry: &mut Ancestry<'_>,
    mut candidates: Vec<CommitIndex>,
) -> Result<Option<Vec<CommitIndex>>, GitError> {
    let mut kept = 0;
    while candidates.len() > 1 && kept < candidates.len() {
        let one = candidates[kept];
        let others: Vec<CommitIndex> = candidates.iter().copied().filter(|&other| other != one).collect();
        let painted = paint(ancestry, one, &others)?;
        let oldest = others.iter().map(|&other| ancestry.time(other)).min();
        if painted
            .cut
            .is_some_and(|time| oldest.is_some_and(|oldest| oldest <= time))
        {
            return Ok(None);
        }
        let redundant = |index: CommitIndex| {
            let colour = painted.colour(index);
            if index == one {
                colour & OTHERS != 0
            } else {
                colour & ONE != 0
            }
        };
        candidates.retain(|&index| !redundant(index));
        if !redundant(one) {
            kept += 1;
        }
    }
    Ok(Some(candidates))
}

/// `one` or an ancestor of it.
const ONE: u8 = 1;
/// One of the others or an ancestor of them.
const OTHERS: u8 = 2;
/// An ancestor of a commit that is both: nothing below can tell anything new.
const STALE: u8 = 4;
const QUEUED: u8 = 8;

struct Painting {
    colours: Vec<u8>,
    queue: BinaryHeap<(i64, CommitIndex)>,
    /// How many commits in the queue are not stale.
    fresh: usize,
    /// The newest date of a commit at which the clone ends.
    cut: Option<i64>,
}

/// Colours the ancestors of `one` and of `others` until nothing new can come.
fn paint(ancestry: &mut Ancestry<'_>, one: CommitIndex, others: &[CommitIndex]) -> Result<Painting, GitError> {
    let mut painting = Painting {
        colours: Vec::new(),
        queue: BinaryHeap::new(),
        fresh: 0,
        cut: None,
    };
    painting.add(ancestry, one, ONE)?;
    for &other in others {
        painting.add(ancestry, other, OTHERS)?;
    }
    while painting.fresh > 0 {
        let Some((time, index)) = painting.queue.pop() else {
            break;
        };
        ancestry.load(index)?;
        let colour = painting.colour(index);
        painting.colours[index.at()] &= !QUEUED;
        painting.fresh -= usize::from(colour & STALE == 0);
        if ancestry.is_cut(index) {
            painting.cut = painting.cut.max(Some(time));
        }
        let mut passed_on = colour & (ONE | OTHERS | STALE);
        if passed_on == ONE | OTHERS {
            passed_on |= STALE;
        }
        for at in 0..ancestry.parents(index).len() {
            let parent = ancestry.parents(index)[at];
            painting.add(ancestry, parent, passed_on)?;
        }
    }
    Ok(painting)
}

impl Painting {
    fn colour(&self, index: CommitIndex) -> u8 {
        self.colours.get(index.at()).copied().unwrap_or(0)
    }

    /// Adds `colour`, and has the commit looked at (again) if that is new to it.
    fn add(&mut self, ancestry: &mut Ancestry<'_>, index: CommitIndex, colour: u8) -> Result<(), GitError> {
        ancestry.load_time(index)?;
        self.colours.resize(ancestry.len().max(self.colours.len()), 0);
        let before = self.colours[index.at()];
        let after = before | colour;
        if after == before {
            return Ok(());
        }
        self.colours[index.at()] = after | QUEUED;
        let was_fresh = before & QUEUED != 0 && before & STALE == 0;
        let is_fresh = after & STALE == 0;
        self.fresh = self.fresh + usize::from(is_fresh) - usize::from(was_fresh);
        if before & QUEUED == 0 {
            self.queue.push((ancestry.time(index), index));
        }
        Ok(())
    }
}
