//! What the next commit would change: HEAD's tree against the index.
//!
//! Both are walked together, in path order. The index remembers the ids of folders that are as they were committed
//! (its cache-tree), so that a small change in a large repository reads a few trees only.

use super::index::{Index, IndexEntry};
use super::raw_change::RawChange;
use super::raw_tree::{EntryMode, RawTree, check_depth, name_order};
use super::tree_diff::Differ;
use super::{GitError, objects};
use crate::model::FileMode;
use gix::ObjectId;
use gix::bstr::{BStr, BString, ByteSlice};
use gix::index::extension::Tree as CachedFolder;
use std::cmp::Ordering;
use std::collections::HashMap;

/// The mode of an entry that stands for a whole folder.
const SPARSE_FOLDER: u32 = 0o040_000;

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
    let index = Index::open(&repo.index_path(), repo.object_hash())?;
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
    walk.enter(head, index.top(), index.len())?;
    while walk.step()? {}
    Ok(walk.staged)
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
    index: &'a Index,
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
        let index: &'a Index = self.index;
        let Some(level) = self.levels.last_mut() else {
            return Ok(false);
        };
        self.path.truncate(level.path_length);
        let entry = if self.at < level.end {
            index.entry(self.at)
        } else {
            None
        };
        let indexed = entry.as_ref().map(|entry| first_part(entry.path, level.path_length));
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
            (Some(entry), Some((name, true))) if order.is_ge() => self.indexed_folder(side, &entry, name)?,
            (Some(entry), Some((_, false))) if order.is_ge() => self.indexed_file(side, &entry),
            _ => self.gone_from_index(side)?,
        }
        Ok(true)
    }

    /// A folder with entries in the index, or a sparse one that is an entry itself.
    fn indexed_folder(&mut self, side: TreeSide, first: &IndexEntry<'_>, name: &[u8]) -> Result<(), GitError> {
        let tree = side.map(|side| side.1);
        self.path.push(b'/');
        if first.mode == SPARSE_FOLDER && first.path == self.path {
            self.at += 1;
            return self.whole_folder(tree, Some(first.id));
        }
        let Some(level) = self.levels.last() else {
            return Ok(());
        };
        let cached = level.cached.get(name).copied();
        let end = self.end_of_folder(level.end);
        self.enter(tree, cached, end)
    }

    /// Where the entries below `path` end, the first of which is the next one; `limit` at the latest.
    fn end_of_folder(&self, limit: usize) -> usize {
        let (mut inside, mut outside) = (self.at, limit);
        while inside + 1 < outside {
            let middle = inside + (outside - inside) / 2;
            if self.index.path(middle).starts_with(&self.path) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        inside + 1
    }

    fn indexed_file(&mut self, side: TreeSide, entry: &IndexEntry<'_>) {
        self.at += 1;
        if entry.stage != 0 {
            while self.at < self.index.len() && self.index.path(self.at) == entry.path {
                self.at += 1;
            }
            self.staged.unmerged.push(entry.path.to_owned());
            return;
        }
        let mode = EntryMode::from_bits(entry.mode).file();
        let new = mode.filter(|_| !entry.is_intended).map(|mode| (mode, entry.id));
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
