//! A name for what a commit changes, that stays the same when the commit is rebased, cherry-picked or reworded.
//!
//! It is drift's own and not that of `git patch-id`: the first 20 bytes of a SHA-256 over the changed files in the order of
//! their paths, renames not looked for: path, modes, and then the removed and added lines of each place that differs, whole
//! and in order. Line numbers and surrounding lines are left out, so that changes elsewhere in a file make no difference. A
//! file that is no text counts with the ids of its contents. Merges, and commits that change nothing, have none.

use super::error::GitError;
use super::ids;
use super::line_count::load_text;
use super::objects::tree_of_commit;
use super::observe::threads_or_all;
use super::open::Repository;
use super::raw_change::RawChange;
use super::tree_diff::Differ;
use crate::model::{FileMode, ObjectId, RepoPath};
use gix_imara_diff::{Algorithm, Diff, InternedInput};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::panic::resume_unwind;

/// Below this many commits one thread is faster.
const LEAST_FOR_THREADS: usize = 32;

/// Sets of paths, each in order.
pub type PathSets = BTreeSet<Vec<RepoPath>>;

/// What a commit changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patch {
    /// Its name, 40 hexadecimal digits; `None` for merges and for what changes nothing.
    pub id: Option<String>,
    /// The paths that it touches, in order.
    pub paths: Vec<RepoPath>,
}

impl Repository {
    /// What each of `commits` changes against its parent, on up to `threads` threads (0: all); `None` for a commit that is gone.
    ///
    /// With `only`, the names of those whose paths are not among these sets are not computed.
    pub fn patches(
        &self,
        commits: &[ObjectId],
        threads: usize,
        only: Option<&PathSets>,
    ) -> Result<Vec<Option<Patch>>, GitError> {
        let read = |repo: &gix::Repository, part: &[ObjectId]| -> Result<Vec<_>, GitError> {
            let mut reader = PatchReader::new(repo);
            part.iter().map(|&commit| reader.commit(commit, only)).collect()
        };
        let threads = if commits.len() < LEAST_FOR_THREADS {
            1
        } else {
            threads_or_all(threads)
        };
        if threads < 2 {
            return read(self.gix(), commits);
        }
        let shared = self.gix().clone().into_sync();
        let parts = commits.chunks(commits.len().div_ceil(threads));
        let parts: Result<Vec<_>, GitError> = std::thread::scope(|scope| {
            let (read, shared) = (&read, &shared);
            let started: Vec<_> = parts
                .map(|part| scope.spawn(move || read(&shared.to_thread_local(), part)))
                .collect();
            let ended = started.into_iter().map(|thread| thread.join());
            ended
                .map(|done| done.unwrap_or_else(|panic| resume_unwind(panic)))
                .collect()
        });
        Ok(parts?.concat())
    }

    /// The name of what lies between two commits, as if one commit had done it: what a squash of them changes.
    pub fn patch_between(&self, old: ObjectId, new: ObjectId) -> Result<Option<Patch>, GitError> {
        let repo = self.gix();
        let [old, new] = [old, new].map(ids::to_gix);
        if !(repo.has_object(old) && repo.has_object(new)) {
            return Ok(None);
        }
        let [old, new] = [old, new].map(|commit| tree_of_commit(repo, commit));
        let patch = PatchReader::new(repo).trees(Some(old?), new?, None);
        patch.map(Some)
    }
}

/// Reads patches with buffers that are used again.
struct PatchReader<'repo> {
    repo: &'repo gix::Repository,
    differ: Differ<'repo>,
    old: Vec<u8>,
    new: Vec<u8>,
}

impl<'repo> PatchReader<'repo> {
    fn new(repo: &'repo gix::Repository) -> Self {
        Self {
            repo,
            differ: Differ::new(repo),
            old: Vec::new(),
            new: Vec::new(),
        }
    }

    fn commit(&mut self, commit: ObjectId, only: Option<&PathSets>) -> Result<Option<Patch>, GitError> {
        let doing = "reading a commit";
        let id = ids::to_gix(commit);
        let Some(object) = self.repo.try_find_object(id).map_err(GitError::gix(doing))? else {
            return Ok(None);
        };
        let Ok(commit) = object.try_into_commit() else {
            return Ok(None);
        };
        let tree = commit.tree_id().map_err(GitError::gix(doing))?.detach();
        let mut parents = commit.parent_ids().map(gix::Id::detach);
        let old = match (parents.next(), parents.next()) {
            (_, Some(_)) => return Ok(Some(Patch::default())),
            (Some(parent), None) if self.is_end_of_clone(parent)? => return Ok(Some(Patch::default())),
            (Some(parent), None) => Some(tree_of_commit(self.repo, parent)?),
            (None, None) => None,
        };
        self.trees(old, tree, only).map(Some)
    }

    /// Whether a shallow clone ends before `parent`: what its child changes is not known here.
    fn is_end_of_clone(&self, parent: gix::ObjectId) -> Result<bool, GitError> {
        let shallow = self.repo.is_shallow();
        Ok(shallow.map_err(GitError::gix("reading where the clone ends"))? && !self.repo.has_object(parent))
    }

    fn trees(
        &mut self,
        old: Option<gix::ObjectId>,
        new: gix::ObjectId,
        only: Option<&PathSets>,
    ) -> Result<Patch, GitError> {
        let changes = self.differ.diff(old, Some(new))?;
        let paths: Vec<RepoPath> = changes
            .iter()
            .map(|change| RepoPath::new(change.path.clone()))
            .collect();
        let is_asked = only.is_none_or(|only| only.contains(&paths));
        if changes.is_empty() || !is_asked {
            return Ok(Patch { id: None, paths });
        }
        let mut hash = Sha256::new();
        for change in &changes {
            self.add(change, &mut hash)?;
        }
        let digest = hash.finalize();
        let id = digest.iter().take(20).map(|byte| format!("{byte:02x}")).collect();
        Ok(Patch { id: Some(id), paths })
    }

    fn add(&mut self, change: &RawChange, hash: &mut Sha256) -> Result<(), GitError> {
        let side = |mode: Option<FileMode>, id| mode.zip(id);
        let old = side(change.old_mode, change.old_id);
        let new = side(change.new_mode, change.new_id);
        hash.update(&*change.path);
        hash.update(format!("\0{} {}\n", mode(change.old_mode), mode(change.new_mode)));
        if load_text(self.repo, old, &mut self.old)? && load_text(self.repo, new, &mut self.new)? {
            add_lines(&self.old, &self.new, hash);
        } else {
            let id = |id: Option<gix::ObjectId>| id.map(|id| id.to_string()).unwrap_or_default();
            hash.update(format!("={} {}\n", id(change.old_id), id(change.new_id)));
        }
        hash.update(b"\0");
        Ok(())
    }
}

fn add_lines(old: &[u8], new: &[u8], hash: &mut Sha256) {
    let input = InternedInput::new(old, new);
    let difference = Diff::compute(Algorithm::Myers, &input);
    for hunk in difference.hunks() {
        for at in hunk.before {
            hash.update(b"-");
            hash.update(input.interner[input.before[at as usize]]);
        }
        for at in hunk.after {
            hash.update(b"+");
            hash.update(input.interner[input.after[at as usize]]);
        }
        hash.update(b"\n");
    }
}

fn mode(mode: Option<FileMode>) -> &'static str {
    match mode {
        None => "-",
        Some(FileMode::Regular) => "100644",
        Some(FileMode::Executable) => "100755",
        Some(FileMode::Symlink) => "120000",
        Some(FileMode::Submodule) => "160000",
    }
}
