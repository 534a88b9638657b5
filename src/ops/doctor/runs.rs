//! Whether each run can be read, and has the branch and the worktree that it works in.

use super::patient::Patient;
use super::{Ailment, Check, versions};
use crate::git::Worktree;
use crate::model::{RunState, Severity, shell_word};
use crate::ops::OpsError;
use crate::ops::runs::{self, Run};
use crate::store;

pub(super) const CHECK: Check = Check {
    name: "runs",
    looks_at: "records that can't be read, and open runs whose branch or worktree is gone",
    mends: None,
    run,
};

fn run(patient: &Patient<'_>, found: &mut Vec<Ailment>) -> Result<(), OpsError> {
    let repository = &patient.repository;
    let worktrees = repository.worktrees()?;
    let ailing = repository.ailing_refs()?;
    for handle in runs::all(repository)? {
        let name = format!("refs/drift/runs/{handle}");
        let is_told = ailing.iter().any(|(other, _)| *other == name);
        if is_told || versions::newer_schema(repository, &handle).is_some() {
            continue;
        }
        match runs::load(repository, &handle) {
            Ok(run) if run.is_open() && run.is_frozen() => found.extend(homeless(patient, &run, &worktrees)?),
            Ok(_) => {}
            Err(error) => found.push(unreadable(patient, name, &error)),
        }
    }
    Ok(())
}

/// A record whose last transition can't be read; the ones before it may well be.
fn unreadable(patient: &Patient<'_>, name: String, error: &OpsError) -> Ailment {
    let look = format!("git show {name}");
    let before = format!("{name}~1");
    let (what, command) = match patient.repository.resolve_commit(&before) {
        Ok(_) => (
            "taken back by one transition it may be",
            format!("git update-ref {name} {before}"),
        ),
        Err(_) => (
            "there is nothing before it to go back to",
            format!("git update-ref -d {name}"),
        ),
    };
    let ailment = Ailment::new(Severity::Error, format!("{error}; {what}"), name);
    ailment.command(look).command(command)
}

/// What a run lacks that it works in.
fn homeless(patient: &Patient<'_>, run: &Run, worktrees: &[Worktree]) -> Result<Option<Ailment>, OpsError> {
    let Some(branch) = &run.file.branch else {
        return Ok(None);
    };
    let place = format!("refs/drift/runs/{}", run.handle);
    if patient.repository.branch_tip(branch)?.is_none() {
        let what = format!("the run is {}, and its branch `{branch}` is gone", run.state().name());
        let discard = if run.state() == RunState::Reported {
            ""
        } else {
            " --discard"
        };
        let command = format!("drift finish --run {}{discard}", run.handle);
        return Ok(Some(Ailment::warning(what, place).command(command)));
    }
    let Some(name) = &run.file.worktree else {
        return Ok(None);
    };
    let own = worktrees.iter().find(|it| it.name.as_ref() == Some(name));
    Ok(match own {
        Some(own) if store::is_folder(&own.path) => None,
        Some(own) => Some(
            Ailment::note(
                format!("the folder of its worktree `{name}` is gone; its branch `{branch}` is there"),
                own.path.display().to_string(),
            )
            .command("git worktree prune"),
        ),
        None if worktrees.iter().any(|it| it.branch.as_ref() == Some(branch)) => None,
        None => Some(
            Ailment::note(
                format!("its worktree `{name}` is gone; its branch `{branch}` is there"),
                place,
            )
            .command(format!(
                "git worktree add ../{} {}",
                shell_word(name),
                shell_word(branch)
            )),
        ),
    })
}
