//! `drift hook NAME`: what git calls. It answers for the run that the branch is bound to, and is silent where there is none.
//!
//! | hook | what drift does |
//! |---|---|
//! | pre-commit | judges what is staged, before there is a message |
//! | prepare-commit-msg | proposes the `Drift-Unit` trailer |
//! | commit-msg | judges what is staged, and the message |
//! | pre-push | judges each pushed branch that carries a run |
//! | post-commit | notes on the new commit what it stands for, and whether commit-msg compared it |
//! | post-rewrite | lets notes follow the commits that amend and rebase replace |

mod commit_msg;
mod message_file;
mod post_commit;
mod post_rewrite;
mod pre_commit;
mod pre_push;
mod prepare_commit_msg;

use super::runs::{self, Run};
use super::{Environment, OpsError, Refusal, World, policy};
use crate::git::{self, Repository};
use crate::hooks::{HOOKS, find};
use crate::model::{Handle, RunState, Witness};
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// The trailer that says which unit a commit stands for.
const UNIT_TRAILER: &str = "Drift-Unit";
/// How many findings a hook shows.
const SHOWN: usize = 5;

/// How git called.
#[derive(Clone, Debug)]
pub struct Call<'a> {
    /// The hook.
    pub name: &'a str,
    /// What git says to it.
    pub arguments: &'a [OsString],
    /// All that git wrote to its standard input.
    pub input: &'a [u8],
}

/// What git is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// Whether the commit or push must not go on.
    pub blocks: bool,
    /// What the user reads; empty where all is well.
    pub says: String,
}

/// drift could not do its part.
#[derive(Debug)]
pub struct Failure {
    /// Why.
    pub error: OpsError,
    /// Whether the work must not go on for that: `hooks: {onError: closed}`, and the hook is one that judges.
    pub blocks: bool,
}

impl Answer {
    fn blocks(says: impl Into<String>) -> Self {
        Self {
            blocks: true,
            says: says.into(),
        }
    }

    fn passes(says: impl Into<String>) -> Self {
        Self {
            blocks: false,
            says: says.into(),
        }
    }
}

/// Whether git writes to the standard input of this hook.
pub fn takes_input(name: &str) -> bool {
    find(name).is_some_and(|hook| hook.takes_input)
}

/// Whether drift has nothing to do in this hook, as far as one look tells: no branch is bound to a run, and no commit with
/// a note is being folded into another.
pub fn is_idle(name: &str, environment: &Environment) -> bool {
    let here = Path::new(".");
    let has_no_part = || match name {
        "post-rewrite" => git::surely_has_no_notes(here, environment),
        "prepare-commit-msg" | "post-commit" => {
            git::surely_has_no_run(here, environment) && git::surely_has_no_squash(here, environment)
        }
        _ => git::surely_has_no_run(here, environment),
    };
    find(name).is_some() && has_no_part()
}

/// For a hook that comes after the fact, what a failure of it leaves undone; `None` for those that come before.
pub fn what_is_left_undone(name: &str) -> Option<&'static str> {
    match name {
        "post-commit" => Some("the commit is made, and has no note yet"),
        "post-rewrite" => {
            Some("the commits are rewritten, and their notes did not follow (`drift notes rebuild` looks for them)")
        }
        _ => None,
    }
}

/// Answers git. A failure says by itself whether the work may go on.
pub fn answer(world: &World, call: &Call<'_>) -> Result<Answer, Failure> {
    let failure = |error: OpsError, blocks| Failure { error, blocks };
    if find(call.name).is_none() {
        let refusal = Refusal::UnknownHook {
            name: call.name.to_owned(),
            known: HOOKS.iter().map(|hook| hook.name).collect(),
        };
        return Err(failure(refusal.into(), true));
    }
    let judges = matches!(call.name, "pre-commit" | "commit-msg" | "pre-push");
    if is_idle(call.name, &world.environment) {
        return Ok(Answer::default());
    }
    // What follows a commit stops nothing; it notes that commit-msg was skipped.
    if is_set(world, "DRIFT_SKIP") && what_is_left_undone(call.name).is_none() {
        let line = format!("drift: {} is skipped, because DRIFT_SKIP is set\n", call.name);
        // commit-msg follows on pre-commit, and once is enough.
        let says = judges && call.name != "pre-commit";
        return Ok(Answer::passes(if says { line } else { String::new() }));
    }
    let opened = Repository::open(&world.directory, &world.environment);
    let mut repository = opened.map_err(|error| failure(error.into(), false))?;
    repository.remember_objects();
    answer_in(&repository, world, call).map_err(|error| {
        let blocks = judges && fails_closed(&repository);
        if call.name == "commit-msg" && !blocks {
            // If this fails too, post-commit finds no mark, and says so.
            let _ = repository.leave_commit_mark(&Witness::Error(error.to_string()).to_string(), None);
        }
        failure(error, blocks)
    })
}

fn answer_in(repository: &Repository, world: &World, call: &Call<'_>) -> Result<Answer, OpsError> {
    let run_of = |branch: Option<String>| branch.map_or(Ok(None), |branch| bound_run(repository, &branch));
    match call.name {
        "pre-push" => pre_push::answer(repository, world, call),
        "post-commit" => post_commit::answer(repository, world),
        "post-rewrite" => post_rewrite::answer(repository, world, call),
        "pre-commit" => match run_of(repository.working_branch()?)? {
            Some(run) => pre_commit::answer(repository, run),
            None => Ok(Answer::default()),
        },
        // Whoever commits while a rebase waits works on the branch that is rebased.
        "commit-msg" => match run_of(repository.working_branch()?)? {
            Some(run) => commit_msg::answer(repository, world, run, call),
            None => Ok(Answer::default()),
        },
        "prepare-commit-msg" => {
            // On whichever branch: a squash merge takes notes along. While a rebase goes on, SQUASH_MSG is the rebase's.
            if !repository.is_rebasing() {
                repository.keep_squash()?;
            }
            match run_of(repository.head_branch()?)? {
                Some(run) => prepare_commit_msg::answer(repository, world, &run, call),
                None => Ok(Answer::default()),
            }
        }
        _ => Ok(Answer::default()),
    }
}

/// The run that `branch` is bound to, if it has begun and is not over. What lies in the worktree is not looked at.
fn bound_run(repository: &Repository, branch: &str) -> Result<Option<Run>, OpsError> {
    let Some(handle) = repository.bound_run(branch) else {
        return Ok(None);
    };
    let run = read(repository, &handle)?;
    Ok(Some(run).filter(|run| run.is_frozen() && run.state() < RunState::Finished))
}

fn read(repository: &Repository, handle: &Handle) -> Result<Run, OpsError> {
    let Some(record) = repository.read_record_top(handle)? else {
        return Err(Refusal::NoRecord {
            handle: handle.to_string(),
            branch: repository.branch_bound_to(handle).unwrap_or_default(),
        }
        .into());
    };
    let mut run = runs::assemble(handle, Some(&record), BTreeMap::new())?;
    runs::follow_branch(repository, &mut run);
    Ok(run)
}

/// Whether the policy at HEAD says that an error stops the work.
fn fails_closed(repository: &Repository) -> bool {
    let head = repository.born_head().ok().flatten();
    let config = head.and_then(|head| policy::read(repository, head).ok());
    config.is_some_and(|config| !config.hooks_on_error_open)
}

fn is_set(world: &World, name: &str) -> bool {
    !matches!(variable(world, name), None | Some("" | "0"))
}

fn variable<'w>(world: &'w World, name: &str) -> Option<&'w str> {
    world.environment.vars.get(OsStr::new(name))?.to_str()
}

/// The file that git names, as seen from where the hook runs.
fn file(world: &World, name: &OsStr) -> PathBuf {
    world.directory.join(name)
}
