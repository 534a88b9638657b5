//! Whether drift can work in the repository at all.

use super::patient::Patient;
use super::{Ailment, Check, Diagnosis};
use crate::git::{GitError, Refusal, Repository};
use crate::model::Severity;
use crate::ops::{OpsError, World};
use std::path::Path;

pub(super) const CHECK: Check = Check {
    name: "repository",
    looks_at: "how the repository is stored: refs, extensions, format, owner, grafts",
    mends: None,
    run,
};

/// Opens the repository. One that drift does not work in is an ailment by itself, and nothing else can be looked at; no
/// repository is an error.
pub(super) fn open<'a>(
    world: &'a World,
    program: &'a Path,
    diagnosis: &mut Diagnosis,
) -> Result<Option<Patient<'a>>, OpsError> {
    match Repository::open_to_look(&world.directory, &world.environment) {
        Ok((repository, pretence)) => Ok(Some(Patient {
            world,
            repository,
            program,
            pretence,
        })),
        Err(error @ (GitError::NotARepository { .. } | GitError::NoSuchDirectory { .. })) => Err(error.into()),
        Err(error) => {
            diagnosis.done.push(CHECK.name);
            diagnosis.ailments.push(Ailment {
                check: CHECK.name,
                ..unopened(&error, world)
            });
            Ok(None)
        }
    }
}

fn unopened(error: &GitError, world: &World) -> Ailment {
    let command = match error {
        GitError::Refused { what } => command(what),
        _ => None,
    };
    let ailment = Ailment::new(
        Severity::Error,
        format!("{error}; nothing else can be looked at"),
        world.directory.display().to_string(),
    );
    match command {
        Some(command) => ailment.command(command),
        None => ailment,
    }
}

fn run(patient: &Patient<'_>, found: &mut Vec<Ailment>) -> Result<(), OpsError> {
    if let Some(what) = &patient.pretence {
        let place = match what {
            Refusal::Grafts(path) => path.display().to_string(),
            _ => patient.repository.common_dir().display().to_string(),
        };
        let ailment = Ailment::new(Severity::Error, format!("{what}, so drift refuses to work here"), place);
        found.push(match command(what) {
            Some(command) => ailment.command(command),
            None => ailment,
        });
    }
    Ok(())
}

/// The command that makes it a repository that drift works in.
fn command(what: &Refusal) -> Option<String> {
    match what {
        Refusal::RefStorage(_) => Some("git refs migrate --ref-format=files".into()),
        Refusal::Grafts(_) => Some("git replace --convert-graft-file".into()),
        Refusal::ForeignOwner(path) => {
            let path = crate::model::shell_word(&path.display().to_string());
            Some(format!("git config --global --add safe.directory {path}"))
        }
        Refusal::CommonDir(_) => Some("unset GIT_COMMON_DIR".into()),
        Refusal::Extension(_) | Refusal::FormatVersion(_) | Refusal::Quarantine => None,
    }
}
