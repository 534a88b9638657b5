//! Locks that somebody left behind, as `drift doctor` looks for them: git's, which block every later writer until a person
//! removes them, and what a killed drift left, which the next drift can tell from a living one's.

use super::error::GitError;
use super::open::Repository;
use super::ref_update::Leftover;
use std::fs;
use std::path::{Path, PathBuf};

/// The locks of git's that stand in the way of drift, in the directory that all worktrees share.
const SHARED: [&str; 4] = [
    "config.lock",
    "packed-refs.lock",
    "shallow.lock",
    "refs/notes/drift.lock",
];

/// Those in the git directory of each worktree.
const OWN: [&str; 2] = ["HEAD.lock", "index.lock"];

impl Repository {
    /// The locks that are there now, drift's own left ones among them. A living git holds some for a moment.
    pub fn locks(&self) -> Result<Vec<PathBuf>, GitError> {
        let mut places: Vec<PathBuf> = SHARED.iter().map(|name| self.common_dir().join(name)).collect();
        places.extend(OWN.iter().map(|name| self.common_dir().join(name)));
        for worktree in self.worktrees()?.iter().filter(|it| it.name.is_some()) {
            places.extend(OWN.iter().map(|name| worktree.git_dir.join(name)));
        }
        places.extend(locks_in(&self.common_dir().join("refs/drift/runs")));
        places.retain(|path| path.symlink_metadata().is_ok());
        places.sort();
        Ok(places)
    }

    /// What drifts that were killed while they changed a ref have left: staged values, and the locks that go with them.
    pub fn left_by_killed_drifts(&self) -> Result<Vec<Leftover>, GitError> {
        let staged = self.common_dir().join("drift/staged");
        let mut names = Vec::new();
        names_below(&staged, &staged, &mut names);
        names.sort();
        names.iter().map(|name| self.leftover(name)).collect()
    }

    /// Removes these leftovers, provided that no drift is at work on a ref; one that is would hold the turn.
    pub fn clear_left_by_killed_drifts(&self) -> Result<usize, GitError> {
        self.writes_allowed()?;
        let writer = self.ref_writer()?;
        let left = self.left_by_killed_drifts()?;
        left.iter().try_for_each(|leftover| writer.clear(leftover))?;
        Ok(left.len())
    }
}

fn locks_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    paths
        .filter(|path| path.extension().is_some_and(|it| it == "lock"))
        .collect()
}

/// The names of refs that have a staged value.
fn names_below(top: &Path, folder: &Path, names: &mut Vec<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            names_below(top, &path, names);
        } else if let Some(name) = path.strip_prefix(top).ok().and_then(Path::to_str) {
            names.push(name.to_owned());
        }
    }
}
