//! From the words behind `--plan` to texts: a file, a folder, REV:PATH, or a mission by its name.

use super::missions::{self, Mission};
use super::plan_folder::{self, Folder};
use super::{OpsError, World};
use crate::formats::{self, Input, Text};
use crate::git::{GitError, Repository};
use crate::model::RepoPath;
use crate::store;
use std::collections::BTreeSet;
use std::path::Path;

/// The native artifacts, in the order in which people write them.
pub const ARTIFACTS: [&str; 3] = ["intent.json", "commit_plan.json", "test_contract.json"];

/// The texts that were named, and those beside them that help to understand them.
#[derive(Clone, Debug, Default)]
pub struct Named {
    /// What was named, file by file.
    pub inputs: Vec<Input>,
    /// What nobody named: the mission's own words about a work package that was.
    pub companions: Vec<Input>,
}

impl Named {
    fn of(inputs: Vec<Input>) -> Self {
        Self {
            inputs,
            ..Self::default()
        }
    }
}

/// Reads every plan that was named, in order, and once what was named twice: by one name, or by several of one file.
pub fn read_plans(names: &[String], repository: &Repository, world: &World) -> Result<Named, OpsError> {
    let mut all = Named::default();
    for name in names {
        let named = read_plan(name, repository, world)?;
        all.inputs.extend(named.inputs);
        all.companions.extend(named.companions);
    }
    let mut names = BTreeSet::new();
    let mut texts = BTreeSet::new();
    let mut is_new = |input: &Input| {
        let in_repository = input.repo_path.clone();
        let same_text = |path| !texts.insert((path, input.bytes.clone()));
        !in_repository.is_some_and(same_text) && names.insert(input.name.clone())
    };
    all.inputs.retain(&mut is_new);
    all.companions.retain(&mut is_new);
    Ok(all)
}

/// A name that exists as a file is that file; else `REV:PATH` is looked up in git; else it may be a mission's.
fn read_plan(name: &str, repository: &Repository, world: &World) -> Result<Named, OpsError> {
    let path = world.directory.join(name);
    if store::is_folder(&path) {
        return plan_folder::read(&Folder::on_disk(name, &path), repository).map(Named::of);
    }
    if store::exists(&path) {
        let input = read_file(name, &path, repository)?;
        let whole = store::resolved(&path).unwrap_or_else(|| path.clone());
        let above = |up| on_disk_above(name, &whole, up);
        return with_companions(input, &whole.to_string_lossy(), above, repository);
    }
    if let Some((rev, inside)) = rev_and_path(name) {
        return read_rev(name, rev, inside, repository);
    }
    match missions::named(name, None, repository)? {
        Some(mission) => read_mission(&mission, repository),
        None => Ok(Named::of(vec![read_file(name, &path, repository)?])),
    }
}

/// A file of a revision, a folder of it, or a mission that it holds.
fn read_rev(name: &str, rev: &str, inside: &str, repository: &Repository) -> Result<Named, OpsError> {
    let path = from_the_top(inside, repository);
    let missing = match repository.read_rev_path(rev, &path) {
        Ok(bytes) => {
            let input = Input {
                name: name.to_owned(),
                repo_path: Some(RepoPath::new(path.clone())),
                bytes,
            };
            return with_companions(input, &path, |up| in_tree_above(rev, &path, up), repository);
        }
        Err(error @ GitError::NoSuchPath { .. }) => error,
        Err(error) => return Err(error.into()),
    };
    let folder = Folder::in_tree(rev, &path);
    if folder.exists(repository)? {
        return plan_folder::read(&folder, repository).map(Named::of);
    }
    match missions::named(inside, Some(rev), repository)? {
        Some(mission) => read_mission(&mission, repository),
        None => Err(missing.into()),
    }
}

/// A work package comes with its mission's words about it. `path` is where it lies, from wherever; `above` gives the
/// folder so many names up.
fn with_companions(
    input: Input,
    path: &str,
    above: impl Fn(usize) -> Option<Folder>,
    repository: &Repository,
) -> Result<Named, OpsError> {
    let parts: Vec<&str> = path.rsplit('/').collect();
    let up = match parts.as_slice() {
        [_, "tasks", ..] => 2,
        [_, _, "tasks", ..] => 3,
        _ => return Ok(Named::of(vec![input])),
    };
    let is_package = formats::package_in_name(path).is_some();
    let companions = match above(up).filter(|_| is_package) {
        Some(folder) => plan_folder::companions(&folder, repository)?,
        None => Vec::new(),
    };
    Ok(Named {
        inputs: vec![input],
        companions,
    })
}

/// The folder so many names above a file on disk, named like the file where that has as many names.
fn on_disk_above(name: &str, path: &Path, up: usize) -> Option<Folder> {
    let folder = path.ancestors().nth(up)?;
    let parts: Vec<&str> = name.split('/').collect();
    let named = match parts.len().checked_sub(up) {
        Some(left) => parts[..left].join("/"),
        None => folder.to_string_lossy().into_owned(),
    };
    Some(Folder::on_disk(&named, folder))
}

fn in_tree_above(rev: &str, path: &str, up: usize) -> Option<Folder> {
    let parts: Vec<&str> = path.split('/').collect();
    let folder = parts.get(..parts.len().checked_sub(up)?)?.join("/");
    Some(Folder::in_tree(rev, &folder))
}

/// A mission as a whole, or the packages of one of its lanes.
fn read_mission(mission: &Mission, repository: &Repository) -> Result<Named, OpsError> {
    let folder = &mission.folder;
    match &mission.lane {
        None => plan_folder::read(folder, repository).map(Named::of),
        Some(lane) => {
            let lanes = plan_folder::lanes(folder, repository)?;
            let packages = lanes.iter().find(|(id, _)| id == lane).map(|(_, packages)| packages);
            let mut inputs = plan_folder::packages(folder, repository)?;
            inputs.retain(|input| {
                let id = formats::package_in_name(&input.name);
                packages.is_some_and(|own| id.is_some_and(|id| own.iter().any(|it| it == id)))
            });
            if inputs.is_empty() {
                return Err(super::Refusal::UnknownLane {
                    mission: folder.name().to_owned(),
                    lane: lane.clone(),
                    known: lanes.into_iter().map(|(id, _)| id).collect(),
                }
                .into());
            }
            Ok(Named {
                inputs,
                companions: plan_folder::companions(folder, repository)?,
            })
        }
    }
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

/// The file at `path`, under the name that the user gave it.
pub(super) fn read_file(name: &str, path: &Path, repository: &Repository) -> Result<Input, OpsError> {
    Ok(Input {
        name: name.to_owned(),
        repo_path: repo_path(path, repository),
        bytes: store::read(path)?,
    })
}

/// Whether a text is a plan, so that it counts among the files of a folder.
pub(super) fn is_plan(input: &Input) -> bool {
    formats::recognise(&Text::new(input.clone())).is_some()
}

/// The path inside the worktree, where it lies there.
fn repo_path(path: &Path, repository: &Repository) -> Option<RepoPath> {
    let top = store::resolved(repository.workdir()?)?;
    let whole = store::resolved(path)?;
    let inside = whole.strip_prefix(&top).ok()?;
    Some(RepoPath::new(inside.as_os_str().as_encoded_bytes()))
}
