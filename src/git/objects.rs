//! Reading single objects into buffers that are used again, with a missing object told from a damaged one.

use super::commits::RawCommit;
use super::{GitError, ids};
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

/// The error that says that `id` is not there, and whether the clone left it out on purpose.
pub(super) fn missing(repo: &gix::Repository, id: ObjectId) -> GitError {
    GitError::MissingObject {
        id: ids::to_model(&id),
        promisor: is_partial_clone(repo),
    }
}

/// Whether a remote has promised what is not here.
pub(super) fn is_partial_clone(repo: &gix::Repository) -> bool {
    let config = repo.config_snapshot();
    let promises = |remote: &BString| config.boolean(&format!("remote.{remote}.promisor")) == Some(true);
    config.string("extensions.partialClone").is_some() || repo.remote_names().iter().any(promises)
}

/// Whether git takes the content for binary: a NUL among its first 8,000 bytes.
pub(super) fn is_binary(content: &[u8]) -> bool {
    content.iter().take(8000).any(|&byte| byte == 0)
}

/// The bytes of the commit `id`, in `buffer`.
pub(super) fn read_commit<'a>(
    repo: &gix::Repository,
    id: ObjectId,
    buffer: &'a mut Vec<u8>,
) -> Result<&'a [u8], GitError> {
    read(repo, id, Kind::Commit, buffer)?;
    Ok(buffer)
}

/// The tree of the commit `id`.
pub(super) fn tree_of_commit(repo: &gix::Repository, id: ObjectId) -> Result<ObjectId, GitError> {
    let mut buffer = Vec::new();
    let bytes = read_commit(repo, id, &mut buffer)?;
    Ok(RawCommit::parse(&id, bytes)?.tree)
}
