//! `drift validate`: reads a plan, and judges it by itself and against the tree that it would start from.

use super::judge::{Judged, Subject};
use super::{OpsError, World, policy, siblings, standing};
use crate::compare::{self, Inputs};
use crate::git::Repository;
use crate::model::{Report, Stamp, TreeListing};
use crate::report::wire::v1::RunReport;
use crate::rules;

/// Everything that is wrong with the plan, at once.
pub fn validate(world: &World, plans: &[String], run: Option<&str>) -> Result<Judged, OpsError> {
    let repository = Repository::open(&world.directory, &world.environment)?;
    let subject = Subject::select(plans, run, &repository, world)?;
    let plan = &subject.plan;
    let tree = starting_tree(&repository, &subject)?;
    let config = match repository.workdir() {
        Some(top) => policy::in_worktree(top)?,
        None => policy::parse(&[]),
    };
    // Approval is a matter of `start`: a plan that is being written has none yet.
    let standings = standing::of(plan, None);
    let siblings = siblings::of(&repository, subject.run.as_ref())?;
    let comparison = compare::compare(Inputs {
        siblings: &siblings,
        standings,
        tree: tree.as_ref(),
        ..Inputs::new(plan, &config.policy)
    });
    let judgement = rules::judge(&comparison, &config.policy, &[]);
    let report = RunReport::of(&Report {
        version: env!("CARGO_PKG_VERSION"),
        run: None,
        comparison: &comparison,
        judgement: &judgement,
        stamp: Stamp::default(),
    });
    Ok(Judged {
        report,
        sources: plan.sources.clone(),
        warnings: policy::warnings(&config),
        verdict: judgement.verdict,
    })
}

/// The tree that the work starts from: the run's base, or HEAD; none in a repository without a commit. All of it, so
/// that the nearest path to a wrong one is found.
fn starting_tree(repository: &Repository, subject: &Subject) -> Result<Option<TreeListing>, OpsError> {
    let started = subject.run.as_ref().and_then(|run| run.file.base.clone());
    let commit = match started {
        Some(base) => Some(repository.resolve_commit(&base)?),
        None => repository.born_head()?,
    };
    commit
        .map(|commit| repository.tree_listing(commit, None))
        .transpose()
        .map_err(OpsError::from)
}
