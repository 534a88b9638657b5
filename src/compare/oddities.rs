//! What is odd about a change apart from its place: a file that comes back, a symlink, a submodule, a mode.

use super::facts::Facts;
use crate::model::{Change, ChangeKind, FileMode};

/// Whether the change brings a deleted file back: the merge base does not have it, and of the range's commits one
/// deleted it and a later one added it. What was deleted before the merge base is not known.
pub(super) fn is_resurrected(facts: &Facts<'_>, change: &Change) -> bool {
    let mut steps = facts.touches.steps(&change.path).iter();
    !facts.touches.before(&change.path)
        && steps.any(|(_, kind)| *kind == ChangeKind::Deleted)
        && steps.any(|(_, kind)| *kind == ChangeKind::Added)
}

/// What is special about the kind of file, as the end of a sentence that begins with its path; `None`: nothing.
pub(super) fn special(change: &Change) -> Option<String> {
    use FileMode::{Executable, Regular, Submodule, Symlink};
    let words = match (change.old_mode, change.new_mode) {
        (None, Some(Symlink)) => "is a new symlink",
        (None, Some(Submodule)) => "is a new submodule",
        (Some(Symlink), None) => "was a symlink",
        (Some(Submodule), None) => "was a submodule",
        (Some(Symlink), Some(Symlink)) if change.old_id != change.new_id => "is a symlink that points elsewhere now",
        (Some(Submodule), Some(Submodule)) if change.old_id != change.new_id => "is a submodule at another commit now",
        (Some(Symlink), Some(Symlink)) => "is a symlink",
        (Some(Submodule), Some(Submodule)) => "is a submodule",
        (Some(Submodule), Some(Symlink)) => "was a submodule and became a symlink",
        (Some(Symlink), Some(Submodule)) => "was a symlink and became a submodule",
        (Some(Symlink), Some(Regular | Executable)) => "was a symlink and became a file",
        (Some(Submodule), Some(Regular | Executable)) => "was a submodule and became a file",
        (Some(Regular | Executable), Some(Symlink)) => "became a symlink",
        (Some(Regular | Executable), Some(Submodule)) => "became a submodule",
        (Some(Regular), Some(Executable)) => "became executable",
        (Some(Executable), Some(Regular)) => "is no longer executable",
        _ => return None,
    };
    Some(words.to_owned())
}
