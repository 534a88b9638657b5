//! What git shows of single paths: which commits touched them, and at which end of the range they exist.

use crate::model::{Change, ChangeKind, History, RepoPath};
use bstr::ByteSlice;
use foldhash::HashMap;
use std::collections::HashSet;

/// The paths of the range's net changes, both sides of renames, with what the commits did to them.
pub(super) struct Touches<'a> {
    history: &'a History,
    by_path: HashMap<&'a RepoPath, Touch>,
    /// The folders in which something was touched.
    folders: HashSet<&'a [u8]>,
}

/// What is known of one touched path.
#[derive(Default)]
struct Touch {
    /// The commits that changed it, in their order, and how.
    commits: Vec<(usize, ChangeKind)>,
    /// Whether the merge base has it.
    before: bool,
    /// Whether the target has it.
    after: bool,
}

impl<'a> Touches<'a> {
    pub fn new(history: &'a History) -> Self {
        let mut by_path: HashMap<&RepoPath, Touch> = HashMap::default();
        for change in &history.changes {
            let touch = by_path.entry(&change.path).or_default();
            touch.before |= matches!(
                change.kind,
                ChangeKind::Modified | ChangeKind::Deleted | ChangeKind::TypeChanged
            );
            touch.after |= change.kind != ChangeKind::Deleted;
            if let Some(previous) = renamed_from(change) {
                by_path.entry(previous).or_default().before = true;
            }
        }
        for (index, commit) in history.commits.iter().enumerate() {
            for change in &commit.changes {
                for path in sides(change) {
                    if let Some(touch) = by_path.get_mut(path) {
                        touch.commits.push((index, change.kind));
                    }
                }
            }
        }
        Self {
            history,
            folders: by_path.keys().flat_map(|path| folders_above(path)).collect(),
            by_path,
        }
    }

    /// The commits that touched `path`, in their order; none where the net changes do not.
    pub fn commits(&self, path: &RepoPath) -> impl Iterator<Item = usize> + '_ {
        self.steps(path).iter().map(|&(commit, _)| commit)
    }

    /// The commits that touched `path`, and what each did.
    pub fn steps(&self, path: &RepoPath) -> &[(usize, ChangeKind)] {
        self.by_path.get(path).map_or(&[], |touch| &touch.commits)
    }

    /// Whether the merge base has the file. A path that no net change touches is at both ends or at neither.
    pub fn before(&self, path: &RepoPath) -> bool {
        match self.by_path.get(path) {
            Some(touch) => touch.before,
            None => self.in_target_tree(path),
        }
    }

    /// Whether the target has the file.
    pub fn after(&self, path: &RepoPath) -> bool {
        match self.by_path.get(path) {
            Some(touch) => touch.after,
            None => self.in_target_tree(path),
        }
    }

    /// Whether any file lies below `path` at the target, or a touched one does at either end.
    pub fn is_folder(&self, path: &RepoPath) -> bool {
        let files = &self.history.target_tree.files;
        let below = [path.as_bytes(), b"/"].concat();
        let at = files.partition_point(|file| file.path.as_bytes() < below.as_slice());
        let in_tree = files
            .get(at)
            .is_some_and(|file| file.path.as_bytes().starts_with(&below));
        in_tree || self.folders.contains(path.as_bytes())
    }

    fn in_target_tree(&self, path: &RepoPath) -> bool {
        self.history.target_tree.get(path.as_bytes()).is_some()
    }
}

/// The folders that hold `path`, without the top.
fn folders_above(path: &RepoPath) -> impl Iterator<Item = &[u8]> {
    let bytes = path.as_bytes();
    bytes.find_iter(b"/").map(move |at| &bytes[..at])
}

/// The path that a rename took away; a copy takes nothing away.
pub(super) fn renamed_from(change: &Change) -> Option<&RepoPath> {
    match change.kind {
        ChangeKind::Renamed => change.previous_path.as_ref(),
        _ => None,
    }
}

/// The paths that a change touches: one, or both sides of a rename.
pub(super) fn sides(change: &Change) -> impl Iterator<Item = &RepoPath> {
    std::iter::once(&change.path).chain(renamed_from(change))
}
