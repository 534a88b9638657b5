//! Removing a run's worktree and branch, after everything was kept and read back.

use super::doomed::{self, Doomed};
use super::{Options, RemovalRefusal};
use crate::git::{Repository, Worktree, WorktreesTurn};
use crate::model::ObjectId;
use crate::ops::runs::Run;
use crate::ops::{OpsError, Refusal, World};
use crate::store;
use std::path::PathBuf;

/// What was removed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    /// The worktree's folder; `None` where it was gone already.
    pub worktree: Option<PathBuf>,
    /// The branch; `None` where it was gone already.
    pub branch: Option<RemovedBranch>,
    /// Where to go, if the command was started in the folder that is gone.
    pub go_to: Option<PathBuf>,
}

/// A branch that was deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemovedBranch {
    /// Its short name.
    pub name: String,
    /// Its last commit, which the run's record keeps.
    pub tip: ObjectId,
    /// The other branches, here and at remotes, that have this commit.
    pub also_on: Vec<String>,
}

/// Removes what was found before everything was kept, provided that it is still the same. What fails says what is left.
pub(super) fn destroy(
    fresh: &Repository,
    world: &World,
    run: &Run,
    before: &Doomed,
    options: Options,
) -> Result<Removed, OpsError> {
    let mut removed = Removed::default();
    match remove(fresh, world, run, before, options, &mut removed) {
        Ok(()) => Ok(removed),
        Err(error) => Err(left(fresh, run, before, options, &error)),
    }
}

fn remove(
    fresh: &Repository,
    world: &World,
    run: &Run,
    before: &Doomed,
    options: Options,
    removed: &mut Removed,
) -> Result<(), OpsError> {
    let turn = fresh.worktrees_turn()?;
    // Somebody may have worked on while everything was kept: all is looked at once more, by the same eyes.
    let now = doomed::find(fresh, run, options)?;
    if now.tip != before.tip {
        let branch = now.branch;
        return Err(Refusal::from(RemovalRefusal::Moved { branch }).into());
    }
    if let Some(worktree) = &now.worktree {
        remove_worktree(fresh, &turn, world, worktree, now.force, removed)?;
    }
    if let Some(tip) = now.tip {
        let also_on = fresh.branches_with(tip, &now.branch)?;
        fresh.delete_branch(&turn, &now.branch)?;
        removed.branch = Some(RemovedBranch {
            name: now.branch,
            tip,
            also_on,
        });
    }
    Ok(())
}

fn remove_worktree(
    fresh: &Repository,
    turn: &WorktreesTurn,
    world: &World,
    worktree: &Worktree,
    force: bool,
    removed: &mut Removed,
) -> Result<(), OpsError> {
    let stands_inside = store::resolved(&world.directory).is_some_and(|place| place.starts_with(&worktree.path));
    fresh.remove_worktree(turn, worktree, force)?;
    removed.worktree = Some(worktree.path.clone());
    if stands_inside {
        let primary = fresh.main_workdir()?;
        removed.go_to = Some(primary.unwrap_or_else(|| fresh.common_dir().to_owned()));
    }
    Ok(())
}

/// The error that says that everything is kept, what is left, and how to go on.
fn left(fresh: &Repository, run: &Run, before: &Doomed, options: Options, error: &OpsError) -> OpsError {
    let mut things = Vec::new();
    if let Some(worktree) = before.worktree.as_ref().filter(|it| store::exists(&it.path)) {
        things.push(format!("the worktree `{}`", worktree.path.display()));
    }
    if !matches!(fresh.branch_tip(&before.branch), Ok(None)) {
        things.push(format!("the branch `{}`", before.branch));
    }
    let unknown_folder = before
        .worktree
        .as_ref()
        .filter(|it| store::exists(&it.path) && !store::exists(&it.git_dir))
        .map(|it| it.path.display().to_string());
    Refusal::from(RemovalRefusal::Left {
        handle: run.handle.to_string(),
        why: error.to_string(),
        things,
        unknown_folder,
        again: command(run, options),
    })
    .into()
}

/// The command that goes on.
fn command(run: &Run, options: Options) -> String {
    let flags = [
        (options.discard, " --discard"),
        (true, " --remove-worktree"),
        (options.ignored, " --ignored"),
        (options.force, " --force"),
    ];
    let given = flags.iter().filter(|(given, _)| *given).map(|(_, flag)| *flag);
    given.fold(format!("drift finish --run {}", run.handle), |line, flag| line + flag)
}
