//! `drift hooks install`: twice is once, and nothing that was there is lost.

use super::look::{Eye, Standing, hash};
use crate::git::{self, HookFile, HooksChoice, Repository};
use crate::hooks::{self, HOOKS, Hook, Manager};
use crate::ops::{OpsError, World};
use crate::store;
use std::path::{Path, PathBuf};

/// What became of each hook.
#[derive(Clone, Debug)]
pub struct Installed {
    /// Where git takes hooks from.
    pub folder: PathBuf,
    /// Each hook's name, and what became of it.
    pub hooks: Vec<(&'static str, Outcome)>,
    /// What to write elsewhere, so that other programs call drift.
    pub told: Vec<Told>,
    /// Other worktrees, which have a hooks folder of their own.
    pub other_worktrees: Vec<PathBuf>,
}

/// What became of a hook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// drift's script is there now.
    Written,
    /// It is there now, and the hook that was there before runs first.
    Chained,
    /// It is there now, and what was there before is kept; git did not run it, and it does not run now.
    Kept(&'static str),
    /// It was there, and is now what this drift writes.
    Renewed,
    /// It was there already.
    Unchanged,
    /// It is there for those who ask for it, and nobody did.
    NotAsked,
    /// Another program runs this hook, and calls drift already.
    CalledBy(Manager),
    /// Another program runs this hook, and has to be told.
    LeftTo(Manager),
    /// It was left alone, for this reason.
    Refused(String),
}

/// Lines to write somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The program that reads them.
    pub manager: Manager,
    /// Where they belong.
    pub place: String,
    /// The lines.
    pub lines: Vec<String>,
}

impl Installed {
    /// Whether git now calls drift for every hook.
    pub fn is_complete(&self) -> bool {
        let missing = |outcome: &Outcome| matches!(outcome, Outcome::LeftTo(_) | Outcome::Refused(_));
        !self.hooks.iter().any(|(_, outcome)| missing(outcome))
    }
}

/// Puts drift's scripts in place; `program` is the drift that they start. Of the optional hooks those are installed that
/// are `asked` for, and renewed those that were.
pub fn install(world: &World, program: &Path, asked: &[String]) -> Result<Installed, OpsError> {
    let repository = Repository::open(&world.directory, &world.environment)?;
    repository.writes_allowed()?;
    let eye = Eye::new(&repository)?;
    eye.refuse_a_folder_beyond()?;
    let mut done = Installed {
        folder: eye.folder.path.clone(),
        hooks: Vec::new(),
        told: Vec::new(),
        other_worktrees: others(&repository, &eye)?,
    };
    for hook in HOOKS {
        if hook.is_optional && !asked.iter().any(|name| name == hook.name) && !eye.calls_drift(hook)? {
            done.hooks.push((hook.name, Outcome::NotAsked));
            continue;
        }
        let outcome = one(&eye, hook, program.as_os_str().as_encoded_bytes())?;
        if let Outcome::LeftTo(manager) = outcome {
            let (place, lines) = manager.lines(hook);
            done.told.push(Told { manager, place, lines });
        }
        done.hooks.push((hook.name, outcome));
    }
    Ok(done)
}

/// Writes drift's own scripts anew, where they are there and not what this drift writes; touches no other hook. Returns the
/// folder.
pub fn renew_scripts(world: &World, program: &Path) -> Result<PathBuf, OpsError> {
    let repository = Repository::open(&world.directory, &world.environment)?;
    repository.writes_allowed()?;
    let eye = Eye::new(&repository)?;
    for hook in HOOKS {
        if let Standing::Ours { script, executable } = eye.standing(hook)? {
            renew(&eye, hook, program.as_os_str().as_encoded_bytes(), &script, executable)?;
        }
    }
    Ok(eye.folder.path)
}

fn one(eye: &Eye<'_>, hook: &Hook, program: &[u8]) -> Result<Outcome, OpsError> {
    let kept = eye.kept(hook)?;
    match eye.standing(hook)? {
        Standing::Managed(manager, true) => Ok(Outcome::CalledBy(manager)),
        Standing::Managed(manager, false) => Ok(Outcome::LeftTo(manager)),
        Standing::Other => Ok(Outcome::Refused("what lies there is no file".to_owned())),
        Standing::Ours { script, executable } => renew(eye, hook, program, &script, executable),
        Standing::Free => {
            write(eye, hook, program, &kept)?;
            Ok(match kept {
                HookFile::Absent => Outcome::Written,
                kept => chained(&kept),
            })
        }
        Standing::Foreign { .. } | Standing::Dangling if kept != HookFile::Absent => Ok(Outcome::Refused(format!(
            "it was replaced after an earlier install, and `{}` still holds the hook before that: put into `{}` what is to run, and keep one of the two",
            hooks::kept_name(hook.name),
            hook.name
        ))),
        Standing::Foreign { bytes, .. } if hooks::asks_for_its_name(&bytes) => Ok(Outcome::Refused(format!(
            "{}: add the line `drift hook {} \"$@\"` to it",
            hooks::NAMED_BY_FILE,
            hook.name
        ))),
        Standing::Foreign { .. } | Standing::Dangling => {
            git::rename_hook(&eye.path(hook), &eye.kept_path(hook))?;
            let kept = eye.kept(hook)?;
            write(eye, hook, program, &kept)?;
            Ok(chained(&kept))
        }
    }
}

fn chained(kept: &HookFile) -> Outcome {
    match kept {
        HookFile::File { executable: true, .. } => Outcome::Chained,
        HookFile::File { .. } => Outcome::Kept("without its x bit"),
        HookFile::Dangling => Outcome::Kept("a link that leads nowhere"),
        HookFile::Absent | HookFile::Other => Outcome::Kept("no file"),
    }
}

/// Writes the script anew where it is not what this drift writes. A note of what was there before stays as it is.
fn renew(
    eye: &Eye<'_>,
    hook: &Hook,
    program: &[u8],
    script: &hooks::FoundScript,
    executable: bool,
) -> Result<Outcome, OpsError> {
    if executable && script.is_current && script.program == program {
        return Ok(Outcome::Unchanged);
    }
    git::put_hook(&eye.path(hook), &hook.script(program, script.kept.as_deref()))?;
    Ok(Outcome::Renewed)
}

fn write(eye: &Eye<'_>, hook: &Hook, program: &[u8], kept: &HookFile) -> Result<(), OpsError> {
    let script = hook.script(program, hash(kept).as_deref());
    Ok(git::put_hook(&eye.path(hook), &script)?)
}

/// The other worktrees, where each has a hooks folder of its own.
fn others(repository: &Repository, eye: &Eye<'_>) -> Result<Vec<PathBuf>, OpsError> {
    if !matches!(eye.folder.chosen_by, HooksChoice::EachWorktree(_)) {
        return Ok(Vec::new());
    }
    let all = repository.worktrees()?;
    let own = repository.workdir();
    let other = all
        .into_iter()
        .map(|it| it.path)
        .filter(|path| store::is_folder(path) && Some(path.as_path()) != own);
    Ok(other.collect())
}
