//! `drift finish`: closes a run. Whatever is asked for and from wherever, the order is one: persist, verify by reading back,
//! then destroy.
//!
//! | file | what it does |
//! |---|---|
//! | `persist` | the report in the home, its lesson, and the transition in the record |
//! | `verify` | reads all of it back through a repository that is opened anew |
//! | `doomed` | which worktree and branch are the run's, and what forbids to remove them |
//! | `losses` | what would be gone with the worktree |
//! | `destroy` | removes them, and says what is left where that fails |
//! | `refusal` | why nothing is removed |

mod destroy;
mod doomed;
mod losses;
mod persist;
mod refusal;
mod verify;

pub use destroy::Removed;
pub use refusal::RemovalRefusal;

use super::runs::{self, Run};
use super::{OpsError, Refusal, World};
use crate::git::Repository;
use crate::model::{RunState, Transition};

/// How a run is closed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Close it without a report.
    pub discard: bool,
    /// Remove its linked worktree and its branch.
    pub remove_worktree: bool,
    /// Remove the worktree with its ignored files.
    pub ignored: bool,
    /// Remove the worktree with everything that is not committed.
    pub force: bool,
}

/// A run that is over.
#[derive(Clone, Debug)]
pub struct Finished {
    /// Its handle.
    pub handle: String,
    /// finished or discarded.
    pub state: RunState,
    /// The branch that it worked on.
    pub branch: Option<String>,
    /// What was removed; `None` where that was not asked for.
    pub removed: Option<Removed>,
    /// How many commits the branch has that came after the report, so that nothing judged them.
    pub unjudged: usize,
}

/// The way in which a run ends.
#[derive(Clone, Copy, Debug)]
struct Ending {
    state: RunState,
    transition: Transition,
}

/// Closes the run, and removes its worktree and branch where that is asked for.
///
/// What fails before everything is kept removes nothing. What fails afterwards says what is left; the same command goes on
/// from there. A run that is over, and of which nothing is left to do, is refused as such.
pub fn finish(world: &World, run: Option<&str>, options: Options) -> Result<Finished, OpsError> {
    let repository = Repository::open(&world.directory, &world.environment)?;
    let run = runs::current(&repository, run)?;
    let ending = Ending::of(options);
    ending.refuse_unless_closable(&run)?;
    let unjudged = unjudged_commits(&repository, &run)?;
    let doomed = match options.remove_worktree {
        true => Some(doomed::find(&repository, &run, options)?),
        false => None,
    };
    let tip = doomed.as_ref().and_then(|doomed| doomed.tip);
    let kept = persist::persist(&repository, world, &run, ending, tip)?;
    let fresh = repository.reopened()?;
    verify::verify(&fresh, &kept)?;
    let removed = match &doomed {
        Some(doomed) => Some(destroy::destroy(&fresh, world, &run, doomed, options)?),
        None => None,
    };
    let freed = free(&fresh, &run)?;
    if !(kept.is_new || freed || options.remove_worktree) {
        return Err(over(&run).into());
    }
    Ok(Finished {
        handle: run.handle.to_string(),
        state: ending.state,
        branch: run.file.branch,
        removed,
        unjudged,
    })
}

impl Ending {
    fn of(options: Options) -> Self {
        let (state, transition) = match options.discard {
            true => (RunState::Discarded, Transition::Discarded),
            false => (RunState::Finished, Transition::Finished),
        };
        Self { state, transition }
    }

    /// A run that has ended so already is no refusal: something may be left to do.
    fn refuse_unless_closable(self, run: &Run) -> Result<(), Refusal> {
        let handle = run.handle.to_string();
        match run.state() {
            state if state == self.state => Ok(()),
            RunState::Finished | RunState::Discarded => Err(over(run)),
            RunState::Reported => Ok(()),
            _ if self.state == RunState::Discarded => Ok(()),
            RunState::Draft | RunState::Approved => Err(Refusal::NotStarted { handle }),
            RunState::Active => Err(Refusal::NotReported { handle }),
        }
    }
}

fn over(run: &Run) -> Refusal {
    Refusal::Over {
        handle: run.handle.to_string(),
        state: run.state().name(),
    }
}

/// Commits of the branch that came after the one that was reported, if they are more than the report itself. Nothing is said of a run that has no report, and of a
/// branch that went another way, by a rebase for instance.
fn unjudged_commits(repository: &Repository, run: &Run) -> Result<usize, OpsError> {
    let branch = run.file.branch.as_deref().filter(|_| run.is_open());
    let (Some(branch), Some(target)) = (branch, run.file.target.as_deref()) else {
        return Ok(0);
    };
    Ok(repository.commits_since(target, branch, ".drift")?)
}

/// Takes the branch's binding away, if it still is this run's.
fn free(repository: &Repository, run: &Run) -> Result<bool, OpsError> {
    match &run.file.branch {
        Some(branch) if repository.bound_run(branch).as_ref() == Some(&run.handle) => {
            repository.unbind_branch(branch)?;
            Ok(true)
        }
        _ => Ok(false),
    }
}
