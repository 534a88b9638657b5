//! Writing notes: any number of them is one commit, on disk before it is acknowledged, and never instead of another's.

use super::{NOTES, Notes};
use crate::git::durable;
use crate::git::error::GitError;
use crate::git::ids;
use crate::git::open::Repository;
use crate::model::ObjectId;
use gix::objs::{Data, Find, Kind, Write};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;

/// What is to be said of commits.
#[derive(Clone, Debug, Default)]
pub struct NotesChange {
    /// The new note of each commit; `None` removes it. What equals the note that is there changes nothing.
    pub notes: BTreeMap<ObjectId, Option<Vec<u8>>>,
    /// The subject of the notes' commit.
    pub subject: String,
    /// When: seconds since 1970.
    pub time: i64,
}

/// What became of a change of notes.
type Written<E> = Result<usize, E>;

impl Repository {
    /// Writes what `ask` answers to the notes as they are, in one commit, and returns how many notes are new or other
    /// than before; 0 means that nothing was written.
    ///
    /// If another program changes the notes in between, `ask` is told the new state and asked again, so it must not do
    /// what can't be done twice. Other drifts wait meanwhile, so it must not wait for people, nor change a ref itself.
    pub fn update_notes<E: From<GitError>>(
        &self,
        ask: &mut dyn FnMut(&mut Notes<'_>) -> Result<NotesChange, E>,
    ) -> Written<E> {
        let mut changed = 0;
        self.swap_ref::<E>(NOTES, &mut |tip| {
            let mut notes = self.notes_at(tip)?;
            let change = ask(&mut notes)?;
            let NotesChange { subject, time, .. } = &change;
            let message = format!("{subject}\n");
            let mut writing = Writing::of(notes)?;
            changed = writing.put_all(&change.notes)?;
            if changed == 0 {
                return Ok(None);
            }
            let tree = writing.tree()?;
            let draft = self.users_draft(tree, tip.into_iter().collect(), message, *time)?;
            Ok(Some(writing.finish(draft)?))
        })?;
        Ok(changed)
    }
}

/// Notes that are being changed, and the objects that this has written so far.
pub(super) struct Writing<'repo> {
    notes: Notes<'repo>,
    objects: Recorder<'repo>,
}

impl<'repo> Writing<'repo> {
    pub fn of(notes: Notes<'repo>) -> Result<Self, GitError> {
        notes.repository.objects_folder()?;
        let objects = Recorder {
            repo: notes.repository.gix(),
            written: RefCell::default(),
        };
        Ok(Self { notes, objects })
    }

    /// Changes the notes of these commits and returns for how many that made a difference.
    pub fn put_all(&mut self, notes: &BTreeMap<ObjectId, Option<Vec<u8>>>) -> Result<usize, GitError> {
        let mut changed = 0;
        for (commit, body) in notes {
            changed += usize::from(self.put(*commit, body.as_deref())?);
        }
        Ok(changed)
    }

    fn put(&mut self, commit: ObjectId, body: Option<&[u8]>) -> Result<bool, GitError> {
        let doing = "writing notes";
        let commit = ids::to_gix(commit);
        let before = self.notes.state.get(&commit, &self.objects);
        let before = before.map_err(GitError::gix(doing))?;
        let blob = match body {
            None => None,
            Some(body) => Some(self.objects.write_buf(Kind::Blob, body).map_err(GitError::gix(doing))?),
        };
        if before == blob {
            return Ok(false);
        }
        let edited = self.notes.state.edit(commit, blob, &self.objects);
        edited.map_err(GitError::gix(doing))?;
        Ok(true)
    }

    /// Writes the tree of the notes.
    pub fn tree(&mut self) -> Result<gix::ObjectId, GitError> {
        let written = self.notes.state.write(&self.objects);
        written.map_err(GitError::gix("writing notes"))
    }

    /// Writes the commit, and everything through to the disk.
    pub fn finish(self, draft: crate::git::new_commit::Draft) -> Result<gix::ObjectId, GitError> {
        let repository = self.notes.repository;
        let commit = repository.write_commit(draft)?;
        let mut written = self.objects.written.into_inner();
        written.push(commit);
        durable::sync_objects(&repository.objects_folder()?, &written)?;
        Ok(commit)
    }
}

/// The repository's objects, with a list of those that were written through it: they have to be synced.
struct Recorder<'repo> {
    repo: &'repo gix::Repository,
    written: RefCell<Vec<gix::ObjectId>>,
}

impl Recorder<'_> {
    fn note(&self, id: gix::ObjectId) -> gix::ObjectId {
        self.written.borrow_mut().push(id);
        id
    }
}

impl Find for Recorder<'_> {
    fn try_find<'a>(&self, id: &gix::oid, buffer: &'a mut Vec<u8>) -> gix::Result<Option<Data<'a>>> {
        self.repo.objects.try_find(id, buffer)
    }
}

impl Write for Recorder<'_> {
    fn write_buf(&self, kind: Kind, from: &[u8]) -> gix::Result<gix::ObjectId> {
        // The repository leaves an object alone that is there already; it is synced all the same.
        let written = self.repo.write_buf(kind, from)?;
        Ok(self.note(written))
    }

    fn write_buf_with_known_id(&self, kind: Kind, from: &[u8], id: gix::ObjectId) -> gix::Result<gix::ObjectId> {
        let written = self.repo.write_buf_with_known_id(kind, from, id)?;
        Ok(self.note(written))
    }

    fn write_stream(&self, kind: Kind, size: u64, from: &mut dyn io::Read) -> gix::Result<gix::ObjectId> {
        let written = self.repo.write_stream(kind, size, from)?;
        Ok(self.note(written))
    }

    fn write_stream_with_known_id(
        &self,
        kind: Kind,
        size: u64,
        from: &mut dyn io::Read,
        id: gix::ObjectId,
    ) -> gix::Result<gix::ObjectId> {
        let written = self.repo.write_stream_with_known_id(kind, size, from, id)?;
        Ok(self.note(written))
    }
}
