//! `drift evidence export`: what the evidence says of a run's reported target, as a statement that others can check.

use super::kept;
use crate::compare;
use crate::git::Repository;
use crate::model::{Evidence, ObjectId};
use crate::ops::runs::{self, Run};
use crate::ops::{OpsError, Refusal, World};
use crate::report::attestation::{Envelope, PAYLOAD, Resource, Statement, pre_authentication};
use crate::report::wire::v1::RunReport;
use sha2::{Digest, Sha256};

/// The text of the statement, or of the signed envelope around it.
pub fn export(world: &World, run: Option<&str>, sign: bool) -> Result<String, OpsError> {
    let repository = Repository::open(&world.directory, &world.environment)?;
    let run = runs::current(&repository, run)?;
    let report = report(&run)?;
    let target = report
        .range
        .as_ref()
        .and_then(|range| ObjectId::from_hex(&range.target));
    let target = target.ok_or_else(|| not_reported(&run))?;
    let all = kept::of_run(&repository, &run.handle)?.evidence;
    let counting = compare::counting(&all, repository.content_tree_of(target)?);
    if counting.is_empty() {
        return Err(Refusal::NoEvidence {
            handle: run.handle.to_string(),
            target: target.short(8),
        }
        .into());
    }
    let subject = Resource {
        name: run.handle.to_string(),
        digest: [
            ("gitCommit".to_owned(), target.to_string()),
            ("gitTree".to_owned(), repository.tree_of(target)?.to_string()),
        ]
        .into(),
    };
    let statement = Statement::of(
        &report,
        subject,
        &counting,
        configuration(&repository, &run, &counting)?,
    );
    let text = statement.to_text();
    if !sign {
        return Ok(text);
    }
    let signature = repository.ssh_sign(&pre_authentication(PAYLOAD, text.as_bytes()))?;
    Ok(Envelope::of(text.as_bytes(), signature).to_text())
}

fn report(run: &Run) -> Result<RunReport, Refusal> {
    let bytes = run.report.as_ref().ok_or_else(|| not_reported(run))?;
    serde_json::from_slice(bytes).map_err(|error| Refusal::BrokenRecord {
        handle: run.handle.to_string(),
        what: format!("run_report.json: {error}"),
    })
}

fn not_reported(run: &Run) -> Refusal {
    Refusal::NotReported {
        handle: run.handle.to_string(),
    }
}

/// The frozen contract, and each piece of evidence as the record keeps it.
fn configuration(repository: &Repository, run: &Run, counting: &[&Evidence]) -> Result<Vec<Resource>, OpsError> {
    let contract = run.recorded.get_key_value("test_contract.json");
    let mut found: Vec<Resource> = contract
        .map(|(name, bytes)| hashed(name.clone(), bytes))
        .into_iter()
        .collect();
    for evidence in counting {
        let name = format!("evidence/{}.json", evidence.id);
        let bytes = repository.read_record_file(&run.handle, &name)?.unwrap_or_default();
        found.push(hashed(name, &bytes));
    }
    Ok(found)
}

fn hashed(name: String, bytes: &[u8]) -> Resource {
    let sha256: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    Resource {
        name,
        digest: [("sha256".to_owned(), sha256)].into(),
    }
}
