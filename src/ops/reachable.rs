//! The revisions that an imported plan names, where they are gone.

use super::OpsError;
use super::judge::{Range, Subject};
use crate::git::{GitError, Repository};
use crate::model::{PlanLocation, Problem, ProblemKind};
use std::borrow::Cow;

/// The subject without the revisions of an imported plan that are not here, each with a problem in its place.
///
/// Plans of other tools name the branch that the work was done on, which is gone once it was merged: HEAD is judged
/// then, and the default branch is what it is compared with. What a native plan names, and what the user names, has to be
/// here.
pub(super) fn subject<'s>(
    repository: &Repository,
    subject: &'s Subject,
    range: &Range,
) -> Result<Cow<'s, Subject>, OpsError> {
    let mut reachable = Cow::Borrowed(subject);
    for (index, lane) in subject.plan.lanes.iter().enumerate() {
        let source = lane.location.source;
        if subject
            .plan
            .sources
            .get(source)
            .is_none_or(|it| it.format != "gatekeeper")
        {
            continue;
        }
        if range.base.is_none() && is_gone(repository, lane.base_ref.as_deref())? {
            let reachable = &mut reachable.to_mut().plan;
            reachable.problems.extend(gone(
                source,
                "baseRef",
                lane.base_ref.as_deref(),
                "the default branch",
                "--base",
            ));
            reachable.lanes[index].base_ref = None;
        }
        if range.target.is_none() && is_gone(repository, lane.target_ref.as_deref())? {
            let reachable = &mut reachable.to_mut().plan;
            reachable.problems.extend(gone(
                source,
                "targetRef",
                lane.target_ref.as_deref(),
                "HEAD",
                "--target",
            ));
            reachable.lanes[index].target_ref = None;
        }
    }
    Ok(reachable)
}

fn is_gone(repository: &Repository, revision: Option<&str>) -> Result<bool, OpsError> {
    match revision.map(|revision| repository.resolve_commit(revision)) {
        Some(Err(GitError::UnknownRevision { .. })) => Ok(true),
        Some(Err(error)) => Err(error.into()),
        Some(Ok(_)) | None => Ok(false),
    }
}

fn gone(source: usize, field: &str, revision: Option<&str>, instead: &str, option: &str) -> Option<Problem> {
    let revision = revision?;
    Some(Problem {
        kind: ProblemKind::InvalidValue,
        message: format!("`{field}` is `{revision}`, which is no revision here: {instead} is taken instead"),
        help: Some(format!("name the commit that is meant: `{option} REV`")),
        location: PlanLocation {
            source,
            pointer: format!("/{field}"),
            span: None,
        }
        .into(),
    })
}
