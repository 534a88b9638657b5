//! What drift's hooks saw of the commits of a range, as their notes tell.

use super::notes::Body;
use super::{OpsError, hooks};
use crate::git::Repository;
use crate::model::{Handle, History, Level, Policy, RiskLevel, Witnesses};
use crate::rules;

/// What is noted of each commit of the range, as a witness of how it was made.
pub(super) fn of(repository: &Repository, run: &Handle, history: &History) -> Result<Witnesses, OpsError> {
    let mut notes = repository.notes()?;
    let mut known = Witnesses {
        commits: vec![None; history.commits.len()],
        hooked: hooks::witness_commits(repository)?,
    };
    let pending = repository.pending()?;
    if notes.is_empty() && pending.is_empty() {
        return Ok(known);
    }
    let run = run.to_string();
    for (commit, witness) in history.commits.iter().zip(&mut known.commits) {
        let note = notes.get(commit.id)?;
        let waiting = pending.iter().find(|it| it.commit == commit.id);
        let bytes = note.or_else(|| waiting.map(|it| it.line.clone()));
        *witness = bytes.and_then(|bytes| Body::of(Some(&bytes)).witness(&run));
    }
    Ok(known)
}

/// Whether what is found of them is no more than a remark under this policy.
pub(super) fn is_remark(policy: &Policy) -> bool {
    let rule = rules::find("unwitnessed-commit");
    rule.is_none_or(|rule| rules::level(rule, policy, RiskLevel::Critical) == Level::Allow)
}
