//! Finding again the commits whose notes lost theirs: after a rebase, a squash or a cherry-pick that no hook saw.
//!
//! A commit is gone when no branch and no tag leads to it. What it changes still has a name, in its note's line, and where
//! exactly one commit of a branch changes the same, the note belongs there too. Where several do, nothing is guessed.

use super::{Body, gather};
use crate::git::{PathSets, Repository};
use crate::model::{ObjectId, OrphanReason, OrphanedNote};
use crate::ops::{OpsError, World};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// The most commits that are looked through, newest first.
const MOST_CANDIDATES: usize = 20_000;

/// From where each run's last report counts changes, and to where.
pub(super) type Ranges = BTreeMap<String, (ObjectId, ObjectId)>;

/// What became of the notes whose commits are gone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attachment {
    /// Commits that took over the note of at least one that is gone.
    pub attached: usize,
    /// The notes that no commit took over.
    pub orphaned: Vec<OrphanedNote>,
}

/// Commits with notes that no branch leads to.
struct Orphans {
    notes: BTreeMap<ObjectId, Body>,
    /// The names of what they change, and of what whole runs of them change: where such a commit may have gone.
    wanted: BTreeMap<String, BTreeSet<ObjectId>>,
    /// The paths of these changes, if they are all known.
    paths: Option<PathSets>,
}

/// Takes notes over from commits that are gone to those that change the same.
pub(super) fn attach(repository: &Repository, world: &World, ranges: &Ranges) -> Result<Attachment, OpsError> {
    let all = repository.notes()?.all()?;
    let reached = repository.commits_of_branches()?;
    let known: HashSet<ObjectId> = reached.iter().copied().collect();
    let bodies = all.iter().map(|(commit, note)| (*commit, Body::of(Some(note))));
    let (living, gone): (BTreeMap<_, _>, BTreeMap<_, _>) = bodies.partition(|(commit, _)| known.contains(commit));
    let gone: BTreeMap<ObjectId, Body> = gone.into_iter().filter(|(_, body)| !body.notes().is_empty()).collect();
    if gone.is_empty() {
        return Ok(Attachment::default());
    }
    let orphans = orphans(repository, world, gone, ranges)?;
    let candidates = &reached[..reached.len().min(MOST_CANDIDATES)];
    let found = find(repository, world, candidates, &orphans)?;
    let (moves, mut attachment) = decide(&orphans, &found, &living);
    attachment.attached = moves.len();
    gather(
        repository,
        world,
        &moves,
        "notes: attached to the commits that theirs became",
    )?;
    Ok(attachment)
}

fn orphans(
    repository: &Repository,
    world: &World,
    notes: BTreeMap<ObjectId, Body>,
    ranges: &Ranges,
) -> Result<Orphans, OpsError> {
    let commits: Vec<ObjectId> = notes.keys().copied().collect();
    let patches = repository.patches(&commits, world.threads, None)?;
    let mut wanted: BTreeMap<String, BTreeSet<ObjectId>> = BTreeMap::new();
    let mut paths = Some(PathSets::new());
    let mut runs: BTreeMap<String, BTreeSet<ObjectId>> = BTreeMap::new();
    for (commit, patch) in commits.iter().zip(patches) {
        if let (Some(paths), Some(patch)) = (&mut paths, &patch) {
            paths.insert(patch.paths.clone());
        } else {
            paths = None;
        }
        let noted = notes[commit].notes();
        let own = patch.and_then(|patch| patch.id);
        let names = noted.iter().filter_map(|note| note.patch.clone()).chain(own);
        for name in names {
            wanted.entry(name).or_default().insert(*commit);
        }
        for note in noted {
            runs.entry(note.run).or_default().insert(*commit);
        }
    }
    for (run, commits) in runs.into_iter().filter(|(_, commits)| commits.len() > 1) {
        let Some((base, target)) = ranges.get(&run) else {
            continue;
        };
        let Some(whole) = repository.patch_between(*base, *target)? else {
            continue;
        };
        if let Some(name) = whole.id {
            wanted.entry(name).or_default().extend(commits);
            if let Some(paths) = &mut paths {
                paths.insert(whole.paths);
            }
        }
    }
    Ok(Orphans { notes, wanted, paths })
}

/// The candidates that make one of the wanted changes, by the change's name.
fn find(
    repository: &Repository,
    world: &World,
    candidates: &[ObjectId],
    orphans: &Orphans,
) -> Result<BTreeMap<String, Vec<ObjectId>>, OpsError> {
    let patches = repository.patches(candidates, world.threads, orphans.paths.as_ref())?;
    let mut found: BTreeMap<String, Vec<ObjectId>> = BTreeMap::new();
    for (commit, patch) in candidates.iter().zip(patches) {
        let name = patch.and_then(|patch| patch.id);
        if let Some(name) = name.filter(|name| orphans.wanted.contains_key(name)) {
            found.entry(name).or_default().push(*commit);
        }
    }
    Ok(found)
}

/// Which notes go where. A run that has reported the new commit itself has settled it: the old line is history.
fn decide(
    orphans: &Orphans,
    found: &BTreeMap<String, Vec<ObjectId>>,
    living: &BTreeMap<ObjectId, Body>,
) -> (BTreeMap<ObjectId, Vec<Body>>, Attachment) {
    let mut moves: BTreeMap<ObjectId, Vec<Body>> = BTreeMap::new();
    let mut open: BTreeSet<ObjectId> = orphans.notes.keys().copied().collect();
    let mut ambiguous = BTreeSet::new();
    for (name, olds) in &orphans.wanted {
        let candidates = found.get(name).map(Vec::as_slice).unwrap_or_default();
        for old in olds {
            let body = &orphans.notes[old];
            if candidates.iter().any(|new| has_all_runs(living.get(new), body)) {
                open.remove(old);
            } else if let [new] = candidates {
                open.remove(old);
                moves
                    .entry(*new)
                    .or_default()
                    .push(without_runs_of(body, living.get(new)));
            } else if !candidates.is_empty() {
                ambiguous.insert(*old);
            }
        }
    }
    let orphaned = |commit: ObjectId| OrphanedNote {
        commit,
        runs: orphans.notes[&commit]
            .notes()
            .into_iter()
            .map(|note| note.run)
            .collect(),
        reason: match ambiguous.contains(&commit) {
            true => OrphanReason::Ambiguous,
            false => OrphanReason::Lost,
        },
    };
    let attachment = Attachment {
        attached: 0,
        orphaned: open.into_iter().map(orphaned).collect(),
    };
    (moves, attachment)
}

fn has_all_runs(living: Option<&Body>, old: &Body) -> bool {
    let Some(living) = living else { return false };
    let there: Vec<String> = living.notes().into_iter().map(|note| note.run).collect();
    old.notes().iter().all(|note| there.contains(&note.run))
}

fn without_runs_of(old: &Body, living: Option<&Body>) -> Body {
    let there: Vec<String> = living
        .map(Body::notes)
        .unwrap_or_default()
        .into_iter()
        .map(|it| it.run)
        .collect();
    old.only(|note| !there.contains(&note.run))
}
