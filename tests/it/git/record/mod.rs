//! Records under refs/drift/runs: what is kept, what is refused, and that nobody's transition is lost.

mod crowd;
mod refusals;
mod signing;
mod transitions;

use crate::support::repo::Repo;
use drift::git::{Environment, GitError, RecordChange, Repository};
use drift::model::{Handle, ObjectId, Transition};
use std::path::Path;

const TIME: i64 = 1_700_000_000;
const REF: &str = "refs/drift/runs/add-login-0a1b2c3d";

pub fn handle() -> Handle {
    "add-login-0a1b2c3d".parse().unwrap()
}

/// The variables of `repo`, and no name of a user: that comes from the configuration.
pub fn environment(repo: &Repo) -> Environment {
    let fixed = repo.environment().into_iter();
    let nameless = fixed.filter(|(name, _)| !name.starts_with("GIT_AUTHOR") && !name.starts_with("GIT_COMMITTER"));
    let mut vars: std::collections::BTreeMap<_, _> =
        nameless.map(|(name, value)| (name.into(), value.into())).collect();
    vars.insert("PATH".into(), std::env::var_os("PATH").unwrap_or_default());
    Environment {
        vars,
        current_dir: repo.path().to_owned(),
    }
}

/// A repository whose user is known.
fn named(repo: Repo) -> Repo {
    repo.git(&["config", "user.name", "Ada Example"]);
    repo.git(&["config", "user.email", "ada@example.com"]);
    repo
}

pub fn open(repo: &Repo) -> Repository {
    open_at(repo, repo.path())
}

pub fn open_at(repo: &Repo, dir: &Path) -> Repository {
    Repository::open(dir, &environment(repo)).unwrap()
}

/// A transition that writes the file `path`.
fn writes(transition: Transition, path: &str, content: &str) -> RecordChange {
    let mut change = RecordChange::new(transition, TIME);
    change.files.insert(path.into(), Some(content.into()));
    change
}

/// Writes `change` to the record, whatever that holds.
fn put(repository: &Repository, change: &RecordChange) -> Result<ObjectId, GitError> {
    let written = repository.update_record(&handle(), &mut |_| Ok::<_, GitError>(Some(change.clone())))?;
    Ok(written.unwrap())
}
