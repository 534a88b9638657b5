//! `drift init`: the repository's policy, how its lessons merge, and the schemas that editors read.

use super::{OpsError, Refusal, World};
use crate::config;
use crate::formats;
use crate::git::Repository;
use crate::store;
use std::path::Path;

/// Two branches that both learned something keep both lines.
pub(super) const ATTRIBUTE: &str = ".drift/lessons.jsonl merge=union";

/// What `init` did; each file as the user would name it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Initialised {
    /// Files that were written or extended.
    pub written: Vec<String>,
    /// Files that were right already.
    pub kept: Vec<String>,
}

/// Writes what is missing and leaves what is there; twice is once.
pub fn init(world: &World) -> Result<Initialised, OpsError> {
    let repository = Repository::open(&world.directory, &world.environment)?;
    let top = repository.workdir().ok_or(Refusal::NoWorktree)?.to_owned();
    repository.note_primary_worktree()?;
    let mut done = Initialised::default();
    let config = top.join(super::policy::CONFIG_PATH);
    if store::exists(&config) {
        done.kept.push(super::policy::CONFIG_PATH.into());
    } else {
        store::write_atomic(&config, config::TEMPLATE.as_bytes())?;
        done.written.push(super::policy::CONFIG_PATH.into());
    }
    attributes(&top, &mut done)?;
    done.written.extend(schemas(&top)?);
    Ok(done)
}

/// Writes the artifacts' schemas to where their `$schema` points, so that editors complete and check without a network;
/// returns those that were not there, or said something else.
pub(super) fn schemas(top: &Path) -> Result<Vec<String>, OpsError> {
    let mut written = Vec::new();
    for name in formats::SCHEMA_NAMES {
        let Some(text) = formats::schema(name) else { continue };
        let file = format!(".drift/schema/{name}.schema.json");
        if store::read_if_there(&top.join(&file))?.as_deref() != Some(text.as_bytes()) {
            store::write_atomic(&top.join(&file), text.as_bytes())?;
            written.push(file);
        }
    }
    Ok(written)
}

/// Adds the line to .gitattributes that lets lessons merge; what is there stays.
pub(super) fn attributes(top: &Path, done: &mut Initialised) -> Result<(), OpsError> {
    let path = top.join(".gitattributes");
    let mut text = store::read_if_there(&path)?.unwrap_or_default();
    let known = text
        .split(|byte| *byte == b'\n')
        .any(|line| line.trim_ascii() == ATTRIBUTE.as_bytes());
    if known {
        done.kept.push(".gitattributes".into());
        return Ok(());
    }
    if text.last().is_some_and(|last| *last != b'\n') {
        text.push(b'\n');
    }
    text.extend_from_slice(ATTRIBUTE.as_bytes());
    text.push(b'\n');
    store::write_atomic(&path, &text)?;
    done.written.push(".gitattributes".into());
    Ok(())
}
