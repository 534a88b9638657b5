//! Notes on commits: an index of what runs said of them, which can be rebuilt from the records.

mod attach;
mod body;
mod pending;
mod rebuild;

pub use crate::report::wire::v1::{Note, Verdict};
pub use attach::Attachment;
pub use body::{Body, join};
pub use pending::{note_commit, write_pending};
pub use rebuild::{Rebuilt, rebuild};

use super::{OpsError, World};
use crate::git::{NotesChange, Repository};
use crate::model::ObjectId;
use crate::report::wire::v1::RunReport;
use std::collections::BTreeMap;

/// What runs say of commits: the lines to be put into each commit's note.
type Lines = BTreeMap<ObjectId, Vec<Note>>;

/// A commit with its note.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The commit.
    pub commit: ObjectId,
    /// Its subject; `None` where the commit is not here.
    pub subject: Option<String>,
    /// What runs say of it.
    pub notes: Vec<Note>,
    /// What others wrote, as it is.
    pub foreign: Vec<u8>,
}

impl Shown {
    /// Whether there is a note at all.
    pub fn says_something(&self) -> bool {
        !(self.notes.is_empty() && self.foreign.is_empty())
    }
}

/// The note of `rev`.
pub fn show(world: &World, rev: &str) -> Result<Shown, OpsError> {
    let repository = Repository::open(&world.directory, &world.environment)?;
    let commit = repository.resolve_commit(rev)?;
    let note = repository.notes()?.get(commit)?;
    shown(&repository, commit, note.as_deref())
}

/// Every note, in the order of the commits' ids.
pub fn all(world: &World) -> Result<Vec<Shown>, OpsError> {
    let repository = Repository::open(&world.directory, &world.environment)?;
    let notes = repository.notes()?.all()?;
    notes
        .iter()
        .map(|(commit, note)| shown(&repository, *commit, Some(note)))
        .collect()
}

fn shown(repository: &Repository, commit: ObjectId, note: Option<&[u8]>) -> Result<Shown, OpsError> {
    let body = Body::of(note);
    Ok(Shown {
        commit,
        subject: repository.subject(commit)?,
        notes: body.notes(),
        foreign: body.foreign().to_vec(),
    })
}

/// Notes what the report says of each commit of its range, in one commit; returns how many notes changed. A second time
/// nothing changes, and nothing is written.
pub fn annotate(repository: &Repository, world: &World, report: &RunReport) -> Result<usize, OpsError> {
    let Some(run) = &report.run else { return Ok(0) };
    let lines = lines_of(repository, world, std::slice::from_ref(report))?;
    write(repository, world, &lines, &format!("notes: {}", run.handle))
}

/// The lines that these reports stand for; of one run's reports the later ones count.
fn lines_of(repository: &Repository, world: &World, reports: &[RunReport]) -> Result<Lines, OpsError> {
    let told = |report: &RunReport| {
        report
            .commits
            .iter()
            .filter_map(|it| ObjectId::from_hex(&it.id))
            .collect()
    };
    let mut commits: Vec<ObjectId> = reports.iter().flat_map(|it| -> Vec<ObjectId> { told(it) }).collect();
    commits.sort();
    commits.dedup();
    let patches = repository.patches(&commits, world.threads, None)?;
    let patches: BTreeMap<ObjectId, _> = commits.into_iter().zip(patches).collect();
    let mut lines = Lines::new();
    for report in reports {
        for commit in &report.commits {
            let Some(id) = ObjectId::from_hex(&commit.id) else {
                continue;
            };
            let patch = patches.get(&id).cloned().flatten();
            let note = Note::of(report, commit, patch.and_then(|patch| patch.id));
            lines.entry(id).or_default().extend(note);
        }
    }
    Ok(lines)
}

/// Puts these lines into the commits' notes. A commit that is gone keeps the name of its patch from the line that it had.
fn write(repository: &Repository, world: &World, lines: &Lines, subject: &str) -> Result<usize, OpsError> {
    repository.update_notes(&mut |notes| {
        let mut change = NotesChange {
            subject: subject.to_owned(),
            time: world.now,
            ..NotesChange::default()
        };
        for (commit, lines) in lines {
            let mut body = Body::of(notes.get(*commit)?.as_deref());
            for line in lines {
                let mut line = line.clone();
                if line.patch.is_none() {
                    line.patch = body.notes().into_iter().find_map(|known| known.patch);
                }
                let noted = body.witness(&line.run).map(|it| it.to_string());
                line.witness = noted.or(line.witness);
                body.put(&line);
            }
            change.notes.insert(*commit, body.to_bytes());
        }
        Ok(change)
    })
}

/// Takes notes over from commits to those that they became, as git tells its post-rewrite hook: `(old, new)` each, several
/// olds of one new where commits were squashed. Returns how many notes changed; the old ones stay where they are.
///
/// With `is_settled`, the pairs say all that the new commits were made of: an old one without a note is one that no hook
/// saw, and so no hook saw all of the new one.
pub fn carry(
    repository: &Repository,
    world: &World,
    pairs: &[(ObjectId, ObjectId)],
    is_settled: bool,
) -> Result<usize, OpsError> {
    write_pending(repository, world)?;
    let mut notes = repository.notes()?;
    if notes.is_empty() {
        return Ok(0);
    }
    let mut olds: BTreeMap<ObjectId, Vec<Body>> = BTreeMap::new();
    for (old, new) in pairs.iter().filter(|(old, new)| old != new) {
        let note = notes.get(*old)?;
        if is_settled || note.is_some() {
            olds.entry(*new).or_default().push(Body::of(note.as_deref()));
        }
    }
    gather(repository, world, &olds, "notes: carried over to rewritten commits")
}

/// Gathers notes on the commits that theirs became.
fn gather(
    repository: &Repository,
    world: &World,
    olds: &BTreeMap<ObjectId, Vec<Body>>,
    subject: &str,
) -> Result<usize, OpsError> {
    if olds.is_empty() {
        return Ok(0);
    }
    let commits: Vec<ObjectId> = olds.keys().copied().collect();
    let patches = repository.patches(&commits, world.threads, None)?;
    let patch_ids: Vec<Option<String>> = patches.into_iter().map(|patch| patch.and_then(|it| it.id)).collect();
    repository.update_notes(&mut |notes| {
        let mut change = NotesChange {
            subject: subject.to_owned(),
            time: world.now,
            ..NotesChange::default()
        };
        for ((commit, olds), patch) in olds.iter().zip(&patch_ids) {
            let mut body = Body::of(notes.get(*commit)?.as_deref());
            body.gather(olds, patch.as_deref());
            change.notes.insert(*commit, body.to_bytes());
        }
        Ok(change)
    })
}
