//! What a tree has that its parents have not: all trees are walked at once, in path order, and everything that is
//! equal is stepped over without being decoded.
//!
//! Against one parent that is the plain difference of two trees; against several, a merge's own changes.

use super::GitError;
use super::packs::Packs;
use super::raw_change::RawChange;
use super::raw_tree::{EntryMode, RawTree, TreeEntry, check_depth, skip_common_entries};
use super::tree_cache::TreeCache;
use gix::ObjectId;
use gix::bstr::{BString, ByteSlice};
use std::cmp::Ordering;

/// The trees that are read in step: the new one and its first parent.
const LEADING: usize = 2;

/// Compares trees of one repository. Make one and use it again: it keeps its buffers.
pub struct Differ<'repo> {
    repo: &'repo gix::Repository,
    cache: TreeCache<'repo>,
    /// The folders from the top to the one that is being read, and behind them those that can be used again.
    levels: Vec<Level>,
    depth: usize,
    /// The path of the entry that is being looked at.
    path: BString,
    /// What each tree has at that path: the new tree first, then its parents.
    sides: Vec<Side>,
}

/// What a tree has at a path.
type Side = Option<(EntryMode, ObjectId)>;

/// One folder, in all trees.
#[derive(Default)]
struct Level {
    /// The new side first, then the parents; a tree without the folder is empty.
    trees: Vec<RawTree>,
    /// How long the path of the folder is, its slash included.
    path_length: usize,
}

impl<'repo> Differ<'repo> {
    /// A differ for the trees of `repo`.
    pub fn new(repo: &'repo gix::Repository) -> Self {
        Self::reading(repo, None)
    }

    /// A differ for the trees of `repo`, very many of them: they are read from `packs` where those have them.
    pub(super) fn reading(repo: &'repo gix::Repository, packs: Option<&'repo Packs>) -> Self {
        Self {
            repo,
            cache: TreeCache::new(packs),
            levels: Vec::new(),
            depth: 0,
            path: BString::default(),
            sides: Vec::new(),
        }
    }

    /// The files that differ between two trees, in path order, renames not looked for; `None` is the empty tree.
    ///
    /// Fails where a tree is missing, malformed, or nested deeper than git allows.
    pub fn diff(&mut self, old: Option<ObjectId>, new: Option<ObjectId>) -> Result<Vec<RawChange>, GitError> {
        self.walk(old.as_slice(), new)
    }

    /// The files of `new` that differ from every one of `parents`, or that all of them have and `new` has not.
    /// The old side of a change is the first parent's. Without parents these are all files.
    pub(super) fn walk(&mut self, parents: &[ObjectId], new: Option<ObjectId>) -> Result<Vec<RawChange>, GitError> {
        let mut changes = Vec::new();
        let folder = |id: ObjectId| (EntryMode::Folder, id);
        self.path.clear();
        self.depth = 0;
        self.sides.clear();
        self.sides.push(new.map(folder));
        self.sides.extend(parents.iter().map(|&id| Some(folder(id))));
        if differs_from_every_parent(&self.sides) {
            self.enter()?;
        }
        while self.depth > 0 {
            if !self.next_difference()? {
                self.leave();
            } else if self.sides.iter().flatten().any(|side| side.0 == EntryMode::Folder) {
                self.enter()?;
            } else {
                changes.push(self.change());
            }
        }
        Ok(changes)
    }

    /// Goes into the folder that `sides` name.
    fn enter(&mut self) -> Result<(), GitError> {
        check_depth(self.depth)?;
        if self.depth == self.levels.len() {
            self.levels.push(Level::default());
        }
        let level = &mut self.levels[self.depth];
        level.trees.resize_with(self.sides.len(), RawTree::default);
        for (tree, side) in level.trees.iter_mut().zip(&self.sides) {
            *tree = RawTree::cached(self.repo, side.map(|side| side.1), &mut self.cache)?;
        }
        if !self.path.is_empty() {
            self.path.push(b'/');
        }
        level.path_length = self.path.len();
        self.depth += 1;
        Ok(())
    }

    fn leave(&mut self) {
        self.depth -= 1;
        // The cache can use the buffers again only while nobody else has them.
        self.levels[self.depth].trees.clear();
    }

    /// Moves to the next path of the folder that differs from every parent; false at the folder's end.
    fn next_difference(&mut self) -> Result<bool, GitError> {
        let level = &mut self.levels[self.depth - 1];
        self.path.truncate(level.path_length);
        loop {
            let leading = LEADING.min(level.trees.len());
            skip_common_entries(&mut level.trees[..leading]);
            if !level.next_path(&mut self.path, &mut self.sides)? {
                return Ok(false);
            }
            if differs_from_every_parent(&self.sides) {
                return Ok(true);
            }
            self.path.truncate(level.path_length);
        }
    }

    fn change(&self) -> RawChange {
        let file = |side: Side| side.and_then(|(mode, id)| Some((mode.file()?, id)));
        let side = |index: usize| self.sides.get(index).copied().flatten();
        RawChange::between(file(side(1)), file(side(0)), self.path.clone())
    }
}

impl Level {
    /// Steps to the next name that the new tree or its first parent has, writes down what each tree has there, and puts
    /// the name behind the path; false when both are at their end. A file and a folder of one name are two names.
    ///
    /// What differs from all parents differs from the first: the others are asked only about names at which that one
    /// does. A topic's branch may lack hundreds of files that the merge has from its first parent.
    fn next_path(&mut self, path: &mut BString, sides: &mut Vec<Side>) -> Result<bool, GitError> {
        let count = LEADING.min(self.trees.len());
        let (leading, others) = self.trees.split_at_mut(count);
        let mut least = None;
        sides.clear();
        for tree in &*leading {
            let entry = tree.peek()?;
            let order = match (&entry, &least) {
                (None, _) => Ordering::Greater,
                (Some(_), None) => Ordering::Less,
                (Some(entry), Some(least)) => entry.order(least),
            };
            if order == Ordering::Less {
                sides.iter_mut().for_each(|side| *side = None);
                least = entry;
            }
            sides.push(entry.filter(|_| order != Ordering::Greater).map(side_of));
        }
        let Some(least) = least else {
            return Ok(false);
        };
        path.extend_from_slice(least.name.as_bytes());
        if differs_from_every_parent(sides) {
            for tree in others {
                sides.push(tree.seek(&least)?.map(side_of));
            }
        }
        for (tree, side) in leading.iter_mut().zip(sides) {
            if side.is_some() {
                tree.step();
            }
        }
        Ok(true)
    }
}

fn side_of(entry: TreeEntry<'_>) -> (EntryMode, ObjectId) {
    (entry.mode, entry.id.to_owned())
}

/// Whether the first of `sides` is no parent's, or all parents have what it has not.
fn differs_from_every_parent(sides: &[Side]) -> bool {
    match sides {
        [] => false,
        [None, parents @ ..] => parents.iter().all(Option::is_some),
        [new, parents @ ..] => parents.iter().all(|parent| parent != new),
    }
}
