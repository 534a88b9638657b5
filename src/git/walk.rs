//! Which commits a range holds: those that the target has and the base has not.
//!
//! Commits are taken by date, newest first, from both ends. Dates lie (clocks run apart, rebases keep them), so that a
//! commit may be taken for the target's own before the base's side arrives: what arrives later is passed on through all
//! that is known by then, and the walk goes on a while after it seems to be done.

use super::ancestry::{Ancestry, CommitIndex};
use super::error::GitError;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

/// How many more commits are looked at after the walk seems to be done. git takes 5; with 16 far fewer skewed
/// histories go wrong, at a price that can't be measured.
const SLOP: u32 = 16;

/// The commits of a range, and where it begins.
pub(super) struct CommitRange {
    /// The commits, newest first by date.
    pub commits: Vec<CommitIndex>,
    /// The base's commits that commits of the range grew from, each once, newest first. Empty: unrelated histories.
    pub boundary: Vec<CommitIndex>,
    /// Whether the clone ends where the range or the base's side still goes on, so that the answer might be another one.
    pub incomplete: bool,
}

impl CommitRange {
    /// The range whose target the base already has.
    fn nothing_above(target: CommitIndex) -> Self {
        Self {
            commits: Vec::new(),
            boundary: vec![target],
            incomplete: false,
        }
    }
}

/// The range `base..target`. Each commit that has to be looked at and is not there is an error.
pub(super) fn commit_range(
    ancestry: &mut Ancestry<'_>,
    base: CommitIndex,
    target: CommitIndex,
) -> Result<CommitRange, GitError> {
    if base == target {
        return Ok(CommitRange::nothing_above(target));
    }
    let mut walk = Walk::new(ancestry);
    walk.queue(base, true)?;
    walk.queue(target, false)?;
    walk.run()?;
    Ok(walk.finish(target))
}

/// The commits that `target` has and none of `bases` has, newest first by date. In a shallow clone those that are there.
pub(super) fn commits_beyond(
    ancestry: &mut Ancestry<'_>,
    bases: &[CommitIndex],
    target: CommitIndex,
) -> Result<Vec<CommitIndex>, GitError> {
    let mut walk = Walk::new(ancestry);
    for &base in bases {
        walk.queue(base, true)?;
    }
    walk.queue(target, false)?;
    walk.run()?;
    Ok(walk.finish(target).commits)
}

#[derive(Clone, Copy, Default)]
struct Flags {
    /// The base has it.
    hidden: bool,
    /// It was queued at some time.
    seen: bool,
    /// It is in the queue now.
    queued: bool,
}

struct Walk<'a, 'repo> {
    ancestry: &'a mut Ancestry<'repo>,
    flags: Vec<Flags>,
    /// By date, newest first; of the same date, first come.
    queue: BinaryHeap<(i64, Reverse<usize>, CommitIndex)>,
    queued_so_far: usize,
    /// How many commits in the queue are still taken for the target's own.
    visible: usize,
    listed: Vec<CommitIndex>,
    /// Hidden commits at which the clone ends.
    hidden_cuts: Vec<CommitIndex>,
    /// Whether the target's side has met the base's.
    met: bool,
}

impl<'a, 'repo> Walk<'a, 'repo> {
    fn new(ancestry: &'a mut Ancestry<'repo>) -> Self {
        Self {
            ancestry,
            flags: Vec::new(),
            queue: BinaryHeap::new(),
            queued_so_far: 0,
            visible: 0,
            listed: Vec::new(),
            hidden_cuts: Vec::new(),
            met: false,
        }
    }

    fn flags(&mut self, index: CommitIndex) -> &mut Flags {
        if self.flags.len() <= index.at() {
            self.flags.resize(self.ancestry.len(), Flags::default());
        }
        &mut self.flags[index.at()]
    }

    /// Puts a commit into the queue unless it was there before; `hidden` sticks either way.
    fn queue(&mut self, index: CommitIndex, hidden: bool) -> Result<(), GitError> {
        let flags = self.flags(index);
        self.met |= flags.seen && flags.hidden != hidden;
        let flags = self.flags(index);
        flags.hidden |= hidden;
        if flags.seen {
            return Ok(());
        }
        flags.seen = true;
        flags.queued = true;
        self.visible += usize::from(!flags.hidden);
        self.ancestry.load_time(index)?;
        let time = self.ancestry.time(index);
        self.queue.push((time, Reverse(self.queued_so_far), index));
        self.queued_so_far += 1;
        Ok(())
    }

    fn run(&mut self) -> Result<(), GitError> {
        let mut slop = SLOP;
        let mut oldest_listed = i64::MAX;
        while let Some((time, _, index)) = self.queue.pop() {
            self.ancestry.load(index)?;
            self.flags(index).queued = false;
            if !self.flags(index).hidden {
                oldest_listed = time;
                self.take_visible(index)?;
                continue;
            }
            self.take_hidden(index)?;
            let next = self.queue.peek().map(|(time, ..)| *time);
            if self.visible > 0 || !self.met || next.is_some_and(|next| oldest_listed <= next) {
                slop = SLOP;
            } else if slop == 0 {
                break;
            } else {
                slop -= 1;
            }
        }
        Ok(())
    }

    fn take_visible(&mut self, index: CommitIndex) -> Result<(), GitError> {
        self.visible -= 1;
        self.listed.push(index);
        for at in 0..self.ancestry.parents(index).len() {
            let parent = self.ancestry.parents(index)[at];
            self.queue(parent, false)?;
        }
        Ok(())
    }

    fn take_hidden(&mut self, index: CommitIndex) -> Result<(), GitError> {
        // Nobody asks for the words of the base's own commits.
        self.ancestry.take_bytes(index);
        if self.ancestry.is_cut(index) {
            self.hidden_cuts.push(index);
        }
        self.hide_ancestors(index);
        for at in 0..self.ancestry.parents(index).len() {
            let parent = self.ancestry.parents(index)[at];
            self.queue(parent, true)?;
        }
        Ok(())
    }

    /// Hides what is known below a hidden commit: commits that were taken for the target's own until now.
    fn hide_ancestors(&mut self, index: CommitIndex) {
        let mut stack = vec![index];
        while let Some(next) = stack.pop() {
            for at in 0..self.ancestry.parents(next).len() {
                let parent = self.ancestry.parents(next)[at];
                let flags = self.flags(parent);
                if flags.hidden || !flags.seen {
                    continue;
                }
                flags.hidden = true;
                let was_queued = flags.queued;
                self.met = true;
                self.visible -= usize::from(was_queued);
                if !was_queued {
                    stack.push(parent);
                }
            }
        }
    }

    fn finish(mut self, target: CommitIndex) -> CommitRange {
        if self.flags(target).hidden {
            return CommitRange::nothing_above(target);
        }
        let mut listed = std::mem::take(&mut self.listed);
        listed.retain(|&index| !self.flags(index).hidden);
        let boundary = self.boundary(&listed);
        let unmet_for_lack = boundary.is_empty() && !self.hidden_cuts.is_empty();
        CommitRange {
            incomplete: unmet_for_lack || self.is_incomplete(&listed),
            boundary,
            commits: listed,
        }
    }

    fn boundary(&mut self, listed: &[CommitIndex]) -> Vec<CommitIndex> {
        let mut boundary = Vec::new();
        for &index in listed {
            boundary.extend_from_slice(self.ancestry.parents(index));
        }
        boundary.sort_unstable();
        boundary.dedup();
        boundary.retain(|&parent| self.flags(parent).hidden);
        boundary.sort_by_key(|&parent| (Reverse(self.ancestry.time(parent)), self.ancestry.id(parent)));
        boundary
    }

    /// Whether the clone ends inside the range, or so high on the base's side that a listed commit may lie below the cut.
    fn is_incomplete(&self, listed: &[CommitIndex]) -> bool {
        let below = |cut: CommitIndex| {
            let time = self.ancestry.time(cut);
            let mut older = listed
                .iter()
                .filter(|&&index| self.ancestry.time(index) <= time)
                .peekable();
            // A commit can't lie below the cut if the cut lies below it.
            older.peek().is_some() && {
                let above = descendants(self.ancestry, cut);
                older.any(|index| !above[index.at()])
            }
        };
        listed.iter().any(|&index| self.ancestry.is_cut(index)) || self.hidden_cuts.iter().any(|&cut| below(cut))
    }
}

/// Which of the known commits descend from `ancestor`.
fn descendants(ancestry: &Ancestry<'_>, ancestor: CommitIndex) -> Vec<bool> {
    let mut children: HashMap<CommitIndex, Vec<CommitIndex>> = HashMap::new();
    for child in ancestry.all() {
        for &parent in ancestry.parents(child) {
            children.entry(parent).or_default().push(child);
        }
    }
    let mut marked = vec![false; ancestry.len()];
    let mut stack = vec![ancestor];
    while let Some(next) = stack.pop() {
        for &child in children.get(&next).map_or(&[][..], Vec::as_slice) {
            if !std::mem::replace(&mut marked[child.at()], true) {
                stack.push(child);
            }
        }
    }
    marked
}

/// `commits` (newest first by date) with ancestors before descendants, and each line of work in one piece: the order of
/// `git rev-list --topo-order --reverse`.
pub(super) fn ancestors_first(ancestry: &Ancestry<'_>, commits: &[CommitIndex]) -> Vec<CommitIndex> {
    let mut children = vec![None::<u32>; ancestry.len()];
    for &index in commits {
        children[index.at()] = Some(0);
    }
    for &index in commits {
        for &parent in ancestry.parents(index) {
            if let Some(count) = &mut children[parent.at()] {
                *count += 1;
            }
        }
    }
    let mut ready: Vec<CommitIndex> = commits.iter().rev().copied().collect();
    ready.retain(|index| children[index.at()] == Some(0));
    let mut ordered = Vec::with_capacity(commits.len());
    while let Some(index) = ready.pop() {
        ordered.push(index);
        for &parent in ancestry.parents(index) {
            if let Some(count) = &mut children[parent.at()] {
                *count -= 1;
                if *count == 0 {
                    ready.push(parent);
                }
            }
        }
    }
    ordered.reverse();
    ordered
}
