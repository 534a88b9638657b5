//! `drift status`: what is planned, what is done, what comes next.

use super::judge::{Judged, Range, Subject, judge};
use super::runs::{self, Run, artifact_name};
use super::{OpsError, World, siblings, standing};
use crate::git::Repository;
use crate::model::{Plan, RunState, StandingKind};

/// Where a run stands.
#[derive(Clone, Debug)]
pub struct Status {
    /// The run; `None` where plans were named.
    pub run: Option<Run>,
    /// The comparison as of now; `None` before the run has begun.
    pub judged: Option<Judged>,
    /// The artifacts and what became of their approval, before the run has begun.
    pub artifacts: Vec<(String, &'static str)>,
    /// Before the run has begun, the paths that other open runs own too: one line each.
    pub overlaps: Vec<String>,
}

/// The state of the named plans, or of the run that is meant.
pub fn status(world: &World, plans: &[String], run: Option<&str>, range: &Range) -> Result<Status, OpsError> {
    let repository = Repository::open(&world.directory, &world.environment)?;
    if !plans.is_empty() {
        let subject = Subject::of_plans(plans, &repository, world)?;
        let judged = judge(&repository, world, &subject, range)?;
        return Ok(Status {
            run: None,
            judged: Some(judged),
            artifacts: Vec::new(),
            overlaps: Vec::new(),
        });
    }
    let run = runs::current(&repository, run)?;
    if run.state() < RunState::Active {
        let plan = crate::formats::read(run.inputs());
        return Ok(Status {
            artifacts: approvals(&run, &plan),
            overlaps: siblings::overlaps(&repository, &run, &plan)?,
            run: Some(run),
            judged: None,
        });
    }
    let judged = judge(&repository, world, &Subject::of_run(run.clone()), range)?;
    Ok(Status {
        run: Some(run),
        judged: Some(judged),
        artifacts: Vec::new(),
        overlaps: Vec::new(),
    })
}

fn approvals(run: &Run, plan: &Plan) -> Vec<(String, &'static str)> {
    let word = |kind: &StandingKind| match kind {
        StandingKind::Approved { .. } => "approved",
        StandingKind::Changed { .. } => "changed since approved",
        StandingKind::Unapproved | StandingKind::Unjudged => "not approved",
    };
    let standings = standing::of(plan, Some(run));
    let name = |source: usize| artifact_name(&plan.sources[source]).to_owned();
    standings.iter().map(|it| (name(it.source), word(&it.kind))).collect()
}
