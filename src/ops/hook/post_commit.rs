//! post-commit: notes on the new commit which run it belongs to, which units it stands for, and whether it was compared.
//!
//! It runs on the user's time and after the fact: what it can't do is said and stops nothing. What it writes is the only
//! witness of `--no-verify`, which leaves commit-msg out and this hook not.

use super::{Answer, bound_run, is_set};
use crate::compare;
use crate::formats;
use crate::git::Repository;
use crate::model::{Commit, Handle, ObjectId, Witness};
use crate::ops::notes::{self, Note};
use crate::ops::{OpsError, World};

pub(super) fn answer(repository: &Repository, world: &World) -> Result<Answer, OpsError> {
    let squashed = repository.take_squash()?;
    let branch = repository.working_branch()?;
    let handle = branch.as_deref().and_then(|branch| repository.bound_run(branch));
    if handle.is_none() && squashed.is_none() {
        return Ok(Answer::default());
    }
    let commit = repository.commit(repository.head_commit()?)?;
    if let (Some(handle), Some(branch)) = (handle, branch) {
        note(repository, world, &commit, &handle, &branch)?;
    }
    if let Some(squashed) = squashed.filter(|it| it.is_base_of(&commit)) {
        let pairs: Vec<(ObjectId, ObjectId)> = squashed.commits.iter().map(|&old| (old, commit.id)).collect();
        notes::carry(repository, world, &pairs, true)?;
    }
    Ok(Answer::default())
}

fn note(
    repository: &Repository,
    world: &World,
    commit: &Commit,
    handle: &Handle,
    branch: &str,
) -> Result<(), OpsError> {
    let mark = repository.take_commit_mark(commit)?;
    let mark = mark.as_deref().and_then(Witness::from_text);
    // Commits that a rebase makes by itself get the notes of those that they were made from, when it is through.
    if mark.is_none() && repository.is_rebasing() {
        return Ok(());
    }
    let run = match bound_run(repository, branch) {
        Ok(Some(run)) => Some(run),
        Ok(None) => return Ok(()),
        // commit-msg has said what is wrong; the note keeps it.
        Err(_) if matches!(mark, Some(Witness::Error(_))) => None,
        Err(error) => return Err(error),
    };
    let units = run.map_or_else(Vec::new, |run| {
        let plan = formats::read(run.inputs());
        let units = compare::units_of(&plan, commit).into_iter();
        units.map(|unit| plan.unit_name(unit)).collect()
    });
    let witness = mark.or_else(|| unmarked(repository, world, commit));
    let patch = repository.patches(&[commit.id], 1, None)?.pop().flatten();
    let line = Note::of_new_commit(
        handle.to_string(),
        units,
        patch.and_then(|patch| patch.id),
        witness.map(|it| it.to_string()),
    );
    notes::note_commit(repository, world, commit.id, &line)
}

/// What is to be said of a commit that commit-msg left no mark for. git asks it for merges, but drift has nothing to
/// compare there.
fn unmarked(repository: &Repository, world: &World, commit: &Commit) -> Option<Witness> {
    if commit.is_merge() {
        None
    } else if repository.is_replayed(commit.id) {
        Some(Witness::Replayed)
    } else if is_set(world, "DRIFT_SKIP") {
        Some(Witness::Skipped)
    } else {
        Some(Witness::Bypassed)
    }
}
