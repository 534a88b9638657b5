//! Changing one ref by compare-and-swap, durably, and so that a killed process blocks nobody.
//!
//! gix's own transaction renames an unsynced file over the ref, so that a power cut can take a record's old value
//! together with its new one; and a lock that a killed process leaves behind says nothing of whose it was. Hence this
//! protocol, which git's programs understand, because what they see is git's: a file `<ref>.lock` that is made only where
//! there is none, and renamed over the ref.
//!
//! 1. Take the flock on `drift/writer.lock` in the shared git directory; the kernel lets go of it when the process dies.
//! 2. Write the new id to `drift/staged/<ref>`, and sync it.
//! 3. Hard-link that file as `<ref>.lock`. If the name is taken, a git program has the lock: wait, and begin again.
//! 4. Read the ref. If it is not what was expected: remove the lock, and begin again with what is there now.
//! 5. Rename the lock over the ref, sync the folder, remove the staged name.
//!
//! Whoever holds the flock and finds `<ref>.lock` to be the same file as `drift/staged/<ref>` knows that it belongs to a
//! drift that died: only drift makes such a pair, and a living one would hold the flock. Any other lock is git's, and is
//! never removed.
//!
//! No reflog is written, since what these refs name is a chain of commits already, and no `reference-transaction` hook is
//! run.

use super::durable;
use super::error::GitError;
use super::open::Repository;
use super::record_error::RecordError;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// The right to change this repository's refs, which one drift at a time has. Dropping it gives it back.
pub(super) struct RefWriter<'repo> {
    repository: &'repo Repository,
    _flock: File,
}

/// What became of an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RefUpdate {
    /// The ref has the new value, on disk.
    Done,
    /// It had another value than expected.
    Moved,
    /// A git program holds its lock.
    Locked,
}

/// `<ref>.lock`, which is removed when this goes away, unless it has become the ref.
struct HeldLock<'paths>(&'paths Path);

/// What a drift that was killed has left of an update.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leftover {
    /// The ref.
    pub name: String,
    /// The value that it was to get.
    pub staged: PathBuf,
    /// The ref's lock, if it is that drift's: it blocks git's own programs.
    pub lock: Option<PathBuf>,
}

/// The files that one update deals with.
struct Paths {
    target: PathBuf,
    lock: PathBuf,
    staged: PathBuf,
}

/// Sleeps a random while, one to `most` milliseconds, so that those who collided don't collide again.
pub(super) fn pause(most: u64) {
    let random = RandomState::new().hash_one(thread::current().id());
    thread::sleep(Duration::from_millis(1 + random % most));
}

/// The file with its flock, or nothing where others kept it for all of `patience`.
///
/// Whoever waits sleeps in the kernel's queue and is next when it is free: among many writers, those who only look now
/// and then go empty-handed. The waiting has a thread of its own because the kernel's has no end; one that was given up
/// on gives the lock back as soon as it gets it.
fn wait_for(flock: File, patience: Duration) -> io::Result<Option<File>> {
    match flock.try_lock() {
        Ok(()) => return Ok(Some(flock)),
        Err(TryLockError::WouldBlock) => {}
        Err(TryLockError::Error(error)) => return Err(error),
    }
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(flock.lock().map(|()| flock)));
    receiver.recv_timeout(patience).ok().transpose()
}

impl Repository {
    /// Waits until no other drift changes refs. Not to be asked for twice by one thread: the second waits in vain.
    pub(super) fn ref_writer(&self) -> Result<RefWriter<'_>, GitError> {
        Ok(RefWriter {
            repository: self,
            _flock: self.take_turn("writer.lock")?,
        })
    }

    /// Waits for the flock on `drift/<name>` in the shared git directory; the kernel lets go of it with the file.
    pub(super) fn take_turn(&self, name: &str) -> Result<File, GitError> {
        let folder = self.common_dir().join("drift");
        durable::create_folder(&folder)?;
        let path = folder.join(name);
        let mut options = OpenOptions::new();
        let flock = options.create(true).truncate(false).write(true).open(&path);
        let flock = flock.map_err(GitError::io("opening", &path))?;
        match wait_for(flock, self.patience()) {
            Ok(Some(flock)) => Ok(flock),
            Ok(None) => Err(RecordError::Busy { lock: path }.into()),
            Err(error) => Err(GitError::io("locking", path)(error)),
        }
    }

    /// What is left of an update of the ref `name`, which has a staged value.
    pub(super) fn leftover(&self, name: &str) -> Result<Leftover, GitError> {
        let paths = Paths::of(self.common_dir(), name);
        let is_own = same_file(&paths.staged, &paths.lock).map_err(GitError::io("looking at", &paths.lock))?;
        Ok(Leftover {
            name: name.to_owned(),
            staged: paths.staged,
            lock: is_own.then_some(paths.lock),
        })
    }

    /// Where git keeps the lock of the ref `name`.
    pub(super) fn ref_lock_path(&self, name: &str) -> PathBuf {
        Paths::of(self.common_dir(), name).lock
    }
}

impl RefWriter<'_> {
    /// Makes `new` the value of the ref `name`, provided that it holds `expected` (`None`: that there is no such ref).
    pub(super) fn update(
        &self,
        name: &str,
        expected: Option<gix::ObjectId>,
        new: gix::ObjectId,
    ) -> Result<RefUpdate, GitError> {
        let paths = Paths::of(self.repository.common_dir(), name);
        if expected.is_none() {
            self.refuse_conflicts(name, &paths)?;
        }
        paths.create_folders()?;
        paths.clear_dead_lock()?;
        paths.stage(new)?;
        let Some(lock) = paths.take_lock()? else {
            return Ok(RefUpdate::Locked);
        };
        if self.repository.read_ref(name)? != expected {
            return Ok(RefUpdate::Moved);
        }
        paths.publish(lock)?;
        Ok(RefUpdate::Done)
    }

    /// Removes what a killed drift has left.
    pub(super) fn clear(&self, leftover: &Leftover) -> Result<(), GitError> {
        Paths::of(self.repository.common_dir(), &leftover.name).clear_dead_lock()
    }

    /// An error if a ref is named like one of the folders that `name` needs, or has `name` for a folder.
    fn refuse_conflicts(&self, name: &str, paths: &Paths) -> Result<(), GitError> {
        let conflict = |other: String| {
            let name = name.to_owned();
            Err(GitError::from(RecordError::RefConflict { name, other }))
        };
        for (slash, _) in name.match_indices('/').skip(1) {
            let folder = &name[..slash];
            if self.repository.ref_exists(folder)? {
                return conflict(folder.to_owned());
            }
        }
        let _ = fs::remove_dir(&paths.target); // succeeds only for an empty folder, which git leaves behind at times
        let packed_below = self.repository.ref_names_below(&format!("{name}/"))?;
        if paths.target.is_dir() || !packed_below.is_empty() {
            return conflict(format!("{name}/"));
        }
        Ok(())
    }
}

impl Paths {
    fn of(common_dir: &Path, name: &str) -> Self {
        Self {
            target: common_dir.join(name),
            lock: common_dir.join(format!("{name}.lock")),
            staged: common_dir.join("drift/staged").join(name),
        }
    }

    fn create_folders(&self) -> Result<(), GitError> {
        let needed = [&self.target, &self.staged];
        let folders = needed.into_iter().filter_map(|path| path.parent());
        folders.into_iter().try_for_each(durable::create_folder)
    }

    /// Removes what a killed drift has left of this ref: its staged file, and the lock that is the same file.
    fn clear_dead_lock(&self) -> Result<(), GitError> {
        if same_file(&self.staged, &self.lock).map_err(GitError::io("looking at", &self.lock))? {
            remove(&self.lock)?;
        }
        remove(&self.staged)
    }

    fn stage(&self, new: gix::ObjectId) -> Result<(), GitError> {
        let written = write_new(&self.staged, new);
        written.map_err(GitError::io("writing", &self.staged))
    }

    /// Takes the ref's lock; `None` if somebody has it.
    fn take_lock(&self) -> Result<Option<HeldLock<'_>>, GitError> {
        let taken = match fs::hard_link(&self.staged, &self.lock) {
            Err(error) if lacks_links(error.kind()) => copy_as_new(&self.staged, &self.lock),
            other => other,
        };
        match taken {
            Ok(()) => Ok(Some(HeldLock(&self.lock))),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(None),
            // git removes a folder of refs that has become empty; the next try makes it again.
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(GitError::io("locking", &self.lock)(error)),
        }
    }

    fn publish(&self, lock: HeldLock<'_>) -> Result<(), GitError> {
        fs::rename(lock.0, &self.target).map_err(GitError::io("writing the ref", &self.target))?;
        std::mem::forget(lock);
        self.target.parent().map_or(Ok(()), durable::sync)?;
        remove(&self.staged)
    }
}

impl Drop for HeldLock<'_> {
    fn drop(&mut self) {
        // If this fails, the next drift finds the lock to be the staged file, and removes it.
        let _ = fs::remove_file(self.0);
    }
}

fn write_new(path: &Path, id: gix::ObjectId) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(format!("{id}\n").as_bytes())?;
    file.sync_all()
}

/// What a file system without hard links gets: the lock of a killed process can't be told from git's there.
fn copy_as_new(from: &Path, to: &Path) -> io::Result<()> {
    let content = fs::read(from)?;
    let mut file = OpenOptions::new().write(true).create_new(true).open(to)?;
    file.write_all(&content)?;
    file.sync_all()
}

fn same_file(one: &Path, other: &Path) -> io::Result<bool> {
    let (Some(one), Some(other)) = (identity(one)?, identity(other)?) else {
        return Ok(false);
    };
    Ok(one == other)
}

/// The device and the number of the file; `None` if there is none.
fn identity(path: &Path) -> io::Result<Option<(u64, u64)>> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => Ok(Some((metadata.dev(), metadata.ino()))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn remove(path: &Path) -> Result<(), GitError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(GitError::io("removing", path)(error)),
        _ => Ok(()),
    }
}

fn lacks_links(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::Unsupported | ErrorKind::PermissionDenied | ErrorKind::TooManyLinks
    )
}

#[cfg(test)]
mod tests {
    use super::{Paths, RefUpdate};
    use crate::git::{Environment, Repository};
    use std::fs;
    use std::path::Path;

    const NAME: &str = "refs/drift/runs/x-0a1b2c3d";

    fn repository(folder: &Path) -> Repository {
        gix::init_bare(folder).unwrap();
        let environment = Environment {
            current_dir: folder.to_owned(),
            ..Environment::default()
        };
        Repository::open(folder, &environment).unwrap()
    }

    fn id(digit: &str) -> gix::ObjectId {
        gix::ObjectId::from_hex(digit.repeat(40).as_bytes()).unwrap()
    }

    #[test]
    fn a_ref_changes_only_from_what_was_expected() {
        let folder = tempfile::tempdir().unwrap();
        let repository = repository(folder.path());
        let update = |expected, new| repository.ref_writer().unwrap().update(NAME, expected, new).unwrap();
        assert_eq!(update(None, id("1")), RefUpdate::Done);
        assert_eq!(update(None, id("2")), RefUpdate::Moved);
        assert_eq!(update(Some(id("2")), id("3")), RefUpdate::Moved);
        assert_eq!(update(Some(id("1")), id("4")), RefUpdate::Done);
        assert_eq!(repository.read_ref(NAME).unwrap(), Some(id("4")));
        assert!(!Paths::of(repository.common_dir(), NAME).lock.exists());
    }

    #[test]
    fn the_lock_of_a_living_git_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let repository = repository(folder.path());
        let paths = Paths::of(repository.common_dir(), NAME);
        paths.create_folders().unwrap();
        fs::write(&paths.lock, "").unwrap();
        let outcome = repository.ref_writer().unwrap().update(NAME, None, id("1")).unwrap();
        assert_eq!(outcome, RefUpdate::Locked);
        assert!(paths.lock.exists());
        assert_eq!(repository.read_ref(NAME).unwrap(), None);
    }

    #[test]
    fn the_lock_of_a_killed_drift_is_taken_over_wherever_it_was_killed() {
        let folder = tempfile::tempdir().unwrap();
        let repository = repository(folder.path());
        let paths = Paths::of(repository.common_dir(), NAME);
        paths.create_folders().unwrap();
        let update = |expected, new| repository.ref_writer().unwrap().update(NAME, expected, new).unwrap();

        paths.stage(id("1")).unwrap();
        assert_eq!(update(None, id("2")), RefUpdate::Done, "killed after staging");

        paths.stage(id("1")).unwrap();
        fs::hard_link(&paths.staged, &paths.lock).unwrap();
        assert_eq!(update(Some(id("2")), id("3")), RefUpdate::Done, "killed with the lock");

        paths.stage(id("4")).unwrap();
        fs::rename(&paths.staged, &paths.target).unwrap();
        fs::hard_link(&paths.target, &paths.staged).unwrap();
        assert_eq!(update(Some(id("4")), id("5")), RefUpdate::Done, "killed after renaming");
        assert_eq!(repository.read_ref(NAME).unwrap(), Some(id("5")));
    }
}
