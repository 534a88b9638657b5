//! `drift report`: judges, and keeps the judgement: in the record, in the home, as a lesson, and as notes on commits.

use super::judge::{Judged, Range, Subject, judge};
use super::run_file::{RunFile, to_json};
use super::runs::{self, Run};
use super::{OpsError, World};
use crate::git::{RecordChange, Repository};
use crate::model::{Handle, ObjectId, RunState, Transition};
use crate::report::run_report_json;
use crate::report::wire::v1::{Lesson, RunReport};
use crate::store::{self, Append, Home};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// A report that was kept.
#[derive(Clone, Debug)]
pub struct Reported {
    /// The report.
    pub judged: Judged,
    /// The files that were written, as the user would name them.
    pub written: Vec<String>,
    /// Whether the lesson is new; false where the same target was reported before.
    pub learned: bool,
    /// How many notes on commits are new or other than before; why there are none, where they could not be written.
    pub notes: Result<usize, String>,
}

/// Judges the run and keeps the report; a plan without a run is judged and printed only.
pub fn report(world: &World, plans: &[String], run: Option<&str>, range: &Range) -> Result<Reported, OpsError> {
    let repository = Repository::open(&world.directory, &world.environment)?;
    let range = Range {
        line_counts: true,
        ..range.clone()
    };
    if !plans.is_empty() {
        let subject = Subject::of_plans(plans, &repository, world)?;
        let judged = judge(&repository, world, &subject, &range)?;
        return Ok(Reported {
            judged,
            written: Vec::new(),
            learned: false,
            notes: Ok(0),
        });
    }
    let run = runs::current(&repository, run)?;
    run.refuse_unless_under_way()?;
    let judged = judge(&repository, world, &Subject::of_run(run.clone()), &range)?;
    keep(&repository, world, run, judged)
}

/// The record first, since it is what counts; then the files that people read.
fn keep(repository: &Repository, world: &World, run: Run, mut judged: Judged) -> Result<Reported, OpsError> {
    if let Some(kept) = judged.report.run.as_mut() {
        kept.state = RunState::Reported.name().into();
    }
    let bytes = run_report_json(&judged.report).into_bytes();
    record(repository, world, &run, &judged.report, &bytes)?;
    let kept = keep_at_home(repository, &run.handle, &bytes, Some(&judged.report))?;
    // The notes are an index of what is kept by now: what is in their way is said, and the report stands.
    let notes = super::notes::annotate(repository, world, &judged.report).map_err(|error| error.to_string());
    Ok(Reported {
        judged,
        written: kept.written(),
        learned: kept.learned,
        notes,
    })
}

/// A report's files in the home.
pub(super) struct KeptAtHome {
    /// run_report.json.
    pub report: PathBuf,
    /// lessons.jsonl.
    pub lessons: PathBuf,
    /// Whether run_report.json said something else before, or was not there.
    pub is_new: bool,
    /// Whether the lesson is new.
    pub learned: bool,
}

impl KeptAtHome {
    /// The files that a user is told of.
    fn written(&self) -> Vec<String> {
        let files = std::iter::once(&self.report).chain(self.learned.then_some(&self.lessons));
        files.map(|path| path.display().to_string()).collect()
    }
}

/// Keeps the report's bytes in the home, and the lesson of what they say unless it is there already.
pub(super) fn keep_at_home(
    repository: &Repository,
    handle: &Handle,
    bytes: &[u8],
    report: Option<&RunReport>,
) -> Result<KeptAtHome, OpsError> {
    let home = runs::home_to_write(repository)?;
    let path = home.run_dir(handle).join("run_report.json");
    let is_new = store::read_if_there(&path)?.as_deref() != Some(bytes);
    if is_new {
        store::write_atomic(&path, bytes)?;
    }
    Ok(KeptAtHome {
        report: path,
        lessons: home.lessons(),
        is_new,
        learned: report.map_or(Ok(false), |report| learn(&home, report))?,
    })
}

fn record(repository: &Repository, world: &World, run: &Run, report: &RunReport, bytes: &[u8]) -> Result<(), OpsError> {
    let target = report.range.as_ref().map(|range| range.target.clone());
    let keeps = target.as_deref().and_then(ObjectId::from_hex);
    repository.update_record(&run.handle, &mut |record| {
        let current = runs::assemble(&run.handle, record, BTreeMap::new())?;
        current.refuse_unless_under_way()?;
        let file = RunFile {
            target: target.clone(),
            ..current.file
        }
        .in_state(RunState::Reported);
        let files = BTreeMap::from([
            ("run_report.json".to_owned(), Some(bytes.to_vec())),
            ("run.json".to_owned(), Some(to_json(&file))),
        ]);
        Ok::<_, OpsError>(Some(RecordChange {
            detail: report.verdict.name().to_owned(),
            files,
            also_keeps: keeps,
            ..RecordChange::new(Transition::Reported, world.now)
        }))
    })?;
    Ok(())
}

/// Appends the lesson unless the same run and target already taught it.
fn learn(home: &Home, report: &RunReport) -> Result<bool, OpsError> {
    let Some(lesson) = Lesson::of(report) else {
        return Ok(false);
    };
    let Ok(line) = lesson.to_line() else { return Ok(false) };
    let same = |known: &str| serde_json::from_str::<Lesson>(known).is_ok_and(|known| known.id == lesson.id);
    let appended = store::append_line(&home.lessons(), line.trim_end(), same)?;
    Ok(appended == Append::Appended)
}
