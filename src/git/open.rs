//! Finding and opening a repository as git does, from a directory and git's variables.

use super::environment::Environment;
use super::error::{GitError, Refusal};
use super::guards;
use crate::model::RepoPath;
use gix::discover::repository::Path as Found;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How long other drifts that change refs are waited for, unless somebody has less time: a crowd gets its turns.
const PATIENCE: Duration = Duration::from_secs(30);

/// How much is kept of the objects that were read.
const REMEMBERED_BYTES: usize = 4 * 1024 * 1024;

/// A repository that was opened for one command: where it lies, and what git says of it.
#[derive(Clone, Debug)]
pub struct Repository {
    gix: gix::Repository,
    environment: Environment,
    git_dir: PathBuf,
    common_dir: PathBuf,
    workdir: Option<PathBuf>,
    prefix: RepoPath,
    /// How long other drifts that change refs are waited for.
    patience: Duration,
    /// Holds the way to object directories that only the environment names; it has to outlive every look-up.
    _borrowed_objects: Option<Arc<tempfile::TempDir>>,
}

impl Repository {
    /// Opens the repository that `dir` (seen from the environment's directory) belongs to.
    ///
    /// GIT_DIR and the other variables of [`Environment`] count as they do for git's own commands. Each way in which the
    /// repository is more than drift can read is an error, never a smaller answer.
    pub fn open(dir: &Path, environment: &Environment) -> Result<Self, GitError> {
        match Self::open_to_look(dir, environment)? {
            (_, Some(what)) => Err(GitError::Refused { what }),
            (repository, None) => Ok(repository),
        }
    }

    /// The same for one who only looks: a repository that pretends another history is opened, and the refusal told.
    pub fn open_to_look(dir: &Path, environment: &Environment) -> Result<(Self, Option<Refusal>), GitError> {
        let start = environment.current_dir.join(dir);
        if !start.is_dir() {
            return Err(GitError::NoSuchDirectory { dir: dir.to_owned() });
        }
        let found = locate(&start, environment)?;
        let (git_dir, _) = found.clone().into_repository_and_work_tree_directories();
        let refusal = match guards::check(&common_dir_of(&git_dir)?) {
            Ok(()) => None,
            Err(GitError::Refused {
                what: what @ Refusal::Grafts(_),
            }) => Some(what),
            Err(error) => return Err(error),
        };
        let repository = Self::open_unguarded(found, &start, dir, environment)?;
        Ok((repository, refusal))
    }

    fn open_unguarded(found: Found, start: &Path, dir: &Path, environment: &Environment) -> Result<Self, GitError> {
        let mut gix = open_found(found, start, environment)?;
        let borrowed = borrow_objects(&mut gix, start, environment)?;
        set_workdir(&mut gix, start, environment)?;
        let repository = Self {
            git_dir: resolved(gix.git_dir()),
            common_dir: resolved(gix.common_dir()),
            workdir: gix.workdir().map(resolved),
            prefix: RepoPath::default(),
            patience: PATIENCE,
            environment: environment.clone(),
            gix,
            _borrowed_objects: borrowed,
        };
        repository.check_common_dir(start)?;
        Ok(Self {
            prefix: repository.find_prefix(start, dir),
            ..repository
        })
    }

    /// The same, less patient: an update of a ref gives up after `milliseconds` in which other drifts left it no turn.
    pub fn waiting_at_most(self, milliseconds: u64) -> Self {
        Self {
            patience: Duration::from_millis(milliseconds),
            ..self
        }
    }

    /// How long other drifts that change refs are waited for.
    pub(super) fn patience(&self) -> Duration {
        self.patience
    }

    /// The same repository, read anew from the directory that all worktrees share: still there when a worktree is gone.
    pub fn reopened(&self) -> Result<Self, GitError> {
        let mut environment = self.environment.elsewhere(&self.common_dir);
        environment
            .vars
            .insert("GIT_DIR".into(), self.common_dir.clone().into());
        Self::open(Path::new("."), &environment)
    }

    /// The repository as gix has it.
    pub(super) fn gix(&self) -> &gix::Repository {
        &self.gix
    }

    /// The variables and the directory that the repository was opened with.
    pub(super) fn environment(&self) -> &Environment {
        &self.environment
    }

    /// Keeps what is read in memory, up to a few megabytes: for a command that asks for the same commits and trees again
    /// and again. Reading a long range once is faster without.
    pub fn remember_objects(&mut self) {
        self.gix.object_cache_size(REMEMBERED_BYTES);
    }

    /// The directory that belongs to this worktree alone: `.git`, or `.git/worktrees/<name>`.
    pub fn git_dir(&self) -> &Path {
        &self.git_dir
    }

    /// The directory that all worktrees share.
    pub fn common_dir(&self) -> &Path {
        &self.common_dir
    }

    /// The top of the worktree that the command runs in; `None` in a bare repository.
    pub fn workdir(&self) -> Option<&Path> {
        self.workdir.as_deref()
    }

    /// Whether there is no worktree to work in.
    pub fn is_bare(&self) -> bool {
        self.workdir.is_none()
    }

    /// The folder that the command was started in, seen from the top of the worktree; empty at the top or outside.
    pub fn prefix(&self) -> &RepoPath {
        &self.prefix
    }

    /// The index that git would use: GIT_INDEX_FILE (seen from the top), else the worktree's own. It need not exist.
    pub fn index_path(&self) -> PathBuf {
        self.gix.index_path()
    }

    /// Whether the clone ends before the history does.
    pub fn is_shallow(&self) -> Result<bool, GitError> {
        self.gix
            .is_shallow()
            .map_err(GitError::gix("reading where the clone ends"))
    }

    /// Refuses while a push is being received: git keeps such objects apart until the push is let in.
    pub fn writes_allowed(&self) -> Result<(), GitError> {
        match self.environment.var("GIT_QUARANTINE_PATH") {
            None => Ok(()),
            Some(_) => Err(GitError::Refused {
                what: Refusal::Quarantine,
            }),
        }
    }

    /// gix does not read GIT_COMMON_DIR, so that a value that matters has to be refused.
    fn check_common_dir(&self, start: &Path) -> Result<(), GitError> {
        match self.environment.path("GIT_COMMON_DIR", start) {
            Some(named) if resolved(&named) != self.common_dir => Err(GitError::Refused {
                what: Refusal::CommonDir(named),
            }),
            _ => Ok(()),
        }
    }

    /// Hooks run at the top and say in GIT_PREFIX where the user stood; else the directory itself says it.
    fn find_prefix(&self, start: &Path, dir: &Path) -> RepoPath {
        let moved = !dir.as_os_str().is_empty() && dir != Path::new(".");
        if let Some(prefix) = self.environment.var("GIT_PREFIX").filter(|_| !moved) {
            let bytes = prefix.as_encoded_bytes();
            return RepoPath::new(bytes.strip_suffix(b"/").unwrap_or(bytes));
        }
        let top = self.workdir.as_deref();
        let start = resolved(start);
        match top.and_then(|top| start.strip_prefix(top).ok()) {
            Some(inside) => RepoPath::new(inside.as_os_str().as_encoded_bytes()),
            None => RepoPath::default(),
        }
    }
}

/// GIT_DIR, or the repository that `start` or a folder above it belongs to.
fn locate(start: &Path, environment: &Environment) -> Result<Found, GitError> {
    let nothing_at = |dir: &Path| GitError::NotARepository { dir: dir.to_owned() };
    if let Some(git_dir) = environment.path("GIT_DIR", start) {
        let kind = gix::discover::is_git(&git_dir).map_err(|_| nothing_at(&git_dir))?;
        return Found::from_dot_git_dir(git_dir.clone(), kind, start).ok_or_else(|| nothing_at(&git_dir));
    }
    let options = gix::discover::upwards::Options {
        cross_fs: environment.is_true("GIT_DISCOVERY_ACROSS_FILESYSTEM"),
        ..Default::default()
    };
    match gix::discover::upwards_opts(start, options) {
        Ok((found, _trust)) if is_above_ceiling(&found, start, environment) => Err(nothing_at(start)),
        Ok((found, _trust)) => Ok(found),
        Err(error) if error.is_not_found() => Err(nothing_at(start)),
        Err(error) => Err(GitError::gix("looking for a repository")(error)),
    }
}

/// Whether git would not have gone up as far: a directory of GIT_CEILING_DIRECTORIES is not entered from below.
fn is_above_ceiling(found: &Found, start: &Path, environment: &Environment) -> bool {
    let start = resolved(start);
    let place = match found {
        Found::WorkTree(dir) | Found::LinkedWorkTree { work_dir: dir, .. } => resolved(dir),
        Found::Repository(dir) if start.starts_with(resolved(dir)) => resolved(dir),
        Found::Repository(dir) => resolved(dir.parent().unwrap_or(dir)),
    };
    let ceilings = environment.var("GIT_CEILING_DIRECTORIES");
    let ceilings = ceilings.map(ceiling_directories).unwrap_or_default();
    let lies_between =
        |ceiling: &PathBuf| start != *ceiling && start.starts_with(ceiling) && ceiling.starts_with(&place);
    ceilings.iter().any(lies_between)
}

/// The absolute directories that the search for a repository must not leave, symlinks resolved until an empty one.
fn ceiling_directories(text: &OsStr) -> Vec<PathBuf> {
    let mut resolving = true;
    let mut ceilings = Vec::new();
    for dir in std::env::split_paths(text) {
        if dir.as_os_str().is_empty() {
            resolving = false;
        } else if dir.is_absolute() {
            ceilings.push(if resolving { resolved(&dir) } else { dir });
        }
    }
    ceilings
}

fn open_found(found: Found, start: &Path, environment: &Environment) -> Result<gix::Repository, GitError> {
    let top = found.clone().into_repository_and_work_tree_directories().1;
    let index = environment.path("GIT_INDEX_FILE", top.as_deref().unwrap_or(start));
    let (place, as_is) = match found {
        Found::WorkTree(dir) => (dir, false),
        Found::LinkedWorkTree { work_dir, .. } if environment.var("GIT_DIR").is_none() => (work_dir, false),
        Found::LinkedWorkTree { git_dir, .. } | Found::Repository(git_dir) => (git_dir, true),
    };
    let opened = options(environment, index).open_path_as_is(as_is).open(&place);
    match opened {
        Ok(repository) => Ok(repository.into()),
        Err(error) if error.is_permission_denied() && is_foreign(&place) => Err(GitError::Refused {
            what: Refusal::ForeignOwner(place),
        }),
        Err(error) => Err(GitError::gix("opening the repository")(error)),
    }
}

/// How gix opens: as strict about owners as git, with nothing in the way of real ids, and a base cache of its own.
fn options(environment: &Environment, index: Option<PathBuf>) -> gix::open::Options {
    let mut permissions = gix::open::Permissions::all();
    permissions.config.system = !environment.is_true("GIT_CONFIG_NOSYSTEM");
    permissions.config.git = !environment.ignores_user_configuration();
    permissions.config.user = permissions.config.git;
    let fixed = [
        "core.deltaBaseCacheLimit=33554432",
        "core.useReplaceRefs=false",
        "gitoxide.author.nameFallback=drift",
        "gitoxide.author.emailFallback=drift@localhost",
        "gitoxide.committer.nameFallback=drift",
        "gitoxide.committer.emailFallback=drift@localhost",
    ];
    let index = index.map(|path| [b"gitoxide.core.indexFile=", path.as_os_str().as_encoded_bytes()].concat());
    let overrides = fixed
        .map(|setting| setting.as_bytes().to_vec())
        .into_iter()
        .chain(index);
    gix::open::Options::default()
        .permissions(permissions)
        .bail_if_untrusted(true)
        .cli_overrides(environment.command_line_configuration())
        .config_overrides(overrides)
}

/// Whether somebody else owns `place` or the `.git` in it.
fn is_foreign(place: &Path) -> bool {
    let foreign = |path: &Path| matches!(gix::sec::Trust::from_path_ownership(path), Ok(gix::sec::Trust::Reduced));
    foreign(place) || foreign(&place.join(".git"))
}

/// Lets gix see the object directories that only the environment names: a push's quarantine, above all.
///
/// gix reads neither variable, but it does read `info/alternates`: an object directory that holds nothing else does it.
fn borrow_objects(
    gix: &mut gix::Repository,
    start: &Path,
    environment: &Environment,
) -> Result<Option<Arc<tempfile::TempDir>>, GitError> {
    let own = environment.path("GIT_OBJECT_DIRECTORY", start);
    let others = environment.var("GIT_ALTERNATE_OBJECT_DIRECTORIES");
    if own.is_none() && others.is_none() {
        return Ok(None);
    }
    let mut directories = vec![own.unwrap_or_else(|| gix.common_dir().join("objects"))];
    directories.extend(
        others
            .into_iter()
            .flat_map(std::env::split_paths)
            .map(|dir| start.join(dir)),
    );
    let (holder, objects) = alternates_holder(&directories, environment)?;
    let opened = gix::odb::at_opts(&objects, gix.object_hash(), None, Default::default());
    let handle = opened.map_err(GitError::io("opening the objects through", objects))?;
    gix.objects = gix::odb::memory::Proxy::from(handle).with_write_passthrough();
    Ok(Some(Arc::new(holder)))
}

/// A temporary object directory whose alternates are `directories`.
fn alternates_holder(
    directories: &[PathBuf],
    environment: &Environment,
) -> Result<(tempfile::TempDir, PathBuf), GitError> {
    let place = environment.path("TMPDIR", &environment.current_dir);
    let place = place.unwrap_or_else(|| "/tmp".into());
    let holder = tempfile::Builder::new().prefix("drift-objects-").tempdir_in(&place);
    let holder = holder.map_err(GitError::io("making a folder in", &place))?;
    let objects = holder.path().to_owned();
    let mut lines = Vec::new();
    for directory in directories {
        lines.extend_from_slice(resolved(directory).as_os_str().as_encoded_bytes());
        lines.push(b'\n');
    }
    let written = std::fs::create_dir(objects.join("pack"))
        .and_then(|()| std::fs::create_dir(objects.join("info")))
        .and_then(|()| std::fs::write(objects.join("info/alternates"), lines));
    written.map_err(GitError::io("writing in", &objects))?;
    Ok((holder, objects))
}

/// GIT_WORK_TREE counts before all else; a GIT_DIR whose worktree nobody names means the directory itself, as in git.
fn set_workdir(gix: &mut gix::Repository, start: &Path, environment: &Environment) -> Result<(), GitError> {
    let named = environment.path("GIT_WORK_TREE", start);
    let git_dir_alone = environment.var("GIT_DIR").is_some() && gix.workdir().is_none();
    let not_bare = gix.config_snapshot().boolean("core.bare") == Some(false);
    let workdir = named.or_else(|| (git_dir_alone && not_bare).then(|| start.to_owned()));
    if let Some(workdir) = workdir {
        let workdir = resolved(&workdir);
        gix.set_workdir(workdir)
            .map_err(GitError::gix("entering the worktree that GIT_WORK_TREE names"))?;
    }
    Ok(())
}

/// The directory that `git_dir` shares with other worktrees.
pub(super) fn common_dir_of(git_dir: &Path) -> Result<PathBuf, GitError> {
    let file = git_dir.join("commondir");
    match std::fs::read(&file) {
        Ok(text) => {
            let text = String::from_utf8_lossy(&text);
            Ok(git_dir.join(text.trim_end_matches(['\n', '\r'])))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(git_dir.to_owned()),
        Err(error) => Err(GitError::io("reading", file)(error)),
    }
}

/// `path` without symlinks and `..`, as far as it exists.
pub(super) fn resolved(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}
