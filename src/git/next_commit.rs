//! The commit that is about to be made: what is staged, and the history that a range would have with it.

use super::commit_changes::Job;
use super::error::GitError;
use super::observe::Query;
use super::open::Repository;
use super::raw_change::RawChange;
use super::tree_diff::Differ;
use super::{attributes, commit_changes, ids, renames, staged};
use crate::model::{Change, Commit, FileMode, History, ObjectId, RenameOptions, RepoPath, Signature, TreeListing};
use gix::bstr::BString;
use std::collections::BTreeMap;

/// What is staged.
#[derive(Clone, Debug, Default)]
pub struct StagedChanges {
    /// The changes against HEAD, in path order, renames not looked for.
    pub changes: Vec<Change>,
    /// Paths that a merge left unresolved.
    pub unmerged: Vec<RepoPath>,
}

impl Repository {
    /// What the index that git names holds otherwise than HEAD.
    pub fn staged(&self) -> Result<StagedChanges, GitError> {
        let staged = staged::staged_changes(self.gix())?;
        Ok(StagedChanges {
            changes: staged.changes.into_iter().map(Change::from).collect(),
            unmerged: staged.unmerged.into_iter().map(RepoPath::new).collect(),
        })
    }

    /// Whether the next commit is a merge.
    pub fn is_merging(&self) -> bool {
        self.git_dir().join("MERGE_HEAD").is_file()
    }

    /// What begins a comment in message files: `core.commentString`, else its older name `core.commentChar`.
    pub fn comment_setting(&self) -> Option<Vec<u8>> {
        let snapshot = self.gix().config_snapshot();
        let config = snapshot.plumbing();
        let value = config
            .string("core.commentString")
            .or_else(|| config.string("core.commentChar"));
        value.map(Vec::from)
    }

    /// The history that the range of `query` has once `staged` is committed with `message`; its last commit is that one,
    /// and has the null id. Trees, contents and line counts are left out.
    pub fn observe_next(&self, query: &Query, staged: &StagedChanges, message: &str) -> Result<NextHistory, GitError> {
        let base = self.resolve_commit(&query.base_ref)?;
        let target = self.resolve_commit(&query.target_ref)?;
        let walked = self.walk(query, ids::to_gix(base), ids::to_gix(target))?;
        let net = Differ::new(self.gix()).diff(Some(walked.old_tree), Some(walked.new_tree))?;
        let mut changes = overlaid(net, staged);
        let limited = renames::detect(
            self.gix(),
            &mut renames::Scratch::default(),
            &mut changes,
            query.renames,
        )?;
        let touched: Vec<RepoPath> = changes
            .iter()
            .map(|change| RepoPath::new(change.path.clone()))
            .collect();
        let history = History {
            base_ref: query.base_ref.clone(),
            target_ref: query.target_ref.clone(),
            base,
            target,
            merge_base: ids::to_model(&walked.merge_bases[0]),
            merge_bases: walked.merge_bases.len(),
            commits: vec![next_commit(target, staged, message)],
            changes: changes.into_iter().map(Change::from).collect(),
            renames: RenameOptions {
                limited,
                ..query.renames
            },
            shallow: self.is_shallow()?,
            base_tree: TreeListing::default(),
            target_tree: TreeListing::default(),
            contents: BTreeMap::new(),
            searches: BTreeMap::new(),
            own_commits: false,
            generated: attributes::generated(self.gix(), walked.new_tree, &touched)?,
            tags: Vec::new(),
        };
        Ok(NextHistory {
            alone: history,
            earlier: walked.jobs,
            threads: query.threads,
        })
    }
}

/// A history that has its last commit, and can have those before it.
pub struct NextHistory {
    alone: History,
    earlier: Vec<Job>,
    threads: usize,
}

impl NextHistory {
    /// The net changes of the whole range, and its last commit alone.
    pub fn alone(&self) -> &History {
        &self.alone
    }

    /// Whether that is the whole history.
    pub fn is_whole(&self) -> bool {
        self.earlier.is_empty()
    }

    /// The whole history: reads what each of the other commits changed, which is most of the work.
    pub fn whole(self, repository: &Repository) -> Result<History, GitError> {
        let (commits, ()) = commit_changes::read(repository.gix(), &self.earlier, self.threads, || ());
        let mut commits = commits?;
        commits.extend(self.alone.commits);
        Ok(History { commits, ..self.alone })
    }
}

fn next_commit(parent: ObjectId, staged: &StagedChanges, message: &str) -> Commit {
    let null = ids::to_model(&ids::to_gix(parent).kind().null());
    Commit {
        id: null,
        parents: vec![parent],
        tree: null,
        author: Signature::default(),
        committer: Signature::default(),
        message: message.to_owned(),
        changes: staged.changes.clone(),
    }
}

/// One side of a change.
type Side = Option<(FileMode, gix::ObjectId)>;

/// The difference from the base to the index: that from the base to HEAD, and what is staged on top of it. What the
/// index has as the base had it is no difference any more.
fn overlaid(net: Vec<RawChange>, staged: &StagedChanges) -> Vec<RawChange> {
    let mut sides: BTreeMap<BString, (Side, Side)> = BTreeMap::new();
    for change in net {
        let old = change.old_mode.zip(change.old_id);
        let new = change.new_mode.zip(change.new_id);
        sides.insert(change.path, (old, new));
    }
    for change in &staged.changes {
        let id = |id: Option<ObjectId>| id.map(ids::to_gix);
        let old = change.old_mode.zip(id(change.old_id));
        let new = change.new_mode.zip(id(change.new_id));
        let path = BString::from(change.path.as_bytes());
        sides.entry(path).and_modify(|it| it.1 = new).or_insert((old, new));
    }
    let differ = sides.into_iter().filter(|(_, (old, new))| old != new);
    differ
        .map(|(path, (old, new))| RawChange::between(old, new, path))
        .collect()
}
