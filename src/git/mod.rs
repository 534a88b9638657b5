//! What git says of a repository: the only module that names gix, and the one that knows the git program.

#[doc(hidden)]
pub mod attributes;
#[doc(hidden)]
pub mod combined_diff;
mod error;
#[doc(hidden)]
pub mod line_count;
#[doc(hidden)]
pub mod listing;
mod objects;
#[doc(hidden)]
pub mod raw_change;
mod raw_tree;
#[doc(hidden)]
pub mod renames;
mod span_hash;
#[doc(hidden)]
pub mod tree_diff;
mod tree_walk;

pub use error::{GitError, Refusal};
