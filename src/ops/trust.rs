//! `drift trust`: a person's word, kept on this machine only, that the commands of a test contract may run here.
//!
//! Trust is in one contract, by its hash, in one repository, by where its git directory lies. It is kept outside of the
//! repository, so that nothing that a clone brings along can claim it.

use super::run_file::to_json;
use super::runs::{self, Run};
use super::{OpsError, Refusal, World};
use crate::formats;
use crate::git::Repository;
use crate::model::{Plan, Suite, shell_word};
use crate::store;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// The value of `schema` in a file of trust.
const TRUST_SCHEMA: &str = "drift/trust/1";

/// One contract that is trusted, as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Trusted {
    /// `drift/trust/1`.
    pub schema: String,
    /// The git directory that the repository's worktrees share.
    pub repository: String,
    /// The hash of the contract.
    pub hash: String,
    /// The run that it was trusted for.
    pub run: String,
    /// When: RFC 3339, UTC.
    pub trusted_at: String,
    /// What runs: a line a suite.
    pub commands: Vec<String>,
}

/// What is about to be trusted, for a person to look at.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The run's handle.
    pub handle: String,
    /// The suites, in the contract's order.
    pub suites: Vec<Suite>,
    /// Whether all of it is trusted already.
    pub is_trusted: bool,
    /// The hash of each contract that names suites.
    hashes: Vec<String>,
}

/// What the run's contract would run.
pub fn propose(world: &World, run: Option<&str>) -> Result<Proposal, OpsError> {
    let repository = Repository::open(&world.directory, &world.environment)?;
    let run = runs::current(&repository, run)?;
    let plan = formats::read(run.inputs());
    let hashes = contract_hashes(&plan);
    let folder = folder(world, &repository)?;
    Ok(Proposal {
        handle: run.handle.to_string(),
        is_trusted: !hashes.is_empty() && are_trusted(&folder, &repository, &hashes)?,
        suites: suites(&plan).cloned().collect(),
        hashes,
    })
}

/// Keeps the trust in what was proposed, and says where.
pub fn trust(world: &World, proposal: &Proposal) -> Result<PathBuf, OpsError> {
    let repository = Repository::open(&world.directory, &world.environment)?;
    let folder = folder(world, &repository)?;
    for hash in &proposal.hashes {
        let kept = Trusted {
            schema: TRUST_SCHEMA.into(),
            repository: place(&repository),
            hash: hash.clone(),
            run: proposal.handle.clone(),
            trusted_at: world.timestamp(),
            commands: proposal.suites.iter().map(command_line).collect(),
        };
        store::write_atomic(&file(&folder, &repository, hash), &to_json(&kept))?;
    }
    Ok(folder)
}

/// Takes the trust in the run's contract back; whether there was any.
pub fn revoke(world: &World, run: Option<&str>) -> Result<(String, bool), OpsError> {
    let repository = Repository::open(&world.directory, &world.environment)?;
    let run = runs::current(&repository, run)?;
    let folder = folder(world, &repository)?;
    let mut any = false;
    for hash in contract_hashes(&formats::read(run.inputs())) {
        any |= store::remove(&file(&folder, &repository, &hash))?;
    }
    Ok((run.handle.to_string(), any))
}

/// All that is trusted on this machine, in this repository or another; files that can't be read are left out.
pub fn list(world: &World) -> Result<Vec<Trusted>, OpsError> {
    let folder = state_folder(world)?;
    let mut all = Vec::new();
    for name in store::list_below(&folder, 10_000) {
        let text = store::read(&folder.join(name))?;
        all.extend(serde_json::from_slice::<Trusted>(&text).ok());
    }
    all.sort_by(|a, b| (&a.repository, &a.trusted_at, &a.hash).cmp(&(&b.repository, &b.trusted_at, &b.hash)));
    Ok(all)
}

/// A refusal unless every contract of the plan that names suites is trusted here.
pub(super) fn refuse_unless_trusted(
    world: &World,
    repository: &Repository,
    run: &Run,
    plan: &Plan,
) -> Result<(), OpsError> {
    if are_trusted(&folder(world, repository)?, repository, &contract_hashes(plan))? {
        return Ok(());
    }
    Err(Refusal::Untrusted {
        handle: run.handle.to_string(),
    }
    .into())
}

/// The suites of all lanes, in the order of the plan.
pub(super) fn suites(plan: &Plan) -> impl Iterator<Item = &Suite> {
    plan.lanes.iter().flat_map(|lane| &lane.suites)
}

/// A suite's command as one would type it.
pub fn command_line(suite: &Suite) -> String {
    let words: Vec<String> = suite.command.iter().map(|word| shell_word(word)).collect();
    words.join(" ")
}

fn contract_hashes(plan: &Plan) -> Vec<String> {
    let sources = suites(plan).filter_map(|suite| plan.sources.get(suite.location.source));
    let mut hashes: Vec<String> = sources.map(|source| source.hash.clone()).collect();
    hashes.sort();
    hashes.dedup();
    hashes
}

fn are_trusted(folder: &Path, repository: &Repository, hashes: &[String]) -> Result<bool, OpsError> {
    for hash in hashes {
        let text = store::read_if_there(&file(folder, repository, hash))?;
        let kept = text.and_then(|text| serde_json::from_slice::<Trusted>(&text).ok());
        let is_it = |kept: &Trusted| kept.hash == *hash && kept.repository == place(repository);
        if !kept.as_ref().is_some_and(is_it) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The repository by where it lies, which all of its worktrees share.
fn place(repository: &Repository) -> String {
    repository.common_dir().display().to_string()
}

fn file(folder: &Path, repository: &Repository, hash: &str) -> PathBuf {
    let mut digest = Sha256::new();
    digest.update(repository.common_dir().as_os_str().as_encoded_bytes());
    digest.update([0]);
    digest.update(hash);
    let name: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    folder.join(format!("{name}.json"))
}

fn state_folder(world: &World) -> Result<PathBuf, Refusal> {
    let state = store::state_folder(&world.environment.vars).ok_or(Refusal::NoStateFolder)?;
    Ok(state.join("trusted"))
}

/// The folder of what is trusted; a refusal where the repository itself could bring it along.
fn folder(world: &World, repository: &Repository) -> Result<PathBuf, OpsError> {
    let folder = state_folder(world)?;
    let own = repository.workdir().into_iter().chain([repository.common_dir()]);
    match own.into_iter().find(|own| store::lies_in(&folder, own)) {
        Some(_) => Err(Refusal::StateInside {
            folder: folder.display().to_string(),
        }
        .into()),
        None => Ok(folder),
    }
}
