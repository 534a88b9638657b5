//! Notes: what drift says of single commits, in refs/notes/drift, where git's own commands show it.
//!
//! What a note says is bytes to this module. A note belongs to a commit's id, its place in the tree is the one that git
//! gives it, and whoever writes asks for what is there first: many notes are one commit, and none of another writer is lost.

mod merge;
mod pending;
mod read;
mod write;

pub use merge::{JoinNote, Sides};
pub use pending::PendingLine;
pub use read::Notes;
pub use write::NotesChange;

/// Where the notes are.
pub(super) const NOTES: &str = "refs/notes/drift";
