//! What a worktree holds that no commit has: all that would be gone with it.

use super::error::GitError;
use super::open::Repository;
use super::program::{GitCall, failure};
use super::worktrees::Worktree;
use crate::model::RepoPath;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

/// What is not committed, by its path. A folder that is ignored as a whole ends in a slash.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Uncommitted {
    /// Files that are not what HEAD has, staged or not; also those that git was told not to look at.
    pub changed: Vec<RepoPath>,
    /// Files that git does not know.
    pub untracked: Vec<RepoPath>,
    /// Files that git was told to ignore.
    pub ignored: Vec<RepoPath>,
    /// Files that are not there any more, and nothing else: nothing is lost with them.
    pub missing: Vec<RepoPath>,
}

/// One line of `git ls-files -s -v`.
struct Entry<'a> {
    /// `H`; `S` where the file was not to be checked out; in lower case where changes are assumed not to happen.
    tag: u8,
    mode: &'a [u8],
    id: &'a [u8],
    path: &'a [u8],
}

/// What git keeps in a worktree's git directory while it is in the middle of something.
const OPERATIONS: [(&str, &str); 8] = [
    ("rebase-merge", "a rebase"),
    ("rebase-apply", "a rebase or `git am`"),
    ("MERGE_HEAD", "a merge"),
    ("CHERRY_PICK_HEAD", "a cherry-pick"),
    ("REVERT_HEAD", "a revert"),
    ("sequencer", "a cherry-pick or a revert"),
    ("BISECT_LOG", "a bisection"),
    ("index.lock", "a git command"),
];

impl Uncommitted {
    /// Whether there is nothing that would be lost.
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.untracked.is_empty() && self.ignored.is_empty()
    }
}

impl Worktree {
    /// What git is in the middle of there, with its article; `None` for nothing.
    pub fn operation(&self) -> Option<&'static str> {
        let is_there = |name: &str| self.git_dir.join(name).symlink_metadata().is_ok();
        OPERATIONS
            .iter()
            .find(|(name, _)| is_there(name))
            .map(|(_, what)| *what)
    }
}

impl Repository {
    /// What `worktree` holds that no commit has, whatever the user's configuration says to `git status`.
    pub fn uncommitted(&self, worktree: &Worktree) -> Result<Uncommitted, GitError> {
        let arguments = [
            "status",
            "--porcelain=v1",
            "-z",
            "--no-renames",
            "--untracked-files=all",
            "--ignored=matching",
            "--ignore-submodules=none",
        ];
        let mut found = parse(&self.read_in(worktree, &arguments, b"")?);
        found.changed.extend(self.hidden_changes(worktree)?);
        found.changed.sort();
        found.changed.dedup();
        Ok(found)
    }

    /// Whether a submodule is checked out in `worktree`: its repository would go with it.
    pub fn has_populated_submodule(&self, worktree: &Worktree) -> Result<bool, GitError> {
        if std::fs::read_dir(worktree.git_dir.join("modules")).is_ok_and(|mut found| found.next().is_some()) {
            return Ok(true);
        }
        if !worktree.path.is_dir() {
            return Ok(false);
        }
        let listing = self.listed_files(worktree)?;
        let is_populated = |path: &[u8]| worktree.path.join(OsStr::from_bytes(path)).join(".git").exists();
        Ok(entries(&listing).any(|entry| entry.mode == b"160000" && is_populated(entry.path)))
    }

    /// Whether `worktree` has a submodule at all, checked out or not.
    pub(super) fn has_submodule(&self, worktree: &Worktree) -> Result<bool, GitError> {
        let listing = self.listed_files(worktree)?;
        Ok(entries(&listing).any(|entry| entry.mode == b"160000"))
    }

    fn listed_files(&self, worktree: &Worktree) -> Result<Vec<u8>, GitError> {
        self.read_in(worktree, &["ls-files", "-s", "-v", "-z"], b"")
    }

    /// Changed files that `git status` passes over, because somebody told git not to look.
    fn hidden_changes(&self, worktree: &Worktree) -> Result<Vec<RepoPath>, GitError> {
        let listing = self.listed_files(worktree)?;
        let is_there = |path: &[u8]| worktree.path.join(OsStr::from_bytes(path)).symlink_metadata().is_ok();
        let hidden: Vec<Entry<'_>> = entries(&listing)
            .filter(|entry| (entry.tag == b'S' || entry.tag.is_ascii_lowercase()) && is_there(entry.path))
            .collect();
        // A name with a line feed can't be asked about; it counts as changed.
        let (askable, others): (Vec<_>, Vec<_>) = hidden.iter().partition(|entry| !entry.path.contains(&b'\n'));
        let names: Vec<&[u8]> = askable.iter().map(|entry| entry.path).collect();
        let ids = match names.is_empty() {
            true => Vec::new(),
            false => self.read_in(worktree, &["hash-object", "--stdin-paths"], &names.join(&b'\n'))?,
        };
        let ids = ids.split(|byte| *byte == b'\n').chain(std::iter::repeat(&b""[..]));
        let changed = askable.iter().zip(ids).filter(|(entry, id)| entry.id != *id);
        let changed = changed.map(|(entry, _)| entry.path);
        Ok(changed
            .chain(others.iter().map(|it| it.path))
            .map(RepoPath::new)
            .collect())
    }

    /// What git prints in `worktree`, found by its own git directory: a `.git` file that is gone must not lead to another
    /// repository that happens to lie around it.
    fn read_in(&self, worktree: &Worktree, arguments: &[&str], input: &[u8]) -> Result<Vec<u8>, GitError> {
        let arguments: Vec<&OsStr> = arguments.iter().map(OsStr::new).collect();
        let call = GitCall {
            arguments: &arguments,
            input,
            variables: &[("GIT_OPTIONAL_LOCKS", "0".as_ref())],
        };
        let place: Option<&Path> = Some(&worktree.path);
        let answer = self.ask_git_at(&worktree.git_dir, place, &call)?;
        match answer.status {
            Some(0) => Ok(answer.stdout),
            _ => Err(failure(&call, answer).into()),
        }
    }
}

fn parse(status: &[u8]) -> Uncommitted {
    let mut found = Uncommitted::default();
    for entry in status.split(|byte| *byte == 0).filter(|entry| entry.len() > 3) {
        let path = RepoPath::new(&entry[3..]);
        match &entry[..2] {
            b"??" => found.untracked.push(path),
            b"!!" => found.ignored.push(path),
            b" D" => found.missing.push(path),
            _ => found.changed.push(path),
        }
    }
    found
}

fn entries(listing: &[u8]) -> impl Iterator<Item = Entry<'_>> {
    listing.split(|byte| *byte == 0).filter_map(|line| {
        let tab = line.iter().position(|byte| *byte == b'\t')?;
        let mut words = line[..tab].split(|byte| *byte == b' ');
        Some(Entry {
            tag: *words.next()?.first()?,
            mode: words.next()?,
            id: words.next()?,
            path: &line[tab + 1..],
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{Uncommitted, entries, parse};
    use crate::model::RepoPath;

    #[test]
    fn what_status_says_is_sorted_by_what_would_be_lost() {
        let text = b" M a\0M  b\0 D c\0D  d\0?? e f\0!! target/\0UU g\0";
        let paths = |names: &[&str]| names.iter().map(|name| RepoPath::from(*name)).collect::<Vec<_>>();
        let expected = Uncommitted {
            changed: paths(&["a", "b", "d", "g"]),
            untracked: paths(&["e f"]),
            ignored: paths(&["target/"]),
            missing: paths(&["c"]),
        };
        assert_eq!(parse(text), expected);
        assert!(parse(b"").is_empty() && parse(b" D c\0").is_empty() && !parse(text).is_empty());
    }

    #[test]
    fn the_index_is_read_with_its_tags() {
        let listing = b"H 100644 aa 0\tx y\0h 120000 bb 0\tz\tz\0S 160000 cc 0\tw\0";
        let found: Vec<_> = entries(listing).map(|it| (it.tag, it.mode, it.id, it.path)).collect();
        assert_eq!(found[0], (b'H', &b"100644"[..], &b"aa"[..], &b"x y"[..]));
        assert_eq!(found[1], (b'h', &b"120000"[..], &b"bb"[..], &b"z\tz"[..]));
        assert_eq!((found[2].0, found.len()), (b'S', 3));
    }
}
