//! Folders that last: made and synced, so that a file inside them survives a power cut together with its name.

use super::StoreError;
use std::fs::{self, File};
use std::io;
use std::path::Path;

/// Makes `folder` and those above it that are missing, and syncs each folder that got a new entry.
pub(super) fn create(folder: &Path) -> Result<(), StoreError> {
    refuse_links_below_home(folder)?;
    create_missing(folder)
}

fn create_missing(folder: &Path) -> Result<(), StoreError> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    let above = parent(folder);
    create_missing(above)?;
    match fs::create_dir(folder) {
        Err(source) if source.kind() != io::ErrorKind::AlreadyExists || !folder.is_dir() => {
            Err(StoreError::io("make the folder", folder)(source))
        }
        _ => sync(above),
    }
}

/// Writes the entries of `folder` through to the disk.
pub(super) fn sync(folder: &Path) -> Result<(), StoreError> {
    let opened = File::open(folder).map_err(StoreError::io("open the folder", folder))?;
    opened.sync_all().map_err(StoreError::io("sync the folder", folder))
}

/// The folder that holds `path`; `.` for a bare name.
pub(super) fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(above) if !above.as_os_str().is_empty() => above,
        _ => Path::new("."),
    }
}

/// An error if a folder from `.drift` downwards is a symbolic link.
///
/// `.drift` lies in the worktree, so a repository can bring along a link there that leads the next write to any place on
/// the machine. Links above it are the user's own.
fn refuse_links_below_home(folder: &Path) -> Result<(), StoreError> {
    let inside_home = |path: &&Path| path.components().any(|part| part.as_os_str() == ".drift");
    match folder
        .ancestors()
        .take_while(inside_home)
        .find(|path| path.is_symlink())
    {
        Some(link) => Err(StoreError::LinkedFolder { path: link.to_owned() }),
        None => Ok(()),
    }
}
