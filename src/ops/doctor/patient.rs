//! What every check gets to look at.

use crate::git::{Repository, Worktree};
use crate::ops::{OpsError, World};
use crate::store;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// How long a lock or an unfinished file has to stay to be taken for left behind: a living writer's is there for less.
const STAY: Duration = Duration::from_millis(250);

/// The repository that is looked at.
pub(super) struct Patient<'a> {
    /// The circumstances.
    pub world: &'a World,
    /// The repository.
    pub repository: Repository,
    /// The drift that hooks start.
    pub program: &'a Path,
    /// What pretends another history than there is, if anything does: why no other command works.
    pub pretence: Option<crate::git::Refusal>,
}

impl Patient<'_> {
    /// The circumstances of a command in another worktree.
    pub fn world_in(&self, worktree: &Path) -> World {
        World {
            directory: worktree.to_owned(),
            environment: self.world.environment.elsewhere(worktree),
            ..self.world.clone()
        }
    }

    /// The worktrees whose folder is there.
    pub fn present_worktrees(&self) -> Result<Vec<Worktree>, OpsError> {
        let mut worktrees = self.repository.worktrees()?;
        worktrees.retain(|it| store::is_folder(&it.path));
        Ok(worktrees)
    }
}

/// Those of the files that are still there a moment later.
pub(super) fn that_stay(found: Vec<PathBuf>) -> Vec<PathBuf> {
    if found.is_empty() {
        return found;
    }
    thread::sleep(STAY);
    found.into_iter().filter(|path| store::exists(path)).collect()
}

/// The path as it is said.
pub(super) fn shown(path: &Path) -> String {
    path.display().to_string()
}
