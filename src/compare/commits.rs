//! What each commit stands for.

use super::classify::{Classifier, Touchers};
use super::facts::Facts;
use super::files::Files;
use super::pair::other_plan;
use super::touches::sides;
use crate::model::{Commit, CommitDelta, CommitRole, Contradiction, Declared, FileClass, RepoPath};
use std::collections::HashSet;

/// The commits of the range, in their order.
pub(super) fn deltas(facts: &Facts<'_>, files: &Files<'_>, classifier: &Classifier<'_>) -> Vec<CommitDelta> {
    let delta = |(index, commit): (usize, &Commit)| {
        let pairing = facts.pairing.commits.get(index).cloned().unwrap_or_default();
        let eye = Eye {
            facts,
            files,
            classifier,
            touchers: Touchers::of(facts, std::iter::once(index)),
        };
        CommitDelta {
            role: eye.role(commit),
            foreign: eye.foreign(commit),
            units: pairing.units,
            fixup_of: pairing.fixup_of,
            reverts: pairing.reverts,
            contradiction: eye.contradiction(commit, &pairing.named),
            unknown_trailers: pairing.unknown_trailers,
            other_plan: other_plan(facts.plan, &commit.subject()),
        }
    };
    facts.history.commits.iter().enumerate().map(delta).collect()
}

/// The people who wrote the commits, each once, in the order of their first commit.
pub(super) fn authors(commits: &[Commit]) -> Vec<String> {
    let mut seen = HashSet::new();
    let people = commits.iter().map(|commit| (&commit.author.name, &commit.author.email));
    people
        .filter(|person| seen.insert(*person))
        .map(|(name, email)| format!("{name} <{email}>"))
        .collect()
}

/// One commit, looked at with all that is known of its paths.
struct Eye<'a, 'b> {
    facts: &'b Facts<'a>,
    files: &'b Files<'a>,
    classifier: &'b Classifier<'b>,
    touchers: Touchers,
}

impl Eye<'_, '_> {
    fn role(&self, commit: &Commit) -> CommitRole {
        if !self.touchers.units.is_empty() {
            CommitRole::Paired
        } else if commit.is_merge() {
            CommitRole::Merge
        } else if self.facts.plan.units.is_empty() {
            CommitRole::Unjudged
        } else if commit
            .changes
            .iter()
            .flat_map(sides)
            .all(|path| self.needs_no_unit(path))
        {
            CommitRole::Bookkeeping
        } else {
            CommitRole::Unplanned
        }
    }

    fn needs_no_unit(&self, path: &RepoPath) -> bool {
        matches!(self.class(path), FileClass::Bookkeeping | FileClass::Derived)
    }

    /// The class of a path; one that a later commit took away again is looked at by itself.
    fn class(&self, path: &RepoPath) -> FileClass {
        if let Some(class) = self.files.classes.get(path) {
            return *class;
        }
        let declaring = self.facts.scope.declaring(path);
        let ground = self.classifier.ground(path, &declaring, &self.touchers);
        ground.class(|| self.files.planned_folders.hold_source_of(path, &self.facts.scope))
    }

    fn foreign(&self, commit: &Commit) -> Vec<RepoPath> {
        if self.touchers.units.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<RepoPath> = commit
            .changes
            .iter()
            .flat_map(sides)
            .filter(|path| self.belongs_to_others(path))
            .filter(|path| matches!(self.class(path), FileClass::Planned | FileClass::WrongLane))
            .cloned()
            .collect();
        found.sort();
        found.dedup();
        found
    }

    /// Whether somebody declares the path, and none of the commit's units does.
    fn belongs_to_others(&self, path: &RepoPath) -> bool {
        let declaring = self.facts.scope.declaring(path);
        !declaring.is_empty() && !self.touchers.units.iter().any(|&unit| self.owns(unit, &declaring))
    }

    /// The units in `named` that the commit left alone, where it touched files of others.
    fn contradiction(&self, commit: &Commit, named: &[usize]) -> Option<Contradiction> {
        if named.is_empty() {
            return None;
        }
        let declaring = commit.changes.iter().flat_map(sides);
        let declaring: Vec<Vec<Declared>> = declaring
            .map(|path| self.facts.scope.declaring(path))
            .filter(|it| !it.is_empty())
            .collect();
        let is_left =
            |unit: &usize| self.facts.scope.unit_declares(*unit) && !declaring.iter().any(|it| self.owns(*unit, it));
        let left: Vec<usize> = named.iter().copied().filter(is_left).collect();
        let mut touched: Vec<usize> = declaring.iter().flatten().filter_map(|it| it.unit).collect();
        touched.retain(|unit| !named.contains(unit));
        touched.sort_unstable();
        touched.dedup();
        (!left.is_empty() && !touched.is_empty()).then_some(Contradiction { named: left, touched })
    }

    /// A unit owns what it declares; what its lane declares as a whole and no unit does; and, where it declares nothing
    /// itself, all that its lane or the lane's units do.
    fn owns(&self, unit: usize, declaring: &[Declared]) -> bool {
        let lane = self.facts.plan.units[unit].lane;
        let in_lane = declaring.iter().any(|it| it.lane == lane);
        let by_a_unit = declaring.iter().any(|it| it.unit.is_some());
        declaring.iter().any(|it| it.unit == Some(unit))
            || (in_lane && (!by_a_unit || !self.facts.scope.unit_declares(unit)))
    }
}
