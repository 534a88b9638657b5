//! Other open runs of the repository, and what they declare.

use super::{OpsError, runs};
use crate::formats;
use crate::git::Repository;
use crate::model::{RunState, Sibling};
use crate::ops::runs::Run;

/// The runs that have begun and are not over, besides `own`; none where a plan is checked without a run.
pub fn of(repository: &Repository, own: Option<&Run>) -> Result<Vec<Sibling>, OpsError> {
    let Some(own) = own else { return Ok(Vec::new()) };
    let open = runs::open_runs(repository)?;
    let others = open
        .into_iter()
        .filter(|run| run.handle != own.handle && run.state() >= RunState::Active);
    Ok(others.map(|run| sibling(&run)).collect())
}

fn sibling(run: &Run) -> Sibling {
    let plan = formats::read(run.inputs());
    Sibling {
        name: run.handle.to_string(),
        declarations: plan
            .declarations()
            .map(|(_, declaration)| declaration.clone())
            .collect(),
    }
}
