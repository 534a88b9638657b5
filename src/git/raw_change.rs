//! A change as it comes out of the trees, with gix's ids and borrowed by nobody: what the later steps work on.

use super::ids;
use crate::model::{Change, ChangeKind, FileMode, LineCount, RepoPath};
use gix::ObjectId;
use gix::bstr::BString;

/// One path and what happened to it. The fields mean what those of [`Change`] mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawChange {
    /// What happened.
    pub kind: ChangeKind,
    /// The mode at the old side; `None` for an addition.
    pub old_mode: Option<FileMode>,
    /// The mode at the new side; `None` for a deletion.
    pub new_mode: Option<FileMode>,
    /// The object at the old side.
    pub old_id: Option<ObjectId>,
    /// The object at the new side.
    pub new_id: Option<ObjectId>,
    /// The path at the new side; for a deletion the path that is gone.
    pub path: BString,
    /// The path at the old side, for renames.
    pub previous_path: Option<BString>,
    /// How alike both sides of a rename are, in percent.
    pub similarity: Option<u8>,
    /// Inserted and deleted lines.
    pub lines: LineCount,
}

impl RawChange {
    /// The change at `path` from one side to the other; a side is `None` where there was or is no file.
    pub(super) fn between(old: Option<(FileMode, ObjectId)>, new: Option<(FileMode, ObjectId)>, path: BString) -> Self {
        Self {
            kind: kind_of(old.map(|side| side.0), new.map(|side| side.0)),
            old_mode: old.map(|side| side.0),
            new_mode: new.map(|side| side.0),
            old_id: old.map(|side| side.1),
            new_id: new.map(|side| side.1),
            path,
            previous_path: None,
            similarity: None,
            lines: LineCount::NotCounted,
        }
    }
}

fn kind_of(old: Option<FileMode>, new: Option<FileMode>) -> ChangeKind {
    match (old, new) {
        (None, _) => ChangeKind::Added,
        (_, None) => ChangeKind::Deleted,
        (Some(old), Some(new)) if is_regular(old) && is_regular(new) || old == new => ChangeKind::Modified,
        _ => ChangeKind::TypeChanged,
    }
}

/// Whether this is a file with content of its own, executable or not.
pub(super) fn is_regular(mode: FileMode) -> bool {
    matches!(mode, FileMode::Regular | FileMode::Executable)
}

impl From<RawChange> for Change {
    fn from(raw: RawChange) -> Self {
        Self {
            kind: raw.kind,
            path: RepoPath::new(raw.path),
            previous_path: raw.previous_path.map(RepoPath::new),
            old_mode: raw.old_mode,
            new_mode: raw.new_mode,
            old_id: raw.old_id.map(|id| ids::to_model(&id)),
            new_id: raw.new_id.map(|id| ids::to_model(&id)),
            similarity: raw.similarity,
            lines: raw.lines,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::kind_of;
    use crate::model::ChangeKind;
    use crate::model::FileMode::{Executable, Regular, Submodule, Symlink};

    #[test]
    fn a_new_executable_bit_is_a_modification_and_a_new_type_is_not() {
        assert_eq!(kind_of(Some(Regular), Some(Executable)), ChangeKind::Modified);
        assert_eq!(kind_of(Some(Submodule), Some(Submodule)), ChangeKind::Modified);
        assert_eq!(kind_of(Some(Executable), Some(Symlink)), ChangeKind::TypeChanged);
        assert_eq!(kind_of(Some(Symlink), Some(Submodule)), ChangeKind::TypeChanged);
        assert_eq!(kind_of(None, Some(Symlink)), ChangeKind::Added);
        assert_eq!(kind_of(Some(Symlink), None), ChangeKind::Deleted);
    }
}
