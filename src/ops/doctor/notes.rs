//! Whether notes and records tell of each other.

use super::patient::Patient;
use super::{Ailment, Check};
use crate::git::Repository;
use crate::model::{Handle, ObjectId};
use crate::ops::OpsError;
use crate::ops::notes::{Body, rebuild};
use crate::report::wire::v1::RunReport;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const CHECK: Check = Check {
    name: "notes",
    looks_at: "reported commits without their note, and notes of runs that have no record here",
    mends: Some("writes the notes anew from the records, as `drift notes rebuild` does; what others wrote there stays"),
    run,
};

fn run(patient: &Patient<'_>, found: &mut Vec<Ailment>) -> Result<(), OpsError> {
    let repository = &patient.repository;
    let noted = noted(repository)?;
    let records: BTreeSet<String> = repository.records()?.iter().map(ToString::to_string).collect();
    for handle in repository.records()? {
        let missing = missing(repository, &handle, &noted)?;
        if missing > 0 {
            let what = format!("commits that {handle} reported, without a note of it: {missing}");
            let ailment = Ailment::warning(what, "refs/notes/drift").command("drift notes rebuild");
            found.push(ailment.mended_by(|patient| {
                let rebuilt = rebuild(patient.world)?;
                let count = rebuilt.changed;
                Ok((count > 0).then(|| format!("wrote notes anew from the records: {count}")))
            }));
        }
    }
    for (run, commits) in noted.iter().filter(|(run, _)| !records.contains(*run)) {
        let what = format!(
            "commits with a note of {run}, whose record is not here: {}",
            commits.len()
        );
        found.push(Ailment::note(what, "refs/notes/drift").command("drift fetch"));
    }
    Ok(())
}

/// The commits that each run has noted something on.
fn noted(repository: &Repository) -> Result<BTreeMap<String, BTreeSet<ObjectId>>, OpsError> {
    let mut noted: BTreeMap<String, BTreeSet<ObjectId>> = BTreeMap::new();
    for (commit, note) in repository.notes()?.all()? {
        for line in Body::of(Some(&note)).notes() {
            noted.entry(line.run).or_default().insert(commit);
        }
    }
    Ok(noted)
}

/// How many commits that are here were reported by the run, and have no note of it.
fn missing(
    repository: &Repository,
    handle: &Handle,
    noted: &BTreeMap<String, BTreeSet<ObjectId>>,
) -> Result<usize, OpsError> {
    let Ok(Some(bytes)) = repository.read_record_file(handle, "run_report.json") else {
        return Ok(0);
    };
    // A report that this version can't read is told of elsewhere.
    let Ok(report) = serde_json::from_slice::<RunReport>(&bytes) else {
        return Ok(0);
    };
    let own = noted.get(&handle.to_string());
    let mut count = 0;
    for commit in report
        .commits
        .iter()
        .filter_map(|commit| ObjectId::from_hex(&commit.id))
    {
        let is_noted = own.is_some_and(|commits| commits.contains(&commit));
        count += usize::from(!is_noted && repository.subject(commit)?.is_some());
    }
    Ok(count)
}
