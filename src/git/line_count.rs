//! Counting inserted and deleted lines, as `git diff --numstat` does.
//!
//! Attributes are left out on purpose: whoever writes a change could make its lines uncounted with `-diff`.

use super::GitError;
use super::objects::{blob_size, is_binary, read_blob};
use super::observe::threads_or_all;
use super::raw_change::RawChange;
use crate::model::{FileMode, LineCount};
use gix::ObjectId;
use gix_imara_diff::{Algorithm, Diff, InternedInput};
use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError};

/// Files of more bytes count as binary, as with git's default `core.bigFileThreshold`.
const MAX_TEXT: u64 = 512 * 1024 * 1024;
/// The least number of files that keeps a thread worth its start.
const FILES_PER_THREAD: usize = 25;
/// How many parts each thread takes, so that one with large files does not hold up the others.
const PARTS_PER_THREAD: usize = 8;

/// Counts the lines of each of `changes`, with up to `threads` threads (0: all). The result does not depend on their number.
///
/// A submodule counts as the one line that names its commit. Fails where a content is missing.
pub fn count(repo: &gix::Repository, changes: &mut [RawChange], threads: usize) -> Result<(), GitError> {
    let most = changes.len() / FILES_PER_THREAD;
    let threads = if most < 2 { 1 } else { threads_or_all(threads).min(most) };
    if threads < 2 {
        return Counter::new(repo).count_all(changes);
    }
    count_in_parallel(repo, changes, threads)
}

fn count_in_parallel(repo: &gix::Repository, changes: &mut [RawChange], threads: usize) -> Result<(), GitError> {
    let part_length = changes.len().div_ceil(threads * PARTS_PER_THREAD);
    let parts = Mutex::new(changes.chunks_mut(part_length).enumerate());
    let next_part = || parts.lock().unwrap_or_else(PoisonError::into_inner).next();
    let shared = repo.clone().into_sync();
    let work = || -> Result<(), (usize, GitError)> {
        let repo = shared.to_thread_local();
        let mut counter = Counter::new(&repo);
        while let Some((index, part)) = next_part() {
            counter.count_all(part).map_err(|error| (index, error))?;
        }
        Ok(())
    };
    let failures = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let results = workers
            .into_iter()
            .map(|it| it.join().unwrap_or_else(|panic| resume_unwind(panic)));
        results.filter_map(Result::err).collect::<Vec<_>>()
    });
    // Parts are handed out in order and each that was begun is finished, so the first failure is always the same.
    match failures.into_iter().min_by_key(|(index, _)| *index) {
        Some((_, error)) => Err(error),
        None => Ok(()),
    }
}

/// Counts with buffers that are used again.
struct Counter<'repo> {
    repo: &'repo gix::Repository,
    old: Vec<u8>,
    new: Vec<u8>,
}

impl<'repo> Counter<'repo> {
    fn new(repo: &'repo gix::Repository) -> Self {
        Self {
            repo,
            old: Vec::new(),
            new: Vec::new(),
        }
    }

    fn count_all(&mut self, changes: &mut [RawChange]) -> Result<(), GitError> {
        for change in changes {
            change.lines = self.count(change)?;
        }
        Ok(())
    }

    fn count(&mut self, change: &RawChange) -> Result<LineCount, GitError> {
        let old = change.old_mode.zip(change.old_id);
        let new = change.new_mode.zip(change.new_id);
        if !load_text(self.repo, old, &mut self.old)? {
            return Ok(LineCount::Binary);
        }
        if change.old_id == change.new_id {
            return Ok(lines(0, 0));
        }
        if !load_text(self.repo, new, &mut self.new)? {
            return Ok(LineCount::Binary);
        }
        Ok(match (old, new) {
            (Some(_), Some(_)) => difference(&self.old, &self.new),
            _ => lines(line_number(&self.new), line_number(&self.old)),
        })
    }
}

/// Puts the content of one side into `buffer`, nothing for no file; false if it is not text.
pub(super) fn load_text(
    repo: &gix::Repository,
    side: Option<(FileMode, ObjectId)>,
    buffer: &mut Vec<u8>,
) -> Result<bool, GitError> {
    match side {
        None => buffer.clear(),
        Some((FileMode::Submodule, id)) => {
            buffer.clear();
            buffer.extend_from_slice(format!("Subproject commit {id}\n").as_bytes());
        }
        Some((_, id)) if blob_size(repo, id)? > MAX_TEXT => return Ok(false),
        Some((_, id)) => read_blob(repo, id, buffer)?,
    }
    Ok(!is_binary(buffer))
}

fn difference(old: &[u8], new: &[u8]) -> LineCount {
    let input = InternedInput::new(old, new);
    let difference = Diff::compute(Algorithm::Myers, &input);
    lines(difference.count_additions(), difference.count_removals())
}

fn lines(insertions: u32, deletions: u32) -> LineCount {
    LineCount::Lines { insertions, deletions }
}

/// How many lines there are; a last one without its end is one.
fn line_number(content: &[u8]) -> u32 {
    let ends = content.iter().filter(|&&byte| byte == b'\n').count();
    let open_end = content.last().is_some_and(|&byte| byte != b'\n');
    u32::try_from(ends + usize::from(open_end)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{difference, line_number, lines};

    #[test]
    fn a_last_line_counts_with_and_without_its_end() {
        assert_eq!(line_number(b""), 0);
        assert_eq!(line_number(b"a"), 1);
        assert_eq!(line_number(b"a\n"), 1);
        assert_eq!(line_number(b"a\n\nb"), 3);
    }

    #[test]
    fn the_end_of_the_last_line_is_part_of_it() {
        assert_eq!(difference(b"a\nb", b"a\nb\n"), lines(1, 1));
        assert_eq!(difference(b"a\r\n", b"a\n"), lines(1, 1));
    }
}
