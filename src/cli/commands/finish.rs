//! `drift finish`.

use super::Session;
use crate::cli::exit::Exit;
use crate::model::{printable, shell_word};
use crate::ops;
use crate::ops::finish::{Finished, Options, Removed};

/// Close a run, with everything kept, and free its branch
///
///   drift finish                     the run that this branch is bound to
///   drift finish add-login --remove-worktree
///
/// The report, the lesson and the record are written and read back from the disk before anything
/// is removed. A worktree that holds uncommitted work is not removed without being told to; a
/// locked one, one with a rebase or merge under way, one with submodules checked out, and the
/// primary one never are.
#[derive(clap::Args, Debug)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The run, by its handle, id, id8 or slug [default: the branch's]
    #[arg(conflicts_with = "run")]
    name: Option<String>,
    /// Close it without a report
    #[arg(long)]
    discard: bool,
    /// Remove the linked worktree that the run was started in, and its branch; the record keeps the commits
    #[arg(long)]
    remove_worktree: bool,
    /// Remove the worktree with its ignored files, such as build results
    #[arg(long, requires = "remove_worktree")]
    ignored: bool,
    /// Remove the worktree with everything that is not committed: changed, untracked and ignored files
    #[arg(long, requires = "remove_worktree")]
    force: bool,
}

pub fn run(args: &Args, session: &Session<'_>) -> anyhow::Result<Exit> {
    let options = Options {
        discard: args.discard,
        remove_worktree: args.remove_worktree,
        ignored: args.ignored,
        force: args.force,
    };
    let finished = ops::finish::finish(&session.world, args.name.as_deref().or(session.run()), options)?;
    session
        .ui
        .report(&format!("{} is {}\n", finished.handle, finished.state.name()))?;
    if let Some(removed) = &finished.removed {
        session.ui.report(&what_is_gone(removed, &finished))?;
    }
    session
        .ui
        .talk(&format!("its record stays at refs/drift/runs/{}\n", finished.handle));
    session.ui.talk(&remarks(&finished));
    Ok(Exit::Done)
}

fn what_is_gone(removed: &Removed, finished: &Finished) -> String {
    let mut text = String::new();
    if let Some(path) = &removed.worktree {
        text.push_str(&format!(
            "removed the worktree {}\n",
            printable(&path.display().to_string())
        ));
    }
    if let Some(branch) = &removed.branch {
        let tip = branch.tip.to_string();
        let short = tip.get(..10).unwrap_or(&tip);
        let kept = match branch.also_on.as_slice() {
            [] => format!(
                "no other branch has its last commit, the record keeps it: `git branch {} {short}` brings it back",
                printable(&shell_word(&branch.name))
            ),
            [only] => format!("its last commit is on {} too", printable(only)),
            [first, rest @ ..] => format!("its last commit is on {} and {} more", printable(first), rest.len()),
        };
        text.push_str(&format!(
            "deleted the branch {} (was {short}); {kept}\n",
            printable(&branch.name)
        ));
    }
    if text.is_empty() {
        let branch = finished.branch.as_deref().unwrap_or_default();
        text = format!("its worktree and its branch {} were gone already\n", printable(branch));
    }
    text
}

fn remarks(finished: &Finished) -> String {
    let mut text = String::new();
    if finished.unjudged > 0 {
        let branch = printable(finished.branch.as_deref().unwrap_or_default());
        let commits = if finished.unjudged == 1 { "commit" } else { "commits" };
        text.push_str(&format!(
            "warning: {} {commits} on {branch} came after the report, and no report judges them\n",
            finished.unjudged
        ));
    }
    if let Some(place) = finished.removed.as_ref().and_then(|removed| removed.go_to.as_ref()) {
        text.push_str(&format!(
            "this folder is gone: `cd {}`\n",
            printable(&shell_word(&place.display().to_string()))
        ));
    }
    text
}
