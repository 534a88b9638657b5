//! From the words behind `--plan` to texts: a file, a folder, or REV:PATH.

use super::{OpsError, Refusal, World};
use crate::formats::Input;
use crate::git::Repository;
use crate::model::RepoPath;
use crate::store;
use std::collections::BTreeSet;
use std::path::Path;

/// The native artifacts, in the order in which people write them.
pub const ARTIFACTS: [&str; 3] = ["intent.json", "commit_plan.json", "test_contract.json"];

/// Reads every plan that was named, in order, and what was named twice once.
pub fn read_plans(names: &[String], repository: &Repository, world: &World) -> Result<Vec<Input>, OpsError> {
    let mut inputs = Vec::new();
    for name in names {
        inputs.extend(read_plan(name, repository, world)?);
    }
    let mut known = BTreeSet::new();
    inputs.retain(|input| known.insert(input.name.clone()));
    Ok(inputs)
}

/// A name that exists as a file is that file; else `REV:PATH` is looked up in git.
fn read_plan(name: &str, repository: &Repository, world: &World) -> Result<Vec<Input>, OpsError> {
    let path = world.directory.join(name);
    if store::is_folder(&path) {
        return read_folder(name, &path, repository);
    }
    if !store::exists(&path)
        && let Some((rev, inside)) = rev_and_path(name)
    {
        let inside = from_the_top(inside, repository);
        let bytes = repository.read_rev_path(rev, &inside)?;
        return Ok(vec![Input {
            name: name.to_owned(),
            repo_path: Some(RepoPath::new(inside)),
            bytes,
        }]);
    }
    Ok(vec![read_file(name, &path, repository)?])
}

/// `REV:PATH`, but not a Windows drive nor an empty side.
fn rev_and_path(name: &str) -> Option<(&str, &str)> {
    let (rev, path) = name.split_once(':')?;
    (!rev.is_empty() && !path.is_empty() && !path.starts_with('\\')).then_some((rev, path))
}

/// A path that begins with `./` or `../` is seen from where the user stands, as for `git show`; any other from the top.
fn from_the_top(path: &str, repository: &Repository) -> String {
    let prefix = repository.prefix().as_str().unwrap_or_default();
    if !(path.starts_with("./") || path.starts_with("../")) {
        return path.to_owned();
    }
    let mut parts: Vec<&str> = prefix.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    parts.join("/")
}

fn read_file(name: &str, path: &Path, repository: &Repository) -> Result<Input, OpsError> {
    Ok(Input {
        name: name.to_owned(),
        repo_path: repo_path(path, repository),
        bytes: store::read(path)?,
    })
}

/// The native artifacts of a folder, or else its `*PLAN.md` files.
fn read_folder(name: &str, folder: &Path, repository: &Repository) -> Result<Vec<Input>, OpsError> {
    let label = |file: &str| format!("{}/{file}", name.trim_end_matches('/'));
    let native: Vec<&str> = ARTIFACTS
        .into_iter()
        .filter(|file| store::exists(&folder.join(file)))
        .collect();
    let files: Vec<String> = if native.is_empty() {
        let listed = store::list(folder)?;
        listed.into_iter().filter(|file| file.ends_with("PLAN.md")).collect()
    } else {
        native.into_iter().map(str::to_owned).collect()
    };
    if files.is_empty() {
        return Err(Refusal::NoArtifacts {
            folder: name.to_owned(),
        }
        .into());
    }
    let read = |file: &String| read_file(&label(file), &folder.join(file), repository);
    files.iter().map(read).collect()
}

/// The path inside the worktree, where it lies there.
fn repo_path(path: &Path, repository: &Repository) -> Option<RepoPath> {
    let top = store::resolved(repository.workdir()?)?;
    let whole = store::resolved(path)?;
    let inside = whole.strip_prefix(&top).ok()?;
    Some(RepoPath::new(inside.as_os_str().as_encoded_bytes()))
}
