//! Reading notes: one, or all, however git has spread them over folders.

use super::NOTES;
use crate::git::error::GitError;
use crate::git::ids;
use crate::git::objects::{blob_size, read_blob};
use crate::git::open::Repository;
use crate::git::record_error::RecordError;
use crate::git::tree_walk::{Selection, TreeFile, walk};
use crate::model::ObjectId;
use gix::note::plumbing::State;
use std::collections::BTreeMap;

/// The most bytes that one note may have: it can come from anywhere by `git fetch`.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// The notes as they were at one moment.
pub struct Notes<'repo> {
    pub(super) repository: &'repo Repository,
    pub(super) tip: Option<gix::ObjectId>,
    pub(super) state: State,
}

impl Repository {
    /// The notes as they are now; without any where refs/notes/drift does not exist.
    pub fn notes(&self) -> Result<Notes<'_>, GitError> {
        self.notes_at(self.read_ref(NOTES)?)
    }

    /// The notes that the commit `tip` holds.
    pub(super) fn notes_at(&self, tip: Option<gix::ObjectId>) -> Result<Notes<'_>, GitError> {
        let doing = "reading notes";
        let tree = match tip {
            None => self.gix().empty_tree().id,
            Some(tip) => {
                let commit = self.ref_commit(NOTES, tip)?;
                commit.tree_id().map_err(GitError::gix(doing))?.detach()
            }
        };
        Ok(Notes {
            repository: self,
            tip,
            state: State::new(tree, self.gix()).map_err(GitError::gix(doing))?,
        })
    }
}

impl Notes<'_> {
    /// Whether there is anything to look for.
    pub fn is_empty(&self) -> bool {
        self.tip.is_none()
    }

    /// The commit that holds them.
    pub fn tip(&self) -> Option<ObjectId> {
        self.tip.map(|tip| ids::to_model(&tip))
    }

    /// The note of `commit`; `None` if it has none.
    pub fn get(&mut self, commit: ObjectId) -> Result<Option<Vec<u8>>, GitError> {
        let found = self.state.get(&ids::to_gix(commit), self.repository.gix());
        let blob = found.map_err(GitError::gix("reading notes"))?;
        blob.map(|blob| self.content(blob)).transpose()
    }

    /// The commits that have a note, in the order of their ids.
    pub fn commits(&self) -> Result<Vec<ObjectId>, GitError> {
        Ok(self.entries()?.into_keys().collect())
    }

    /// All notes. Where an interrupted merge has left a commit with two, they are read as one after the other.
    pub fn all(&self) -> Result<BTreeMap<ObjectId, Vec<u8>>, GitError> {
        let mut notes = BTreeMap::new();
        for (commit, blobs) in self.entries()? {
            notes.insert(commit, self.joined_content(&blobs)?);
        }
        Ok(notes)
    }

    /// The blobs of all notes.
    pub(super) fn entries(&self) -> Result<BTreeMap<ObjectId, Vec<gix::ObjectId>>, GitError> {
        let mut selection = Selection::default();
        selection.add(b"", usize::MAX);
        let mut entries: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let repo = self.repository.gix();
        let length = repo.object_hash().len_in_hex();
        walk(repo, self.state.root_tree_id(), &selection, &mut |file: TreeFile| {
            if let Some(commit) = commit_of(&file.path, length) {
                entries.entry(commit).or_default().push(file.id);
            }
        })?;
        Ok(entries)
    }

    /// What these blobs say, each beginning a line.
    pub(super) fn joined_content(&self, blobs: &[gix::ObjectId]) -> Result<Vec<u8>, GitError> {
        let mut body: Vec<u8> = Vec::new();
        for &blob in blobs {
            if body.last().is_some_and(|&byte| byte != b'\n') {
                body.push(b'\n');
            }
            body.extend(self.content(blob)?);
        }
        Ok(body)
    }

    /// What the note `blob` says.
    fn content(&self, blob: gix::ObjectId) -> Result<Vec<u8>, GitError> {
        let repo = self.repository.gix();
        let size = blob_size(repo, blob)?;
        if size > MAX_BYTES {
            let (name, what) = (NOTES.to_owned(), format!("the note {blob} has {size} bytes"));
            return Err(RecordError::NotARecord { name, what }.into());
        }
        let mut content = Vec::new();
        read_blob(repo, blob, &mut content)?;
        Ok(content)
    }
}

/// The commit whose note lies at `path`: its id, with slashes after each two digits of a beginning of any length.
fn commit_of(path: &[u8], length: usize) -> Option<ObjectId> {
    let mut parts: Vec<&[u8]> = path.split(|&byte| byte == b'/').collect();
    let last = parts.pop()?;
    if parts.iter().any(|folder| folder.len() != 2) {
        return None;
    }
    let hex = [parts.concat().as_slice(), last].concat();
    let is_id = hex.len() == length && hex.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    ObjectId::from_hex(std::str::from_utf8(&hex).ok().filter(|_| is_id)?)
}

#[cfg(test)]
mod tests {
    use super::commit_of;

    #[test]
    fn a_note_is_found_at_any_depth_and_nothing_else_is_one() {
        let id = "0123456789012345678901234567890123456789";
        for depth in 0..5 {
            let folders: String = (0..depth).map(|at| format!("{}/", &id[2 * at..2 * at + 2])).collect();
            let path = folders + &id[2 * depth..];
            assert_eq!(commit_of(path.as_bytes(), 40).unwrap().to_string(), id, "{path}");
        }
        for bad in ["README", "012/3456789012345678901234567890123456789", &id[1..], "a/b"] {
            assert_eq!(commit_of(bad.as_bytes(), 40), None, "{bad}");
        }
        assert_eq!(commit_of(id.as_bytes(), 64), None);
    }
}
