//! Reading many commits and what each of them changed, on one thread or several, always with the same outcome.

use super::ancestry::{Ancestry, CommitIndex};
use super::combined_diff;
use super::commits::RawCommit;
use super::error::GitError;
use super::objects::read_commit;
use super::observe::threads_or_all;
use super::packs::Packs;
use super::raw_change::RawChange;
use super::tree_diff::Differ;
use crate::model::{Change, Commit};
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Below this many commits a second thread costs more than the few milliseconds that it saves: each has its own caches.
const LEAST_FOR_THREADS: usize = 256;
/// Below this many commits, opening the packs takes longer than it saves.
const LEAST_FOR_PACKS: usize = 64;

/// A commit to be read, and what the walk knows of it.
pub(super) struct Job {
    id: gix::ObjectId,
    bytes: Option<Vec<u8>>,
    parents: Vec<gix::ObjectId>,
    parent_trees: Vec<gix::ObjectId>,
}

impl Job {
    /// The job of reading the commit at `index`; takes the bytes over that the walk has read.
    pub fn new(ancestry: &mut Ancestry<'_>, index: CommitIndex) -> Self {
        let parents = ancestry.parents(index).iter();
        Self {
            id: ancestry.id(index),
            parents: parents.clone().map(|&parent| ancestry.id(parent)).collect(),
            parent_trees: parents.map(|&parent| ancestry.tree(parent)).collect(),
            bytes: ancestry.take_bytes(index),
        }
    }

    fn read(&self, repo: &gix::Repository, differ: &mut Differ<'_>, buffer: &mut Vec<u8>) -> Result<Commit, GitError> {
        let bytes = match &self.bytes {
            Some(bytes) => bytes,
            None => read_commit(repo, self.id, buffer)?,
        };
        let raw = RawCommit::parse(&self.id, bytes)?;
        if raw.parents != self.parents {
            let id = self.id;
            let what = format!("the commit-graph gives {id} other parents than the commit has");
            return Err(GitError::corrupt(what));
        }
        let mut commit = raw.to_model(&self.id);
        let changes = self.changes(differ, raw.tree)?;
        commit.changes = changes.into_iter().map(Change::from).collect();
        Ok(commit)
    }

    fn changes(&self, differ: &mut Differ<'_>, tree: gix::ObjectId) -> Result<Vec<RawChange>, GitError> {
        match self.parent_trees.as_slice() {
            [] => differ.diff(None, Some(tree)),
            [parent] => differ.diff(Some(*parent), Some(tree)),
            parents => combined_diff::against_all_parents(differ, parents, tree),
        }
    }
}

/// The commits behind `jobs`, in the same order, read by up to `threads` threads (0: all); and what `meanwhile` gives, which is
/// done on this thread while the others read.
pub(super) fn read<T>(
    repo: &gix::Repository,
    jobs: &[Job],
    threads: usize,
    meanwhile: impl FnOnce() -> T,
) -> (Result<Vec<Commit>, GitError>, T) {
    let packs = (jobs.len() >= LEAST_FOR_PACKS).then(|| Packs::open(repo));
    let packs = packs.as_ref();
    let threads = if jobs.len() < LEAST_FOR_THREADS {
        1
    } else {
        threads_or_all(threads)
    };
    if threads < 2 {
        return (Reader::new(repo, packs).read(jobs), meanwhile());
    }
    // Neighbours share trees, and each thread has its own cache of them: long chunks are cheaper, short ones fairer.
    let size = (jobs.len() / (4 * threads)).clamp(32, 1024);
    let chunks: Vec<&[Job]> = jobs.chunks(size).collect();
    let next = AtomicUsize::new(0);
    let shared = repo.clone().into_sync();
    let work = || {
        let repo = shared.to_thread_local();
        let mut reader = Reader::new(&repo, packs);
        let mut parts = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            match chunks.get(at) {
                Some(chunk) => parts.push((at, reader.read(chunk))),
                None => return parts,
            }
        }
    };
    let (mut parts, other) = std::thread::scope(|scope| {
        let started: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let other = meanwhile();
        let ended = started.into_iter().map(|thread| thread.join());
        let parts = ended.flat_map(|parts| parts.unwrap_or_else(|panic| resume_unwind(panic)));
        (parts.collect::<Vec<_>>(), other)
    });
    parts.sort_by_key(|(at, _)| *at);
    (joined(parts.into_iter().map(|(_, part)| part), jobs.len()), other)
}

/// All parts one after the other, or the first error.
fn joined(parts: impl Iterator<Item = Result<Vec<Commit>, GitError>>, length: usize) -> Result<Vec<Commit>, GitError> {
    let mut commits = Vec::with_capacity(length);
    for part in parts {
        commits.extend(part?);
    }
    Ok(commits)
}

/// What one thread keeps from commit to commit.
struct Reader<'repo> {
    repo: &'repo gix::Repository,
    differ: Differ<'repo>,
    buffer: Vec<u8>,
}

impl<'repo> Reader<'repo> {
    fn new(repo: &'repo gix::Repository, packs: Option<&'repo Packs>) -> Self {
        Self {
            repo,
            differ: Differ::reading(repo, packs),
            buffer: Vec::new(),
        }
    }

    fn read(&mut self, jobs: &[Job]) -> Result<Vec<Commit>, GitError> {
        let read = |job: &Job| job.read(self.repo, &mut self.differ, &mut self.buffer);
        jobs.iter().map(read).collect()
    }
}
