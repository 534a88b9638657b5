//! Which commits no hook compared with the plan when they were made.

use crate::model::{History, Unwitnessed, UnwitnessedKind, Witness, Witnesses};
use std::collections::HashMap;

/// The commits that the work itself made and no hook compared, oldest first.
///
/// Merges are left out, and what they brought along: git calls no hook for others' commits, and a merge is what others
/// made. Commits before the first one that a hook saw are one finding, because the hooks were not at work yet. Where no
/// hook saw any, that counts only if hooks are in place: who works without them has nothing to be told.
pub(super) fn unwitnessed(history: &History, known: Option<&Witnesses>) -> Vec<Unwitnessed> {
    let Some(known) = known else { return Vec::new() };
    let line = own_line(history);
    let witness = |commit: usize| known.commits.get(commit).and_then(Option::as_ref);
    let first_seen = line.iter().position(|&commit| witness(commit).is_some());
    let (early, later) = line.split_at(first_seen.unwrap_or(line.len()));
    let mut found = Vec::new();
    if !early.is_empty() && (first_seen.is_some() || known.hooked) {
        found.push(Unwitnessed {
            commits: early.to_vec(),
            kind: UnwitnessedKind::Early {
                first_seen: later.first().copied(),
            },
        });
    }
    let one = |&commit: &usize| {
        let commits = vec![commit];
        kind(witness(commit)).map(|kind| Unwitnessed { commits, kind })
    };
    found.extend(later.iter().filter_map(one));
    found
}

fn kind(witness: Option<&Witness>) -> Option<UnwitnessedKind> {
    match witness {
        Some(Witness::Checked | Witness::Replayed) => None,
        Some(Witness::Skipped) => Some(UnwitnessedKind::Skipped),
        Some(Witness::Error(why)) => Some(UnwitnessedKind::Failed(why.clone())),
        Some(Witness::Bypassed) => Some(UnwitnessedKind::Bypassed),
        None => Some(UnwitnessedKind::Unseen),
    }
}

/// Indices of the commits that lead from the target back to the base by first parents, oldest first, without merges.
fn own_line(history: &History) -> Vec<usize> {
    let commits = &history.commits;
    let places: HashMap<_, usize> = commits.iter().enumerate().map(|(at, commit)| (commit.id, at)).collect();
    let mut line = Vec::new();
    let mut next = places.get(&history.target);
    while let Some(&at) = next {
        if !commits[at].is_merge() {
            line.push(at);
        }
        next = commits[at].parents.first().and_then(|parent| places.get(parent));
    }
    line.reverse();
    line
}
