//! What a touched path is to the plan. The first of these that holds:
//!
//! 1. `forbidden`: the policy's or a lane's hands-off list names it, declared or not. Where several lanes were planned,
//!    one lane's list does not bind the commits of the others: it is set aside where every commit that touched the
//!    path stands for units of other lanes, one of which declares the path.
//! 2. `sensitive`: the policy calls it so, no lane is in danger mode, and no declaration spells exactly this path.
//! 3. `planned` or `wrong-lane`: somebody declares it. It is in the wrong lane where every commit that touched it is
//!    paired and none of their units is at home there. A unit is at home where it declares the path itself; where its
//!    lane as a whole spells the path (GSD's `files_modified`, the union of the tasks' files); and where its lane as a
//!    whole names it by folder or wildcard (`allowedFiles: ["src/**"]`) and nobody else spells it. A unit that declares
//!    no file is at home wherever its lane or its lane's other units are. What no list of files has and the plan names as a
//!    file that must exist is planned, too.
//! 4. `bookkeeping`: the planning system's own.
//! 5. `derived`: a lock, snapshot or generated file whose source is in scope (see `derived`).
//! 6. `undeclared`.

use super::facts::Facts;
use crate::model::{Declared, FileClass, PatternSet, PlanLocation, RepoPath};

/// What the path alone, and who touched it, say: everything but whether a derived file's source is in scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ground {
    Forbidden(Option<PlanLocation>),
    Sensitive,
    Planned,
    WrongLane,
    Bookkeeping,
    /// Of a kind that is made from other files; which is not yet to say from planned ones.
    Derivable,
    Undeclared,
}

impl Ground {
    /// The class, where `source_in_scope` tells whether a derivable file follows from planned ones.
    pub fn class(&self, source_in_scope: impl FnOnce() -> bool) -> FileClass {
        match self {
            Self::Forbidden(_) => FileClass::Forbidden,
            Self::Sensitive => FileClass::Sensitive,
            Self::Planned => FileClass::Planned,
            Self::WrongLane => FileClass::WrongLane,
            Self::Bookkeeping => FileClass::Bookkeeping,
            Self::Derivable if source_in_scope() => FileClass::Derived,
            Self::Derivable | Self::Undeclared => FileClass::Undeclared,
        }
    }

    /// Whether the path is declared and may be touched.
    pub fn is_declared(&self) -> bool {
        matches!(self, Self::Planned | Self::WrongLane)
    }
}

/// Who touched a path.
pub(super) struct Touchers {
    /// The units that the commits stand for, each once.
    pub units: Vec<usize>,
    /// Whether there are commits and each of them stands for a unit.
    pub all_paired: bool,
}

impl Touchers {
    pub fn of(facts: &Facts<'_>, commits: impl Iterator<Item = usize>) -> Self {
        let mut units = Vec::new();
        let mut count = 0;
        let mut all_paired = true;
        for commit in commits {
            let own = facts.units_of(commit);
            units.extend_from_slice(own);
            all_paired &= !own.is_empty();
            count += 1;
        }
        units.sort_unstable();
        units.dedup();
        Self {
            units,
            all_paired: all_paired && count > 0,
        }
    }
}

/// Sorts paths into their grounds.
pub(super) struct Classifier<'a> {
    facts: &'a Facts<'a>,
    /// The lanes that forbid anything, with what they forbid.
    forbidden: Vec<(usize, PatternSet)>,
    danger_mode: bool,
}

impl<'a> Classifier<'a> {
    pub fn new(facts: &'a Facts<'a>) -> Self {
        let lanes = facts.plan.lanes.iter().enumerate();
        let forbidding = lanes.filter(|(_, lane)| !lane.forbidden.is_empty());
        Self {
            facts,
            forbidden: forbidding
                .map(|(index, lane)| {
                    (
                        index,
                        PatternSet::new(lane.forbidden.iter().map(|it| it.pattern.clone())),
                    )
                })
                .collect(),
            danger_mode: facts.plan.lanes.iter().any(|lane| lane.danger_mode),
        }
    }

    /// What `path` is to the plan, given who declares it and who touched it.
    pub fn ground(&self, path: &RepoPath, declaring: &[Declared], touchers: &Touchers) -> Ground {
        if let Some(by) = self.forbidden_by(path, declaring, touchers) {
            return Ground::Forbidden(by);
        }
        if self.is_sensitive(path, declaring) {
            return Ground::Sensitive;
        }
        if !declaring.is_empty() {
            return self.declared_ground(path, declaring, touchers);
        }
        if self.facts.is_expected(path) {
            Ground::Planned
        } else if self.facts.own_files.is_bookkeeping(path) {
            Ground::Bookkeeping
        } else if self.facts.own_files.is_derived(path) {
            Ground::Derivable
        } else {
            Ground::Undeclared
        }
    }

    fn forbidden_by(
        &self,
        path: &RepoPath,
        declaring: &[Declared],
        touchers: &Touchers,
    ) -> Option<Option<PlanLocation>> {
        if self.facts.policy.forbidden.contains(path.as_bytes()) {
            return Some(None);
        }
        self.forbidden.iter().find_map(|(lane, set)| {
            let index = set.matching(path.as_bytes())?;
            let binds = !self.is_work_of_others(*lane, declaring, touchers);
            binds.then(|| Some(self.facts.plan.lanes[*lane].forbidden[index].location.clone()))
        })
    }

    /// Whether all who touched the path work for other lanes than `lane`, and one of those lanes declares the path.
    fn is_work_of_others(&self, lane: usize, declaring: &[Declared], touchers: &Touchers) -> bool {
        let lane_of = |unit: &usize| self.facts.plan.units[*unit].lane;
        let declares = |unit: &usize| declaring.iter().any(|it| it.lane == lane_of(unit));
        touchers.all_paired
            && touchers.units.iter().all(|unit| lane_of(unit) != lane)
            && touchers.units.iter().any(declares)
    }

    fn is_sensitive(&self, path: &RepoPath, declaring: &[Declared]) -> bool {
        !self.danger_mode
            && self.facts.policy.sensitive.contains(path.as_bytes())
            && !declaring.iter().any(|it| self.facts.scope.is_exact(*it, path))
    }

    fn declared_ground(&self, path: &RepoPath, declaring: &[Declared], touchers: &Touchers) -> Ground {
        let at_home = |unit: &usize| self.facts.is_at_home(*unit, path, declaring);
        if touchers.all_paired && !touchers.units.iter().any(at_home) {
            Ground::WrongLane
        } else {
            Ground::Planned
        }
    }
}
