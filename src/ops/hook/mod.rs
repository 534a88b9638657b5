//! `drift hook NAME`: what git calls. It answers for the run that the branch is bound to, and is silent where there is none.
//!
//! | hook | what drift does |
//! |---|---|
//! | prepare-commit-msg | proposes the `Drift-Unit` trailer |
//! | commit-msg | judges what is staged, and the message |
//! | pre-push | judges each pushed branch that carries a run |
//! | post-commit, post-rewrite | nothing yet: the place where commits are annotated, within milliseconds |

mod commit_msg;
mod message_file;
mod pre_push;
mod prepare_commit_msg;

use super::runs::{self, Run};
use super::{Environment, OpsError, Refusal, World, policy};
use crate::git::{self, Repository};
use crate::hooks::{HOOKS, find};
use crate::model::{Handle, RunState};
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

/// Whether drift has nothing to do in this hook, as far as one look tells: no branch is bound to a run, or the hook is one
/// that has no part yet.
pub fn is_idle(name: &str, environment: &Environment) -> bool {
    // The time that post-commit and post-rewrite take is the user's.
    let has_no_part = matches!(name, "post-commit" | "post-rewrite");
    find(name).is_some() && (has_no_part || git::surely_has_no_run(Path::new("."), environment))
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
    let judges = matches!(call.name, "commit-msg" | "pre-push");
    if is_idle(call.name, &world.environment) {
        return Ok(Answer::default());
    }
    if is_set(world, "DRIFT_SKIP") {
        let line = format!("drift: {} is skipped, because DRIFT_SKIP is set\n", call.name);
        return Ok(Answer::passes(if judges { line } else { String::new() }));
    }
    let opened = Repository::open(&world.directory, &world.environment);
    let mut repository = opened.map_err(|error| failure(error.into(), false))?;
    repository.remember_objects();
    answer_in(&repository, world, call).map_err(|error| failure(error, judges && fails_closed(&repository)))
}

fn answer_in(repository: &Repository, world: &World, call: &Call<'_>) -> Result<Answer, OpsError> {
    let own_run = || match repository.head_branch()? {
        Some(branch) => bound_run(repository, &branch),
        None => Ok(None),
    };
    match call.name {
        "pre-push" => pre_push::answer(repository, world, call),
        "commit-msg" => match own_run()? {
            Some(run) => commit_msg::answer(repository, world, run, call),
            None => Ok(Answer::default()),
        },
        "prepare-commit-msg" => match own_run()? {
            Some(run) => prepare_commit_msg::answer(repository, world, &run, call),
            None => Ok(Answer::default()),
        },
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
    let Some(record) = repository.read_record(handle)? else {
        return Err(Refusal::BrokenRecord {
            handle: handle.to_string(),
            what: "the branch is bound to it, and there is none".to_owned(),
        }
        .into());
    };
    runs::assemble(handle, Some(&record), BTreeMap::new())
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
