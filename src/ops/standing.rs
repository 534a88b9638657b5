//! How each artifact of a run stands with its approval.

use crate::formats;
use crate::model::{ApprovalState, Plan, Source, Standing, StandingKind};
use crate::ops::run_file::ApprovalEntry;
use crate::ops::runs::{Run, artifact_name};

/// One standing a source; a plan without a run has no approval to judge.
pub fn of(plan: &Plan, run: Option<&Run>) -> Vec<Standing> {
    let kind = |source: &Source| match run {
        None => StandingKind::Unjudged,
        Some(_) if formats::is_account(source.format) => StandingKind::Unjudged,
        Some(run) => of_artifact(run, source),
    };
    plan.sources
        .iter()
        .enumerate()
        .map(|(index, source)| Standing {
            source: index,
            kind: kind(source),
        })
        .collect()
}

fn of_artifact(run: &Run, source: &Source) -> StandingKind {
    let name = artifact_name(source);
    let Some(entry) = run.approvals.artifacts.get(name) else {
        return StandingKind::Unapproved;
    };
    let approval = entry.approval(name);
    if entry.hash != source.hash {
        return StandingKind::Changed {
            approval,
            found: source.hash.clone(),
        };
    }
    // From `start` on the frozen text counts; one that lies in the worktree and says something else is a finding.
    match lying_hash(run, name) {
        Some(found) if run.is_frozen() && found != entry.hash => StandingKind::Changed { approval, found },
        _ => StandingKind::Approved {
            state: state(run, entry),
            approval,
        },
    }
}

/// The hash of the artifact as it lies in the worktree, read as it was when it was approved.
fn lying_hash(run: &Run, name: &str) -> Option<String> {
    let bytes = run.drafted.get(name)?;
    let plan = formats::read(vec![run.input(name, bytes)]);
    plan.sources.into_iter().next().map(|source| source.hash)
}

/// An approval that says it was signed is believed as far as its signature verifies.
fn state(run: &Run, entry: &ApprovalEntry) -> ApprovalState {
    match (&run.signature, entry.signed) {
        (_, false) => ApprovalState::Unsigned,
        (Some(ApprovalState::Unsigned) | None, true) => {
            ApprovalState::BadSignature("the approval says that it was signed, and its commit is not".into())
        }
        (Some(state), true) => state.clone(),
    }
}
