//! What a range says: its commits with their changes, and the difference that is left in the end.

use super::ancestry::{Ancestry, CommitIndex};
use super::commit_changes::{self, Job};
use super::error::GitError;
use super::listing::{self, Question};
use super::open::Repository;
use super::raw_change::RawChange;
use super::tree_diff::Differ;
use super::walk::{CommitRange, ancestors_first, commit_range, commits_beyond};
use super::{attributes, ids, line_count, merge_base, objects, own_commits, renames, search};
use crate::model::{
    Change, Commit, History, ObjectId, PathPattern, PatternSet, RenameOptions, RepoPath, Search, Searched, TreeListing,
};
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
    /// What is looked for in the contents of the target's tree.
    pub searches: Vec<Search>,
    /// Whether only the target's first-parent line counts, and of the difference what its commits did: the branch is one
    /// that others' work is merged into.
    pub own_commits: bool,
    /// Commits of which all that they hold is not the branch's own, for `own_commits`.
    pub others: Vec<ObjectId>,
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
    searches: BTreeMap<Search, Searched>,
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
        let (commits, net) = if query.own_commits {
            let (commits, ()) = commit_changes::read(self.gix(), &walked.jobs, query.threads, || ());
            let commits = commits?;
            let net = self.net(query, &walked, Some(&commits))?;
            (commits, net)
        } else {
            let net = || self.net(query, &walked, None);
            let (commits, net) = commit_changes::read(self.gix(), &walked.jobs, query.threads, net);
            (commits?, net?)
        };
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
            searches: net.searches,
            own_commits: query.own_commits,
            generated: net.generated,
            tags,
        })
    }

    /// What both ends say by themselves, whatever lies between them; with `own`, what these commits say.
    fn net(&self, query: &Query, walked: &Walked, own: Option<&[Commit]>) -> Result<Net, GitError> {
        let raw = match own {
            Some(commits) => own_commits::composed(commits),
            None => Differ::new(self.gix()).diff(Some(walked.old_tree), Some(walked.new_tree))?,
        };
        let (changes, limited) = self.net_changes(query, raw)?;
        let touched: Vec<RepoPath> = changes.iter().map(|change| change.path.clone()).collect();
        let question = Question {
            patterns: query.patterns.clone(),
            everything: query.all_files,
        };
        let target_tree = listing::list(self.gix(), walked.new_tree, &question)?;
        let base_tree = if own.is_some() {
            let patterns = PatternSet::new(query.patterns.iter().cloned());
            let is_asked = |path: &RepoPath| query.all_files || !patterns.all_matching(path.as_bytes()).is_empty();
            target_tree.before(&changes, is_asked)
        } else if walked.old_tree == walked.new_tree {
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
            searches: search::all(self.gix(), walked.new_tree, &query.searches, MOST_CONTENT)?,
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
        if query.own_commits {
            let mut others = vec![base];
            for other in &query.others {
                others.push(ancestry.add(ids::to_gix(*other))?);
            }
            let own = commits_beyond(&mut ancestry, &others, target)?;
            range.commits = own_commits::first_parents(&ancestry, target, &own);
        }
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

    /// The difference with its renames, and whether a limit cut the search for them short.
    fn net_changes(&self, query: &Query, mut changes: Vec<RawChange>) -> Result<(Vec<Change>, bool), GitError> {
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
