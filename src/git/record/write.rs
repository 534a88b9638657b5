//! Writing a record: one transition is one commit, on disk before it is acknowledged, and never instead of another's.

use super::{Ask, ref_name};
use crate::git::error::GitError;
use crate::git::ids;
use crate::git::open::Repository;
use crate::git::ref_swap::{TRIES, pause_after};
use crate::git::ref_update::RefUpdate;
use crate::model::{Handle, ObjectId};

impl Repository {
    /// Writes one transition to a run's record, and returns its commit when that is on disk.
    ///
    /// `ask` is told the record as it is, without what lies in folders (`None`: there is none yet), and answers what to write; with `None` nothing is
    /// written, and nothing returned. If another program changes the record in between, `ask` is told the new state and
    /// asked again, so it must not do what can't be done twice. Other drifts wait meanwhile, so it must not wait for people,
    /// and must not write to a record itself.
    pub fn update_record<E: From<GitError>>(
        &self,
        handle: &Handle,
        ask: &mut Ask<'_, E>,
    ) -> Result<Option<ObjectId>, E> {
        self.writes_allowed()?;
        let name = ref_name(handle);
        let mut last = RefUpdate::Moved;
        for attempt in 0..TRIES {
            let writer = self.ref_writer()?;
            let record = self.read_record_top(handle)?;
            let Some(change) = ask(record.as_ref())? else {
                return Ok(None);
            };
            let tip = record.map(|record| ids::to_gix(record.tip));
            // Signing may ask for a passphrase. Nobody else waits for that; the swap notices what changed meanwhile.
            let kept_turn = (!change.sign).then_some(writer);
            let commit = self.write_transition(&name, tip, &change)?;
            let writer = kept_turn.map_or_else(|| self.ref_writer(), Ok)?;
            last = writer.update(&name, tip, commit)?;
            if last == RefUpdate::Done {
                return Ok(Some(ids::to_model(&commit)));
            }
            drop(writer);
            pause_after(attempt);
        }
        Err(self.gave_up(name, last).into())
    }
}
