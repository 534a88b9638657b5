//! The verbs: one file each, reading as its named steps. The only place that knows more than one spoke.

pub mod accept;
mod accounts;
pub mod approve;
pub mod check;
pub mod convert;
pub mod demo;
pub mod doctor;
mod error;
pub mod evidence;
pub mod explain;
mod faults;
pub mod finish;
pub mod hook;
pub mod hooks;
pub mod init;
pub mod judge;
pub mod list;
mod lost_assertions;
mod missions;
pub mod new;
mod next;
pub mod notes;
mod plan_folder;
mod policy;
mod reachable;
pub mod report;
pub mod run_file;
pub mod runs;
mod siblings;
mod sources;
mod standing;
pub mod start;
pub mod status;
pub mod sync;
pub mod test;
mod test_files;
mod text_changes;
pub mod trust;
pub mod validate;
mod widened;
mod witness;
mod world;

pub use crate::git::Environment;
pub use crate::report::markdown_text;
pub use error::{OpsError, Refusal};
pub use world::World;

use crate::git::Repository;
use crate::report::RENDERERS;
use std::path::Path;

/// Who approves or accepts: the user as git knows them.
fn identity(repository: &Repository) -> Result<String, OpsError> {
    repository.user_identity().ok_or_else(|| Refusal::NoIdentity.into())
}

/// The words that `--format` takes.
pub fn report_formats() -> impl Iterator<Item = &'static str> {
    RENDERERS.iter().map(|renderer| renderer.name)
}

/// Writes what a command was asked to write to a file.
pub fn write_output(path: &Path, bytes: &[u8]) -> Result<(), OpsError> {
    Ok(crate::store::write_atomic(path, bytes)?)
}

/// A time in seconds since 1970 as RFC 3339 in UTC; the number itself where a calendar has no such day.
pub fn utc(seconds: i64) -> String {
    let time = chrono::DateTime::from_timestamp(seconds, 0);
    time.map_or_else(
        || seconds.to_string(),
        |time| time.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
    )
}
