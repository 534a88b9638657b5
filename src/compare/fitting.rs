//! Which unit a commit in the making stands for, judged by its paths alone.

use super::scope::Scope;
use crate::model::{Plan, RepoPath};
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
