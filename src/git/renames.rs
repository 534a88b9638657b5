//! Which deletions and additions are one file that moved, by the rules of git's `-M`.
//!
//! Three steps, each on what the one before left over: the same content; the same file name, unique on both sides, and
//! content that is alike; then each addition against each deletion, unless there are too many. Contents are compared as
//! `Spans`. Where scores are equal the order decides, so every order here is git's.

use super::raw_change::{RawChange, is_regular};
use super::span_hash::{SpanTable, Spans};
use super::{GitError, objects};
use crate::model::{ChangeKind, FileMode, RenameOptions};
use gix::ObjectId;
use gix::bstr::ByteSlice;
use std::cmp::Reverse;
use std::collections::{HashMap, VecDeque};

/// The score of equal contents; a percent is a hundredth of it.
const MAX_SCORE: u64 = 60_000;
/// How many deletions of one content are looked through for the addition's file name.
const MAX_IDENTICAL: usize = 101;
/// How many deletions are remembered for each addition.
const CANDIDATES: usize = 4;

/// Buffers that are used again from one search to the next.
#[derive(Default)]
pub struct Scratch {
    content: Vec<u8>,
    spans: Vec<(u32, u32)>,
    table: SpanTable,
}

/// Turns each addition of `changes` that is a moved deletion into a rename, and takes the deletion out.
///
/// `changes` is in path order and stays so. Returns whether the limit kept contents from being compared, so that only
/// exact and same-name renames were found. Fails where a content that must be compared is missing.
pub fn detect(
    repo: &gix::Repository,
    scratch: &mut Scratch,
    changes: &mut Vec<RawChange>,
    options: RenameOptions,
) -> Result<bool, GitError> {
    let mut search = Search::new(repo, scratch, changes, &options);
    if search.deletions.is_empty() || search.additions.is_empty() {
        return Ok(false);
    }
    search.pair_equal_contents();
    let mut limited = false;
    if search.least_score < MAX_SCORE {
        search.pair_equal_names()?;
        limited = search.exceeds(options.limit);
        if !limited {
            search.pair_similar_contents()?;
        }
    }
    let pairs = search.pairs;
    apply(changes, &pairs);
    Ok(limited)
}

struct Search<'a> {
    repo: &'a gix::Repository,
    scratch: &'a mut Scratch,
    deletions: Vec<File<'a>>,
    additions: Vec<File<'a>>,
    pairs: Vec<Pair>,
    least_score: u64,
    /// The addition whose spans the scratch's table holds.
    in_table: Option<usize>,
}

/// One side of a possible rename.
struct File<'a> {
    /// Index into the changes.
    change: usize,
    path: &'a [u8],
    mode: FileMode,
    id: ObjectId,
    paired: bool,
    size: Option<u64>,
    spans: Option<Spans>,
}

/// A rename: indices into the changes, and how alike the contents are.
struct Pair {
    deletion: usize,
    addition: usize,
    score: u64,
}

/// An addition together with a deletion that it may come from: indices into the search's files.
#[derive(Clone, Copy)]
struct Candidate {
    score: u64,
    same_name: bool,
    deletion: usize,
    addition: usize,
}

impl Candidate {
    /// What makes one candidate better than another.
    fn rank(&self) -> (u64, bool) {
        (self.score, self.same_name)
    }
}

impl<'a> File<'a> {
    fn new(change: usize, path: &'a [u8], side: (Option<FileMode>, Option<ObjectId>)) -> Option<Self> {
        Some(Self {
            change,
            path,
            mode: side.0?,
            id: side.1?,
            paired: false,
            size: None,
            spans: None,
        })
    }

    fn name(&self) -> &'a [u8] {
        let slash = self.path.rfind_byte(b'/');
        slash.map_or(self.path, |slash| &self.path[slash + 1..])
    }

    /// What must be equal in an exact rename: symlinks and submodules move as what they are.
    fn exact_key(&self) -> (ObjectId, u32) {
        let mode = if is_regular(self.mode) {
            FileMode::Regular
        } else {
            self.mode
        };
        (self.id, mode.bits())
    }

    fn size(&mut self, repo: &gix::Repository) -> Result<u64, GitError> {
        match self.size {
            Some(size) => Ok(size),
            None => Ok(*self.size.insert(objects::blob_size(repo, self.id)?)),
        }
    }

    fn spans(&mut self, repo: &gix::Repository, scratch: &mut Scratch) -> Result<&Spans, GitError> {
        if self.spans.is_none() {
            objects::read_blob(repo, self.id, &mut scratch.content)?;
        }
        let Scratch { content, spans, .. } = scratch;
        Ok(self.spans.get_or_insert_with(|| Spans::of(content, spans)))
    }
}

impl<'a> Search<'a> {
    fn new(
        repo: &'a gix::Repository,
        scratch: &'a mut Scratch,
        changes: &'a [RawChange],
        options: &RenameOptions,
    ) -> Self {
        let of_kind = |kind: ChangeKind| changes.iter().enumerate().filter(move |(_, it)| it.kind == kind);
        let old = |(at, it): (usize, &'a RawChange)| File::new(at, &it.path, (it.old_mode, it.old_id));
        let new = |(at, it): (usize, &'a RawChange)| File::new(at, &it.path, (it.new_mode, it.new_id));
        Self {
            repo,
            scratch,
            deletions: of_kind(ChangeKind::Deleted).filter_map(old).collect(),
            additions: of_kind(ChangeKind::Added).filter_map(new).collect(),
            pairs: Vec::new(),
            least_score: least_score(options),
            in_table: None,
        }
    }

    /// Each addition takes the first deletion of the same content, or the first that has its file name as well.
    fn pair_equal_contents(&mut self) {
        let mut equal: HashMap<_, VecDeque<usize>> = HashMap::new();
        for (index, deletion) in self.deletions.iter().enumerate() {
            equal.entry(deletion.exact_key()).or_default().push_back(index);
        }
        if git_meets_the_last_first(self.deletions.len()) {
            equal.values_mut().for_each(|left| left.make_contiguous().reverse());
        }
        for addition in 0..self.additions.len() {
            let wanted = &self.additions[addition];
            let Some(left) = equal.get_mut(&wanted.exact_key()) else {
                continue;
            };
            let same_name = |&index: &usize| self.deletions[index].name() == wanted.name();
            let at = left.iter().take(MAX_IDENTICAL).position(same_name).unwrap_or(0);
            if let Some(deletion) = left.remove(at) {
                self.pair(deletion, addition, MAX_SCORE);
            }
        }
    }

    /// Pairs files whose name only one deletion and one addition have, when they are alike enough: halfway between
    /// the least score and equal.
    fn pair_equal_names(&mut self) -> Result<(), GitError> {
        let least = self.least_score + (MAX_SCORE - self.least_score) / 2;
        let deletions = unique_names(&self.deletions);
        let additions = unique_names(&self.additions);
        for deletion in 0..self.deletions.len() {
            let name = self.deletions[deletion].name();
            let (Some(Some(_)), Some(&Some(addition))) = (deletions.get(name), additions.get(name)) else {
                continue;
            };
            if self.deletions[deletion].paired {
                continue;
            }
            let score = self.score(deletion, addition, least)?;
            if score >= least {
                self.pair(deletion, addition, score);
            }
        }
        Ok(())
    }

    /// Whether there are too many files left to compare each with each; no limit is 0.
    fn exceeds(&self, limit: u32) -> bool {
        let left = |files: &[File<'_>]| files.iter().filter(|file| !file.paired).count() as u64;
        let limit = u64::from(limit);
        limit > 0 && left(&self.deletions).saturating_mul(left(&self.additions)) > limit * limit
    }

    /// Pairs the best first, of the best few deletions for each addition.
    fn pair_similar_contents(&mut self) -> Result<(), GitError> {
        let mut candidates = Vec::new();
        for addition in 0..self.additions.len() {
            if !self.additions[addition].paired {
                candidates.extend(self.best_deletions(addition)?);
                self.additions[addition].spans = None;
            }
        }
        candidates.sort_by_key(|candidate| Reverse(candidate.rank()));
        for candidate in candidates {
            let free = !self.deletions[candidate.deletion].paired && !self.additions[candidate.addition].paired;
            if free && candidate.score >= self.least_score {
                self.pair(candidate.deletion, candidate.addition, candidate.score);
            }
        }
        Ok(())
    }

    /// The deletions that `addition` is most like. A slot is given up only to what is better than the worst slot, the
    /// first of equals; what is not alike at all takes a slot too while there are free ones.
    fn best_deletions(&mut self, addition: usize) -> Result<Vec<Candidate>, GitError> {
        let mut best: Vec<Candidate> = Vec::with_capacity(CANDIDATES);
        for deletion in 0..self.deletions.len() {
            if self.deletions[deletion].paired {
                continue;
            }
            let candidate = Candidate {
                score: self.score(deletion, addition, self.least_score)?,
                same_name: self.deletions[deletion].name() == self.additions[addition].name(),
                deletion,
                addition,
            };
            if best.len() < CANDIDATES {
                best.push(candidate);
            } else if let Some(worst) = best.iter_mut().min_by_key(|it| it.rank())
                && candidate.rank() > worst.rank()
            {
                *worst = candidate;
            }
        }
        Ok(best)
    }

    /// How much of the larger content is in both. Zero where the sizes alone rule `least` out, and where one side has
    /// no content of its own or nothing in it.
    fn score(&mut self, deletion: usize, addition: usize, least: u64) -> Result<u64, GitError> {
        let (old, new) = (&mut self.deletions[deletion], &mut self.additions[addition]);
        if !is_regular(old.mode) || !is_regular(new.mode) {
            return Ok(0);
        }
        let (old_size, new_size) = (old.size(self.repo)?, new.size(self.repo)?);
        let (larger, smaller) = (old_size.max(new_size), old_size.min(new_size));
        let cannot_reach = u128::from(larger) * u128::from(least) > u128::from(smaller) * u128::from(MAX_SCORE);
        if new_size == 0 || cannot_reach {
            return Ok(0);
        }
        if self.in_table != Some(addition) {
            new.spans(self.repo, self.scratch)?;
            if let Some(spans) = &new.spans {
                self.scratch.table.load(spans);
            }
            self.in_table = Some(addition);
        }
        let old_spans = old.spans(self.repo, self.scratch)?;
        Ok(self.scratch.table.shared_bytes(old_spans) * MAX_SCORE / larger)
    }

    fn pair(&mut self, deletion: usize, addition: usize, score: u64) {
        let (old, new) = (&mut self.deletions[deletion], &mut self.additions[addition]);
        old.paired = true;
        new.paired = true;
        self.pairs.push(Pair {
            deletion: old.change,
            addition: new.change,
            score,
        });
    }
}

/// The least similarity as a score. As for git, zero percent means that nobody said: fifty.
fn least_score(options: &RenameOptions) -> u64 {
    match u64::from(options.similarity) {
        0 => MAX_SCORE / 2,
        percent => percent.min(100) * MAX_SCORE / 100,
    }
}

/// Whether git looks at deletions of equal content from the last to the first.
///
/// Its hash table is made for the number of deletions, and its chains keep their order. For a few numbers (205, 3277,
/// 52429) rounding makes the table one too small: it grows at the very end, and that turns each chain round.
fn git_meets_the_last_first(deletions: usize) -> bool {
    let mut buckets = 64;
    while deletions * 5 / 4 > buckets {
        buckets *= 4;
    }
    deletions > buckets * 4 / 5
}

/// The file names of what is not paired yet, each with its only file, or `None` where several have it.
fn unique_names<'a>(files: &[File<'a>]) -> HashMap<&'a [u8], Option<usize>> {
    let mut names = HashMap::new();
    for (index, file) in files.iter().enumerate().filter(|(_, file)| !file.paired) {
        names
            .entry(file.name())
            .and_modify(|only| *only = None)
            .or_insert(Some(index));
    }
    names
}

/// Makes renames of the additions that were paired, and drops the deletions.
fn apply(changes: &mut Vec<RawChange>, pairs: &[Pair]) {
    let mut moved_away = vec![false; changes.len()];
    for pair in pairs {
        moved_away[pair.deletion] = true;
        let deletion = &mut changes[pair.deletion];
        let (mode, id) = (deletion.old_mode, deletion.old_id);
        let path = std::mem::take(&mut deletion.path);
        let rename = &mut changes[pair.addition];
        rename.kind = ChangeKind::Renamed;
        rename.old_mode = mode;
        rename.old_id = id;
        rename.previous_path = Some(path);
        rename.similarity = Some((pair.score * 100 / MAX_SCORE) as u8);
    }
    let mut moved_away = moved_away.into_iter();
    changes.retain(|_| !moved_away.next().unwrap_or(false));
}
