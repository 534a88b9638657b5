//! Whether git is new enough, and whether a newer drift has written what this one can't read.

use super::patient::Patient;
use super::{Ailment, Check};
use crate::git::Repository;
use crate::model::{Handle, Severity, printable};
use crate::ops::OpsError;
use crate::ops::run_file::RUN_SCHEMA;
use serde_json::Value;

pub(super) const CHECK: Check = Check {
    name: "versions",
    looks_at: "the version of git, and records that a newer drift has written",
    mends: None,
    run,
};

/// From which version on git has what a command of drift's needs.
const NEEDS: [((u32, u32), &str); 3] = [
    ((2, 17), "`drift finish --remove-worktree` (git worktree remove)"),
    (
        (2, 30),
        "completing a removal that was interrupted (git worktree repair)",
    ),
    ((2, 31), "commands that drift proposes (git rev-parse --path-format)"),
];

fn run(patient: &Patient<'_>, found: &mut Vec<Ailment>) -> Result<(), OpsError> {
    for handle in patient.repository.records()? {
        if let Some(schema) = newer_schema(&patient.repository, &handle) {
            found.push(Ailment::new(
                Severity::Error,
                format!(
                    "{handle} was written by a newer drift (`{}`); install that one to work on it",
                    printable(&schema)
                ),
                format!("refs/drift/runs/{handle}:run.json"),
            ));
        }
    }
    if let Some(version) = patient.repository.git_version()? {
        for (least, needed_by) in NEEDS.iter().filter(|(least, _)| version < *least) {
            let (major, minor) = version;
            found.push(Ailment::warning(
                format!(
                    "git is {major}.{minor}, and {needed_by} needs {}.{} or newer",
                    least.0, least.1
                ),
                "git",
            ));
        }
    }
    Ok(())
}

/// The schema of the run's record, if it is one of a later version than this drift knows.
pub(super) fn newer_schema(repository: &Repository, handle: &Handle) -> Option<String> {
    let bytes = repository.read_record_file(handle, "run.json").ok()??;
    let value: Value = serde_json::from_slice(&bytes).ok()?;
    let schema = value.get("schema")?.as_str()?;
    let number = |text: &str| text.rsplit('/').next()?.parse::<u32>().ok();
    let is_newer = schema.starts_with("drift/run/") && number(schema)? > number(RUN_SCHEMA)?;
    is_newer.then(|| schema.to_owned())
}
