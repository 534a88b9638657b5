//! What a range says: its commits with their changes, and the difference that is left in the end.

use super::ancestry::{Ancestry, CommitIndex};
use super::commit_changes::{self, Job};
use super::error::GitError;
use super::listing::{self, Question};
use super::open::Repository;
use super::tree_diff::Differ;
use super::walk::{CommitRange, ancestors_first, commit_range};
use super::{attributes, ids, line_count, merge_base, objects, renames};
use crate::model::{Change, History, ObjectId, PathPattern, RenameOptions, RepoPath, TreeListing};
use std::collections::BTreeMap;

/// The most threads that are started unasked: each keeps a cache of its own.
const MOST_THREADS: usize = 8;
/// Files larger than this are not read for their content.
pub(super) const MOST_CONTENT: u64 = 4 * 1024 * 1024;

/// What is asked of a range.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// The revision that the work began from, as the user or the plan writes it.
    pub base_ref: String,
    /// The revision that the work ended in.
    pub target_ref: String,
    /// Whether to count inserted and deleted lines of the difference that is left in the end.
    pub line_counts: bool,
    /// How to look for renames.
    pub renames: RenameOptions,
    /// The patterns whose files are listed, in the tree of the merge base and in that of the target.
    pub patterns: Vec<PathPattern>,
    /// Whether to list all files of both trees instead.
    pub all_files: bool,
    /// The files whose content at the target is asked for.
    pub contents: Vec<RepoPath>,
    /// The names of the tags that are asked about, without `refs/tags/`.
    pub tags: Vec<String>,
    /// How many threads may be used; 0: as many as the machine has, eight at most. The answer is the same for all.
    pub threads: usize,
}

impl Query {
    /// The range `base_ref..target_ref`, without line counts, listings or contents.
    pub fn new(base_ref: impl Into<String>, target_ref: impl Into<String>) -> Self {
        Self {
            base_ref: base_ref.into(),
            target_ref: target_ref.into(),
            ..Self::default()
        }
    }
}

/// The number of threads that is meant; 0: as many as the machine has, eight at most. Asking the system reads a handful
/// of files, so that only work which is long enough for threads asks.
pub(super) fn threads_or_all(threads: usize) -> usize {
    match threads {
        0 => std::thread::available_parallelism().map_or(1, |all| all.get().min(MOST_THREADS)),
        threads => threads,
    }
}

/// A range of commits and the two trees that it leads from and to.
pub(super) struct Walked {
    /// The commits to read.
    pub jobs: Vec<Job>,
    /// The best common ancestors of both ends.
    pub merge_bases: Vec<gix::ObjectId>,
    /// The tree of the newest of them.
    pub old_tree: gix::ObjectId,
    /// The tree of the target.
    pub new_tree: gix::ObjectId,
}

/// The difference of both ends, and what was asked of their trees.
struct Net {
    changes: Vec<Change>,
    limited: bool,
    base_tree: TreeListing,
    target_tree: TreeListing,
    contents: BTreeMap<RepoPath, Option<String>>,
    generated: Vec<RepoPath>,
}

impl Repository {
    /// The facts of the range that `query` names.
    ///
    /// Renames and line counts are those of the difference from the merge base to the target; the commits' own changes
    /// have neither. `base_tree` is the tree of the merge base, which those changes are counted from. A target that the
    /// base already has gives a history without commits. What is missing is an error, never a smaller answer.
    pub fn observe(&self, query: &Query) -> Result<History, GitError> {
        let base = self.resolve_commit(&query.base_ref)?;
        let target = self.resolve_commit(&query.target_ref)?;
        let walked = self.walk(query, ids::to_gix(base), ids::to_gix(target))?;
        let net = || self.net(query, &walked);
        let (commits, net) = commit_changes::read(self.gix(), &walked.jobs, query.threads, net);
        let (commits, net) = (commits?, net?);
        let tags = self.tags(&query.tags, target, &commits)?;
        Ok(History {
            base_ref: query.base_ref.clone(),
            target_ref: query.target_ref.clone(),
            base,
            target,
            merge_base: ids::to_model(&walked.merge_bases[0]),
            merge_bases: walked.merge_bases.len(),
            commits,
            changes: net.changes,
            renames: RenameOptions {
                limited: net.limited,
                ..query.renames
            },
            shallow: self.is_shallow()?,
            base_tree: net.base_tree,
            target_tree: net.target_tree,
            contents: net.contents,
            generated: net.generated,
            tags,
        })
    }

    /// What both ends say by themselves, whatever lies between them.
    fn net(&self, query: &Query, walked: &Walked) -> Result<Net, GitError> {
        let (changes, limited) = self.net_changes(query, walked)?;
        let touched: Vec<RepoPath> = changes.iter().map(|change| change.path.clone()).collect();
        let question = Question {
            patterns: query.patterns.clone(),
            everything: query.all_files,
        };
        let target_tree = listing::list(self.gix(), walked.new_tree, &question)?;
        let base_tree = if walked.old_tree == walked.new_tree {
            target_tree.clone()
        } else {
            listing::list(self.gix(), walked.old_tree, &question)?
        };
        Ok(Net {
            changes,
            limited,
            base_tree,
            target_tree,
            contents: listing::contents(self.gix(), walked.new_tree, &query.contents, MOST_CONTENT)?,
            generated: attributes::generated(self.gix(), walked.new_tree, &touched)?,
        })
    }

    /// The files of the commit's tree that `patterns` name; `None`: all of them.
    pub fn tree_listing(&self, commit: ObjectId, patterns: Option<&[PathPattern]>) -> Result<TreeListing, GitError> {
        let question = Question {
            patterns: patterns.unwrap_or_default().to_owned(),
            everything: patterns.is_none(),
        };
        let tree = objects::tree_of_commit(self.gix(), ids::to_gix(commit))?;
        listing::list(self.gix(), tree, &question)
    }

    pub(super) fn walk(&self, query: &Query, base: gix::ObjectId, target: gix::ObjectId) -> Result<Walked, GitError> {
        let mut ancestry = Ancestry::new(self.gix())?;
        let target = ancestry.add(target)?;
        let base = ancestry.add(base)?;
        let mut range = commit_range(&mut ancestry, base, target)?;
        let merge_bases = merge_bases(query, &mut ancestry, &mut range)?;
        let ordered = ancestors_first(&ancestry, &range.commits);
        Ok(Walked {
            jobs: ordered
                .into_iter()
                .map(|index| Job::new(&mut ancestry, index))
                .collect(),
            old_tree: ancestry.tree(merge_bases[0]),
            new_tree: ancestry.tree(target),
            merge_bases: merge_bases.into_iter().map(|index| ancestry.id(index)).collect(),
        })
    }

    /// The difference of both trees with its renames, and whether a limit cut the search for them short.
    fn net_changes(&self, query: &Query, walked: &Walked) -> Result<(Vec<Change>, bool), GitError> {
        let mut changes = Differ::new(self.gix()).diff(Some(walked.old_tree), Some(walked.new_tree))?;
        let mut scratch = renames::Scratch::default();
        let limited = renames::detect(self.gix(), &mut scratch, &mut changes, query.renames)?;
        if query.line_counts {
            line_count::count(self.gix(), &mut changes, query.threads)?;
        }
        Ok((changes.into_iter().map(Change::from).collect(), limited))
    }
}

/// The best common ancestors of both ends, newest first; never empty.
fn merge_bases(
    query: &Query,
    ancestry: &mut Ancestry<'_>,
    range: &mut CommitRange,
) -> Result<Vec<CommitIndex>, GitError> {
    let (base, target) = (query.base_ref.clone(), query.target_ref.clone());
    if range.incomplete {
        return Err(GitError::MissingHistory { base, target });
    }
    if range.boundary.is_empty() {
        return Err(GitError::UnrelatedHistories { base, target });
    }
    let boundary = std::mem::take(&mut range.boundary);
    match merge_base::independent(ancestry, boundary)? {
        Some(best) => Ok(best),
        None => Err(GitError::MissingHistory { base, target }),
    }
}
