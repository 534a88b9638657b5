//! Telling a file that was just written from one that was lying there.

use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// What tells one state of a file from another: every write changes it, and nobody can set it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileState {
    place: (u64, u64),
    size: u64,
    changed: (i64, i64),
    modified: (i64, i64),
}

impl FileState {
    /// The state of the file at `path`, a link itself; `None` where there is nothing.
    pub fn of(path: &Path) -> Option<Self> {
        fs::symlink_metadata(path).ok().map(|found| Self::of_metadata(&found))
    }

    fn of_metadata(found: &Metadata) -> Self {
        Self {
            place: (found.dev(), found.ino()),
            size: found.size(),
            changed: (found.ctime(), found.ctime_nsec()),
            modified: (found.mtime(), found.mtime_nsec()),
        }
    }
}

/// The paths of the regular files below `folder`, from it on, sorted; links are not followed, and what can't be listed is
/// passed over. `most` bounds how many are looked at.
pub fn list_below(folder: &Path, most: usize) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::new()];
    let mut looked = 0;
    while let Some(inside) = open.pop() {
        let Ok(entries) = fs::read_dir(folder.join(&inside)) else {
            continue;
        };
        for entry in entries.flatten() {
            looked += 1;
            if looked > most {
                found.sort();
                return found;
            }
            let path = inside.join(entry.file_name());
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && entry.file_name() != ".git" => open.push(path),
                Ok(kind) if kind.is_file() => found.push(path),
                _ => {}
            }
        }
    }
    found.sort();
    found
}
