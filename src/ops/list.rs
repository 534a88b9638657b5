//! `drift list` and `drift show`: the runs that are known here, and one of them.

use super::runs::{self, Run};
use super::{OpsError, World};
use crate::git::{LogEntry, Repository};
use crate::report::wire::v1::RunReport;
use crate::report::{Look, renderer};

/// The runs that are known here.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// In the order of their names.
    pub runs: Vec<Run>,
    /// What could not be read: one line each.
    pub warnings: Vec<String>,
}

/// Every run that is known here; one that can't be read does not hide the others.
pub fn list(world: &World) -> Result<Listed, OpsError> {
    let repository = Repository::open(&world.directory, &world.environment)?;
    let mut listed = Listed::default();
    for handle in runs::all(&repository)? {
        match runs::readable(runs::load(&repository, &handle))? {
            Ok(run) => listed.runs.push(run),
            Err(error) => listed.warnings.push(error.to_string()),
        }
    }
    Ok(listed)
}

/// A run with what happened to it, oldest first, and its last report.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The run.
    pub run: Run,
    /// The commits on its record.
    pub log: Vec<LogEntry>,
    /// The last report; `None` where there is none, or one that this version can't read.
    pub report: Option<RunReport>,
}

/// The run that is meant.
pub fn show(world: &World, run: Option<&str>) -> Result<Shown, OpsError> {
    let repository = Repository::open(&world.directory, &world.environment)?;
    let run = runs::current(&repository, run)?;
    let log = repository.record_log(&run.handle)?;
    let report = run
        .report
        .as_deref()
        .and_then(|bytes| serde_json::from_slice(bytes).ok());
    Ok(Shown { run, log, report })
}

/// The stored report in the format that `--format name` means; `None` where there is none.
pub fn render(shown: &Shown, name: &str, width: usize, verbose: bool) -> Option<String> {
    let report = shown.report.as_ref()?;
    let plan = crate::formats::read(shown.run.inputs());
    let look = Look {
        width,
        sources: &plan.sources,
        verbose,
    };
    renderer(name).map(|renderer| (renderer.render)(report, &look))
}
