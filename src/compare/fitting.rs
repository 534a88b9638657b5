//! Which unit a commit stands for, judged by itself and not by the rest of its range.

use super::pair::named_units;
use super::scope::Scope;
use crate::model::{Commit, Plan, RepoPath};
use std::collections::BTreeSet;

/// The only unit that declares every one of the paths which any unit declares; `None` where none or several do.
///
/// Paths that no unit declares say nothing. A unit whose folder or wildcard covers the paths is as good as one that
/// spells them: where both are there, nothing is clear.
pub fn fitting_unit<'p>(plan: &Plan, paths: impl IntoIterator<Item = &'p RepoPath>) -> Option<usize> {
    let scope = Scope::new(plan);
    let mut fitting: Option<BTreeSet<usize>> = None;
    for path in paths {
        let units: BTreeSet<usize> = scope.declaring(path).iter().filter_map(|it| it.unit).collect();
        if units.is_empty() {
            continue;
        }
        fitting = Some(match fitting {
            None => units,
            Some(before) => before.intersection(&units).copied().collect(),
        });
    }
    let mut fitting = fitting?.into_iter();
    fitting.next().filter(|_| fitting.next().is_none())
}

/// Indices of the units that a commit stands for, as far as it tells by itself: those that its trailers name, else the one
/// that its paths fit.
pub fn units_of(plan: &Plan, commit: &Commit) -> Vec<usize> {
    let named = named_units(plan, commit);
    if !named.is_empty() {
        return named;
    }
    let fitting = fitting_unit(plan, commit.changes.iter().map(|change| &change.path));
    fitting.into_iter().collect()
}
