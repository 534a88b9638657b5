//! What the range changed against the limits of the plan.
//!
//! Files and lines are those of the net changes, without bookkeeping and derived files: a lock file is nobody's work.
//! Commits are the branch's own without merges. Where several lanes were planned, each is held against what belongs to
//! it: files that its units' commits touched, or else that it declares, and commits that stand for its units.

use super::facts::Facts;
use crate::model::{FileClass, FileDelta, LimitExceeded, LimitKind, LineCount, Located};

/// The exceeded limits, lane by lane.
pub(super) fn exceeded(facts: &Facts<'_>, files: &[FileDelta]) -> Vec<LimitExceeded> {
    let mut found = Vec::new();
    for (lane, it) in facts.plan.lanes.iter().enumerate() {
        let own = || {
            files
                .iter()
                .filter(move |file| counts(file) && belongs_to(facts, file, lane))
        };
        let mut hold = |kind, limit: &Option<Located<u64>>, count: &dyn Fn() -> u64| {
            let Some(limit) = limit else { return };
            let total = count();
            if total > limit.value {
                found.push(LimitExceeded {
                    kind,
                    limit: limit.value,
                    found: total,
                    location: limit.location.clone(),
                });
            }
        };
        hold(LimitKind::Files, &it.limits.files, &|| own().count() as u64);
        hold(LimitKind::Lines, &it.limits.lines, &|| {
            own().map(|file| lines(facts, file)).sum()
        });
        hold(LimitKind::Commits, &it.limits.commits, &|| commits(facts, lane));
    }
    found
}

fn counts(file: &FileDelta) -> bool {
    !matches!(file.class, FileClass::Bookkeeping | FileClass::Derived)
}

fn belongs_to(facts: &Facts<'_>, file: &FileDelta, lane: usize) -> bool {
    if facts.plan.lanes.len() == 1 {
        return true;
    }
    match file.units.as_slice() {
        [] => file.declared_by.iter().any(|it| it.lane == lane),
        units => units.iter().any(|&unit| facts.plan.units[unit].lane == lane),
    }
}

fn lines(facts: &Facts<'_>, file: &FileDelta) -> u64 {
    match facts.history.changes[file.change].lines {
        LineCount::Lines { insertions, deletions } => u64::from(insertions) + u64::from(deletions),
        LineCount::NotCounted | LineCount::Binary => 0,
    }
}

fn commits(facts: &Facts<'_>, lane: usize) -> u64 {
    let of_lane = |commit: usize| {
        facts.plan.lanes.len() == 1
            || facts
                .units_of(commit)
                .iter()
                .any(|&unit| facts.plan.units[unit].lane == lane)
    };
    let own = facts.history.commits.iter().enumerate();
    own.filter(|(index, commit)| !commit.is_merge() && of_lane(*index))
        .count() as u64
}
