//! The touched files: one delta for each net change, with its class.

use super::classify::{Classifier, Ground, Touchers};
use super::derived::PlannedFolders;
use super::facts::Facts;
use super::oddities::{is_resurrected, special};
use super::touches::{renamed_from, sides};
use crate::model::{Action, Change, ChangeKind, Declared, FileClass, FileDelta, PlanLocation, RenameScope, RepoPath};
use std::collections::HashMap;

/// The touched files, and what the comparison of commits needs to know of them.
pub(super) struct Files<'a> {
    pub deltas: Vec<FileDelta>,
    /// The class of each touched path, each side of a rename with its own.
    pub classes: HashMap<&'a RepoPath, FileClass>,
    /// Where derived files have their source.
    pub planned_folders: PlannedFolders<'a>,
}

/// One touched path: a whole change, or one side of a rename.
struct Side<'a> {
    path: &'a RepoPath,
    declaring: Vec<Declared>,
    ground: Ground,
}

pub(super) fn files<'a>(facts: &Facts<'a>, classifier: &Classifier<'_>) -> Files<'a> {
    let changes: Vec<Vec<Side<'a>>> = facts
        .history
        .changes
        .iter()
        .map(|change| {
            let mut both: Vec<_> = sides(change).map(|path| side(facts, classifier, path)).collect();
            cover_declared_rename(facts, &mut both);
            both
        })
        .collect();
    let planned = changes.iter().flatten().filter(|side| side.ground.is_declared());
    let planned_folders = PlannedFolders::new(planned.map(|side| side.path));
    let class = |side: &Side<'_>| {
        side.ground
            .class(|| planned_folders.hold_source_of(side.path, &facts.scope))
    };
    let deltas = changes
        .iter()
        .enumerate()
        .map(|(index, sides)| delta(facts, index, sides, class))
        .collect();
    let classes = changes.iter().flatten().map(|side| (side.path, class(side))).collect();
    Files {
        deltas,
        classes,
        planned_folders,
    }
}

fn side<'a>(facts: &Facts<'a>, classifier: &Classifier<'_>, path: &'a RepoPath) -> Side<'a> {
    let declaring = facts.scope.declaring(path);
    let touchers = Touchers::of(facts, facts.touches.commits(path));
    Side {
        ground: classifier.ground(path, &declaring, &touchers),
        path,
        declaring,
    }
}

/// A plan has no way to say where a RENAME leads, so that one which spells either side declares the other too; as does a
/// unit whose title says that it renames.
fn cover_declared_rename(facts: &Facts<'_>, sides: &mut [Side<'_>]) {
    let is_rename = |it: &Declared| {
        let by_title = it.unit.is_some_and(|unit| says_rename(&facts.plan.units[unit].title));
        facts.scope.declaration(*it).action == Some(Action::Rename) || by_title
    };
    let spells_rename = |side: &Side<'_>| {
        let mut exact = side.declaring.iter().filter(|it| facts.scope.is_exact(**it, side.path));
        exact.any(is_rename)
    };
    if sides.len() < 2 || !sides.iter().any(spells_rename) {
        return;
    }
    for side in sides.iter_mut().filter(|side| side.ground == Ground::Undeclared) {
        side.ground = Ground::Planned;
    }
}

fn says_rename(title: &str) -> bool {
    let words = title.split(|c: char| !c.is_alphanumeric());
    words
        .map(str::to_lowercase)
        .any(|word| matches!(&*word, "rename" | "renames" | "renaming"))
}

fn delta(facts: &Facts<'_>, index: usize, sides: &[Side<'_>], class: impl Fn(&Side<'_>) -> FileClass) -> FileDelta {
    let change = &facts.history.changes[index];
    let class_of_worst = sides.iter().map(&class).max().unwrap_or(FileClass::Undeclared);
    let mut declared_by: Vec<Declared> = sides.iter().flat_map(|side| &side.declaring).copied().collect();
    declared_by.sort_by_key(|it| (it.unit.is_some(), it.unit, it.lane, it.index));
    declared_by.dedup();
    let mut commits: Vec<usize> = sides.iter().flat_map(|side| facts.touches.commits(side.path)).collect();
    commits.sort_unstable();
    commits.dedup();
    FileDelta {
        change: index,
        class: class_of_worst,
        units: Touchers::of(facts, commits.iter().copied()).units,
        commits,
        rename: rename_scope(change, sides, &class),
        unplanned_delete: change.kind == ChangeKind::Deleted
            && !matches!(class_of_worst, FileClass::Bookkeeping | FileClass::Derived)
            && !is_planned_delete(facts, &change.path, &declared_by),
        resurrected: is_resurrected(facts, change),
        special: special(change),
        forbidden_by: sides.iter().find_map(forbidden_by),
        declared_by,
    }
}

/// Which sides of a rename are declared; bookkeeping and derived files need no declaration.
fn rename_scope(change: &Change, sides: &[Side<'_>], class: impl Fn(&Side<'_>) -> FileClass) -> Option<RenameScope> {
    renamed_from(change)?;
    let [to, from] = sides else { return None };
    let declared = |side: &Side<'_>| !side.declaring.is_empty() || class(side) < FileClass::Undeclared;
    Some(RenameScope {
        from_declared: declared(from),
        to_declared: declared(to),
    })
}

fn is_planned_delete(facts: &Facts<'_>, path: &RepoPath, declared_by: &[Declared]) -> bool {
    declared_by.iter().any(|it| {
        let action = facts.scope.declaration(*it).action;
        matches!(action, Some(Action::Delete | Action::Rename)) || facts.scope.is_exact(*it, path)
    })
}

fn forbidden_by(side: &Side<'_>) -> Option<PlanLocation> {
    match &side.ground {
        Ground::Forbidden(by) => by.clone(),
        _ => None,
    }
}
