//! Looking around: what a folder holds, a file that may be absent, and a folder for what is only shown.

use super::{StoreError, is_temporary, read};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// The names of the regular files directly in `folder`, sorted; names that are not UTF-8 are left out, and so are files
/// that another drift is writing, which are gone in a moment.
pub fn list(folder: &Path) -> Result<Vec<String>, StoreError> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(StoreError::io("list", folder))? {
        let entry = entry.map_err(StoreError::io("list", folder))?;
        let kind = entry.file_type().map_err(StoreError::io("look at", &entry.path()))?;
        if kind.is_file() {
            let name = entry.file_name().into_string().ok();
            names.extend(name.filter(|name| !is_temporary(name)));
        }
    }
    names.sort();
    Ok(names)
}

/// Everything below `folder` that is no folder itself, links not followed, sorted.
pub fn files_below(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).map_err(StoreError::io("list", &folder))? {
            let entry = entry.map_err(StoreError::io("list", &folder))?;
            let kind = entry.file_type().map_err(StoreError::io("look at", &entry.path()))?;
            if kind.is_dir() { &mut open } else { &mut files }.push(entry.path());
        }
    }
    files.sort();
    Ok(files)
}

/// The names of the folders directly in `folder`, sorted; links, and names that are not UTF-8, are left out. Where there
/// is no such folder there are none.
pub fn list_folders(folder: &Path) -> Result<Vec<String>, StoreError> {
    let mut names = Vec::new();
    if !folder.is_dir() {
        return Ok(names);
    }
    for entry in fs::read_dir(folder).map_err(StoreError::io("list", folder))? {
        let entry = entry.map_err(StoreError::io("list", folder))?;
        if entry
            .file_type()
            .map_err(StoreError::io("look at", &entry.path()))?
            .is_dir()
        {
            names.extend(entry.file_name().into_string().ok());
        }
    }
    names.sort();
    Ok(names)
}

/// The bytes of the file, as [`read`] takes them; `None` where there is none.
pub fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    match read(path) {
        Err(StoreError::NotFound { .. }) => Ok(None),
        other => other.map(Some),
    }
}

/// Takes a file away; one that is gone already is none.
pub fn remove_file(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path).map_err(StoreError::io("remove", path)) {
        Err(StoreError::NotFound { .. }) => Ok(()),
        other => other,
    }
}

/// Whether the file at `path` can be started as a program.
pub fn is_program(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

/// Whether anything has this name, links followed.
pub fn exists(path: &Path) -> bool {
    path.exists()
}

/// Whether it is a folder, links followed.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// The path without links and `..`; `None` where nothing has this name.
pub fn resolved(path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok()
}

/// A new folder below the system's temporary one, which stays.
pub fn temporary_folder(prefix: &str) -> Result<PathBuf, StoreError> {
    let made = tempfile::Builder::new().prefix(prefix).tempdir();
    let folder = made
        .map_err(StoreError::io("make a folder in", &std::env::temp_dir()))?
        .keep();
    fs::canonicalize(&folder).map_err(StoreError::io("look at", &folder))
}
