//! `drift notes rebuild`: the notes from the records, and from commits that are gone to those that they became.

use super::attach::{Attachment, Ranges, attach};
use super::{lines_of, write};
use crate::git::Repository;
use crate::model::{Handle, ObjectId, Transition};
use crate::ops::{OpsError, World};
use crate::report::wire::v1::RunReport;

/// What rebuilding did.
#[derive(Clone, Debug, Default)]
pub struct Rebuilt {
    /// How many runs have a report.
    pub runs: usize,
    /// How many reports they have together.
    pub reports: usize,
    /// How many reports this version can't read.
    pub unreadable: usize,
    /// How many notes are new or other than before.
    pub changed: usize,
    /// What became of the notes whose commits are gone.
    pub attachment: Attachment,
}

/// Writes the notes that the reports of all records stand for; what else is noted stays.
pub fn rebuild(world: &World) -> Result<Rebuilt, OpsError> {
    let repository = Repository::open(&world.directory, &world.environment)?;
    let mut rebuilt = Rebuilt::default();
    let mut reports = Vec::new();
    let mut ranges = Ranges::new();
    for handle in repository.records()? {
        let own = reports_of(&repository, &handle, &mut rebuilt)?;
        if let Some(range) = own.last().and_then(range) {
            ranges.insert(handle.to_string(), range);
        }
        rebuilt.runs += usize::from(!own.is_empty());
        rebuilt.reports += own.len();
        reports.extend(own);
    }
    let lines = lines_of(&repository, world, &reports)?;
    rebuilt.changed = write(&repository, world, &lines, "notes: rebuilt from the records")?;
    rebuilt.attachment = attach(&repository, world, &ranges)?;
    Ok(rebuilt)
}

/// The run's reports, each once, the one that counts now as the last.
fn reports_of(repository: &Repository, handle: &Handle, rebuilt: &mut Rebuilt) -> Result<Vec<RunReport>, OpsError> {
    let name = "run_report.json";
    let mut texts: Vec<Vec<u8>> = Vec::new();
    for entry in repository.record_log(handle)? {
        if entry.transition == Some(Transition::Reported) {
            texts.extend(repository.file_at(entry.id, name.as_bytes())?);
        }
    }
    texts.extend(repository.read_record_file(handle, name)?);
    let mut reports = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        let comes_again = texts[at + 1..].contains(text);
        match serde_json::from_slice::<RunReport>(text) {
            _ if comes_again => {}
            Ok(report) => reports.push(report),
            Err(_) => rebuilt.unreadable += 1,
        }
    }
    Ok(reports)
}

/// From where the report counts changes, and to where.
fn range(report: &RunReport) -> Option<(ObjectId, ObjectId)> {
    let range = report.range.as_ref()?;
    Some((
        ObjectId::from_hex(&range.merge_base)?,
        ObjectId::from_hex(&range.target)?,
    ))
}
