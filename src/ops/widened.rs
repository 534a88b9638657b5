//! Scopes that became wider inside the very range that they judge.

use super::judge::Subject;
use super::{OpsError, policy};
use crate::config::Config;
use crate::formats::{self, Input};
use crate::git::Repository;
use crate::model::{History, PathPattern, PatternSet, Plan, Source, Widening};
use std::collections::HashSet;

/// The plan's own files, and the policy, where the range changes them and what they allow grew.
pub fn within(
    repository: &Repository,
    subject: &Subject,
    history: &History,
    before: &Config,
) -> Result<Vec<Widening>, OpsError> {
    let mut widened = Vec::new();
    // The artifacts of a run are held by their approval; a plan without a run is held by its text at the base.
    if subject.run.is_none() {
        for source in &subject.plan.sources {
            widened.extend(of_source(repository, &subject.plan, source, history)?);
        }
    }
    widened.extend(of_policy(repository, history, before)?);
    Ok(widened)
}

fn touches(history: &History, path: &[u8]) -> bool {
    history.changes.iter().any(|change| change.path.as_bytes() == path)
}

fn of_source(
    repository: &Repository,
    now: &Plan,
    source: &Source,
    history: &History,
) -> Result<Option<Widening>, OpsError> {
    let Some(path) = source
        .repo_path
        .as_ref()
        .filter(|path| touches(history, path.as_bytes()))
    else {
        return Ok(None);
    };
    let Some(bytes) = repository.file_at(history.merge_base, path.as_bytes())? else {
        return Ok(None);
    };
    let input = Input {
        name: source.name.clone(),
        repo_path: Some(path.clone()),
        bytes,
    };
    let changes = growth(&formats::read(vec![input]), &only(now, source));
    Ok((!changes.is_empty()).then(|| Widening {
        file: source.name.clone(),
        changes,
    }))
}

/// The plan as this one source says it.
fn only(plan: &Plan, source: &Source) -> Plan {
    let input = Input {
        name: source.name.clone(),
        repo_path: source.repo_path.clone(),
        bytes: source.text.clone().into_bytes(),
    };
    if plan.sources.len() == 1 {
        plan.clone()
    } else {
        formats::read(vec![input])
    }
}

/// What `after` allows and `before` did not, in words.
pub fn growth(before: &Plan, after: &Plan) -> Vec<String> {
    let allowed = |plan: &Plan| PatternSet::new(plan.declarations().map(|(_, it)| it.pattern.clone()));
    let forbidden = |plan: &Plan| -> Vec<String> {
        plan.lanes
            .iter()
            .flat_map(|lane| &lane.forbidden)
            .map(|it| it.pattern.to_text())
            .collect()
    };
    let (was, is) = (allowed(before), allowed(after));
    let known: HashSet<String> = was.patterns().iter().map(PathPattern::to_text).collect();
    let covered = |pattern: &PathPattern| {
        let path = pattern.literal().filter(|_| !pattern.is_folder());
        path.is_some_and(|path| was.contains(path.as_bytes()))
    };
    let mut changes = Vec::new();
    for pattern in is.patterns().iter().filter(|pattern| !pattern.excludes()) {
        if !known.contains(&pattern.to_text()) && !covered(pattern) {
            changes.push(format!("allows `{}`", pattern.to_text()));
        }
    }
    let still: HashSet<String> = forbidden(after).into_iter().collect();
    let lifted = forbidden(before).into_iter().filter(|text| !still.contains(text));
    changes.extend(lifted.map(|text| format!("no longer forbids `{text}`")));
    if after.lanes.iter().any(|lane| lane.danger_mode) && !before.lanes.iter().any(|lane| lane.danger_mode) {
        changes.push("turns danger mode on".into());
    }
    changes.dedup();
    changes
}

fn of_policy(repository: &Repository, history: &History, before: &Config) -> Result<Option<Widening>, OpsError> {
    if !touches(history, policy::CONFIG_PATH.as_bytes()) {
        return Ok(None);
    }
    let after = policy::read(repository, history.target)?;
    let changes = Config::loosened(before, &after);
    Ok((!changes.is_empty()).then(|| Widening {
        file: policy::CONFIG_PATH.into(),
        changes,
    }))
}
