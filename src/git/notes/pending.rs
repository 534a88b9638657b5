//! Notes that wait for their turn, so that a crowd of commits waits for one writer and not for each other.
//!
//! A hook leaves its line in `drift/pending/` of the shared git directory, a file each. Whoever may write next writes all
//! that lie there, in one commit, and takes them away; the others find nothing left to do. A file that is left,
//! because its drift was killed or had no more time, is written by the next one.

use crate::git::durable;
use crate::git::error::GitError;
use crate::git::open::Repository;
use crate::model::ObjectId;
use std::ffi::OsStr;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

/// A line that is to be added to the note of a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingLine {
    /// The commit.
    pub commit: ObjectId,
    /// The line, without a newline.
    pub line: Vec<u8>,
    file: PathBuf,
}

impl Repository {
    /// Leaves a line for whoever writes notes next. `run` tells it from another's line for the same commit.
    pub fn leave_pending(&self, commit: ObjectId, run: &str, line: &str) -> Result<(), GitError> {
        self.writes_allowed()?;
        let folder = self.pending_folder();
        durable::create_folder(&folder)?;
        let file = folder.join(format!("{commit}-{run}"));
        let temporary = tempfile::Builder::new().prefix(".").tempfile_in(&folder);
        let mut temporary = temporary.map_err(GitError::io("writing into", &folder))?;
        let written = temporary.write_all(line.as_bytes());
        written.map_err(GitError::io("writing", &file))?;
        match temporary.persist_noclobber(&file) {
            // The first line of a commit that was made twice was there when it was made.
            Err(failure) if failure.error.kind() != ErrorKind::AlreadyExists => {
                Err(GitError::io("writing", &file)(failure.error))
            }
            _ => Ok(()),
        }
    }

    /// The lines that wait.
    pub fn pending(&self) -> Result<Vec<PendingLine>, GitError> {
        let folder = self.pending_folder();
        let entries = match fs::read_dir(&folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(GitError::io("listing", &folder))?,
        };
        let files = entries.filter_map(|entry| Some(entry.ok()?.path()));
        let pending = files.filter_map(|file| {
            let commit = commit_of(file.file_name()?)?;
            // One that is gone was written by another drift just now.
            let line = fs::read(&file).ok()?;
            Some(PendingLine { commit, line, file })
        });
        Ok(pending.collect())
    }

    /// Takes away lines that are written.
    pub fn forget_pending(&self, lines: &[PendingLine]) {
        for line in lines {
            // If it stays, the next drift finds it written, and tries again.
            let _ = fs::remove_file(&line.file);
        }
    }

    fn pending_folder(&self) -> PathBuf {
        self.common_dir().join("drift/pending")
    }
}

/// The commit whose id begins the name; `None` for other files, such as those that are not yet whole.
fn commit_of(name: &OsStr) -> Option<ObjectId> {
    ObjectId::from_hex(name.to_str()?.split_once('-')?.0)
}
