//! Walking the files of one tree, and only the folders that can hold what was asked for.

use super::GitError;
use super::raw_tree::{EntryMode, RawTree, check_depth};
use crate::model::FileMode;
use gix::ObjectId;
use gix::bstr::{BString, ByteSlice};
use std::collections::{HashMap, HashSet};

/// Which paths a walk visits.
#[derive(Debug, Default)]
pub(super) struct Selection {
    /// Each path that was asked for, and how many folders deep below it files count, should it be a folder.
    wanted: HashMap<Vec<u8>, usize>,
    /// The folders above them.
    on_the_way: HashSet<Vec<u8>>,
}

/// A file that a walk came across.
#[derive(Clone, Debug)]
pub(super) struct TreeFile {
    pub(super) path: BString,
    pub(super) mode: FileMode,
    pub(super) id: ObjectId,
}

impl Selection {
    /// Asks for the file at `path` (empty: the whole tree), and for the files up to `reach` folders below it: 0 is
    /// none, 1 those right in it, `usize::MAX` all.
    pub(super) fn add(&mut self, path: &[u8], reach: usize) {
        for slash in path.find_iter(b"/") {
            if !self.on_the_way.contains(&path[..slash]) {
                self.on_the_way.insert(path[..slash].to_vec());
            }
        }
        let known = self.wanted.entry(path.to_vec()).or_default();
        *known = reach.max(*known);
    }

    /// How far the files below `path` count because it was asked for; `None` if it was not.
    fn reach(&self, path: &[u8]) -> Option<usize> {
        self.wanted.get(path).copied()
    }
}

/// One folder of the walk.
struct Level {
    tree: RawTree,
    path_length: usize,
    reach: usize,
}

/// Calls `visit` with each file of `tree` that `selection` asks for, in path order.
///
/// Fails where a tree on the way is missing, malformed, or nested deeper than git allows.
pub(super) fn walk(
    repo: &gix::Repository,
    tree: ObjectId,
    selection: &Selection,
    visit: &mut dyn FnMut(TreeFile),
) -> Result<(), GitError> {
    let mut path = BString::default();
    let mut levels = vec![open(repo, tree, 0, selection.reach(b"").unwrap_or(0))?];
    while let Some(level) = levels.last_mut() {
        path.truncate(level.path_length);
        let Some(entry) = level.tree.peek()? else {
            levels.pop();
            continue;
        };
        path.extend_from_slice(entry.name);
        let (mode, id) = (entry.mode, entry.id.to_owned());
        level.tree.step();
        let (reach_here, asked) = (level.reach, selection.reach(&path));
        match mode {
            EntryMode::File(mode) if reach_here > 0 || asked.is_some() => visit(TreeFile {
                path: path.clone(),
                mode,
                id,
            }),
            EntryMode::File(_) => {}
            EntryMode::Folder => {
                let reach = below(reach_here).max(asked.unwrap_or(0));
                if reach > 0 || selection.on_the_way.contains(path.as_bytes()) {
                    check_depth(levels.len())?;
                    path.push(b'/');
                    levels.push(open(repo, id, path.len(), reach)?);
                }
            }
        }
    }
    Ok(())
}

fn open(repo: &gix::Repository, id: ObjectId, path_length: usize, reach: usize) -> Result<Level, GitError> {
    Ok(Level {
        tree: RawTree::read(repo, Some(id))?,
        path_length,
        reach,
    })
}

/// The reach of a folder inside one of this reach.
fn below(reach: usize) -> usize {
    match reach {
        usize::MAX => usize::MAX,
        reach => reach.saturating_sub(1),
    }
}
