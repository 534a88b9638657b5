//! Adding a line to the note of a commit that was just made, when many commits are made at once.

use super::Body;
use crate::git::{GitError, Notes, NotesChange, PendingLine, RecordError, Repository};
use crate::model::ObjectId;
use crate::ops::{OpsError, World};
use crate::report::wire::v1::Note;

/// How long a commit waits for other drifts that write notes, in milliseconds: the time is the user's.
const PATIENCE: u64 = 5_000;

/// Adds a line to the note of a commit that was just made. If other drifts write for longer than a user should wait, the
/// line is left to whoever writes next.
pub fn note_commit(repository: &Repository, world: &World, commit: ObjectId, line: &Note) -> Result<(), OpsError> {
    repository.leave_pending(commit, &line.run, &line.to_line())?;
    let brief = repository.clone().waiting_at_most(PATIENCE);
    match write_pending(&brief, world) {
        Err(OpsError::Git(GitError::Record(RecordError::Busy { .. }))) => Ok(()),
        other => other,
    }
}

/// Writes the lines that wait, if there are any.
pub fn write_pending(repository: &Repository, world: &World) -> Result<(), OpsError> {
    if repository.pending()?.is_empty() {
        return Ok(());
    }
    let mut written = Vec::new();
    repository.update_notes(&mut |notes| {
        written = repository.pending()?;
        // A line of a later version waits for a drift that can read it.
        written.retain(|waiting| Note::parse(&waiting.line).is_some());
        change(notes, &written, world)
    })?;
    repository.forget_pending(&written);
    Ok(())
}

fn change(notes: &mut Notes<'_>, lines: &[PendingLine], world: &World) -> Result<NotesChange, OpsError> {
    let mut change = NotesChange {
        subject: format!("notes: new commits: {}", lines.len()),
        time: world.now,
        ..NotesChange::default()
    };
    for pending in lines {
        let Some(line) = Note::parse(&pending.line) else {
            continue;
        };
        let mut body = match change.notes.get(&pending.commit) {
            Some(bytes) => Body::of(bytes.as_deref()),
            None => Body::of(notes.get(pending.commit)?.as_deref()),
        };
        body.add_new(line);
        change.notes.insert(pending.commit, body.to_bytes());
    }
    Ok(change)
}
