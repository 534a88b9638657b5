//! Which files of a folder are one plan, on disk or in a commit's tree. [`LAYOUTS`] is the table.

use super::sources::{self, ARTIFACTS, is_plan};
use super::{OpsError, Refusal};
use crate::formats::{self, Input, Text};
use crate::git::Repository;
use crate::model::{PathPattern, RepoPath};
use crate::store;
use std::path::{Path, PathBuf};

/// Files of a plan: those in `folder` (empty: the plan's own) whose names match.
struct Part {
    folder: &'static str,
    names: &'static str,
    keep: Keep,
}

/// Which of the files that match are taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keep {
    /// All of them: what can't be read is a problem.
    All,
    /// Those that are plans by their content: others may have the same name.
    Plans,
    /// All but those that tell of a plan's progress.
    AllButReviews,
}

const fn part(folder: &'static str, names: &'static str, keep: Keep) -> Part {
    Part { folder, names, keep }
}

/// What the documents of a mission say beside its packages.
static MISSION_WORDS: &[Part] = &[
    part("", "meta.json", Keep::Plans),
    part("", "lanes.json", Keep::Plans),
    part("", "wps.yaml", Keep::Plans),
];

/// The packages of a mission; older ones have a folder for each state.
static PACKAGES: &[Part] = &[
    part("tasks", "WP*.md", Keep::AllButReviews),
    part("tasks/planned", "WP*.md", Keep::AllButReviews),
    part("tasks/doing", "WP*.md", Keep::AllButReviews),
    part("tasks/for_review", "WP*.md", Keep::AllButReviews),
    part("tasks/done", "WP*.md", Keep::AllButReviews),
];

/// What a mission as a whole promises.
static PROMISES: &[Part] = &[
    part("", "acceptance-matrix.json", Keep::Plans),
    part("contracts", "*.md", Keep::Plans),
];

static NATIVE: &[Part] = &[
    part("", ARTIFACTS[0], Keep::All),
    part("", ARTIFACTS[1], Keep::All),
    part("", ARTIFACTS[2], Keep::All),
];

static PLANS: &[Part] = &[part("", "*PLAN.md", Keep::All)];

/// The ways in which files make a plan together; the first that finds a file is the folder's.
static LAYOUTS: &[&[&[Part]]] = &[&[NATIVE], &[MISSION_WORDS, PACKAGES, PROMISES], &[PLANS]];

/// A folder, wherever it is.
#[derive(Clone, Debug)]
pub struct Folder {
    /// How it is named: a path, or `REV:PATH`; the names of its files begin so.
    name: String,
    place: Place,
}

#[derive(Clone, Debug)]
enum Place {
    Disk(PathBuf),
    Tree { rev: String, path: String },
}

impl Folder {
    /// The folder at `path`, named so by the user.
    pub fn on_disk(name: &str, path: &Path) -> Self {
        Self {
            name: name.trim_end_matches('/').to_owned(),
            place: Place::Disk(path.to_owned()),
        }
    }

    /// The folder at `path` (empty: the top) in the tree of `rev`.
    pub fn in_tree(rev: &str, path: &str) -> Self {
        let path = path.trim_matches('/');
        Self {
            name: format!("{rev}:{path}"),
            place: Place::Tree {
                rev: rev.to_owned(),
                path: path.to_owned(),
            },
        }
    }

    /// How it is named.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether there is such a folder.
    pub fn exists(&self, repository: &Repository) -> Result<bool, OpsError> {
        match &self.place {
            Place::Disk(path) => Ok(store::is_folder(path)),
            Place::Tree { rev, path } => Ok(!files_below(repository, rev, path)?.is_empty()),
        }
    }

    /// The names of the files right in its folder `inner`; none where there is no such folder.
    fn files(&self, inner: &str, repository: &Repository) -> Result<Vec<String>, OpsError> {
        match &self.place {
            Place::Disk(path) => {
                let folder = path.join(inner);
                Ok(if store::is_folder(&folder) {
                    store::list(&folder)?
                } else {
                    Vec::new()
                })
            }
            Place::Tree { rev, path } => {
                let folder = joined(path, inner);
                let below = files_below(repository, rev, &folder)?;
                let start = if folder.is_empty() { 0 } else { folder.len() + 1 };
                let names = below.iter().filter_map(|it| it.as_str()?.get(start..));
                Ok(names
                    .filter(|name| !name.contains('/'))
                    .map(ToOwned::to_owned)
                    .collect())
            }
        }
    }

    /// The file `name`, which may lie in an inner folder.
    fn read(&self, name: &str, repository: &Repository) -> Result<Input, OpsError> {
        let shown = if self.name.is_empty() || self.name.ends_with(':') {
            format!("{}{name}", self.name)
        } else {
            format!("{}/{name}", self.name)
        };
        match &self.place {
            Place::Disk(path) => sources::read_file(&shown, &path.join(name), repository),
            Place::Tree { rev, path } => {
                let inside = joined(path, name);
                Ok(Input {
                    name: shown,
                    bytes: repository.read_rev_path(rev, &inside)?,
                    repo_path: Some(RepoPath::new(inside)),
                })
            }
        }
    }

    /// The files of these parts that are there, in the order of the parts.
    fn parts(&self, parts: &[Part], repository: &Repository) -> Result<Vec<Input>, OpsError> {
        let mut found = Vec::new();
        for part in parts {
            let Ok(pattern) = PathPattern::parse(part.names) else {
                continue;
            };
            for name in self.files(part.folder, repository)? {
                if !pattern.matches(name.as_bytes()) {
                    continue;
                }
                let input = self.read(&joined(part.folder, &name), repository)?;
                if part.keep.takes(&input) {
                    found.push(input);
                }
            }
        }
        Ok(found)
    }
}

impl Keep {
    fn takes(self, input: &Input) -> bool {
        match self {
            Self::All => true,
            Self::Plans => is_plan(input),
            Self::AllButReviews => !formats::is_beside_plans(&Text::new(input.clone())),
        }
    }
}

fn joined(folder: &str, name: &str) -> String {
    match (folder, name) {
        ("", name) => name.to_owned(),
        (folder, "") => folder.to_owned(),
        (folder, name) => format!("{folder}/{name}"),
    }
}

fn files_below(repository: &Repository, rev: &str, folder: &str) -> Result<Vec<RepoPath>, OpsError> {
    let commit = repository.resolve_commit(rev)?;
    let listing = match PathPattern::parse(&format!("{folder}/")) {
        Ok(pattern) if !folder.is_empty() => repository.tree_listing(commit, Some(&[pattern]))?,
        _ => repository.tree_listing(commit, None)?,
    };
    Ok(listing.files.into_iter().map(|file| file.path).collect())
}

/// The plan that the folder is: its native artifacts, else the documents of a mission, else its `*PLAN.md` files.
pub fn read(folder: &Folder, repository: &Repository) -> Result<Vec<Input>, OpsError> {
    for layout in LAYOUTS {
        let mut found = Vec::new();
        for parts in *layout {
            found.extend(folder.parts(parts, repository)?);
        }
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Err(Refusal::NoArtifacts {
        folder: folder.name.clone(),
    }
    .into())
}

/// What the mission in the folder says of its packages.
pub fn companions(folder: &Folder, repository: &Repository) -> Result<Vec<Input>, OpsError> {
    folder.parts(MISSION_WORDS, repository)
}

/// The packages of the mission that have files of their own.
pub fn packages(folder: &Folder, repository: &Repository) -> Result<Vec<Input>, OpsError> {
    folder.parts(PACKAGES, repository)
}

/// The lanes of the mission, each with the ids of its packages.
pub fn lanes(folder: &Folder, repository: &Repository) -> Result<Vec<(String, Vec<String>)>, OpsError> {
    let found = folder.parts(&[part("", "lanes.json", Keep::Plans)], repository)?;
    let texts = found.into_iter().map(Text::new);
    Ok(texts.flat_map(|text| formats::mission_lanes(&text)).collect())
}
