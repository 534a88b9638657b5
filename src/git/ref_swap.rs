//! Moving one of drift's refs from what it holds to what follows from that, again and again until nobody came between.

use super::error::GitError;
use super::open::Repository;
use super::record_error::RecordError;
use super::ref_update::{RefUpdate, pause};

/// How often an update begins again, because git programs changed or locked the ref: for about ten seconds in all.
pub(super) const TRIES: u32 = 100;

/// Told what a ref holds, answers what it shall hold; `None` for nothing new. It may be asked several times.
pub(super) type Next<'next, E> = dyn FnMut(Option<gix::ObjectId>) -> Result<Option<gix::ObjectId>, E> + 'next;

impl Repository {
    /// Gives the ref `name` the value that `next` answers, which has to be on disk by then, and returns it.
    ///
    /// Other drifts wait meanwhile, so `next` must not wait for people, and must not change a ref itself.
    pub(super) fn swap_ref<E: From<GitError>>(
        &self,
        name: &str,
        next: &mut Next<'_, E>,
    ) -> Result<Option<gix::ObjectId>, E> {
        self.writes_allowed()?;
        let mut last = RefUpdate::Moved;
        for attempt in 0..TRIES {
            let writer = self.ref_writer()?;
            let before = self.read_ref(name)?;
            let Some(new) = next(before)? else {
                return Ok(None);
            };
            last = writer.update(name, before, new)?;
            if last == RefUpdate::Done {
                return Ok(Some(new));
            }
            drop(writer);
            pause_after(attempt);
        }
        Err(self.gave_up(name.to_owned(), last).into())
    }

    /// The error of who tried [`TRIES`] times and met `last` in the end.
    pub(super) fn gave_up(&self, name: String, last: RefUpdate) -> GitError {
        let error = match last {
            RefUpdate::Locked => RecordError::Locked {
                lock: self.ref_lock_path(&name),
                name,
            },
            _ => RecordError::Contended { name, tries: TRIES },
        };
        error.into()
    }
}

/// Waits before the next attempt: briefly at first.
pub(super) fn pause_after(attempt: u32) {
    pause(if attempt < 20 { 20 } else { 200 });
}
