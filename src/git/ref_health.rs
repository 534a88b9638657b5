//! drift's own refs as `drift doctor` looks at them: each that is there, and what is wrong with it.

use super::error::GitError;
use super::open::Repository;
use super::record_error::RecordError;
use gix::bstr::ByteSlice;
use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// The ref of the notes.
const NOTES: &str = super::notes::NOTES;

/// The folders that hold drift's refs.
const FOLDERS: [&str; 2] = ["refs/drift/", "refs/drift-sync/"];

/// What can be wrong with a ref.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefTrouble {
    /// It names another ref, which a write to it would change.
    Symbolic {
        /// The other ref.
        target: String,
    },
    /// It leads to no commit.
    NoCommit {
        /// Why, in words.
        why: String,
    },
    /// It is a ref where the names of others need a folder.
    InTheWay,
    /// It lies below a name that is a ref itself.
    Below(String),
}

impl Repository {
    /// The refs of drift's with which something is wrong, in the order of their names.
    pub fn ailing_refs(&self) -> Result<Vec<(String, RefTrouble)>, GitError> {
        let mut found = Vec::new();
        for name in self.drift_refs()? {
            if let Some(trouble) = self.trouble_of(&name)? {
                found.push((name, trouble));
            }
        }
        Ok(found)
    }

    /// The refs that an exchange with a remote fetched only to look at, and left there when it was killed.
    pub fn left_sync_refs(&self) -> Result<Vec<String>, GitError> {
        let names = self.drift_refs()?.into_iter();
        Ok(names.filter(|name| name.starts_with("refs/drift-sync/")).collect())
    }

    /// The refs that show other objects in place of those that are there: `refs/replace/<id>`.
    pub fn replaced_objects(&self) -> Result<Vec<String>, GitError> {
        Ok(self.ref_names_below("refs/replace/")?.into_iter().collect())
    }

    fn trouble_of(&self, name: &str) -> Result<Option<RefTrouble>, GitError> {
        if ["refs/drift", "refs/drift/runs"].contains(&name) {
            return Ok(Some(RefTrouble::InTheWay));
        }
        if name.starts_with(NOTES) && name != NOTES {
            return Ok(Some(RefTrouble::Below(NOTES.to_owned())));
        }
        let read = self.read_ref(name).and_then(|id| match id {
            Some(id) => self.ref_commit(name, id).map(drop),
            None => Ok(()),
        });
        match read {
            Ok(()) => Ok(None),
            Err(GitError::Record(RecordError::SymbolicRef { .. })) => Ok(Some(RefTrouble::Symbolic {
                target: self.symbolic_target(name),
            })),
            Err(GitError::Record(RecordError::NotARecord { what, .. })) => Ok(Some(RefTrouble::NoCommit { why: what })),
            Err(error @ GitError::MissingObject { .. }) => Ok(Some(RefTrouble::NoCommit { why: error.to_string() })),
            Err(error) => Err(error),
        }
    }

    fn symbolic_target(&self, name: &str) -> String {
        let path = self.common_dir().join(name);
        let linked = || fs::read_link(&path).map(|target| target.to_string_lossy().into_owned());
        let written = || {
            let text = fs::read(&path)?;
            let target = text.strip_prefix(b"ref:").unwrap_or(&text).trim();
            Ok(target.to_str_lossy().into_owned())
        };
        let target: std::io::Result<String> = if path.is_symlink() { linked() } else { written() };
        target.unwrap_or_default()
    }

    /// The whole names of everything that lies where drift's refs do, readable or not.
    fn drift_refs(&self) -> Result<BTreeSet<String>, GitError> {
        let mut names = BTreeSet::new();
        for single in ["refs/drift", "refs/drift/runs", NOTES] {
            if self.ref_exists(single)? || self.common_dir().join(single).is_symlink() {
                names.insert(single.to_owned());
            }
        }
        for folder in FOLDERS.iter().copied().chain(["refs/notes/drift/"]) {
            let below = self
                .ref_names_below(folder)?
                .into_iter()
                .map(|name| format!("{folder}{name}"));
            names.extend(below);
            loose_below(self.common_dir(), folder.trim_end_matches('/'), &mut names)?;
        }
        names.retain(|name| !name.ends_with(".lock"));
        Ok(names)
    }
}

/// Adds the names of all files below `folder` of the git directory.
fn loose_below(common_dir: &Path, folder: &str, names: &mut BTreeSet<String>) -> Result<(), GitError> {
    let place = common_dir.join(folder);
    let entries = match fs::read_dir(&place) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(()),
        entries => entries.map_err(GitError::io("listing", &place))?,
    };
    for entry in entries {
        let entry = entry.map_err(GitError::io("listing", &place))?;
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        let name = format!("{folder}/{name}");
        let kind = entry.file_type().map_err(GitError::io("looking at", entry.path()))?;
        if kind.is_dir() {
            loose_below(common_dir, &name, names)?;
        } else {
            names.insert(name);
        }
    }
    Ok(())
}
