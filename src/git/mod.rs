//! What git says of a repository: the only module that names gix, and the one that knows the git program.

mod error;

pub use error::{GitError, Refusal};
