//! `drift finish`: closes a run, with everything kept, and frees its branch.

use super::run_file::to_json;
use super::runs::{self, Run};
use super::{OpsError, Refusal, World};
use crate::git::{RecordChange, Repository};
use crate::model::{RunState, Transition};
use std::collections::BTreeMap;

/// A run that is over.
#[derive(Clone, Debug)]
pub struct Finished {
    /// Its handle.
    pub handle: String,
    /// finished or discarded.
    pub state: RunState,
    /// The branch that is free again.
    pub branch: Option<String>,
}

/// Closes the run; `discard` also closes one that has no report. Finishing twice says so and changes nothing.
pub fn finish(world: &World, run: Option<&str>, discard: bool) -> Result<Finished, OpsError> {
    let repository = Repository::open(&world.directory, &world.environment)?;
    let run = runs::current(&repository, run)?;
    let (state, transition) = match discard {
        true => (RunState::Discarded, Transition::Discarded),
        false => (RunState::Finished, Transition::Finished),
    };
    refuse_unless_closable(&run, discard)?;
    repository.update_record(&run.handle, &mut |record| {
        let current = runs::assemble(&run.handle, record, run.drafted.clone())?;
        refuse_unless_closable(&current, discard)?;
        let file = current.file.in_state(state);
        let mut files = BTreeMap::from([("run.json".to_owned(), Some(to_json(&file)))]);
        if record.is_none() {
            let drafts = run.drafted.iter();
            files.extend(drafts.map(|(name, bytes)| (name.clone(), Some(bytes.clone()))));
        }
        Ok::<_, OpsError>(Some(RecordChange {
            files,
            ..RecordChange::new(transition, world.now)
        }))
    })?;
    verify(&repository, &run, state)?;
    let branch = run.file.branch.clone();
    if let Some(branch) = &branch
        && repository.bound_run(branch).as_ref() == Some(&run.handle)
    {
        repository.unbind_branch(branch)?;
    }
    Ok(Finished {
        handle: run.handle.to_string(),
        state,
        branch,
    })
}

/// Nothing is let go before the record, read back, says that the run is over.
fn verify(repository: &Repository, run: &Run, state: RunState) -> Result<(), OpsError> {
    let kept = runs::load(repository, &run.handle)?;
    if kept.state() == state {
        return Ok(());
    }
    Err(Refusal::BrokenRecord {
        handle: run.handle.to_string(),
        what: format!(
            "it was written as {} and reads as {}",
            state.name(),
            kept.state().name()
        ),
    }
    .into())
}

fn refuse_unless_closable(run: &Run, discard: bool) -> Result<(), Refusal> {
    let handle = run.handle.to_string();
    match run.state() {
        RunState::Finished | RunState::Discarded => Err(Refusal::Over {
            handle,
            state: run.state().name(),
        }),
        RunState::Reported => Ok(()),
        _ if discard => Ok(()),
        RunState::Draft | RunState::Approved => Err(Refusal::NotStarted { handle }),
        RunState::Active => Err(Refusal::NotReported { handle }),
    }
}
