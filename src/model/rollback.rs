//! The way back from a range's target to its merge base: which reverts, in which order.

use super::{Change, Commit, History, ObjectId, RepoPath};
use std::collections::{HashMap, HashSet};

/// One `git revert`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revert {
    /// Index into `History::commits`.
    pub commit: usize,
    /// For a merge the parent to go back to, counted from 1, as `git revert --mainline` takes it.
    pub mainline: Option<usize>,
}

impl History {
    /// The reverts that lead from the target's tree back to the merge base's, newest first.
    ///
    /// They follow one line of parents, the first one where it leads back, so that each revert finds the very tree that its
    /// commit left and none can conflict; what a merge brought in goes with the merge. Commits that changed nothing are left
    /// out, and so are those whose changes a later commit has taken back already, wherever that leaves the rest exact.
    pub fn rollback(&self) -> Vec<Revert> {
        let line = without_detours(self, self.line_back());
        without_pairs(self, line)
    }

    /// One line of parents from the target to the merge base.
    fn line_back(&self) -> Vec<Revert> {
        let index: HashMap<ObjectId, usize> = self.commits.iter().enumerate().map(|(at, it)| (it.id, at)).collect();
        let mut leads = vec![false; self.commits.len()];
        let back = |leads: &[bool], parent: &ObjectId| {
            *parent == self.merge_base || index.get(parent).is_some_and(|&at| leads[at])
        };
        for (at, commit) in self.commits.iter().enumerate() {
            leads[at] = commit.parents.iter().any(|parent| back(&leads, parent));
        }
        let mut line = Vec::new();
        let mut next = index.get(&self.target).copied();
        while let Some(at) = next {
            let commit = &self.commits[at];
            let Some(parent) = commit.parents.iter().position(|parent| back(&leads, parent)) else {
                return Vec::new();
            };
            line.push(Revert {
                commit: at,
                mainline: commit.is_merge().then_some(parent + 1),
            });
            next = index
                .get(&commit.parents[parent])
                .copied()
                .filter(|_| commit.parents[parent] != self.merge_base);
        }
        line
    }
}

/// The line without what ends in the tree that it began with: a commit and its revert beside each other, or nothing at all.
fn without_detours(history: &History, line: Vec<Revert>) -> Vec<Revert> {
    let tree = |it: &Revert| history.commits[it.commit].tree;
    // The oldest place of the line that has each tree.
    let oldest: HashMap<ObjectId, usize> = line.iter().enumerate().map(|(at, it)| (tree(it), at)).collect();
    let mut kept = Vec::new();
    let mut at = 0;
    while let Some(step) = line.get(at) {
        let same = oldest.get(&tree(step)).copied().unwrap_or(at);
        let step = &line[same];
        if !changes_nothing(&history.commits[step.commit]) {
            kept.push(*step);
        }
        at = same + 1;
    }
    kept
}

fn changes_nothing(commit: &Commit) -> bool {
    !commit.is_merge() && commit.changes.is_empty()
}

/// The line without pairs of a commit and a later one that undoes exactly its changes, where nothing between touches them.
fn without_pairs(history: &History, line: Vec<Revert>) -> Vec<Revert> {
    let mut gone = vec![false; line.len()];
    // Newest first: for each path the latest commit of the line, still to be met, that may undo something there.
    let mut last_touch: HashMap<&RepoPath, usize> = HashMap::new();
    let mut last_merge = None;
    for (at, step) in line.iter().enumerate() {
        let commit = &history.commits[step.commit];
        if commit.is_merge() {
            last_merge = Some(at);
            continue;
        }
        let later: HashSet<Option<usize>> = commit
            .changes
            .iter()
            .map(|it| last_touch.get(&it.path).copied())
            .collect();
        let only = later.iter().next().copied().flatten().filter(|_| later.len() == 1);
        let undone = only.filter(|&by| !gone[by] && last_merge.is_none_or(|merge| merge < by));
        if let Some(by) = undone.filter(|&by| undoes(&history.commits[line[by].commit], commit)) {
            (gone[at], gone[by]) = (true, true);
        }
        for change in &commit.changes {
            last_touch.insert(&change.path, at);
        }
    }
    let mut gone = gone.into_iter();
    line.into_iter().filter(|_| !gone.next().unwrap_or_default()).collect()
}

/// Whether `later` changes exactly what `earlier` did, the other way round.
fn undoes(later: &Commit, earlier: &Commit) -> bool {
    let inverse = |one: &Change, other: &Change| {
        one.path == other.path
            && (one.old_id, one.old_mode) == (other.new_id, other.new_mode)
            && (one.new_id, one.new_mode) == (other.old_id, other.old_mode)
    };
    later.changes.len() == earlier.changes.len()
        && later
            .changes
            .iter()
            .zip(&earlier.changes)
            .all(|(one, other)| inverse(one, other))
}
