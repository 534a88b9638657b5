//! Promises that no touched path met, and where the work may have gone instead.

use super::facts::Facts;
use super::files::Files;
use super::scope::spells_a_file;
use crate::model::{Action, ChangeKind, Declaration, Declared, FileClass, RepoPath, Untouched};
use bstr::BStr;
use std::collections::{HashMap, HashSet};

/// The untouched promises, in the order of the plan.
///
/// A folder or wildcard is met by any touched path that it names. What both a lane and one of its units declare counts
/// for the unit. A file that the plan both creates and deletes is not expected to show.
pub(super) fn untouched(facts: &Facts<'_>, files: &Files<'_>) -> Vec<Untouched> {
    let unmet: Vec<(Declared, &Declaration)> = facts
        .scope
        .promises()
        .filter(|(declared, declaration)| !facts.met.contains(declared) && !comes_and_goes(facts, declaration))
        .collect();
    let misplaced = misplaced(facts, files, &unmet);
    let entry = |(declared, declaration): &(Declared, &Declaration)| Untouched {
        declared: *declared,
        misplaced_to: misplaced.get(declaration.pattern.text()).map(|&path| path.clone()),
        exists: facts
            .history
            .target_tree
            .matching(&declaration.pattern)
            .next()
            .is_some(),
    };
    unmet.iter().map(entry).collect()
}

/// Whether the plan itself creates and deletes the file inside the range.
fn comes_and_goes(facts: &Facts<'_>, declaration: &Declaration) -> bool {
    let has = |action: Action| declaration.action == Some(action);
    if !spells_a_file(declaration) || !(has(Action::Create) || has(Action::Delete)) {
        return false;
    }
    let path = RepoPath::from(declaration.pattern.text());
    let actions = facts.scope.actions_on(&path);
    let both = actions.contains(&Action::Create) && actions.contains(&Action::Delete);
    both && !facts.touches.before(&path) && !facts.touches.after(&path)
}

/// For each untouched file the touched, undeclared path of the same name that is most alike; each path for one file.
fn misplaced<'a>(
    facts: &Facts<'a>,
    files: &Files<'_>,
    unmet: &[(Declared, &'a Declaration)],
) -> HashMap<&'a str, &'a RepoPath> {
    let by_name = undeclared_by_name(facts, files);
    let mut pairs = Vec::new();
    for (_, declaration) in unmet.iter().filter(|(_, declaration)| spells_a_file(declaration)) {
        let text = declaration.pattern.text();
        let name = BStr::new(text.rsplit('/').next().unwrap_or(text));
        let places = by_name.get(name).map_or(&[][..], Vec::as_slice);
        let near = |path: &&&RepoPath| !is_in_every_folder(name) || is_beside(text, path);
        let near = places.iter().filter(near);
        pairs.extend(near.map(|&path| (shared_folders(text, path), text, path)));
    }
    pairs.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    let mut taken = HashSet::new();
    let mut found = HashMap::new();
    for (_, text, path) in pairs {
        if !found.contains_key(text) && taken.insert(path) {
            found.insert(text, path);
        }
    }
    found
}

/// The most paths of one name that are looked at: a name that is everywhere says nothing about where work went.
const MAX_PLACES: usize = 64;

fn undeclared_by_name<'a>(facts: &Facts<'a>, files: &Files<'_>) -> HashMap<&'a BStr, Vec<&'a RepoPath>> {
    let mut by_name: HashMap<&BStr, Vec<&RepoPath>> = HashMap::new();
    let written = facts.history.changes.iter().filter(|it| it.kind != ChangeKind::Deleted);
    for path in written.map(|change| &change.path) {
        if files.classes.get(path) == Some(&FileClass::Undeclared) {
            let places = by_name.entry(path.file_name()).or_default();
            if places.len() < MAX_PLACES {
                places.push(path);
            }
        }
    }
    by_name
}

/// Names that many folders have (`index.ts`, `README.md`): by themselves they don't tell that work went elsewhere.
const COMMON_STEMS: &[&str] = &[
    "__init__",
    "README",
    "SKILL",
    "Cargo",
    "config",
    "constants",
    "index",
    "layout",
    "lib",
    "main",
    "mod",
    "package",
    "page",
    "route",
    "styles",
    "types",
    "utils",
];

fn is_in_every_folder(name: &BStr) -> bool {
    let stem = name.split(|&byte| byte == b'.').next().unwrap_or_default();
    COMMON_STEMS.iter().any(|common| common.as_bytes() == stem)
}

/// Whether the folders that hold both have the same name, or one lies in the other.
fn is_beside(text: &str, path: &RepoPath) -> bool {
    let (one, other) = (folder_of(text.as_bytes()), folder_of(path.as_bytes()));
    let name = |folder: &[u8]| folder.rsplit(|&byte| byte == b'/').next().map(<[u8]>::to_vec);
    let holds = |outer: &[u8], inner: &[u8]| {
        let rest = inner.strip_prefix(outer);
        !outer.is_empty() && rest.is_some_and(|rest| rest.starts_with(b"/"))
    };
    name(one) == name(other) || holds(one, other) || holds(other, one)
}

/// The folder that holds `path`; empty at the top.
fn folder_of(path: &[u8]) -> &[u8] {
    path.iter()
        .rposition(|&byte| byte == b'/')
        .map_or(&[], |at| &path[..at])
}

/// How many parts both paths share, from the top down and from the name up.
fn shared_folders(text: &str, path: &RepoPath) -> usize {
    let of_text: Vec<&[u8]> = text.as_bytes().split(|&byte| byte == b'/').collect();
    let of_path: Vec<&[u8]> = path.as_bytes().split(|&byte| byte == b'/').collect();
    let same = |(a, b): &(&&[u8], &&[u8])| a == b;
    let from_top = of_text.iter().zip(&of_path).take_while(same).count();
    let from_name = of_text.iter().rev().zip(of_path.iter().rev()).take_while(same).count();
    from_top + from_name
}
