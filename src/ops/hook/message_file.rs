//! The file in which git hands a message over.

use super::{Call, file, variable};
use crate::git::{self, Repository};
use crate::hooks::{CommentPrefix, Message};
use crate::ops::{OpsError, Refusal, World};
use crate::store;
use std::path::PathBuf;

/// A message file that was read.
pub(super) struct MessageFile {
    path: PathBuf,
    bytes: Vec<u8>,
    prefix: CommentPrefix,
    /// Whether a person edits it, so that git's remarks stand in it.
    is_edited: bool,
}

impl MessageFile {
    /// Reads the file that is git's first argument.
    pub fn read(repository: &Repository, world: &World, call: &Call<'_>) -> Result<Self, OpsError> {
        let Some(name) = call.arguments.first() else {
            return Err(Refusal::NoMessageFile.into());
        };
        let path = file(world, name);
        Ok(Self {
            bytes: store::read(&path)?,
            prefix: CommentPrefix::from_setting(repository.comment_setting().as_deref()),
            // git says so to its hooks where it starts no editor.
            is_edited: variable(world, "GIT_EDITOR") != Some(":"),
            path,
        })
    }

    /// What it holds.
    pub fn message(&self) -> Message<'_> {
        Message::new(&self.bytes, &self.prefix, self.is_edited)
    }

    /// Puts other bytes in its place.
    pub fn replace(&self, bytes: &[u8]) -> Result<(), OpsError> {
        Ok(git::write_message(&self.path, bytes)?)
    }
}
