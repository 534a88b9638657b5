//! How a record came to be: its transitions in order, also where two clones worked on it and their sides were joined.

use super::{LogEntry, ref_name};
use crate::git::error::GitError;
use crate::git::ids;
use crate::git::open::Repository;
use crate::git::record_error::RecordError;
use crate::model::{Handle, Transition};
use gix::bstr::ByteSlice;
use std::collections::{BTreeMap, BTreeSet};

/// The most transitions of one record: it can come from anywhere by `git fetch`.
const MOST_TRANSITIONS: usize = 100_000;

/// The transitions behind a commit, by their ids.
pub(super) type Chain = BTreeMap<gix::ObjectId, Link>;

/// One transition, and those right before it.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub entry: LogEntry,
    pub before: Vec<gix::ObjectId>,
}

impl Repository {
    /// The transitions of a run's record, each behind those that it follows and else by time; empty if it has no record.
    pub fn record_log(&self, handle: &Handle) -> Result<Vec<LogEntry>, GitError> {
        let name = ref_name(handle);
        match self.read_ref(&name)? {
            None => Ok(Vec::new()),
            Some(tip) => Ok(in_order(self.chain(&name, tip)?)),
        }
    }

    /// The transitions that led to `tip`, itself included.
    pub(super) fn chain(&self, name: &str, tip: gix::ObjectId) -> Result<Chain, GitError> {
        let mut chain = Chain::new();
        let mut open = vec![tip];
        while let Some(id) = open.pop() {
            if chain.contains_key(&id) {
                continue;
            }
            if chain.len() == MOST_TRANSITIONS {
                let what = format!("it has more than {MOST_TRANSITIONS} transitions");
                let name = name.to_owned();
                return Err(RecordError::NotARecord { name, what }.into());
            }
            let commit = self.ref_commit(name, id)?;
            let entry = log_entry(&commit)?;
            // Only where sides were joined is the second parent a transition; else it is a commit that is kept.
            let count = if entry.transition == Some(Transition::Joined) {
                2
            } else {
                1
            };
            let before: Vec<_> = commit.parent_ids().take(count).map(gix::Id::detach).collect();
            open.extend(&before);
            chain.insert(id, Link { entry, before });
        }
        Ok(chain)
    }
}

fn in_order(chain: Chain) -> Vec<LogEntry> {
    let mut after: BTreeMap<gix::ObjectId, Vec<gix::ObjectId>> = BTreeMap::new();
    let mut waiting: BTreeMap<gix::ObjectId, usize> = BTreeMap::new();
    for (id, link) in &chain {
        waiting.insert(*id, link.before.len());
        for before in &link.before {
            after.entry(*before).or_default().push(*id);
        }
    }
    let time = |id: &gix::ObjectId| chain.get(id).map_or(0, |link| link.entry.time);
    let free = waiting.iter().filter(|(_, count)| **count == 0);
    let mut ready: BTreeSet<(i64, gix::ObjectId)> = free.map(|(id, _)| (time(id), *id)).collect();
    let mut entries = Vec::with_capacity(chain.len());
    while let Some((_, id)) = ready.pop_first() {
        entries.extend(chain.get(&id).map(|link| link.entry.clone()));
        for next in after.remove(&id).unwrap_or_default() {
            if let Some(count) = waiting.get_mut(&next) {
                *count -= 1;
                if *count == 0 {
                    ready.insert((time(&next), next));
                }
            }
        }
    }
    entries
}

fn log_entry(commit: &gix::Commit<'_>) -> Result<LogEntry, GitError> {
    let doing = "reading a record";
    let author = commit.author().map_err(GitError::gix(doing))?;
    let message = commit.message_raw().map_err(GitError::gix(doing))?;
    let subject = message.lines().next().unwrap_or_default().to_str_lossy().into_owned();
    Ok(LogEntry {
        id: ids::to_model(&commit.id),
        transition: transition_of(&subject),
        author: format!("{} <{}>", author.name, author.email),
        time: author.time().map_err(GitError::gix(doing))?.seconds,
        subject,
    })
}

fn transition_of(subject: &str) -> Option<Transition> {
    let word = subject.split(':').next()?;
    Transition::ALL.into_iter().find(|transition| transition.name() == word)
}
