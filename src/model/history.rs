//! What git says: the commits of a range, and what they changed.

use super::{ObjectId, RepoPath};
use std::collections::{BTreeMap, HashSet};

/// The facts of one range, base..target.
#[derive(Clone, Debug)]
pub struct History {
    /// The revision that was asked for as base, as the user or the plan wrote it.
    pub base_ref: String,
    /// The revision that was asked for as target.
    pub target_ref: String,
    /// The commit that `base_ref` names.
    pub base: ObjectId,
    /// The commit that `target_ref` names.
    pub target: ObjectId,
    /// The newest common ancestor of both; where the changes are counted from.
    pub merge_base: ObjectId,
    /// How many best common ancestors there are; more than one after criss-cross merges.
    pub merge_bases: usize,
    /// The commits that the target has and the base has not, ancestors before descendants, merges too.
    pub commits: Vec<Commit>,
    /// The difference from the merge base's tree to the target's, in path order.
    pub changes: Vec<Change>,
    /// How renames were looked for, and whether a limit cut the search short.
    pub renames: RenameOptions,
    /// Whether the clone is shallow (and the range none the less complete).
    pub shallow: bool,
    /// The base's tree, as far as the plan asks about it.
    pub base_tree: TreeListing,
    /// The target's tree, as far as the plan asks about it.
    pub target_tree: TreeListing,
    /// The contents at the target of the files that expectations name; `None`: binary, too large, or no file.
    pub contents: BTreeMap<RepoPath, Option<String>>,
    /// What was looked for in the target's tree, and found.
    pub searches: BTreeMap<Search, Searched>,
    /// Whether only the target's first-parent line was looked at, because what was merged into it is the work of others:
    /// then the changes are those that its own commits made.
    pub own_commits: bool,
    /// Touched paths that .gitattributes at the target calls `linguist-generated`.
    pub generated: Vec<RepoPath>,
    /// The tags that were asked about and that exist.
    pub tags: Vec<Tag>,
}

/// A tag, and where it stands to the range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its name, without `refs/tags/`.
    pub name: String,
    /// The commit that it names.
    pub commit: ObjectId,
    /// Whether that commit is one of the range, or has the target among its ancestors.
    pub marks_the_range: bool,
}

/// What is looked for in the contents of a tree.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Search {
    /// A regular expression, matched against single lines.
    pub expression: String,
    /// Patterns of the files that are looked at; empty: all files.
    pub roots: Vec<String>,
}

/// What became of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Searched {
    /// Nothing was found in so many files.
    Absent {
        /// How many files were looked at.
        files: usize,
    },
    /// It was found: the first places, as `path:line`.
    Found {
        /// The first places, in path order.
        places: Vec<String>,
        /// Whether there are more.
        more: bool,
    },
    /// It could not be looked for, and why.
    Impossible(String),
}

/// How renames were looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RenameOptions {
    /// The least similarity, in percent, at which a deletion and an addition are a rename.
    pub similarity: u8,
    /// The most sources times destinations, as the side of the square, that are compared by content.
    pub limit: u32,
    /// Whether the limit was exceeded, so that only exact and same-name renames were found.
    pub limited: bool,
}

impl Default for RenameOptions {
    fn default() -> Self {
        Self {
            similarity: 50,
            limit: 1000,
            limited: false,
        }
    }
}

/// One commit of the range.
#[derive(Clone, Debug)]
pub struct Commit {
    /// Its id.
    pub id: ObjectId,
    /// Its parents, in order.
    pub parents: Vec<ObjectId>,
    /// Its tree.
    pub tree: ObjectId,
    /// Who wrote it, and when.
    pub author: Signature,
    /// Who committed it, and when.
    pub committer: Signature,
    /// The whole message, decoded as far as possible.
    pub message: String,
    /// What it changed against its only parent (or the empty tree), renames not looked for; for a merge the paths
    /// that differ from every parent.
    pub changes: Vec<Change>,
}

impl Commit {
    /// Whether it has more than one parent.
    pub fn is_merge(&self) -> bool {
        self.parents.len() > 1
    }

    /// The first paragraph of the message on one line, as `git log --format=%s` has it.
    pub fn subject(&self) -> String {
        let is_empty = |line: &&str| line.trim().is_empty();
        let mut lines = self
            .message
            .lines()
            .skip_while(is_empty)
            .take_while(|line| !is_empty(line));
        let mut subject = lines.next().unwrap_or_default().trim_end().to_owned();
        for line in lines {
            subject.push(' ');
            subject.push_str(line.trim_end());
        }
        subject
    }
}

/// A name and a time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// Seconds since 1970; any value that git stores, also negative ones.
    pub time: i64,
}

/// One path and what happened to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What happened.
    pub kind: ChangeKind,
    /// The path at the new side; for a deletion the path that is gone.
    pub path: RepoPath,
    /// The path at the old side, for renames.
    pub previous_path: Option<RepoPath>,
    /// The mode at the old side; `None` for an addition.
    pub old_mode: Option<FileMode>,
    /// The mode at the new side; `None` for a deletion.
    pub new_mode: Option<FileMode>,
    /// The object at the old side.
    pub old_id: Option<ObjectId>,
    /// The object at the new side.
    pub new_id: Option<ObjectId>,
    /// How alike both sides of a rename are, in percent, as git rounds it.
    pub similarity: Option<u8>,
    /// Inserted and deleted lines, as `git diff --numstat` counts them.
    pub lines: LineCount,
}

/// The kinds of change, as `git diff --name-status` has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// `A`
    Added,
    /// `M`: content, or the executable bit
    Modified,
    /// `D`
    Deleted,
    /// `R`
    Renamed,
    /// `C`
    Copied,
    /// `T`: a file became a symlink or submodule, or the other way round
    TypeChanged,
}

impl ChangeKind {
    /// The word that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Modified => "modified",
            Self::Deleted => "deleted",
            Self::Renamed => "renamed",
            Self::Copied => "copied",
            Self::TypeChanged => "typechange",
        }
    }

    /// The letter that git prints.
    pub fn letter(self) -> char {
        match self {
            Self::Added => 'A',
            Self::Modified => 'M',
            Self::Deleted => 'D',
            Self::Renamed => 'R',
            Self::Copied => 'C',
            Self::TypeChanged => 'T',
        }
    }
}

/// What a tree entry is, in git's canonical modes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileMode {
    /// 100644
    Regular,
    /// 100755
    Executable,
    /// 120000
    Symlink,
    /// 160000
    Submodule,
}

impl FileMode {
    /// The number that git prints in octal.
    pub fn bits(self) -> u32 {
        match self {
            Self::Regular => 0o100_644,
            Self::Executable => 0o100_755,
            Self::Symlink => 0o120_000,
            Self::Submodule => 0o160_000,
        }
    }
}

/// How many lines a change inserted and deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineCount {
    /// Nobody asked.
    #[default]
    NotCounted,
    /// One side is binary.
    Binary,
    /// Lines.
    Lines {
        /// Inserted.
        insertions: u32,
        /// Deleted.
        deletions: u32,
    },
}

/// One file of a tree.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TreePath {
    /// Where.
    pub path: RepoPath,
    /// What.
    pub mode: FileMode,
}

/// The files of a tree, all of them or those that were asked about, in path order.
#[derive(Clone, Debug, Default)]
pub struct TreeListing {
    /// The files; sorted by path, each once.
    pub files: Vec<TreePath>,
    /// Whether these are all files of the tree. If not, what is absent here may still exist, unless it was asked for.
    pub complete: bool,
}

impl TreeListing {
    /// The listing of `files`, sorted.
    pub fn new(mut files: Vec<TreePath>, complete: bool) -> Self {
        files.sort();
        files.dedup();
        Self { files, complete }
    }

    /// The listing of the tree that this one would be without `changes`, as far as `is_asked` asks about what is gone.
    pub fn before(&self, changes: &[Change], is_asked: impl Fn(&RepoPath) -> bool) -> Self {
        let is_new = |it: &&Change| matches!(it.kind, ChangeKind::Added | ChangeKind::Renamed | ChangeKind::Copied);
        let made: HashSet<&RepoPath> = changes.iter().filter(is_new).map(|it| &it.path).collect();
        let kept = self.files.iter().filter(|file| !made.contains(&file.path)).cloned();
        let gone = changes.iter().filter_map(|it| match it.kind {
            ChangeKind::Deleted => Some((&it.path, it.old_mode?)),
            ChangeKind::Renamed => Some((it.previous_path.as_ref()?, it.old_mode?)),
            _ => None,
        });
        let gone = gone.filter(|(path, _)| is_asked(path)).map(|(path, mode)| TreePath {
            path: path.clone(),
            mode,
        });
        Self::new(kept.chain(gone).collect(), self.complete)
    }

    /// The file at exactly `path`.
    pub fn get(&self, path: &[u8]) -> Option<&TreePath> {
        let at = self
            .files
            .binary_search_by(|file| file.path.as_bytes().cmp(path))
            .ok()?;
        Some(&self.files[at])
    }

    /// The files that `pattern` names.
    pub fn matching<'a, 'p>(
        &'a self,
        pattern: &'p super::PathPattern,
    ) -> impl Iterator<Item = &'a TreePath> + use<'a, 'p> {
        let prefix = pattern.fixed_prefix().as_bytes();
        let start = self.files.partition_point(|file| file.path.as_bytes() < prefix);
        self.files[start..]
            .iter()
            .take_while(move |file| file.path.as_bytes().starts_with(prefix))
            .filter(move |file| pattern.matches(file.path.as_bytes()))
    }

    /// The files that `pattern` names. A bare file name that names none means the only file of that name, where all
    /// files are listed.
    pub fn meant(&self, pattern: &super::PathPattern) -> Vec<&TreePath> {
        let named: Vec<_> = self.matching(pattern).collect();
        let Some(name) = pattern.bare_name().filter(|_| named.is_empty() && self.complete) else {
            return named;
        };
        let has_name = |file: &&TreePath| file.path.file_name() == name;
        let mut found: Vec<_> = self.files.iter().filter(has_name).take(2).collect();
        if found.len() > 1 {
            found.clear();
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::{FileMode, TreeListing, TreePath};
    use crate::model::PathPattern;

    #[test]
    fn a_listing_finds_files_by_pattern() {
        let file = |path: &str| TreePath {
            path: path.into(),
            mode: FileMode::Regular,
        };
        let listing = TreeListing::new(["b", "a/x.rs", "a/y.rs", "ab/x.rs"].map(file).into(), true);
        let named = |text: &str| -> Vec<String> {
            let pattern = PathPattern::parse(text).unwrap();
            listing.matching(&pattern).map(|file| file.path.to_string()).collect()
        };
        assert_eq!(named("a"), ["a/x.rs", "a/y.rs"]);
        assert_eq!(named("**/x.rs"), ["a/x.rs", "ab/x.rs"]);
        assert!(listing.get(b"a/x.rs").is_some());
        assert!(listing.get(b"a").is_none());
    }

    #[test]
    fn a_bare_name_means_the_only_file_of_that_name() {
        let file = |path: &str| TreePath {
            path: path.into(),
            mode: FileMode::Regular,
        };
        let meant = |text: &str, complete: bool| -> Vec<String> {
            let files = ["a/x.rs", "a/y.rs", "b/y.rs", "z.rs", "c/z.rs"].map(file).into();
            let pattern = PathPattern::parse(text).unwrap();
            let listing = TreeListing::new(files, complete);
            listing
                .meant(&pattern)
                .iter()
                .map(|file| file.path.to_string())
                .collect()
        };
        assert_eq!(meant("x.rs", true), ["a/x.rs"]);
        assert_eq!(meant("x.rs", false), [""; 0]);
        assert_eq!(meant("y.rs", true), [""; 0]);
        assert_eq!(meant("z.rs", true), ["z.rs"]);
        assert_eq!(meant("d/x.rs", true), [""; 0]);
        assert_eq!(meant("x.rs/", true), [""; 0]);
    }
}
