//! Where the worktrees of a repository lie, and what each has checked out.

use super::error::GitError;
use super::open::{Repository, resolved};
use crate::model::ObjectId;
use gix::bstr::ByteSlice;
use std::path::{Path, PathBuf};

/// One worktree of a repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worktree {
    /// The name that git gave a linked worktree; `None` for the primary one.
    pub name: Option<String>,
    /// Its top. The folder need not exist any more.
    pub path: PathBuf,
    /// The short name of the branch it is on; `None` where HEAD is detached or can't be read.
    pub branch: Option<String>,
    /// The git directory that belongs to it alone.
    pub git_dir: PathBuf,
    /// Why it may not be removed, where it is locked; empty where nobody said why.
    pub locked: Option<String>,
}

impl Repository {
    /// The short name of the branch that HEAD is on, born or not; `None` where HEAD is detached.
    pub fn head_branch(&self) -> Result<Option<String>, GitError> {
        let head = self.gix().head().map_err(GitError::gix("reading HEAD"))?;
        Ok(head.referent_name().map(|name| name.shorten().to_string()))
    }

    /// The commit that HEAD names.
    pub fn head_commit(&self) -> Result<ObjectId, GitError> {
        self.resolve_commit("HEAD")
    }

    /// The name of the linked worktree that the command runs in; `None` in the primary one and in bare repositories.
    pub fn worktree_name(&self) -> Option<String> {
        let git_dir = self.git_dir();
        let linked = git_dir != self.common_dir();
        linked.then(|| git_dir.file_name().unwrap_or_default().to_string_lossy().into_owned())
    }

    /// The worktrees, the primary one first (unless it is bare), the linked ones by name.
    pub fn worktrees(&self) -> Result<Vec<Worktree>, GitError> {
        let mut worktrees = Vec::new();
        if let Some(path) = self.main_workdir()? {
            worktrees.push(Worktree {
                name: None,
                path,
                branch: branch_of(self.common_dir()),
                git_dir: self.common_dir().to_owned(),
                locked: None,
            });
        }
        let linked = self.gix().worktrees();
        for proxy in linked.map_err(GitError::gix("listing the worktrees"))? {
            let Ok(path) = proxy.base() else {
                continue;
            };
            worktrees.push(Worktree {
                name: proxy.id().ok().map(|name| name.to_str_lossy().into_owned()),
                path: resolved(&path),
                branch: branch_of(proxy.git_dir()),
                git_dir: resolved(proxy.git_dir()),
                locked: lock_of(proxy.git_dir()),
            });
        }
        Ok(worktrees)
    }
}

/// The branch that the HEAD file in `git_dir` names. Refs are files: other storages are refused when opening.
fn branch_of(git_dir: &Path) -> Option<String> {
    let head = std::fs::read(git_dir.join("HEAD")).ok()?;
    let name = head.trim().strip_prefix(b"ref:")?.trim();
    Some(name.strip_prefix(b"refs/heads/")?.to_str().ok()?.to_owned())
}

/// What `git worktree lock` left in `git_dir`.
fn lock_of(git_dir: &Path) -> Option<String> {
    let reason = std::fs::read(git_dir.join("locked")).ok()?;
    Some(reason.trim().to_str_lossy().into_owned())
}
