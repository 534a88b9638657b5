//! `drift notes rebuild`: the notes from the records, and from commits that are gone to those that they became.

use super::attach::{Attachment, Ranges, attach};
use super::{lines_of, write};
use crate::compare::{self, Inputs};
use crate::git::Repository;
use crate::model::{Finding, Handle, ObjectId, Plan, Severity, Transition};
use crate::ops::{OpsError, World, policy};
use crate::report::wire::v1::RunReport;
use crate::rules;

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
    /// What rules say of those that no commit took over.
    pub findings: Vec<Finding>,
}

impl Rebuilt {
    /// Whether a finding denies: the repository wants no note to lose its commit.
    pub fn is_drifted(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }
}

/// Writes the notes that the reports of all records stand for; what else is noted stays.
pub fn rebuild(world: &World) -> Result<Rebuilt, OpsError> {
    let repository = Repository::open(&world.directory, &world.environment)?;
    let mut rebuilt = Rebuilt::default();
    super::write_pending(&repository, world)?;
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
    rebuilt.findings = findings(&repository, &rebuilt.attachment)?;
    Ok(rebuilt)
}

/// What the rule about notes finds, at the level that the repository's policy gives it.
fn findings(repository: &Repository, attachment: &Attachment) -> Result<Vec<Finding>, OpsError> {
    let config = match repository.born_head()? {
        Some(head) => policy::read(repository, head)?,
        None => policy::parse(b""),
    };
    let plan = Plan::default();
    let comparison = compare::compare(Inputs {
        orphaned_notes: attachment.orphaned.clone(),
        ..Inputs::new(&plan, &config.policy)
    });
    let judgement = rules::judge(&comparison, &config.policy, &[]);
    let about_notes = |finding: &Finding| finding.rule.name == "orphaned-note";
    Ok(judgement.findings.into_iter().filter(about_notes).collect())
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
