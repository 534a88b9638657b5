//! Declared actions against what git shows, at both ends of the range.
//!
//! The first end is the merge base, so that what others did on the base meanwhile counts for nobody. Where several
//! declarations name one path, they are steps of one story: a CREATE by one unit makes the MODIFY of the next one right,
//! and a DELETE makes the CREATE before it right.

use super::facts::Facts;
use super::touches::{Touches, renamed_from, sides};
use crate::model::{Action, ActionMismatch, ActionMismatchKind, ChangeKind, Declaration, Declared, RepoPath};

/// The actions that did not happen as declared, in the order of the plan.
pub(super) fn mismatches(facts: &Facts<'_>) -> Vec<ActionMismatch> {
    let mut found = Vec::new();
    for (declared, declaration) in facts.scope.all() {
        let Some(action) = declaration.action else { continue };
        let add = |(path, kind)| found.push(ActionMismatch { declared, path, kind });
        match file_of(&facts.touches, declaration) {
            Some(path) => of_file(facts, action, &path)
                .map(|kind| (path, kind))
                .into_iter()
                .for_each(add),
            None => of_pattern(facts, declared, declaration, action)
                .into_iter()
                .for_each(add),
        }
    }
    found
}

type Off = (RepoPath, ActionMismatchKind);

/// The one file that a declaration means: a path without wildcards that is no folder at either end, or one that is
/// spelled like a file of either end.
pub(super) fn file_of(touches: &Touches<'_>, declaration: &Declaration) -> Option<RepoPath> {
    let pattern = &declaration.pattern;
    let path = RepoPath::from(pattern.text());
    if pattern.is_folder() || pattern.text().is_empty() {
        return None;
    }
    let is_file = touches.before(&path) || touches.after(&path);
    let is_literal = pattern.literal().is_some() && !touches.is_folder(&path);
    (is_file || is_literal).then_some(path)
}

/// What is off with one file, at the earlier end if at both.
fn of_file(facts: &Facts<'_>, action: Action, path: &RepoPath) -> Option<ActionMismatchKind> {
    use ActionMismatchKind as Kind;
    let (before, after) = (facts.touches.before(path), facts.touches.after(path));
    let others = facts.scope.actions_on(path);
    let leaves = others.contains(&Action::Delete) || others.contains(&Action::Rename);
    let comes = others.contains(&Action::Create);
    match action {
        Action::Create if leaves => None,
        Action::Create if before => Some(Kind::CreateButExisted),
        Action::Create => (!after).then_some(Kind::NotCreated),
        _ if comes => None,
        Action::Modify if !before => Some(Kind::ModifyButAbsent),
        Action::Modify => {
            let is_gone = !after && !leaves && !is_renamed_out_of_scope(facts, path);
            is_gone.then_some(Kind::ModifyButDeleted)
        }
        Action::Delete if !before => Some(Kind::DeleteButAbsent),
        Action::Delete => after.then_some(Kind::NotDeleted),
        Action::Rename => (before && after).then_some(Kind::NotRenamed),
    }
}

/// Whether a rename took the file to a path that nobody declares: the rename says so itself.
fn is_renamed_out_of_scope(facts: &Facts<'_>, path: &RepoPath) -> bool {
    let mut renames = facts.history.changes.iter().filter(|it| renamed_from(it) == Some(path));
    renames.any(|change| !facts.scope.declares(change.path.as_bytes()))
}

/// A folder or wildcard: CREATE brings at least one file and changes none that was there and that nobody else declares;
/// DELETE and RENAME leave none. MODIFY is met by any change, which is for others to judge.
fn of_pattern(facts: &Facts<'_>, declared: Declared, declaration: &Declaration, action: Action) -> Vec<Off> {
    match action {
        Action::Create => of_created_pattern(facts, declared, declaration),
        Action::Modify => Vec::new(),
        Action::Delete => still_there(facts, declaration, ActionMismatchKind::NotDeleted),
        Action::Rename => still_there(facts, declaration, ActionMismatchKind::NotRenamed),
    }
}

fn of_created_pattern(facts: &Facts<'_>, declared: Declared, declaration: &Declaration) -> Vec<Off> {
    let only_created = |path: &RepoPath| {
        let declaring = facts.scope.declaring(path);
        let is_create = |it: &Declared| facts.scope.declaration(*it).action == Some(Action::Create);
        declaring.contains(&declared) && declaring.iter().all(is_create)
    };
    let changed = facts
        .history
        .changes
        .iter()
        .filter(|it| it.kind == ChangeKind::Modified);
    let mut off: Vec<Off> = changed
        .filter(|change| only_created(&change.path))
        .map(|change| (change.path.clone(), ActionMismatchKind::CreateButExisted))
        .collect();
    let pattern = &declaration.pattern;
    let touched = facts.history.changes.iter().flat_map(sides);
    let mut there = touched.filter(|path| pattern.matches(path.as_bytes()) && facts.touches.after(path));
    if there.next().is_none() && facts.history.target_tree.matching(pattern).next().is_none() {
        off.push((RepoPath::from(pattern.text()), ActionMismatchKind::NotCreated));
    }
    off
}

/// The first file that the pattern names at both ends.
fn still_there(facts: &Facts<'_>, declaration: &Declaration, kind: ActionMismatchKind) -> Vec<Off> {
    let mut at_target = facts.history.target_tree.matching(&declaration.pattern);
    let stayed = at_target.find(|file| facts.touches.before(&file.path));
    stayed.map(|file| (file.path.clone(), kind)).into_iter().collect()
}
