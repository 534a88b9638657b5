//! What the commits of a branch did by themselves, where the work of others was merged into it.
//!
//! Such a branch has no base from which a difference of trees would be its own. Its first-parent line has: each commit's
//! changes, and of a merge those against all its parents, one after the other.

use super::ancestry::{Ancestry, CommitIndex};
use super::ids;
use super::raw_change::RawChange;
use crate::model::{Commit, FileMode, ObjectId, RepoPath};
use std::collections::{BTreeMap, HashSet};

/// The commits of `range` on the first-parent line that ends in `target`, newest first.
pub(super) fn first_parents(ancestry: &Ancestry<'_>, target: CommitIndex, range: &[CommitIndex]) -> Vec<CommitIndex> {
    let in_range: HashSet<usize> = range.iter().map(|index| index.at()).collect();
    let mut line = Vec::new();
    let mut next = Some(target);
    while let Some(index) = next.filter(|it| in_range.contains(&it.at())) {
        line.push(index);
        next = ancestry.parents(index).first().copied();
    }
    line
}

/// One side of a change.
type Side = Option<(FileMode, ObjectId)>;

/// All changes of `commits` as one: of each path what it was before the first of them that touched it, and after the
/// last. What ends as it began is no change.
pub(super) fn composed(commits: &[Commit]) -> Vec<RawChange> {
    let mut sides: BTreeMap<&RepoPath, (Side, Side)> = BTreeMap::new();
    for change in commits.iter().flat_map(|commit| &commit.changes) {
        let old = change.old_mode.zip(change.old_id);
        let new = change.new_mode.zip(change.new_id);
        sides.entry(&change.path).or_insert((old, new)).1 = new;
    }
    let raw = |side: Side| side.map(|(mode, id)| (mode, ids::to_gix(id)));
    let changed = sides.into_iter().filter(|(_, (old, new))| old != new);
    changed
        .map(|(path, (old, new))| RawChange::between(raw(old), raw(new), path.as_bytes().into()))
        .collect()
}
