//! `drift hooks status`: which hooks call drift, and what keeps the others from it.

use super::look::{Eye, Standing, hash};
use crate::git::{HookFile, HooksChoice, Repository};
use crate::hooks::{self, HOOKS, Hook};
use crate::ops::{OpsError, World};
use crate::store;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;

/// How the hooks of this worktree stand.
#[derive(Clone, Debug)]
pub struct HooksStatus {
    /// Where git takes hooks from.
    pub folder: PathBuf,
    /// Why there, where somebody said so.
    pub chosen_by: Option<String>,
    /// Whether other repositories take their hooks from there too, so that nothing is installed.
    pub is_shared: bool,
    /// Each hook.
    pub hooks: Vec<HookStatus>,
    /// What keeps other worktrees from being looked at: one line each.
    pub elsewhere: Vec<String>,
}

/// How one hook stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HookStatus {
    /// Its name.
    pub name: &'static str,
    /// Whether git calls drift there.
    pub works: bool,
    /// Whether it is one that nobody needs to have.
    pub is_optional: bool,
    /// In a few words.
    pub says: String,
    /// What is odd.
    pub remarks: Vec<Remark>,
    /// What settles it, where git does not call drift.
    pub settled_by: SettledBy,
    /// Whether drift's script is there, however it stands.
    pub is_installed: bool,
    /// Whether nothing stands in its place.
    pub is_free: bool,
    /// The program that the script starts, where it is drift's.
    pub program: Option<PathBuf>,
}

/// Something odd about a hook that calls drift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// In one line.
    pub text: String,
    /// What settles it.
    pub settled_by: SettledBy,
}

/// What settles that a hook is not as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SettledBy {
    /// `drift hooks install`, which changes nothing but drift's own script.
    Renewal,
    /// `drift hooks install`, which keeps what is there and puts drift's script in its place.
    Install,
    /// `drift hooks uninstall`, then `drift hooks install`.
    Reinstall,
    /// A person has to choose.
    Person,
}

/// Looks at each hook of the worktree that the command runs in.
pub fn status(world: &World) -> Result<HooksStatus, OpsError> {
    let repository = Repository::open(&world.directory, &world.environment)?;
    status_in(&repository)
}

/// The same for a repository that is open already.
pub fn status_in(repository: &Repository) -> Result<HooksStatus, OpsError> {
    let eye = Eye::new(repository)?;
    let hooks = HOOKS.iter().map(|hook| one(&eye, hook));
    Ok(HooksStatus {
        folder: eye.folder.path.clone(),
        chosen_by: chosen_by(&eye.folder.chosen_by),
        is_shared: matches!(eye.folder.chosen_by, HooksChoice::Beyond { .. }),
        hooks: hooks.collect::<Result<_, _>>()?,
        elsewhere: elsewhere(repository, &eye)?,
    })
}

fn chosen_by(choice: &HooksChoice) -> Option<String> {
    match choice {
        HooksChoice::Default => None,
        HooksChoice::Repository(value) | HooksChoice::EachWorktree(value) => {
            Some(format!("core.hooksPath is `{value}`"))
        }
        HooksChoice::Beyond { scope, value } => {
            Some(format!("core.hooksPath is `{value}` in the {scope} configuration"))
        }
    }
}

fn one(eye: &Eye<'_>, hook: &'static Hook) -> Result<HookStatus, OpsError> {
    let kept = eye.kept(hook)?;
    let mut status = HookStatus {
        name: hook.name,
        works: false,
        is_optional: hook.is_optional,
        says: String::new(),
        remarks: Vec::new(),
        settled_by: SettledBy::Install,
        is_installed: false,
        is_free: false,
        program: None,
    };
    let says = match eye.standing(hook)? {
        Standing::Free
        | Standing::Foreign { .. }
        | Standing::Dangling
        | Standing::Other
        | Standing::Managed(_, false)
            if hook.is_optional && kept == HookFile::Absent =>
        {
            format!("not installed; optional: `drift hooks install --with {}`", hook.name)
        }
        Standing::Ours { script, executable } => {
            status.works = executable;
            status.is_installed = true;
            status.settled_by = SettledBy::Renewal;
            status.program = Some(PathBuf::from(OsStr::from_bytes(&script.program)));
            ours(&mut status, hook, &script, executable, &kept)
        }
        standing => others(&mut status, standing, &kept),
    };
    if !status.works && kept != HookFile::Absent {
        let name = hooks::kept_name(hook.name);
        status.remarks.push(Remark {
            text: format!("`{name}` holds the hook that was there before"),
            settled_by: status.settled_by,
        });
    }
    Ok(HookStatus { says, ..status })
}

/// How a hook stands that holds no script of drift's.
fn others(status: &mut HookStatus, standing: Standing, kept: &HookFile) -> String {
    let says = match standing {
        Standing::Managed(manager, calls) => {
            status.works = calls;
            status.settled_by = SettledBy::Person;
            return match calls {
                true => format!("called by {}", manager.name()),
                false => format!("left to {}, which does not call drift", manager.name()),
            };
        }
        Standing::Ours { .. } | Standing::Free => {
            status.is_free = true;
            "not installed"
        }
        Standing::Dangling => "not installed; a link is there that leads nowhere, so that git runs no hook",
        Standing::Other => {
            status.settled_by = SettledBy::Person;
            "not installed; what lies there is no file"
        }
        Standing::Foreign { .. } if *kept != HookFile::Absent => {
            status.settled_by = SettledBy::Person;
            "replaced by another hook after the install"
        }
        Standing::Foreign { executable: true, .. } => "not installed; another hook is there",
        Standing::Foreign { .. } => "not installed; another hook is there, without its x bit: git does not run it",
    };
    says.to_owned()
}

fn ours(
    status: &mut HookStatus,
    hook: &Hook,
    script: &hooks::FoundScript,
    executable: bool,
    kept: &HookFile,
) -> String {
    if !executable {
        return "installed, without its x bit: git does not run it; `drift hooks install` mends it".to_owned();
    }
    let name = hooks::kept_name(hook.name);
    let mut remark = |text: String, settled_by| status.remarks.push(Remark { text, settled_by });
    if !script.is_current {
        let text = "the script is not what this drift writes; `drift hooks install` renews it";
        remark(text.to_owned(), SettledBy::Renewal);
    }
    if script.kept != hash(kept) {
        let text = match (&script.kept, kept) {
            (Some(_), HookFile::Absent) => format!("`{name}` is gone: the hook that was there before no longer runs"),
            (None, _) => format!("`{name}` was added after the install"),
            _ => format!("`{name}` was changed after the install"),
        };
        remark(text, SettledBy::Reinstall);
    }
    match kept {
        HookFile::Absent => "installed".to_owned(),
        HookFile::File { executable: true, .. } => format!("installed; `{name}` runs first"),
        HookFile::File { .. } => format!("installed; `{name}` is kept, without its x bit: it does not run"),
        HookFile::Dangling => format!("installed; `{name}` is a link that leads nowhere: it does not run"),
        HookFile::Other => format!("installed; `{name}` is no file: it does not run"),
    }
}

/// Worktrees that have a hooks folder of their own which holds none of drift's scripts.
fn elsewhere(repository: &Repository, eye: &Eye<'_>) -> Result<Vec<String>, OpsError> {
    let HooksChoice::EachWorktree(value) = &eye.folder.chosen_by else {
        return Ok(Vec::new());
    };
    let mut lines = Vec::new();
    for worktree in repository.worktrees()? {
        let folder = worktree.path.join(value);
        if store::is_folder(&worktree.path) && folder != eye.folder.path && !store::exists(&folder.join("commit-msg")) {
            lines.push(format!(
                "the worktree `{}` has no commit-msg in its own `{value}`: commits there are not compared",
                worktree.path.display()
            ));
        }
    }
    Ok(lines)
}
