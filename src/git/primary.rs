//! Where the primary worktree lies: the same answer from every worktree, because drift's reports go there.
//!
//! It is told by what all worktrees share, and by nothing else: a linked worktree sees neither the folder that the primary
//! one's commands are run in, nor GIT_WORK_TREE. A git directory that lies apart from its worktree
//! (`git init --separate-git-dir`) does not say whose it is, so that drift notes it there as soon as it works in the primary
//! worktree.

use super::binding::git_dir_of;
use super::durable;
use super::error::GitError;
use super::open::{Repository, resolved};
use std::ffi::OsStr;
use std::io::Write;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

/// Holds the top of the primary worktree, where the git directory does not tell it.
const NOTED: &str = "drift/primary-worktree";

/// What the shared git directory says of its primary worktree.
enum Told {
    /// It is there.
    There(PathBuf),
    /// There is none.
    Nowhere,
    /// Nothing: the git directory lies apart.
    Nothing,
}

impl Repository {
    /// The top of the primary worktree; `None` where the primary repository is bare, or where nobody can tell.
    pub fn main_workdir(&self) -> Result<Option<PathBuf>, GitError> {
        match told(self.common_dir())? {
            Told::There(top) => Ok(Some(top)),
            Told::Nowhere => Ok(None),
            Told::Nothing => Ok(self
                .own_primary()
                .map(Path::to_owned)
                .or_else(|| noted(self.common_dir()))),
        }
    }

    /// Whether the primary repository is bare.
    pub fn is_primary_bare(&self) -> Result<bool, GitError> {
        Ok(matches!(told(self.common_dir())?, Told::Nowhere))
    }

    /// Notes where the primary worktree is, if the command runs there and git would not tell it to a linked worktree.
    pub fn note_primary_worktree(&self) -> Result<(), GitError> {
        let Some(top) = self.own_primary() else { return Ok(()) };
        let is_told = !matches!(told(self.common_dir())?, Told::Nothing);
        if is_told || noted(self.common_dir()).as_deref() == Some(top) {
            return Ok(());
        }
        self.writes_allowed()?;
        write(&self.common_dir().join(NOTED), top.as_os_str().as_bytes())
    }

    /// The worktree that the command runs in, if it is the primary one.
    fn own_primary(&self) -> Option<&Path> {
        let top = self.workdir().filter(|_| self.git_dir() == self.common_dir())?;
        leads_to(top, self.common_dir()).then_some(top)
    }
}

fn told(common_dir: &Path) -> Result<Told, GitError> {
    let config = shared_configuration(common_dir)?;
    if let Ok(Some(true)) = config.boolean("core.bare") {
        return Ok(Told::Nowhere);
    }
    if let Some(top) = config.string("core.worktree") {
        let top = common_dir.join(OsStr::from_bytes(&top));
        return Ok(if top.is_dir() {
            Told::There(resolved(&top))
        } else {
            Told::Nowhere
        });
    }
    match common_dir.parent() {
        Some(top) if common_dir.file_name() == Some(OsStr::new(".git")) => Ok(Told::There(top.to_owned())),
        _ => Ok(Told::Nothing),
    }
}

/// What `config` says to all worktrees, and `config.worktree` beside it to the primary one.
fn shared_configuration(common_dir: &Path) -> Result<gix::config::File, GitError> {
    let doing = "reading the repository's configuration";
    let read = |name: &str, source| {
        let path = common_dir.join(name);
        match path.exists() {
            true => gix::config::File::from_path_no_includes(path, source).map_err(GitError::gix(doing)),
            false => Ok(gix::config::File::default()),
        }
    };
    let mut config = read("config", gix::config::Source::Local)?;
    if let Ok(Some(true)) = config.boolean("extensions.worktreeConfig") {
        let own = read("config.worktree", gix::config::Source::Worktree)?;
        config.append(own).map_err(GitError::gix(doing))?;
    }
    Ok(config)
}

/// The worktree that was noted, provided that it is still this repository's.
fn noted(common_dir: &Path) -> Option<PathBuf> {
    let text = std::fs::read(common_dir.join(NOTED)).ok()?;
    let top = PathBuf::from(std::ffi::OsString::from_vec(text));
    leads_to(&top, common_dir).then_some(top)
}

/// Whether what is called `.git` in `top` is this git directory.
fn leads_to(top: &Path, common_dir: &Path) -> bool {
    git_dir_of(top.join(".git")).is_some_and(|found| resolved(&found) == common_dir)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), GitError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    durable::create_folder(folder)?;
    let doing = |error| GitError::io("writing", path)(error);
    let mut file = tempfile::Builder::new()
        .prefix(".drift-")
        .suffix(".tmp")
        .tempfile_in(folder)
        .map_err(doing)?;
    file.write_all(bytes)
        .and_then(|()| file.as_file().sync_all())
        .map_err(doing)?;
    file.persist(path).map_err(|failure| doing(failure.error))?;
    durable::sync(folder)
}
