//! Keeping all of a run: its report in the home, the lesson, and the transition in the record.

use super::Ending;
use crate::git::{RecordChange, Repository};
use crate::model::{Handle, ObjectId, RunState};
use crate::ops::report::{KeptAtHome, keep_at_home};
use crate::ops::run_file::{RunFile, to_json};
use crate::ops::runs::{self, Run};
use crate::ops::{OpsError, World};
use crate::report::wire::v1::{Lesson, RunReport};
use std::collections::BTreeMap;

/// What was kept, for reading it back.
pub(super) struct Kept {
    /// The run.
    pub handle: Handle,
    /// The state that its record gives it.
    pub state: RunState,
    /// The commit of the record that says so.
    pub record: Option<ObjectId>,
    /// The report and where it lies; `None` where the run has none.
    pub report: Option<(Vec<u8>, KeptAtHome)>,
    /// The key of the report's lesson; `None` where it teaches none.
    pub lesson: Option<String>,
    /// The commit that the record has to keep because its branch is to go.
    pub tip: Option<ObjectId>,
    /// Whether anything was written.
    pub is_new: bool,
}

/// Keeps the run as `ending` says, and `tip` with it. What is kept already is not written again.
pub(super) fn persist(
    repository: &Repository,
    world: &World,
    run: &Run,
    ending: Ending,
    tip: Option<ObjectId>,
) -> Result<Kept, OpsError> {
    // The home first: where it takes nothing, the record is as it was, and the run can be finished again.
    let told = run
        .report
        .as_deref()
        .and_then(|bytes| serde_json::from_slice::<RunReport>(bytes).ok());
    let report = match &run.report {
        Some(bytes) => {
            let files = keep_at_home(repository, &run.handle, bytes, told.as_ref())?;
            Some((bytes.clone(), files))
        }
        None => None,
    };
    let unkept = match tip {
        Some(tip) if !repository.record_reaches(&run.handle, tip)? => Some(tip),
        _ => None,
    };
    let written = record(repository, world, run, ending, unkept)?;
    let is_new_at_home = report.as_ref().is_some_and(|(_, files)| files.is_new || files.learned);
    Ok(Kept {
        handle: run.handle.clone(),
        state: ending.state,
        record: written,
        is_new: written.is_some() || is_new_at_home,
        report,
        lesson: told.as_ref().and_then(Lesson::of).map(|lesson| lesson.id),
        tip,
    })
}

/// Writes the transition, unless the record has it and keeps all that it should.
fn record(
    repository: &Repository,
    world: &World,
    run: &Run,
    ending: Ending,
    unkept: Option<ObjectId>,
) -> Result<Option<ObjectId>, OpsError> {
    repository.update_record(&run.handle, &mut |record| {
        let current = runs::assemble(&run.handle, record, run.drafted.clone())?;
        ending.refuse_unless_closable(&current)?;
        if current.state() == ending.state && unkept.is_none() {
            return Ok(None);
        }
        let file = RunFile {
            branch: run.file.branch.clone(),
            ..current.file
        };
        let mut files = BTreeMap::from([("run.json".to_owned(), Some(to_json(&file.in_state(ending.state))))]);
        if record.is_none() {
            let drafts = run.drafted.iter();
            files.extend(drafts.map(|(name, bytes)| (name.clone(), Some(bytes.clone()))));
        }
        Ok::<_, OpsError>(Some(RecordChange {
            files,
            also_keeps: unkept,
            ..RecordChange::new(ending.transition, world.now)
        }))
    })
}
