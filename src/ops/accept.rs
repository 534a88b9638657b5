//! `drift accept`: a person accepts a deviation, with a reason, on the run's record.

use super::judge::{Range, Subject, judge};
use super::run_file::{AcceptanceEntry, to_json};
use super::runs::{self, Run};
use super::{OpsError, Refusal, World, next};
use crate::git::{RecordChange, Repository};
use crate::model::{Transition, distance};
use crate::report::wire::v1::Finding;
use std::collections::BTreeMap;

/// The shortest reason that says something.
const SHORTEST_REASON: usize = 10;

/// What was accepted.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// The run's handle.
    pub handle: String,
    /// The finding.
    pub finding: Finding,
}

/// Accepts the finding `fingerprint` of the run as it stands now.
pub fn accept(
    world: &World,
    run: Option<&str>,
    fingerprint: &str,
    because: &str,
    range: &Range,
) -> Result<Accepted, OpsError> {
    if because.trim().chars().count() < SHORTEST_REASON {
        return Err(Refusal::NoReason.into());
    }
    let repository = Repository::open(&world.directory, &world.environment)?;
    let run = runs::current(&repository, run)?;
    run.refuse_unless_under_way()?;
    let judged = judge(&repository, world, &Subject::of_run(run.clone()), range)?;
    let finding = match find(&judged.report.findings, fingerprint, &run) {
        Ok(finding) => finding,
        Err(refusal) => find_staged(&repository, &run, fingerprint)?.ok_or(refusal)?,
    };
    let entry = AcceptanceEntry {
        fingerprint: finding.fingerprint.clone(),
        because: because.trim().to_owned(),
        accepted_by: super::identity(&repository)?,
        accepted_at: world.timestamp(),
    };
    write(&repository, world, &run, &entry)?;
    Ok(Accepted {
        handle: run.handle.to_string(),
        finding,
    })
}

fn find(findings: &[Finding], fingerprint: &str, run: &Run) -> Result<Finding, Refusal> {
    if let Some(found) = findings
        .iter()
        .find(|it| it.fingerprint.eq_ignore_ascii_case(fingerprint))
    {
        return Ok(found.clone());
    }
    let mut known: Vec<String> = findings.iter().map(|it| it.fingerprint.clone()).collect();
    known.sort_by_cached_key(|it| distance(it, fingerprint));
    known.truncate(3);
    Err(Refusal::UnknownFingerprint {
        handle: run.handle.to_string(),
        fingerprint: fingerprint.to_owned(),
        nearest: known,
    })
}

/// The finding that the next commit would make: a hook names it before it is in any commit.
fn find_staged(repository: &Repository, run: &Run, fingerprint: &str) -> Result<Option<Finding>, OpsError> {
    let branch = repository.head_branch()?;
    if branch.is_none() || branch != run.file.branch {
        return Ok(None);
    }
    let subject = Subject::of_run(run.clone());
    let found = next::findings(repository, &subject, &repository.staged()?, "")?;
    Ok(found
        .into_iter()
        .find(|it| it.fingerprint.eq_ignore_ascii_case(fingerprint)))
}

/// A second acceptance of the same finding replaces the first.
fn write(repository: &Repository, world: &World, run: &Run, entry: &AcceptanceEntry) -> Result<(), OpsError> {
    repository.update_record(&run.handle, &mut |record| {
        let current = runs::assemble(&run.handle, record, BTreeMap::new())?;
        current.refuse_unless_under_way()?;
        let kept = current.acceptances.and(entry.clone());
        let files = BTreeMap::from([("acceptances.json".to_owned(), Some(to_json(&kept)))]);
        Ok::<_, OpsError>(Some(RecordChange {
            detail: entry.fingerprint.clone(),
            body: entry.because.clone(),
            files,
            ..RecordChange::new(Transition::Accepted, world.now)
        }))
    })?;
    Ok(())
}
