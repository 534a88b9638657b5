//! Writing through to the disk: neither git by default nor gix does it for loose objects and refs.
//!
//! After a power cut, what was written and not synced can be an empty file under its final name. So an object is synced
//! before a ref names it, a ref before a command says "done", and a folder whenever it got a new entry.

use super::error::GitError;
use rustix::fs::{Timespec, Timestamps, UTIME_NOW, futimens};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

/// Makes `folder` and those above it that are missing, each synced into the one above.
pub(super) fn create_folder(folder: &Path) -> Result<(), GitError> {
    if folder.is_dir() {
        return Ok(());
    }
    let Some(above) = folder.parent() else {
        return Ok(());
    };
    create_folder(above)?;
    match fs::create_dir(folder) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists || !folder.is_dir() => {
            Err(GitError::io("making the folder", folder)(error))
        }
        _ => sync(above),
    }
}

/// Writes a file, or the entries of a folder, through to the disk.
pub(super) fn sync(path: &Path) -> Result<(), GitError> {
    let synced = File::open(path).and_then(|file| file.sync_all());
    synced.map_err(GitError::io("syncing", path))
}

/// From this many objects on they are synced by several threads: the disk takes what waits together in one go.
const LEAST_FOR_THREADS: usize = 16;

/// How many threads wait for the disk.
const THREADS: usize = 8;

/// Writes the objects `ids` through to the disk, with the folders that hold them.
///
/// An object that is not loose lies in a pack, which git has synced.
pub(super) fn sync_objects(objects: &Path, ids: &[gix::ObjectId]) -> Result<(), GitError> {
    let folders = in_parts(ids, |ids| sync_loose(objects, ids))?;
    let folders: Vec<PathBuf> = folders
        .into_iter()
        .flatten()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    in_parts(&folders, |folders| folders.iter().try_for_each(|folder| sync(folder)))?;
    sync(objects)
}

/// Syncs those of the objects that are loose, and returns the folders that hold them.
fn sync_loose(objects: &Path, ids: &[gix::ObjectId]) -> Result<BTreeSet<PathBuf>, GitError> {
    let mut folders = BTreeSet::new();
    for id in ids {
        let (folder, file) = loose_path(objects, id);
        if sync_object(&file).map_err(GitError::io("syncing the object", file))? {
            folders.insert(folder);
        }
    }
    Ok(folders)
}

/// Does `work` for all `items`: on this thread, or where there are many, in equal parts on several.
fn in_parts<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&[T]) -> Result<R, GitError> + Sync,
) -> Result<Vec<R>, GitError> {
    if items.len() < LEAST_FOR_THREADS {
        return Ok(vec![work(items)?]);
    }
    let parts = items.chunks(items.len().div_ceil(THREADS));
    thread::scope(|scope| {
        let work = &work;
        let started: Vec<_> = parts.map(|part| scope.spawn(move || work(part))).collect();
        let ended = started.into_iter().map(|thread| thread.join());
        ended
            .map(|done| done.unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    })
}

fn loose_path(objects: &Path, id: &gix::ObjectId) -> (PathBuf, PathBuf) {
    let hex = id.to_string();
    let folder = objects.join(&hex[..2]);
    let file = folder.join(&hex[2..]);
    (folder, file)
}

/// Syncs one loose object and says whether there is one.
fn sync_object(path: &Path) -> std::io::Result<bool> {
    let file = match File::open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        opened => opened?,
    };
    // An equal object may have been lying here unused for weeks: as git does, it is made young again, lest gc takes it
    // before the ref is written. Where the file is another user's this fails, and gc's grace has to do.
    let _ = futimens(&file, &NOW);
    file.sync_all()?;
    Ok(true)
}

const NOW: Timestamps = {
    let now = Timespec {
        tv_sec: 0,
        tv_nsec: UTIME_NOW,
    };
    Timestamps {
        last_access: now,
        last_modification: now,
    }
};
