//! `drift hooks uninstall`: what was there before is there again, byte for byte and with its mode.

use super::look::{Eye, Standing};
use crate::git::{self, HookFile, Repository};
use crate::hooks::{self, HOOKS, Hook};
use crate::ops::{OpsError, World};

/// What became of each hook.
#[derive(Clone, Debug)]
pub struct Uninstalled {
    /// Each hook's name, and what became of it.
    pub hooks: Vec<(&'static str, Restored)>,
}

/// What became of a hook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Restored {
    /// drift's script is gone.
    Removed,
    /// drift's script is gone, and the hook before it is back.
    PutBack,
    /// There was nothing of drift's.
    NotThere,
    /// It was left alone, for this reason.
    Left(String),
}

/// Takes drift's scripts away.
pub fn uninstall(world: &World) -> Result<Uninstalled, OpsError> {
    let repository = Repository::open(&world.directory, &world.environment)?;
    repository.writes_allowed()?;
    let eye = Eye::new(&repository)?;
    eye.refuse_a_folder_beyond()?;
    let mut done = Uninstalled { hooks: Vec::new() };
    for hook in HOOKS {
        done.hooks.push((hook.name, one(&eye, hook)?));
    }
    Ok(done)
}

fn one(eye: &Eye<'_>, hook: &Hook) -> Result<Restored, OpsError> {
    let is_kept = eye.kept(hook)? != HookFile::Absent;
    match (eye.standing(hook)?, is_kept) {
        (Standing::Ours { .. } | Standing::Free, true) => {
            git::rename_hook(&eye.kept_path(hook), &eye.path(hook))?;
            Ok(Restored::PutBack)
        }
        (Standing::Ours { .. }, false) => {
            git::remove_hook(&eye.path(hook))?;
            Ok(Restored::Removed)
        }
        (_, true) => Ok(Restored::Left(format!(
            "another hook took its place after the install; the one before is in `{}`",
            hooks::kept_name(hook.name)
        ))),
        (_, false) => Ok(Restored::NotThere),
    }
}
