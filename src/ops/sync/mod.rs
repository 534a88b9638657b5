//! `drift fetch` and `drift push`: records and notes between clones, so that both end with everything.

mod join;

use super::notes::join as join_notes;
use super::{OpsError, Refusal, World};
pub use crate::git::Joined;
use crate::git::{GitError, Incoming, Outgoing, Repository, Sync};
use crate::model::Handle;
use std::collections::BTreeSet;

/// How often a push begins again because somebody else pushed in between.
const TRIES: usize = 10;

/// What an exchange with a remote did.
#[derive(Clone, Debug, Default)]
pub struct Synced {
    /// The remote.
    pub remote: String,
    /// The records that changed here, and how.
    pub records: Vec<(Handle, Joined)>,
    /// What became of the notes; `None` where the remote has none.
    pub notes: Option<Joined>,
    /// The records that were pushed.
    pub pushed_records: usize,
    /// Whether notes were pushed.
    pub pushed_notes: bool,
    /// What could not be joined, and was left as it is on both sides; one line each.
    pub problems: Vec<String>,
}

impl Synced {
    /// What became of the notes here, if they changed.
    pub fn new_notes(&self) -> Option<Joined> {
        self.notes.filter(|joined| *joined > Joined::Ahead)
    }
}

/// Takes over the records and notes of `remote`. Nothing but drift's own refs changes.
pub fn fetch(world: &World, remote: Option<&str>) -> Result<Synced, OpsError> {
    let repository = Repository::open(&world.directory, &world.environment)?;
    let remote = remote_of(&repository, remote)?;
    let sync = repository.sync_with(&remote)?;
    let mut synced = Synced {
        remote,
        ..Synced::default()
    };
    take_over(&repository, &sync.fetch()?, &mut synced);
    Ok(synced)
}

/// Takes over what `remote` has, and gives it what it lacks, again while others push at the same time.
pub fn push(world: &World, remote: Option<&str>) -> Result<Synced, OpsError> {
    let repository = Repository::open(&world.directory, &world.environment)?;
    let remote = remote_of(&repository, remote)?;
    let sync = repository.sync_with(&remote)?;
    let mut synced = Synced {
        remote,
        ..Synced::default()
    };
    let mut pushed = BTreeSet::new();
    for _ in 0..TRIES {
        let incoming = sync.fetch()?;
        let left_alone = take_over(&repository, &incoming, &mut synced);
        let mut open = incoming.outgoing(&repository.own_refs()?);
        open.retain(|it| !left_alone.contains(&it.name));
        if give(&sync, &open, &mut pushed, &synced)? {
            synced.pushed_notes = pushed.iter().any(|name: &String| name.starts_with("refs/notes/"));
            synced.pushed_records = pushed.len() - usize::from(synced.pushed_notes);
            return Ok(synced);
        }
        sync.pause();
    }
    Err(Refusal::PushContended { remote: synced.remote }.into())
}

/// Pushes, and says whether all of it was taken; false if somebody was faster.
fn give(sync: &Sync<'_>, refs: &[Outgoing], pushed: &mut BTreeSet<String>, synced: &Synced) -> Result<bool, OpsError> {
    if refs.is_empty() {
        return Ok(true);
    }
    let rejected = sync.push(refs)?;
    if let Some(refused) = rejected.iter().find(|it| !it.is_race()) {
        return Err(Refusal::PushRefused {
            remote: synced.remote.clone(),
            name: refused.name.clone(),
            reason: refused.reason.clone(),
        }
        .into());
    }
    let taken = refs
        .iter()
        .filter(|it| !rejected.iter().any(|other| other.name == it.name));
    pushed.extend(taken.map(|it| it.name.clone()));
    Ok(rejected.is_empty())
}

fn remote_of(repository: &Repository, named: Option<&str>) -> Result<String, OpsError> {
    if let Some(named) = named {
        return Ok(named.to_owned());
    }
    let known = repository.remotes();
    repository
        .default_remote()?
        .ok_or_else(|| Refusal::NoRemote { known }.into())
}

/// Joins what was fetched with what is here, each by itself: one broken record keeps no other back. Returns the refs
/// that could not be joined.
fn take_over(repository: &Repository, incoming: &Incoming, synced: &mut Synced) -> BTreeSet<String> {
    let mut left_alone = BTreeSet::new();
    synced.problems.clear();
    let mut failed = |name: String, error: GitError, synced: &mut Synced| {
        synced.problems.push(format!("{name}: {error}"));
        left_alone.insert(name);
    };
    for (handle, theirs) in &incoming.records {
        match repository.join_record(handle, *theirs, &mut join::join) {
            Ok(Joined::Same | Joined::Ahead) => {}
            Ok(joined) => synced.records.push((handle.clone(), joined)),
            Err(error) => failed(Outgoing::record(handle), error, synced),
        }
    }
    if let Some(theirs) = incoming.notes {
        let joined = repository.join_notes(theirs, &mut |sides| join_notes(sides.base, sides.one, sides.other));
        match joined {
            // A later round that finds nothing new does not undo what an earlier one says.
            Ok(Joined::Same | Joined::Ahead) if synced.notes.is_some() => {}
            Ok(joined) => synced.notes = Some(joined),
            Err(error) => failed(Outgoing::NOTES.to_owned(), error, synced),
        }
    }
    left_alone
}
