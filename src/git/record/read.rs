//! Reading records: which there are, and what one holds.

use super::{Files, RECORDS, Record, ref_name};
use crate::git::error::GitError;
use crate::git::ids;
use crate::git::open::Repository;
use crate::git::record_error::RecordError;
use crate::model::Handle;
use gix::bstr::ByteSlice;

/// The most bytes that the files of a record may have together: it can come from anywhere by `git fetch`.
const MAX_BYTES: usize = 256 * 1024 * 1024;

/// How many folders may lie in each other; drift writes one.
const MAX_DEPTH: usize = 8;

/// The files of a record in the making.
struct Collected<'name> {
    ref_name: &'name str,
    files: Files,
    bytes: usize,
    /// Whether folders are passed over.
    only_top: bool,
}

impl Repository {
    /// The runs that have a record, in the order of their names. No record is opened.
    pub fn records(&self) -> Result<Vec<Handle>, GitError> {
        let names = self.ref_names_below(RECORDS)?;
        let mut handles: Vec<Handle> = names.iter().filter_map(|name| name.parse().ok()).collect();
        handles.sort();
        Ok(handles)
    }

    /// The record of a run with all its files; `None` if it has none.
    ///
    /// Files whose path is not UTF-8, symbolic links and submodules, which drift does not write, are passed over.
    pub fn read_record(&self, handle: &Handle) -> Result<Option<Record>, GitError> {
        let name = ref_name(handle);
        let Some(tip) = self.read_ref(&name)? else {
            return Ok(None);
        };
        Ok(Some(Record {
            handle: handle.clone(),
            tip: ids::to_model(&tip),
            files: self.record_files(&name, tip)?,
        }))
    }

    /// The record of a run with the files that lie in no folder, which is all but its evidence; `None` if it has none.
    pub fn read_record_top(&self, handle: &Handle) -> Result<Option<Record>, GitError> {
        let name = ref_name(handle);
        let Some(tip) = self.read_ref(&name)? else {
            return Ok(None);
        };
        Ok(Some(Record {
            handle: handle.clone(),
            tip: ids::to_model(&tip),
            files: self.files_below(&name, tip, "")?,
        }))
    }

    /// The files of one folder of a run's record, by their path without the folder; none if there is no such folder.
    pub fn read_record_folder(&self, handle: &Handle, folder: &str) -> Result<Files, GitError> {
        let name = ref_name(handle);
        match self.read_ref(&name)? {
            Some(tip) => self.files_below(&name, tip, folder),
            None => Ok(Files::new()),
        }
    }

    /// All files below a folder; of the top (an empty name) only those that lie in no folder.
    fn files_below(&self, name: &str, id: gix::ObjectId, folder: &str) -> Result<Files, GitError> {
        let doing = "reading a record";
        let mut tree = self.ref_commit(name, id)?.tree().map_err(GitError::gix(doing))?;
        let mut collected = Collected {
            ref_name: name,
            files: Files::new(),
            bytes: 0,
            only_top: folder.is_empty(),
        };
        let tree = match folder {
            "" => Some(tree.id),
            folder => {
                let found = tree.peel_to_entry_by_path(folder).map_err(GitError::gix(doing))?;
                found
                    .filter(|entry| entry.mode().is_tree())
                    .map(|entry| entry.object_id())
            }
        };
        if let Some(tree) = tree {
            self.collect(tree, "", MAX_DEPTH, &mut collected)?;
        }
        Ok(collected.files)
    }

    /// The files of the record `name` as the commit `id` has them.
    pub(super) fn record_files(&self, name: &str, id: gix::ObjectId) -> Result<Files, GitError> {
        let commit = self.ref_commit(name, id)?;
        let tree = commit.tree_id().map_err(GitError::gix("reading a record"))?.detach();
        let mut collected = Collected {
            ref_name: name,
            files: Files::new(),
            bytes: 0,
            only_top: false,
        };
        self.collect(tree, "", MAX_DEPTH, &mut collected)?;
        Ok(collected.files)
    }

    /// One file of a run's record, without reading the others; `None` if there is no record or no such file.
    pub fn read_record_file(&self, handle: &Handle, path: &str) -> Result<Option<Vec<u8>>, GitError> {
        let doing = "reading a record";
        let name = ref_name(handle);
        let Some(tip) = self.read_ref(&name)? else {
            return Ok(None);
        };
        let tree = self.ref_commit(&name, tip)?.tree().map_err(GitError::gix(doing))?;
        let Some(entry) = tree.lookup_entry_by_path(path).map_err(GitError::gix(doing))? else {
            return Ok(None);
        };
        if !entry.mode().is_blob() {
            return Ok(None);
        }
        self.blob(entry.object_id()).map(Some)
    }

    fn blob(&self, id: gix::ObjectId) -> Result<Vec<u8>, GitError> {
        Ok(std::mem::take(&mut self.object(id)?.data))
    }

    fn collect(
        &self,
        tree: gix::ObjectId,
        folder: &str,
        depth: usize,
        collected: &mut Collected<'_>,
    ) -> Result<(), GitError> {
        if depth == 0 {
            return Err(not_a_record(
                collected.ref_name,
                "its folders lie too deep in each other",
            ));
        }
        let tree = self.object(tree)?;
        let entries = gix::objs::TreeRef::from_bytes(&tree.data, tree.id.kind());
        for entry in entries.map_err(GitError::gix("reading a record"))?.entries {
            let Ok(name) = entry.filename.to_str() else { continue };
            let path = format!("{folder}{name}");
            if entry.mode.is_tree() && collected.only_top {
                continue;
            } else if entry.mode.is_tree() {
                self.collect(entry.oid.into(), &format!("{path}/"), depth - 1, collected)?;
            } else if entry.mode.is_blob() {
                collected.add(path, self.blob(entry.oid.into())?)?;
            }
        }
        Ok(())
    }
}

impl Collected<'_> {
    fn add(&mut self, path: String, content: Vec<u8>) -> Result<(), GitError> {
        self.bytes = self.bytes.saturating_add(content.len()).saturating_add(path.len());
        if self.bytes > MAX_BYTES {
            let what = format!("its files have more than {} MiB", MAX_BYTES / (1024 * 1024));
            return Err(not_a_record(self.ref_name, what));
        }
        self.files.insert(path, content);
        Ok(())
    }
}

fn not_a_record(name: &str, what: impl Into<String>) -> GitError {
    let (name, what) = (name.to_owned(), what.into());
    RecordError::NotARecord { name, what }.into()
}
