//! Taking away a linked worktree and its branch, by git's own commands, and what has to be known before.
//!
//! git reads the folders of all worktrees when it removes one, and can stumble over one that is just being removed: drift's
//! processes take turns.

use super::error::GitError;
use super::ids;
use super::open::Repository;
use super::ref_update::pause;
use super::worktrees::Worktree;
use crate::model::{Handle, ObjectId};
use std::ffi::OsStr;
use std::fs::File;

/// How often a branch is tried to be deleted while other git programs lock the files that it stands in.
const TRIES: u32 = 10;

/// The right to remove worktrees of this repository, which one drift at a time has. Dropping it gives it back.
pub struct WorktreesTurn {
    _flock: File,
}

impl Repository {
    /// Waits until no other drift removes a worktree.
    pub fn worktrees_turn(&self) -> Result<WorktreesTurn, GitError> {
        self.writes_allowed()?;
        Ok(WorktreesTurn {
            _flock: self.take_turn("worktrees.lock")?,
        })
    }

    /// The commit that a branch (a short name) leads to; `None` if there is no such branch, or it is not born.
    pub fn branch_tip(&self, branch: &str) -> Result<Option<ObjectId>, GitError> {
        let doing = "reading a branch";
        let name = format!("refs/heads/{branch}");
        let Some(mut found) = self.gix().try_find_reference(&name).map_err(GitError::gix(doing))? else {
            return Ok(None);
        };
        let tip = found.peel_to_commit().map_err(GitError::gix(doing))?;
        Ok(Some(ids::to_model(&tip.id)))
    }

    /// Whether the record of `run` keeps `commit` from being collected: git finds it behind the record's ref.
    pub fn record_reaches(&self, run: &Handle, commit: ObjectId) -> Result<bool, GitError> {
        let (commit, record) = (commit.to_string(), super::record::ref_name(run));
        let arguments = ["merge-base", "--is-ancestor", &commit, &record].map(OsStr::new);
        self.git_says_yes(&arguments)
    }

    /// The branches, here and at the remotes, that hold `commit`, without the branch `except`.
    pub fn branches_with(&self, commit: ObjectId, except: &str) -> Result<Vec<String>, GitError> {
        let contains = format!("--contains={commit}");
        let format = "--format=%(refname)";
        let arguments = ["for-each-ref", format, &contains, "refs/heads", "refs/remotes"].map(OsStr::new);
        let answer = self.tell_git_outside(&arguments)?;
        let names = String::from_utf8_lossy(&answer).into_owned();
        let own = format!("refs/heads/{except}");
        let short = |name: &str| {
            let short = name.strip_prefix("refs/heads/").or(name.strip_prefix("refs/remotes/"));
            short.unwrap_or(name).to_owned()
        };
        let others = names.lines().filter(|name| *name != own && !name.ends_with("/HEAD"));
        Ok(others.map(short).collect())
    }

    /// Removes a linked worktree by `git worktree remove`. With `force` git does not ask what lies in it; a locked one it
    /// never removes.
    ///
    /// Where a removal was killed in the middle, so that the worktree has lost its `.git`, it is given back first.
    pub fn remove_worktree(&self, _: &WorktreesTurn, worktree: &Worktree, force: bool) -> Result<(), GitError> {
        let path = worktree.path.as_os_str();
        let torn = worktree.path.is_dir() && !worktree.path.join(".git").exists();
        if torn {
            self.tell_git_outside(&["worktree".as_ref(), "repair".as_ref()])?;
        }
        // git refuses a submodule that is not even checked out, whose removal loses nothing.
        let force = force || (worktree.path.is_dir() && self.has_submodule(worktree)?);
        let mut arguments: Vec<&OsStr> = vec!["worktree".as_ref(), "remove".as_ref()];
        arguments.extend(force.then_some(OsStr::new("--force")));
        arguments.extend([OsStr::new("--"), path]);
        self.tell_git_outside(&arguments).map(drop)
    }

    /// Deletes a branch, merged or not, by `git branch -D`, and with it what git's configuration says of it.
    pub fn delete_branch(&self, _: &WorktreesTurn, branch: &str) -> Result<(), GitError> {
        let arguments = ["branch", "--quiet", "-D", "--", branch].map(OsStr::new);
        let mut outcome = self.tell_git_outside(&arguments);
        for _ in 1..TRIES {
            if outcome.is_ok() || self.branch_tip(branch)?.is_none() {
                break;
            }
            pause(100);
            outcome = self.tell_git_outside(&arguments);
        }
        outcome.map(drop)
    }
}
