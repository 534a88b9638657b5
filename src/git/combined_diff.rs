//! What a merge changed by itself: neither taken over from one parent nor from another.

use super::GitError;
use super::raw_change::RawChange;
use super::tree_diff::Differ;
use gix::ObjectId;

/// The files of `tree` that differ from every one of `parent_trees`, in path order, as `git diff-tree -c` has them.
///
/// The old side is the first parent's. A clean merge has none, and costs only the trees that differ from all parents.
pub fn against_all_parents(
    differ: &mut Differ<'_>,
    parent_trees: &[ObjectId],
    tree: ObjectId,
) -> Result<Vec<RawChange>, GitError> {
    differ.walk(parent_trees, Some(tree))
}
