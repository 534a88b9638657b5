//! Reading single objects into buffers that are used again, with a missing object told from a damaged one.

use super::GitError;
use crate::model;
use gix::ObjectId;
use gix::bstr::BString;
use gix::objs::{Find, FindHeader, Kind};

/// Puts the bytes of the tree `id` into `buffer`. The empty tree exists everywhere, as it does for git.
pub(super) fn read_tree(repo: &gix::Repository, id: ObjectId, buffer: &mut Vec<u8>) -> Result<(), GitError> {
    if id.is_empty_tree() {
        buffer.clear();
        return Ok(());
    }
    read(repo, id, Kind::Tree, buffer)
}

/// Puts the bytes of the blob `id` into `buffer`.
pub(super) fn read_blob(repo: &gix::Repository, id: ObjectId, buffer: &mut Vec<u8>) -> Result<(), GitError> {
    if id.is_empty_blob() {
        buffer.clear();
        return Ok(());
    }
    read(repo, id, Kind::Blob, buffer)
}

/// The size of the blob `id` in bytes, without its content being read.
pub(super) fn blob_size(repo: &gix::Repository, id: ObjectId) -> Result<u64, GitError> {
    if id.is_empty_blob() {
        return Ok(0);
    }
    let found = repo.objects.try_header(&id);
    let header = found
        .map_err(GitError::gix("reading the size of an object"))?
        .ok_or_else(|| missing(repo, id))?;
    expect_kind(id, Kind::Blob, header.kind)?;
    Ok(header.size)
}

/// The id in the shape that the rest of drift knows.
pub(super) fn model_id(id: ObjectId) -> Option<model::ObjectId> {
    model::ObjectId::from_bytes(id.as_bytes())
}

fn read(repo: &gix::Repository, id: ObjectId, kind: Kind, buffer: &mut Vec<u8>) -> Result<(), GitError> {
    let found = repo.objects.try_find(&id, buffer);
    let data = found
        .map_err(GitError::gix("reading an object"))?
        .ok_or_else(|| missing(repo, id))?;
    expect_kind(id, kind, data.kind)?;
    let length = data.data.len();
    buffer.truncate(length);
    Ok(())
}

fn expect_kind(id: ObjectId, expected: Kind, found: Kind) -> Result<(), GitError> {
    if expected == found {
        return Ok(());
    }
    Err(GitError::corrupt(format!(
        "the object {id} is a {found} where a {expected} belongs"
    )))
}

fn missing(repo: &gix::Repository, id: ObjectId) -> GitError {
    match model_id(id) {
        Some(id) => GitError::MissingObject {
            id,
            promisor: is_partial_clone(repo),
        },
        None => GitError::corrupt(format!("the object {id} is missing")),
    }
}

/// Whether a remote has promised what is not here.
fn is_partial_clone(repo: &gix::Repository) -> bool {
    let config = repo.config_snapshot();
    let promises = |remote: &BString| config.boolean(&format!("remote.{remote}.promisor")) == Some(true);
    config.string("extensions.partialClone").is_some() || repo.remote_names().iter().any(promises)
}

/// Whether git takes the content for binary: a NUL among its first 8,000 bytes.
pub(super) fn is_binary(content: &[u8]) -> bool {
    content.iter().take(8000).any(|&byte| byte == 0)
}

/// The tree of the commit `id`.
pub(super) fn tree_of_commit(repo: &gix::Repository, id: ObjectId) -> Result<ObjectId, GitError> {
    let mut buffer = Vec::new();
    read(repo, id, Kind::Commit, &mut buffer)?;
    gix::objs::CommitRefIter::from_bytes(&buffer, repo.object_hash())
        .tree_id()
        .map_err(GitError::gix("reading a commit"))
}
