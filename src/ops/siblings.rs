//! Other open runs of the repository, and what they declare.

use super::{OpsError, runs};
use crate::compare::{self, Inputs};
use crate::formats;
use crate::git::Repository;
use crate::model::{OverlapParty, Plan, Policy, RunState, Sibling};
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

/// The paths of the run's plan that other open runs own too (D009): one line each.
pub fn overlaps(repository: &Repository, run: &Run, plan: &Plan) -> Result<Vec<String>, OpsError> {
    let siblings = of(repository, Some(run))?;
    let policy = Policy::default();
    let comparison = compare::compare(Inputs {
        siblings: &siblings,
        ..Inputs::new(plan, &policy)
    });
    let line = |overlap: &crate::model::Overlap| match &overlap.second {
        OverlapParty::Sibling(name) => Some(format!(
            "D009: `{}` belongs to the open run {name} too",
            overlap.pattern
        )),
        OverlapParty::Declared(_) => None,
    };
    Ok(comparison.overlaps.iter().filter_map(line).collect())
}
