//! `drift evidence verify`: whether a signed statement is what its signer wrote, and about a commit of this repository.

use crate::git::{GitError, Repository, SshVerdict};
use crate::model::ObjectId;
use crate::ops::{OpsError, Refusal, World};
use crate::report::attestation::{Envelope, PAYLOAD, STATEMENT, Statement, TEST_RESULT, pre_authentication};
use crate::store;

/// A statement that holds.
#[derive(Clone, Debug)]
pub struct Verified {
    /// What it says.
    pub statement: Statement,
    /// Who signed it, as the list of allowed signers calls them.
    pub signer: String,
    /// The commit that it is about.
    pub commit: ObjectId,
}

/// Checks the signature first, and then the subject: nothing of what an unsigned text says is believed.
pub fn verify(world: &World, file: &str, allowed: Option<&str>, commit: Option<&str>) -> Result<Verified, OpsError> {
    let repository = Repository::open(&world.directory, &world.environment)?;
    let bytes = store::read(&world.directory.join(file))?;
    let (envelope, payload) = envelope(file, &bytes)?;
    let signed = pre_authentication(&envelope.payload_type, &payload);
    let allowed = allowed.map(|path| world.directory.join(path));
    let mut verdict = SshVerdict::Mismatch;
    for signature in &envelope.signatures {
        verdict = repository.ssh_verify(&signed, &signature.sig, allowed.as_deref())?;
        if matches!(verdict, SshVerdict::Good(_)) {
            break;
        }
    }
    let signer = match verdict {
        SshVerdict::Good(signer) => signer,
        SshVerdict::UnknownKey(key) => {
            return Err(Refusal::UnknownSigner {
                file: file.to_owned(),
                key,
            }
            .into());
        }
        SshVerdict::Mismatch => return Err(Refusal::Tampered { file: file.to_owned() }.into()),
    };
    let statement = statement(file, &payload)?;
    let commit = subject(&repository, file, &statement, commit)?;
    Ok(Verified {
        statement,
        signer,
        commit,
    })
}

fn envelope(file: &str, bytes: &[u8]) -> Result<(Envelope, Vec<u8>), Refusal> {
    let no_attestation = |what: String| Refusal::NoAttestation {
        file: file.to_owned(),
        what,
    };
    let envelope: Envelope = match serde_json::from_slice(bytes) {
        Ok(envelope) => envelope,
        Err(_) if serde_json::from_slice::<Statement>(bytes).is_ok() => {
            return Err(Refusal::Unsigned { file: file.to_owned() });
        }
        Err(error) => return Err(no_attestation(error.to_string())),
    };
    if envelope.payload_type != PAYLOAD {
        return Err(no_attestation(format!(
            "its payload is of the type `{}`",
            envelope.payload_type
        )));
    }
    if envelope.signatures.is_empty() {
        return Err(Refusal::Unsigned { file: file.to_owned() });
    }
    let payload = envelope
        .payload_bytes()
        .ok_or_else(|| no_attestation("its payload is no base64".to_owned()))?;
    Ok((envelope, payload))
}

fn statement(file: &str, payload: &[u8]) -> Result<Statement, Refusal> {
    let no_attestation = |what: String| Refusal::NoAttestation {
        file: file.to_owned(),
        what,
    };
    let statement: Statement = serde_json::from_slice(payload).map_err(|error| no_attestation(error.to_string()))?;
    if statement.kind != STATEMENT || statement.predicate_type != TEST_RESULT {
        return Err(no_attestation(format!(
            "it is a `{}` of `{}`",
            statement.kind, statement.predicate_type
        )));
    }
    Ok(statement)
}

/// The commit that the statement is about, as this repository has it.
fn subject(
    repository: &Repository,
    file: &str,
    statement: &Statement,
    wanted: Option<&str>,
) -> Result<ObjectId, OpsError> {
    let other = |what: String| Refusal::OtherCommit {
        file: file.to_owned(),
        what,
    };
    let named = statement.digest("gitCommit").unwrap_or_default().to_owned();
    let Some(id) = ObjectId::from_hex(&named) else {
        return Err(other("it names no commit".to_owned()).into());
    };
    let commit = match repository.resolve_commit(&named) {
        Err(GitError::UnknownRevision { .. }) => {
            return Err(other(format!(
                "it is about the commit {}, which this repository does not have",
                id.short(8)
            ))
            .into());
        }
        found => found?,
    };
    let tree = repository.tree_of(commit)?.to_string();
    if statement.digest("gitTree").is_some_and(|named| named != tree) {
        return Err(other(format!("the commit {} has another tree than it says", id.short(8))).into());
    }
    if let Some(rev) = wanted {
        let wanted = repository.resolve_commit(rev)?;
        if wanted != commit && repository.tree_of(wanted)? != repository.tree_of(commit)? {
            return Err(other(format!(
                "it is about the commit {}, and `{rev}` is {}",
                id.short(8),
                wanted.short(8)
            ))
            .into());
        }
    }
    Ok(commit)
}
