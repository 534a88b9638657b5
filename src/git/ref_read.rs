//! Reading refs as they stand, following none: whoever is about to write must not be led to another ref.

use super::error::GitError;
use super::open::Repository;
use super::record_error::RecordError;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

impl Repository {
    /// The object that the ref `name` (a whole name, `refs/…`) holds; `None` if there is no such ref.
    pub(super) fn read_ref(&self, name: &str) -> Result<Option<gix::ObjectId>, GitError> {
        match self.read_loose_ref(name)? {
            Some(id) => Ok(Some(id)),
            None => self.read_packed_ref(name),
        }
    }

    /// Whether something has the name of the ref `name`, be it symbolic or broken.
    pub(super) fn ref_exists(&self, name: &str) -> Result<bool, GitError> {
        Ok(self.common_dir().join(name).is_file() || self.read_packed_ref(name)?.is_some())
    }

    fn read_loose_ref(&self, name: &str) -> Result<Option<gix::ObjectId>, GitError> {
        let path = self.common_dir().join(name);
        let symbolic = || GitError::from(RecordError::SymbolicRef { name: name.to_owned() });
        if path.is_symlink() {
            return Err(symbolic());
        }
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if is_no_file(error.kind()) => return Ok(None),
            Err(error) => return Err(GitError::io("reading the ref", path)(error)),
        };
        if text.starts_with(b"ref:") {
            return Err(symbolic());
        }
        let id = gix::ObjectId::from_hex(text.trim_ascii_end()).ok();
        let fitting = id.filter(|id| id.kind() == self.gix().object_hash());
        let broken = || RecordError::NotARecord {
            name: name.to_owned(),
            what: format!("the file `{}` holds no object id", path.display()),
        };
        fitting.map(Some).ok_or_else(|| broken().into())
    }

    fn read_packed_ref(&self, name: &str) -> Result<Option<gix::ObjectId>, GitError> {
        let doing = "reading packed-refs";
        let Some(packed) = self.gix().refs.open_packed_buffer().map_err(GitError::gix(doing))? else {
            return Ok(None);
        };
        let found = packed.try_find(name).map_err(GitError::gix(doing))?;
        Ok(found.map(|reference| reference.target()))
    }

    /// What follows `prefix` (which ends in a slash) in the names of all refs that begin with it, each once, in order.
    ///
    /// Refs in folders below are listed where they are packed only. No ref is opened, so that a broken one is listed too.
    pub(super) fn ref_names_below(&self, prefix: &str) -> Result<BTreeSet<String>, GitError> {
        let folder = self.common_dir().join(prefix);
        let mut names = file_names(&folder).map_err(GitError::io("listing", folder))?;
        let doing = "reading packed-refs";
        if let Some(packed) = self.gix().refs.open_packed_buffer().map_err(GitError::gix(doing))? {
            for reference in packed.iter_prefixed(prefix.into()).map_err(GitError::gix(doing))? {
                let name = reference.map_err(GitError::gix(doing))?.name.as_bstr().to_string();
                names.extend(name.strip_prefix(prefix).map(str::to_owned));
            }
        }
        Ok(names)
    }
}

/// The names of what lies in `folder` and is no folder itself; nothing where there is no such folder.
fn file_names(folder: &Path) -> io::Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    let entries = match fs::read_dir(folder) {
        Err(error) if is_no_file(error.kind()) => return Ok(names),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().into_string().ok();
        names.extend(name.filter(|_| !entry.path().is_dir()));
    }
    Ok(names)
}

fn is_no_file(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::IsADirectory
    )
}
