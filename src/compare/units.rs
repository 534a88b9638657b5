//! What became of each unit.

use super::dependencies::Dependencies;
use super::facts::Facts;
use super::messages;
use super::pair::UnitPairing;
use crate::model::{Plan, UnitDelta, UnitKind, UnitStatus, Untouched};

/// The units of a plan that has a range.
pub(super) fn against_history(
    facts: &Facts<'_>,
    dependencies: &Dependencies,
    untouched: &[Untouched],
) -> Vec<UnitDelta> {
    let mut left = vec![false; facts.plan.units.len()];
    for unit in untouched.iter().filter_map(|it| it.declared.unit) {
        left[unit] = true;
    }
    let reverted = reverted_commits(facts);
    let delta = |unit: usize| {
        let UnitPairing {
            commits,
            confidence,
            reasons,
            rivals,
        } = facts.pairing.units.get(unit).cloned().unwrap_or_default();
        UnitDelta {
            status: status(facts.plan.units[unit].kind, !commits.is_empty(), left[unit]),
            out_of_order: out_of_order(facts, dependencies, unit),
            reverted: is_reverted(facts, &commits, &reverted),
            mismatches: messages::mismatches(facts, unit, &commits),
            commits,
            confidence,
            reasons,
            rivals,
        }
    };
    (0..facts.plan.units.len()).map(delta).collect()
}

/// The units of a plan alone: nothing was looked at.
pub(super) fn unchecked(plan: &Plan) -> Vec<UnitDelta> {
    let delta = |_| UnitDelta {
        status: UnitStatus::Unchecked,
        commits: Vec::new(),
        confidence: 0.0,
        reasons: Vec::new(),
        rivals: Vec::new(),
        out_of_order: Vec::new(),
        reverted: false,
        mismatches: Vec::new(),
    };
    plan.units.iter().map(delta).collect()
}

fn status(kind: UnitKind, has_commits: bool, left_files: bool) -> UnitStatus {
    match (has_commits, left_files, kind) {
        (true, false, _) => UnitStatus::Done,
        (true, true, _) => UnitStatus::Partial,
        (false, _, UnitKind::Work) => UnitStatus::Missing,
        (false, _, UnitKind::Check) => UnitStatus::Unchecked,
    }
}

/// The units that `unit` depends on and that were begun only after all of its own commits.
fn out_of_order(facts: &Facts<'_>, dependencies: &Dependencies, unit: usize) -> Vec<usize> {
    let commits = |unit: usize| facts.pairing.units.get(unit).map_or(&[][..], |it| &it.commits);
    let Some(last) = commits(unit).iter().max() else {
        return Vec::new();
    };
    let begun_later = |other: &usize| commits(*other).iter().min().is_some_and(|first| first > last);
    let mut found: Vec<usize> = dependencies.direct(unit).iter().copied().filter(begun_later).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// For each commit whether a later one takes it back and is not itself taken back.
fn reverted_commits(facts: &Facts<'_>) -> Vec<bool> {
    let mut reverted = vec![false; facts.pairing.commits.len()];
    for (index, pairing) in facts.pairing.commits.iter().enumerate().rev() {
        if let Some(earlier) = pairing.reverts.filter(|&it| it < index && !reverted[index]) {
            reverted[earlier] = true;
        }
    }
    reverted
}

/// Whether all the unit's commits, reverts themselves left out, are taken back.
fn is_reverted(facts: &Facts<'_>, commits: &[usize], reverted: &[bool]) -> bool {
    let mut work = commits
        .iter()
        .filter(|&&commit| facts.pairing.commits[commit].reverts.is_none())
        .peekable();
    work.peek().is_some() && work.all(|&commit| reverted[commit])
}
