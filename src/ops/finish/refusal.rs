//! Why a run's worktree is not removed.

use crate::model::shell_word;

/// What stands against removing a worktree and its branch. Unless a variant says otherwise nothing was written or removed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RemovalRefusal {
    /// The run was started in the primary worktree.
    #[error("the run {handle} works in the primary worktree{}, which is never removed", path.as_ref().map(|path| format!(" `{path}`")).unwrap_or_default())]
    PrimaryWorktree {
        /// The run.
        handle: String,
        /// The primary worktree.
        path: Option<String>,
    },
    /// The run has not begun, so that no worktree is its own.
    #[error("the run {handle} was never started, so no worktree and no branch are its own")]
    NeverStarted {
        /// The run.
        handle: String,
    },
    /// The branch is checked out in another worktree.
    #[error("the branch `{branch}` is checked out in `{path}`, which is not where the run was started")]
    BranchElsewhere {
        /// The branch.
        branch: String,
        /// The other worktree.
        path: String,
    },
    /// The worktree is on another branch than the run's.
    #[error("`{path}` is {}, not on the run's branch `{branch}`", on.as_ref().map_or("on no branch".to_owned(), |on| format!("on the branch `{on}`")))]
    OnAnotherBranch {
        /// The worktree.
        path: String,
        /// The run's branch.
        branch: String,
        /// Where it is instead.
        on: Option<String>,
    },
    /// Another run works on the branch.
    #[error("the branch `{branch}` carries another run: {other}")]
    OtherRun {
        /// The branch.
        branch: String,
        /// The other run.
        other: String,
    },
    /// The branch is what others build on.
    #[error("`{branch}` is this repository's default branch, which is not removed with a run")]
    DefaultBranch {
        /// The branch.
        branch: String,
    },
    /// `git worktree lock` was told to keep it.
    #[error("the worktree `{path}` is locked{}", if reason.is_empty() { String::new() } else { format!(": {reason}") })]
    Locked {
        /// The worktree.
        path: String,
        /// Why.
        reason: String,
    },
    /// git is in the middle of something there.
    #[error("{operation} is under way in `{path}`")]
    Busy {
        /// The worktree.
        path: String,
        /// What, with its article.
        operation: &'static str,
    },
    /// Submodules are checked out there, whose repositories would be gone.
    #[error("submodules are checked out in `{path}`, and their own commits would be gone with it")]
    Submodules {
        /// The worktree.
        path: String,
    },
    /// Work that no commit has.
    #[error("`{path}` holds what no commit has; {what}")]
    Uncommitted {
        /// The worktree.
        path: String,
        /// The losses, by kind.
        what: String,
        /// Whether all of them are ignored files.
        only_ignored: bool,
    },
    /// What was written reads otherwise.
    #[error("{handle} could not be read back as it was written: {what}")]
    NotKept {
        /// The run.
        handle: String,
        /// What differs.
        what: String,
    },
    /// Somebody committed in the meantime.
    #[error("somebody has moved the branch `{branch}` in the meantime")]
    Moved {
        /// The branch.
        branch: String,
    },
    /// Everything is kept, and not everything could be removed.
    #[error(
        "{handle} is over and kept, and not all of it could be removed: {why}{}",
        left_over(things)
    )]
    Left {
        /// The run.
        handle: String,
        /// What failed.
        why: String,
        /// What is still there.
        things: Vec<String>,
        /// A folder that git does not know any more.
        unknown_folder: Option<String>,
        /// The command that goes on.
        again: String,
    },
}

impl RemovalRefusal {
    /// What settles it.
    pub fn hints(&self) -> Vec<String> {
        let without = "without --remove-worktree the run is closed and nothing is removed";
        match self {
            Self::PrimaryWorktree { .. } | Self::NeverStarted { .. } | Self::DefaultBranch { .. } => {
                vec![without.into()]
            }
            Self::BranchElsewhere { path, .. } => {
                vec![
                    format!("`git -C {} switch BRANCH` frees it", shell_word(path)),
                    without.into(),
                ]
            }
            Self::OnAnotherBranch { path, branch, .. } => {
                vec![
                    format!("`git -C {} switch {}`", shell_word(path), shell_word(branch)),
                    without.into(),
                ]
            }
            Self::OtherRun { other, .. } => {
                vec![format!("`drift finish --run {other}` closes that one"), without.into()]
            }
            Self::Locked { path, .. } => vec![format!("`git worktree unlock {}`", shell_word(path))],
            Self::Busy { path, .. } => vec![format!("`git -C {} status` says how to end it", shell_word(path))],
            Self::Submodules { path } => vec![format!(
                "push what they hold, then `git worktree remove --force {}`; {without}",
                shell_word(path)
            )],
            Self::Uncommitted { path, only_ignored, .. } => uncommitted(path, *only_ignored),
            Self::NotKept { .. } => vec!["nothing was removed; try again".into()],
            Self::Moved { .. } => vec!["try again".into()],
            Self::Left {
                unknown_folder, again, ..
            } => left(unknown_folder.as_deref(), again),
        }
    }
}

fn uncommitted(path: &str, only_ignored: bool) -> Vec<String> {
    match only_ignored {
        true => vec!["`--ignored` removes the worktree with its ignored files".into()],
        false => vec![
            format!("commit it, or `git -C {} stash --include-untracked`", shell_word(path)),
            "`--force` removes the worktree with everything in it".into(),
        ],
    }
}

fn left(unknown_folder: Option<&str>, again: &str) -> Vec<String> {
    let folder =
        unknown_folder.map(|path| format!("git does not know `{path}` any more: look at what is in it, and delete it"));
    folder.into_iter().chain([format!("then `{again}` goes on")]).collect()
}

fn left_over(things: &[String]) -> String {
    match things {
        [] => String::new(),
        some => format!("; left: {}", some.join(" and ")),
    }
}
