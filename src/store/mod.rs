//! The only module that touches files outside of the git directory: reading, replacing, appending, and where things live.
//!
//! Nothing acknowledged is lost: a function that returns `Ok` has its data on disk. A file that is replaced holds the old
//! text or the new one at every moment; a line that a kill tears while it is appended costs no other line.

mod append;
mod atomic;
mod error;
mod folder;
mod fresh;
mod home;
mod look;
mod read;
mod state;

pub use append::{Append, append_line, keep_lines};
pub use atomic::{is_temporary, write_atomic};
pub use error::StoreError;
pub use fresh::{FileState, list_below};
pub use home::Home;
pub use look::{
    exists, files_below, is_folder, is_program, list, list_folders, read_if_there, remove_file, resolved,
    temporary_folder,
};
pub use read::{MAX_BYTES, read, reader};
pub use state::{lies_in, remove, state_folder};
