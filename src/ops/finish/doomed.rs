//! Which worktree and which branch are a run's own, and what forbids to remove them.
//!
//! A worktree is told by what git calls it (its own folder in `worktrees/` of the git directory, which keeps its name when
//! the worktree is moved) and by the branch that it is on; never by its path, or by a name that looks alike.

use super::{Options, RemovalRefusal, losses};
use crate::git::{Repository, Worktree};
use crate::model::ObjectId;
use crate::ops::runs::Run;
use crate::ops::{OpsError, Refusal};

/// What is to be removed.
pub(super) struct Doomed {
    /// The run's linked worktree; `None` where it is gone.
    pub worktree: Option<Worktree>,
    /// The run's branch.
    pub branch: String,
    /// The branch's last commit; `None` where the branch is gone.
    pub tip: Option<ObjectId>,
    /// Whether git has to be told not to look: all that it would find is known, or kept.
    pub force: bool,
}

/// The run's own worktree and branch; a refusal where they are not certain, in use, or hold what would be lost.
pub(super) fn find(repository: &Repository, run: &Run, options: Options) -> Result<Doomed, OpsError> {
    let worktrees = repository.worktrees()?;
    let (name, branch) = own_names(run, &worktrees)?;
    refuse_if_others_need(repository, run, &branch)?;
    let is_own = |it: &&Worktree| it.name.as_deref() == Some(name.as_str());
    if let Some(other) = worktrees
        .iter()
        .find(|it| !is_own(it) && it.branch.as_ref() == Some(&branch))
    {
        return Err(refused(RemovalRefusal::BranchElsewhere {
            path: other.path.display().to_string(),
            branch,
        }));
    }
    let worktree = worktrees.iter().find(is_own).cloned();
    let force = match &worktree {
        Some(worktree) => look_at(repository, worktree, &branch, options)?,
        None => false,
    };
    Ok(Doomed {
        worktree,
        tip: repository.branch_tip(&branch)?,
        branch,
        force,
    })
}

/// The names of the linked worktree and of the branch that the run was started on.
fn own_names(run: &Run, worktrees: &[Worktree]) -> Result<(String, String), OpsError> {
    let handle = run.handle.to_string();
    let branch = run.file.branch.clone();
    match (&run.file.worktree, branch) {
        (Some(name), Some(branch)) => Ok((name.clone(), branch)),
        (None, Some(_)) => Err(refused(RemovalRefusal::PrimaryWorktree {
            handle,
            path: worktrees
                .iter()
                .find(|it| it.name.is_none())
                .map(|it| it.path.display().to_string()),
        })),
        (_, None) => Err(refused(RemovalRefusal::NeverStarted { handle })),
    }
}

/// A branch that another run works on, or that everybody builds on, is not the run's alone.
fn refuse_if_others_need(repository: &Repository, run: &Run, branch: &str) -> Result<(), OpsError> {
    if let Some(other) = repository.bound_run(branch).filter(|other| *other != run.handle) {
        return Err(refused(RemovalRefusal::OtherRun {
            branch: branch.to_owned(),
            other: other.to_string(),
        }));
    }
    let base = repository.default_base()?;
    let is_default = |base: &str| base == branch || base.split_once('/').is_some_and(|(_, name)| name == branch);
    if base.as_deref().is_some_and(is_default) {
        return Err(refused(RemovalRefusal::DefaultBranch {
            branch: branch.to_owned(),
        }));
    }
    Ok(())
}

/// Refuses a worktree that can't be removed, or not without loss; returns whether git has to be told not to look.
fn look_at(repository: &Repository, worktree: &Worktree, branch: &str, options: Options) -> Result<bool, OpsError> {
    let path = worktree.path.display().to_string();
    if let Some(operation) = worktree.operation() {
        return Err(refused(RemovalRefusal::Busy { path, operation }));
    }
    if worktree.branch.as_deref() != Some(branch) {
        return Err(refused(RemovalRefusal::OnAnotherBranch {
            path,
            branch: branch.to_owned(),
            on: worktree.branch.clone(),
        }));
    }
    if let Some(reason) = &worktree.locked {
        let reason = reason.clone();
        return Err(refused(RemovalRefusal::Locked { path, reason }));
    }
    if repository.has_populated_submodule(worktree)? {
        return Err(refused(RemovalRefusal::Submodules { path }));
    }
    let found = losses::of(repository, worktree)?;
    let only_ignored = found.lost.changed.is_empty() && found.lost.untracked.is_empty();
    let is_allowed = options.force || (only_ignored && (options.ignored || found.lost.ignored.is_empty()));
    if !is_allowed {
        return Err(refused(RemovalRefusal::Uncommitted {
            path,
            what: losses::in_words(&found.lost),
            only_ignored,
        }));
    }
    Ok(found.git_would_refuse)
}

fn refused(refusal: RemovalRefusal) -> OpsError {
    Refusal::from(refusal).into()
}
