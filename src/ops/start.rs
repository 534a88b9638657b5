//! `drift start`: freezes the approved artifacts, stamps the run, and binds it to the branch.

use super::run_file::{RunFile, to_json};
use super::runs::{self, Run, artifact_name};
use super::{OpsError, Refusal, World, siblings, standing};
use crate::formats;
use crate::git::{RecordChange, Repository};
use crate::model::{Plan, RunState, StandingKind, Transition};
use std::collections::BTreeMap;

/// A run that has begun.
#[derive(Clone, Debug)]
pub struct Started {
    /// Its handle.
    pub handle: String,
    /// The branch that it is bound to.
    pub branch: String,
    /// The commit that it starts from, whole id.
    pub base: String,
    /// Paths that other open runs own too: one line each.
    pub overlaps: Vec<String>,
    /// The first unit, if the plan has one: id and title.
    pub first: Option<(String, String)>,
}

/// Refuses what is unapproved or was changed since; else the run is active, and the record says when, where and by whom.
pub fn start(world: &World, run: Option<&str>) -> Result<Started, OpsError> {
    let repository = Repository::open(&world.directory, &world.environment)?;
    let run = runs::current(&repository, run)?;
    refuse_unless_ready(&run)?;
    let branch = repository.head_branch()?.ok_or(Refusal::DetachedHead)?;
    refuse_if_bound(&repository, &branch, &run)?;
    let base = repository.resolve_commit("HEAD")?;
    let plan = formats::read(run.inputs());
    let stamp = RunFile {
        branch: Some(branch.clone()),
        worktree: repository.worktree_name(),
        session: world.session.clone(),
        started_at: Some(world.timestamp()),
        base: Some(base.to_string()),
        ..run.file.clone()
    };
    repository.note_primary_worktree()?;
    write(&repository, world, &run, &stamp)?;
    repository.bind_branch(&branch, &run.handle)?;
    Ok(Started {
        handle: run.handle.to_string(),
        branch,
        base: base.to_string(),
        overlaps: siblings::overlaps(&repository, &run, &plan)?,
        first: plan.units.first().map(|unit| (unit.id.clone(), unit.title.clone())),
    })
}

fn refuse_unless_ready(run: &Run) -> Result<(), Refusal> {
    let handle = run.handle.to_string();
    if run.state() >= RunState::Finished {
        return Err(Refusal::Over {
            handle,
            state: run.state().name(),
        });
    }
    if run.is_frozen() {
        return Err(Refusal::AlreadyStarted {
            handle,
            state: run.state().name(),
        });
    }
    let plan = run.drafted_plan()?;
    refuse_unless_approved(run, &plan)
}

/// Each artifact as it lies there has to be approved, and none that was approved may be gone.
fn refuse_unless_approved(run: &Run, plan: &Plan) -> Result<(), Refusal> {
    let handle = run.handle.to_string();
    let (mut unapproved, mut changed) = (Vec::new(), Vec::new());
    for it in standing::of(plan, Some(run)) {
        let name = artifact_name(&plan.sources[it.source]).to_owned();
        match it.kind {
            StandingKind::Unapproved | StandingKind::Unjudged => unapproved.push(name),
            StandingKind::Changed { .. } => changed.push(name),
            StandingKind::Approved { .. } => {}
        }
    }
    let approved = run.approvals.artifacts.keys();
    changed.extend(approved.filter(|name| !run.drafted.contains_key(*name)).cloned());
    match (unapproved.is_empty(), changed.is_empty()) {
        (_, false) => Err(Refusal::ChangedSinceApproval {
            handle,
            artifacts: changed,
        }),
        (false, true) => Err(Refusal::Unapproved {
            handle,
            artifacts: unapproved,
        }),
        (true, true) => Ok(()),
    }
}

/// A branch carries one open run at a time; what is over does not hold it.
fn refuse_if_bound(repository: &Repository, branch: &str, run: &Run) -> Result<(), OpsError> {
    let Some(bound) = repository.bound_run(branch) else {
        return Ok(());
    };
    let other = runs::load(repository, &bound)?;
    if other.handle != run.handle && other.state() < RunState::Finished {
        return Err(Refusal::BranchBound {
            branch: branch.to_owned(),
            handle: other.handle.to_string(),
        }
        .into());
    }
    Ok(())
}

/// The artifacts as they were approved are already in the record; what `start` adds is the stamp.
fn write(repository: &Repository, world: &World, run: &Run, stamp: &RunFile) -> Result<(), OpsError> {
    repository.update_record(&run.handle, &mut |record| {
        let current = runs::assemble(&run.handle, record, run.drafted.clone())?;
        refuse_unless_ready(&current)?;
        let file = stamp.clone().in_state(RunState::Active);
        let files = BTreeMap::from([("run.json".to_owned(), Some(to_json(&file)))]);
        let on = stamp.branch.clone().unwrap_or_default();
        Ok::<_, OpsError>(Some(RecordChange {
            detail: format!("on {on}"),
            files,
            ..RecordChange::new(Transition::Started, world.now)
        }))
    })?;
    Ok(())
}
