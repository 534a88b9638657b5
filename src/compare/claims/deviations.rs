//! "No deviations", against the deviations that git shows; and those that are said openly.

use super::{Claims, are, code, count, listed};
use crate::model::{ClaimStatus, FileClass, PathPattern, UnitStatus};

impl Claims<'_> {
    /// The plan was done as it was written: nothing undeclared was touched, nothing declared left, no unit left out.
    pub(super) fn no_deviations(&self, lane: Option<usize>) -> ClaimStatus {
        let differences: Vec<String> = [self.undeclared(lane), self.left_files(lane), self.left_units(lane)]
            .into_iter()
            .flatten()
            .collect();
        let plan = self.facts.plan;
        if !differences.is_empty() {
            ClaimStatus::Contradicted(differences)
        } else if self.facts.scope.len() == 0 && plan.units.is_empty() {
            ClaimStatus::Unchecked("the plan declares nothing".into())
        } else {
            ClaimStatus::Holds(None)
        }
    }

    fn undeclared(&self, lane: Option<usize>) -> Option<String> {
        let own = self.own_commits(lane);
        let outside = [FileClass::Undeclared, FileClass::Sensitive, FileClass::Forbidden];
        let is_outside = |file: &&crate::model::FileDelta| {
            outside.contains(&file.class) && file.commits.iter().any(|commit| own.contains(commit))
        };
        let changes = &self.facts.history.changes;
        let paths: Vec<String> = self
            .files
            .iter()
            .filter(is_outside)
            .map(|file| code(&changes[file.change].path.to_string()))
            .collect();
        let verb = if paths.len() == 1 { "was" } else { "were" };
        (!paths.is_empty()).then(|| {
            format!(
                "{} that it does not declare {verb} touched: {}",
                count(paths.len(), "file"),
                listed(&paths)
            )
        })
    }

    fn left_files(&self, lane: Option<usize>) -> Option<String> {
        let missing = |unit: usize| self.units[unit].status == UnitStatus::Missing;
        let is_left = |it: &&crate::model::Untouched| {
            let of_lane = lane.is_none_or(|lane| it.declared.lane == lane);
            of_lane && !it.declared.unit.is_some_and(missing)
        };
        let mut paths: Vec<String> = self
            .untouched
            .iter()
            .filter(is_left)
            .map(|it| code(&self.facts.plan.declaration(it.declared).pattern.to_text()))
            .collect();
        paths.sort();
        paths.dedup();
        let verb = if paths.len() == 1 { "was" } else { "were" };
        (!paths.is_empty()).then(|| format!("{} {verb} declared and not touched", listed(&paths)))
    }

    fn left_units(&self, lane: Option<usize>) -> Option<String> {
        let units = &self.facts.plan.units;
        let is_left = |unit: &usize| {
            self.units[*unit].status == UnitStatus::Missing && lane.is_none_or(|lane| units[*unit].lane == lane)
        };
        let left: Vec<String> = (0..units.len()).filter(is_left).map(|unit| self.called(unit)).collect();
        (!left.is_empty()).then(|| format!("{} without a commit", are(&left)))
    }

    /// A deviation that is said openly: git shows it, or shows nothing of it.
    pub(super) fn deviation(&self, paths: &[PathPattern]) -> ClaimStatus {
        match paths.iter().any(|path| self.touched_in_range(path)) {
            true => ClaimStatus::Holds(None),
            false if paths.is_empty() => ClaimStatus::Unchecked("it names no file".into()),
            false => ClaimStatus::Unchecked("no commit of the range touched the files that it names".into()),
        }
    }
}
