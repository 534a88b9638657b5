//! Whether the last commit of a range can be judged alone, whatever the commits before it are.

use super::pair::named_by_last;
use super::touches::sides;
use crate::model::{ChangeKind, Comparison, FileClass, FileDelta, History, PatternSet, Plan, RepoPath};
use std::collections::HashSet;

/// Whether the last commit says itself which units it stands for; where a plan has none there is nothing to say. For all
/// other commits it is the range as a whole that tells.
pub fn names_its_units(plan: &Plan, history: &History) -> bool {
    plan.units.is_empty() || named_by_last(plan, history)
}

/// Whether a comparison with a history whose last commit is its only one, and in which the rules found nothing, has
/// nothing to be found in that commit either once the commits before it are there. Its net changes are those of the range.
///
/// Other commits can take a path into the wrong lane or under a lane's ban, rename it, or have deleted it before. Where the
/// commit names its units, each of its paths is theirs and no lane's to forbid, and the base has them all, they can't.
pub fn stands_alone(comparison: &Comparison<'_>) -> bool {
    let Some(history) = comparison.history else {
        return false;
    };
    let changes = history.commits.iter().flat_map(|commit| &commit.changes);
    let touched: HashSet<&RepoPath> = changes.flat_map(sides).collect();
    let is_settled = |file: &FileDelta| {
        let change = comparison.change(file);
        let was_there = matches!(
            change.kind,
            ChangeKind::Modified | ChangeKind::TypeChanged | ChangeKind::Deleted
        );
        let is_other = !sides(change).any(|path| touched.contains(path));
        is_other || (was_there && file.class == FileClass::Planned)
    };
    names_its_units(comparison.plan, history)
        && !is_forbidden_to_a_lane(comparison.plan, &touched)
        && comparison.files.iter().all(is_settled)
}

/// Whether a lane forbids one of the paths, if only to itself.
fn is_forbidden_to_a_lane(plan: &Plan, paths: &HashSet<&RepoPath>) -> bool {
    let forbidding = plan.lanes.iter().filter(|lane| !lane.forbidden.is_empty());
    let mut sets = forbidding.map(|lane| PatternSet::new(lane.forbidden.iter().map(|it| it.pattern.clone())));
    sets.any(|set| paths.iter().any(|path| set.contains(path.as_bytes())))
}
