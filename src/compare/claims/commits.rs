//! The commits that a summary names, against what the repository knows of them.

use super::{Claims, code, listed};
use crate::model::{ClaimStatus, NamedCommit, ObjectId, RangeEnd, RepoPath};
use std::collections::BTreeSet;

impl Claims<'_> {
    /// A named commit must be one of the range, or have become one; and touch a file of the unit that it stands for. One
    /// that is said to stand for no unit (the commit of the summary itself, an earlier one) may be anywhere.
    pub(super) fn commit(&self, lane: Option<usize>, id: &str, named_unit: Option<&str>) -> ClaimStatus {
        let unit = named_unit.and_then(|unit| self.unit(lane, unit));
        let differs = |why: &str| match named_unit {
            Some(_) => contradicted(why),
            None => unchecked(why),
        };
        match self.named.get(id) {
            None | Some(NamedCommit::BeyondTheClone) => {
                unchecked("it is not in this clone, which holds only a part of the history")
            }
            Some(NamedCommit::Ambiguous) => unchecked("several objects begin with it"),
            Some(NamedCommit::After(_)) => unchecked("it comes after the range"),
            Some(NamedCommit::InRange(commit)) => self.standing_for(*commit, unit, None),
            Some(NamedCommit::Before(_)) => differs("it was there before the work began"),
            Some(NamedCommit::Elsewhere { became: Some(new), .. }) => {
                self.standing_for(*new, unit, Some(format!("it became {}", code(&new.short(8)))))
            }
            Some(NamedCommit::Elsewhere { reachable: true, .. }) => self.gone(unit, "it is on another branch", differs),
            Some(NamedCommit::Elsewhere { reachable: false, .. }) => {
                self.gone(unit, "it is on no branch any more", differs)
            }
            // It was rewritten away, or never was: which of them can't be known.
            Some(NamedCommit::Absent) => self.gone(unit, "no object has this id", differs),
        }
    }

    /// The unit of this id in the lane.
    pub(super) fn unit(&self, lane: Option<usize>, id: &str) -> Option<usize> {
        let units = self.facts.plan.units.iter();
        let is_meant = |unit: &crate::model::Unit| unit.id == id && lane.is_none_or(|lane| unit.lane == lane);
        let mut found = units
            .enumerate()
            .filter(|(_, unit)| is_meant(unit))
            .map(|(index, _)| index);
        found.next().filter(|_| found.next().is_none())
    }

    /// A commit that touches nothing of the unit's and nothing else but other units' files stands for another.
    fn standing_for(&self, commit: ObjectId, unit: Option<usize>, note: Option<String>) -> ClaimStatus {
        let commits = &self.facts.history.commits;
        let (Some(unit), Some(found)) = (unit, commits.iter().find(|it| it.id == commit)) else {
            return ClaimStatus::Holds(note);
        };
        let units = &self.facts.plan.units;
        let declares =
            |unit: usize, path: &RepoPath| units[unit].files.iter().any(|it| super::names(&it.pattern, path));
        let touched: Vec<&RepoPath> = found.changes.iter().map(|change| &change.path).collect();
        let is_home = units[unit].files.is_empty() || touched.iter().any(|path| declares(unit, path));
        if is_home || found.is_merge() {
            return ClaimStatus::Holds(note);
        }
        let own_files = &self.facts.own_files;
        let work: Vec<&RepoPath> = touched
            .into_iter()
            .filter(|path| !own_files.is_bookkeeping(path) && !own_files.is_derived(path))
            .collect();
        let others = |path: &&RepoPath| (0..units.len()).find(|&other| other != unit && declares(other, path));
        let homes: Vec<Option<usize>> = work.iter().map(others).collect();
        let own: Vec<String> = units[unit].files.iter().map(|it| code(&it.pattern.to_text())).collect();
        let none_of = format!("none of the files of {}: {}", self.called(unit), listed(&own));
        match homes.iter().copied().collect::<Option<BTreeSet<usize>>>() {
            None => unchecked(&format!("it touches {none_of}, and others that no unit declares")),
            Some(homes) if homes.is_empty() => contradicted(&format!("it changes {none_of}, nor any other work")),
            Some(homes) => {
                let homes: Vec<String> = homes.into_iter().map(|home| self.called(home)).collect();
                contradicted(&format!("it touches files of {}, and {none_of}", listed(&homes)))
            }
        }
    }

    /// A commit that is not there: where others stand for its unit, it is given the benefit of the doubt.
    fn gone(&self, unit: Option<usize>, place: &str, differs: impl Fn(&str) -> ClaimStatus) -> ClaimStatus {
        match self.stand_in(unit) {
            Some(commits) => unchecked(&format!("{place}; {commits} may be what it became")),
            None => differs(&format!("{place}, and no commit of the range could be what it became")),
        }
    }

    /// The commits that stand for the unit, as far as nothing else names them.
    fn stand_in(&self, unit: Option<usize>) -> Option<String> {
        let commits = &self.units.get(unit?)?.commits;
        let names: Vec<String> = commits
            .iter()
            .map(|&it| code(&self.facts.history.commits[it].id.short(8)))
            .collect();
        (!names.is_empty()).then(|| {
            format!(
                "{}, paired with {},",
                listed(&names),
                self.called(unit.unwrap_or_default())
            )
        })
    }

    /// Where the work is said to begin and to end.
    pub(super) fn head(&self, id: &str, end: RangeEnd) -> ClaimStatus {
        let history = self.facts.history;
        match (self.named.get(id), end) {
            (None | Some(NamedCommit::BeyondTheClone), _) => {
                unchecked("it is not in this clone, which holds only a part of the history")
            }
            (Some(NamedCommit::Ambiguous), _) => unchecked("several objects begin with it"),
            (Some(NamedCommit::Before(commit)), RangeEnd::Before) if *commit == history.merge_base => {
                ClaimStatus::Holds(None)
            }
            (Some(NamedCommit::Before(_)), RangeEnd::Before) => unchecked("the range begins later"),
            (Some(NamedCommit::InRange(_)), RangeEnd::Before) => unchecked("the range begins earlier"),
            (Some(NamedCommit::InRange(_)), RangeEnd::After) => ClaimStatus::Holds(None),
            (Some(NamedCommit::After(_)), RangeEnd::After) => unchecked("the range ends earlier"),
            (Some(NamedCommit::After(_)), RangeEnd::Before) => contradicted("it comes after the work"),
            (Some(NamedCommit::Before(_)), RangeEnd::After) => contradicted("it was there before the work began"),
            (Some(NamedCommit::Elsewhere { became: Some(new), .. }), _) => {
                ClaimStatus::Holds(Some(format!("it became {}", code(&new.short(8)))))
            }
            (Some(NamedCommit::Elsewhere { .. }), _) => {
                unchecked("it is on another branch: it may have been rewritten")
            }
            (Some(NamedCommit::Absent), _) => unchecked("no object has this id any more"),
        }
    }

    pub(super) fn called(&self, unit: usize) -> String {
        format!("unit {}", self.facts.plan.unit_name(unit))
    }
}

fn unchecked(why: &str) -> ClaimStatus {
    ClaimStatus::Unchecked(why.to_owned())
}

fn contradicted(why: &str) -> ClaimStatus {
    ClaimStatus::Contradicted(vec![why.to_owned()])
}
