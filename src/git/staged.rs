//! What the next commit would change: HEAD's tree against the index.
//!
//! Both are walked together, in path order. The index remembers the ids of folders that are as they were committed
//! (its cache-tree), so that a small change in a large repository reads a few trees only.

use super::raw_change::RawChange;
use super::raw_tree::{EntryMode, RawTree, check_depth, name_order};
use super::tree_diff::Differ;
use super::{GitError, objects};
use crate::model::FileMode;
use gix::ObjectId;
use gix::bstr::{BStr, BString, ByteSlice};
use gix::index::entry::Flags;
use gix::index::extension::Tree as CachedFolder;
use gix::index::{Entry, State};
use std::cmp::Ordering;
use std::collections::HashMap;

/// What is staged.
#[derive(Clone, Debug, Default)]
pub struct Staged {
    /// The changes, in path order, renames not looked for.
    pub changes: Vec<RawChange>,
    /// The paths that a merge left unresolved; none of them is among the changes.
    pub unmerged: Vec<BString>,
}

/// The difference between HEAD and the index, as `git diff --cached --raw` has it.
///
/// The index is the one that git named (GIT_INDEX_FILE), else the worktree's; a missing one is empty, and so is the tree
/// of an unborn HEAD. Files that are only intended to be added are not there yet. Fails where the index can't be read or
/// an object is missing.
pub fn staged_changes(repo: &gix::Repository) -> Result<Staged, GitError> {
    let index = open_index(repo)?;
    let head = head_tree(repo)?;
    let mut walk = Walk {
        repo,
        index: &index,
        at: 0,
        levels: Vec::new(),
        path: BString::default(),
        differ: Differ::new(repo),
        staged: Staged::default(),
    };
    walk.enter(head, index.tree(), index.entries().len())?;
    while walk.step()? {}
    Ok(walk.staged)
}

fn open_index(repo: &gix::Repository) -> Result<gix::index::File, GitError> {
    // As git does, the checksum over the whole file is not verified: that would take longer than all the rest.
    let without_checksum = true;
    let options = gix::index::decode::Options::default();
    gix::index::File::at_or_default(repo.index_path(), repo.object_hash(), without_checksum, options)
        .map_err(GitError::gix("reading the index"))
}

/// The tree of HEAD's commit; `None` before the first commit.
fn head_tree(repo: &gix::Repository) -> Result<Option<ObjectId>, GitError> {
    let head = repo.head().map_err(GitError::gix("reading HEAD"))?;
    match head.id() {
        Some(commit) => objects::tree_of_commit(repo, commit.detach()).map(Some),
        None => Ok(None),
    }
}

/// The state of going through tree and index at once.
struct Walk<'a> {
    repo: &'a gix::Repository,
    index: &'a State,
    /// The next index entry.
    at: usize,
    levels: Vec<Level<'a>>,
    path: BString,
    differ: Differ<'a>,
    staged: Staged,
}

/// One folder that differs.
struct Level<'a> {
    tree: RawTree,
    /// The index entries of the folder end before this one.
    end: usize,
    /// What the index remembers of the folders inside.
    cached: HashMap<&'a [u8], &'a CachedFolder>,
    /// How long the path of the folder is, its slash included.
    path_length: usize,
}

/// What HEAD has at a path.
type TreeSide = Option<(EntryMode, ObjectId)>;

impl<'a> Walk<'a> {
    /// Goes into the folder at `path`, whose index entries end before `end`; steps over them if nothing is staged there.
    fn enter(&mut self, tree: Option<ObjectId>, cached: Option<&'a CachedFolder>, end: usize) -> Result<(), GitError> {
        let entries = end - self.at;
        if cached.is_some_and(|it| Some(it.id) == tree && it.num_entries.is_some_and(|it| it as usize == entries)) {
            self.at = end;
            return Ok(());
        }
        check_depth(self.levels.len())?;
        let mut level = Level {
            tree: RawTree::read(self.repo, tree)?,
            end,
            cached: HashMap::new(),
            path_length: self.path.len(),
        };
        let folders = cached.into_iter().flat_map(|it| &it.children);
        level.cached.extend(folders.map(|it| (it.name.as_slice(), it)));
        self.levels.push(level);
        Ok(())
    }

    /// Looks at the next name that the folder has in tree or index; false when all folders are done.
    fn step(&mut self) -> Result<bool, GitError> {
        let index: &'a State = self.index;
        let Some(level) = self.levels.last_mut() else {
            return Ok(false);
        };
        self.path.truncate(level.path_length);
        let entries = &index.entries()[..level.end];
        let entry = entries.get(self.at);
        let indexed = entry.map(|entry| first_part(entry.path(index), level.path_length));
        let tree_entry = level.tree.peek()?;
        let in_tree = tree_entry.map(|it| (it.name.as_bytes(), it.mode == EntryMode::Folder));
        let order = match (in_tree, indexed) {
            (None, None) => {
                self.levels.pop();
                return Ok(true);
            }
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(in_tree), Some(indexed)) => name_order(in_tree, indexed),
        };
        let side = tree_entry
            .filter(|_| order.is_le())
            .map(|it| (it.mode, it.id.to_owned()));
        let name = if order.is_le() { in_tree } else { indexed };
        self.path.extend_from_slice(name.unwrap_or_default().0);
        if order.is_le() {
            level.tree.step();
        }
        match (entry, indexed) {
            (Some(entry), Some((name, true))) if order.is_ge() => self.indexed_folder(side, entry, name)?,
            (Some(entry), Some((_, false))) if order.is_ge() => self.indexed_file(side, entry),
            _ => self.gone_from_index(side)?,
        }
        Ok(true)
    }

    /// A folder with entries in the index, or a sparse one that is an entry itself.
    fn indexed_folder(&mut self, side: TreeSide, first: &Entry, name: &[u8]) -> Result<(), GitError> {
        let tree = side.map(|side| side.1);
        self.path.push(b'/');
        if first.mode.is_sparse() && first.path(self.index) == self.path {
            self.at += 1;
            return self.whole_folder(tree, Some(first.id));
        }
        let Some(level) = self.levels.last() else {
            return Ok(());
        };
        let cached = level.cached.get(name).copied();
        let rest = &self.index.entries()[self.at..level.end];
        let inside = rest.partition_point(|entry| entry.path(self.index).starts_with(&self.path));
        self.enter(tree, cached, self.at + inside.max(1))
    }

    fn indexed_file(&mut self, side: TreeSide, entry: &Entry) {
        self.at += 1;
        if entry.stage_raw() != 0 {
            let others = &self.index.entries()[self.at..];
            let path = entry.path(self.index);
            self.at += others.iter().take_while(|it| it.path(self.index) == path).count();
            self.staged.unmerged.push(path.to_owned());
            return;
        }
        let intended = entry.flags.contains(Flags::INTENT_TO_ADD);
        let mode = EntryMode::from_bits(entry.mode.bits()).file();
        let new = mode.filter(|_| !intended).map(|mode| (mode, entry.id));
        self.file(side, new);
    }

    fn gone_from_index(&mut self, side: TreeSide) -> Result<(), GitError> {
        match side {
            Some((EntryMode::Folder, id)) => {
                self.path.push(b'/');
                self.whole_folder(Some(id), None)
            }
            _ => {
                self.file(side, None);
                Ok(())
            }
        }
    }

    fn file(&mut self, old: TreeSide, new: Option<(FileMode, ObjectId)>) {
        let old = old.and_then(|(mode, id)| Some((mode.file()?, id)));
        if old != new {
            let change = RawChange::between(old, new, self.path.clone());
            self.staged.changes.push(change);
        }
    }

    /// The difference of two whole trees, both at the folder that `path` names.
    fn whole_folder(&mut self, old: Option<ObjectId>, new: Option<ObjectId>) -> Result<(), GitError> {
        for mut change in self.differ.diff(old, new)? {
            change.path.splice(0..0, self.path.iter().copied());
            self.staged.changes.push(change);
        }
        Ok(())
    }
}

/// The part of an index path that stands behind the first `skip` bytes, and whether more parts follow.
fn first_part(path: &BStr, skip: usize) -> (&[u8], bool) {
    let rest = path.get(skip..).unwrap_or_default();
    match rest.find_byte(b'/') {
        Some(slash) => (&rest[..slash], true),
        None => (rest, false),
    }
}
