//! Who speaks where several rules could say the same thing: one fact, one finding.
//!
//! A declaration that was not met is, by the most telling rule: `misplaced-file` where its file name was edited
//! elsewhere; `stale-plan` where it was left alone and never fitted the tree; part of `missing-unit` where its whole unit
//! was left undone; `wrong-action` where git shows another action; else `untouched-file`. A touched path is `forbidden-file` or `sensitive-file` before anything about scope;
//! an unplanned deletion is not also undeclared; a rename out of scope is not also undeclared. A path that
//! `wrong-lane` names is not also foreign to each of its commits. A file that `missing-artifact` names is not also a
//! broken link for each expectation that looks into it.

use crate::model::{
    Comparison, Declared, Expectation, ExpectationKind, FileClass, FileDelta, Outcome, RepoPath, UnitDelta, UnitStatus,
};
use std::collections::{BTreeSet, HashMap, HashSet};

/// The rule that speaks of a declaration that was not met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnmetSpeaker {
    /// D106
    Misplaced,
    /// D008
    Stale,
    /// D201
    MissingUnit,
    /// D107
    WrongAction,
    /// D105
    Untouched,
}

/// The declarations that something is amiss with, by what it is.
pub(super) struct Unmet {
    misplaced: BTreeSet<Declared>,
    untouched: BTreeSet<Declared>,
    stale: BTreeSet<Declared>,
    actions: BTreeSet<Declared>,
    /// The units that no commit stands for.
    missing: BTreeSet<usize>,
}

impl Unmet {
    /// All that the comparison holds.
    pub(super) fn of(comparison: &Comparison<'_>) -> Self {
        let untouched = &comparison.untouched;
        let misplaced = untouched.iter().filter(|it| it.misplaced_to.is_some());
        Self {
            misplaced: misplaced.map(|it| it.declared).collect(),
            untouched: untouched.iter().map(|it| it.declared).collect(),
            stale: comparison.stale.iter().map(|it| it.declared).collect(),
            actions: comparison.actions.iter().map(|it| it.declared).collect(),
            missing: missing_units(comparison),
        }
    }

    /// Who speaks of `declared`.
    pub(super) fn speaker(&self, declared: Declared) -> UnmetSpeaker {
        let mismatched = self.actions.contains(&declared);
        let left_alone = self.untouched.contains(&declared);
        if self.misplaced.contains(&declared) {
            UnmetSpeaker::Misplaced
        } else if self.stale.contains(&declared) && (left_alone || !mismatched) {
            UnmetSpeaker::Stale
        } else if left_alone && declared.unit.is_some_and(|unit| self.missing.contains(&unit)) {
            UnmetSpeaker::MissingUnit
        } else if mismatched {
            UnmetSpeaker::WrongAction
        } else {
            UnmetSpeaker::Untouched
        }
    }
}

fn missing_units(comparison: &Comparison<'_>) -> BTreeSet<usize> {
    let missing = |(_, unit): &(usize, &UnitDelta)| unit.status == UnitStatus::Missing;
    let units = comparison.units.iter().enumerate().filter(missing);
    units.map(|(unit, _)| unit).collect()
}

/// The rule that speaks of a touched path's place in the scope; `None` where it has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ScopeSpeaker {
    /// D101
    Undeclared,
    /// D102
    Forbidden,
    /// D103
    Sensitive,
    /// D104
    WrongLane,
    /// D108
    UnplannedDelete,
    /// D110
    RenamedOutOfScope,
    /// D113
    Derived,
}

/// Who speaks of `file`.
pub(super) fn scope_speaker(file: &FileDelta) -> Option<ScopeSpeaker> {
    let left_scope = file.rename.is_some_and(|it| it.from_declared && !it.to_declared);
    match file.class {
        FileClass::Forbidden => Some(ScopeSpeaker::Forbidden),
        FileClass::Sensitive => Some(ScopeSpeaker::Sensitive),
        FileClass::WrongLane => Some(ScopeSpeaker::WrongLane),
        FileClass::Undeclared if left_scope => Some(ScopeSpeaker::RenamedOutOfScope),
        FileClass::Undeclared | FileClass::Planned if file.unplanned_delete => Some(ScopeSpeaker::UnplannedDelete),
        FileClass::Undeclared => Some(ScopeSpeaker::Undeclared),
        FileClass::Derived => Some(ScopeSpeaker::Derived),
        FileClass::Planned | FileClass::Bookkeeping => None,
    }
}

/// The touched files that `speaker` speaks of.
pub(super) fn files_of<'c>(
    comparison: &'c Comparison<'_>,
    speaker: ScopeSpeaker,
) -> impl Iterator<Item = &'c FileDelta> {
    let spoken = move |file: &&FileDelta| scope_speaker(file) == Some(speaker);
    comparison.files.iter().filter(spoken)
}

/// Both sides of every path that `wrong-lane` names.
pub(super) fn wrong_lane_paths<'a>(comparison: &Comparison<'a>) -> HashSet<&'a RepoPath> {
    files_of(comparison, ScopeSpeaker::WrongLane)
        .flat_map(|file| {
            let change = comparison.change(file);
            [Some(&change.path), change.previous_path.as_ref()]
        })
        .flatten()
        .collect()
}

/// The files that expectations other than links look for and do not find, each once, in the order of the plan.
pub(super) fn missing_artifacts<'c>(comparison: &'c Comparison<'_>) -> Vec<MissingArtifact<'c>> {
    let mut known: HashMap<&str, usize> = HashMap::new();
    let mut missing: Vec<MissingArtifact<'c>> = Vec::new();
    for it in &comparison.expectations {
        let Outcome::MissingFile { path, nearest } = &it.outcome else {
            continue;
        };
        let expectation = &comparison.plan.expectations[it.expectation];
        if matches!(expectation.kind, ExpectationKind::Link { .. }) {
            continue;
        }
        let at = *known.entry(path).or_insert_with(|| {
            missing.push(MissingArtifact {
                path,
                nearest: nearest.as_ref(),
                expectations: Vec::new(),
            });
            missing.len() - 1
        });
        missing[at].expectations.push(expectation);
    }
    missing
}

/// A file that should exist and does not.
pub(super) struct MissingArtifact<'c> {
    /// The path or pattern, as the plan has it.
    pub(super) path: &'c str,
    /// The most similar path that exists.
    pub(super) nearest: Option<&'c RepoPath>,
    /// Whose file it is; at least one.
    pub(super) expectations: Vec<&'c Expectation>,
}
