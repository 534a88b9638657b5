//! Declarations that do not fit the tree they were written for.

use super::actions::file_of;
use super::facts::Facts;
use super::nearest::Nearest;
use super::scope::Scope;
use crate::model::{Action, Declaration, Declared, RepoPath, Stale, StaleKind, TreeListing};
use std::collections::HashSet;

/// Stale declarations of a plan that has a range: the merge base is the tree it was written for.
pub(super) fn against_history(facts: &Facts<'_>) -> Vec<Stale> {
    let nearest = Nearest::new(&facts.history.base_tree);
    let moved_here: HashSet<&RepoPath> = facts
        .history
        .changes
        .iter()
        .filter(|change| change.previous_path.is_some())
        .map(|change| &change.path)
        .collect();
    let kind = |declared: Declared, declaration: &Declaration| match file_of(&facts.touches, declaration) {
        Some(path) if moved_here.contains(&path) => None,
        Some(path) => of_file(
            declaration.action?,
            facts.touches.before(&path),
            &facts.scope.actions_on(&path),
        ),
        None => {
            let trees = [&facts.history.base_tree, &facts.history.target_tree];
            (!facts.met.contains(&declared)).then(|| of_pattern(declaration, &trees))?
        }
    };
    collect(&facts.scope, &nearest, kind)
}

/// Stale declarations of a plan alone, against the tree that it would start from.
pub(super) fn against_tree(scope: &Scope<'_>, tree: &TreeListing) -> Vec<Stale> {
    let nearest = Nearest::new(tree);
    let kind = |_, declaration: &Declaration| {
        let text = declaration.pattern.text();
        let is_file = tree.get(text.as_bytes()).is_some();
        let is_folder = !is_file && tree.matching(&declaration.pattern).next().is_some();
        let is_literal = declaration.pattern.literal().is_some() && !declaration.pattern.is_folder();
        if is_file || (is_literal && !is_folder) {
            let path = RepoPath::from(text);
            of_file(declaration.action?, is_file, &scope.actions_on(&path))
        } else if declaration.action == Some(Action::Create) {
            None
        } else {
            of_pattern(declaration, &[tree])
        }
    };
    collect(scope, &nearest, kind)
}

fn collect(
    scope: &Scope<'_>,
    nearest: &Nearest<'_>,
    kind: impl Fn(Declared, &Declaration) -> Option<StaleKind>,
) -> Vec<Stale> {
    let stale = |(declared, declaration): (Declared, &Declaration)| {
        let kind = kind(declared, declaration)?;
        let nearest = match kind {
            StaleKind::Present => None,
            StaleKind::Absent | StaleKind::NoMatch => nearest.to(&declaration.pattern),
        };
        Some(Stale {
            declared,
            kind,
            nearest,
        })
    };
    scope.without_repeats().filter_map(stale).collect()
}

/// A file with an action; without one it may be yet to be made.
fn of_file(action: Action, is_there: bool, all_actions: &[Action]) -> Option<StaleKind> {
    let comes = all_actions.contains(&Action::Create);
    let leaves = all_actions.contains(&Action::Delete) || all_actions.contains(&Action::Rename);
    match action {
        Action::Create => (is_there && !leaves).then_some(StaleKind::Present),
        Action::Modify | Action::Delete | Action::Rename => (!is_there && !comes).then_some(StaleKind::Absent),
    }
}

fn of_pattern(declaration: &Declaration, trees: &[&TreeListing]) -> Option<StaleKind> {
    let names_a_file = |tree: &&TreeListing| tree.matching(&declaration.pattern).next().is_some();
    (!trees.iter().any(names_a_file)).then_some(StaleKind::NoMatch)
}
