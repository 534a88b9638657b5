//! What stands in each hook's place.

use crate::git::{self, ConfiguredHook, HookFile, HooksChoice, HooksFolder, Repository};
use crate::hooks::{self, Hook, Manager};
use crate::ops::{OpsError, Refusal};
use crate::store;
use sha2::{Digest, Sha256};
use std::path::PathBuf;

/// The first version of git that runs the hooks of its configuration.
const RUNS_CONFIGURED_HOOKS: (u32, u32) = (2, 54);

/// What stands in a hook's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Nothing.
    Free,
    /// drift's own script.
    Ours {
        /// What it says.
        script: hooks::FoundScript,
        /// Whether git runs it.
        executable: bool,
    },
    /// Another program's; and whether that calls drift.
    Managed(Manager, bool),
    /// Somebody's script; the text tells whether it can run under another name.
    Foreign {
        /// Its content.
        bytes: Vec<u8>,
        /// Whether git runs it.
        executable: bool,
    },
    /// A link that leads nowhere.
    Dangling,
    /// A folder, a pipe.
    Other,
}

/// Looks at hooks one after the other.
pub(super) struct Eye<'a> {
    repository: &'a Repository,
    /// Where git takes hooks from.
    pub folder: HooksFolder,
    configured: Vec<ConfiguredHook>,
    /// Whether this git runs the hooks of its configuration.
    runs_configured: bool,
}

impl<'a> Eye<'a> {
    /// A refusal where the hooks' folder is not this repository's own: others would get the hooks too, or lose theirs.
    pub fn refuse_a_folder_beyond(&self) -> Result<(), OpsError> {
        let HooksChoice::Beyond { scope, value } = &self.folder.chosen_by else {
            return Ok(());
        };
        Err(Refusal::HooksElsewhere {
            scope,
            value: value.clone(),
        }
        .into())
    }

    pub fn new(repository: &'a Repository) -> Result<Self, OpsError> {
        let configured = repository.configured_hooks();
        // The version matters only where there is something to run.
        let runs_configured =
            !configured.is_empty() && repository.git_version()?.is_none_or(|it| it >= RUNS_CONFIGURED_HOOKS);
        Ok(Self {
            repository,
            folder: repository.hooks_folder(),
            configured,
            runs_configured,
        })
    }

    /// Where git looks for the hook.
    pub fn path(&self, hook: &Hook) -> PathBuf {
        self.folder.path.join(hook.name)
    }

    /// Where the hook that was there before is kept.
    pub fn kept_path(&self, hook: &Hook) -> PathBuf {
        self.folder.path.join(hooks::kept_name(hook.name))
    }

    /// What lies where the hook that was there before is kept.
    pub fn kept(&self, hook: &Hook) -> Result<HookFile, OpsError> {
        Ok(git::look_at_hook(&self.kept_path(hook))?)
    }

    /// What stands in the hook's place.
    pub fn standing(&self, hook: &Hook) -> Result<Standing, OpsError> {
        let file = git::look_at_hook(&self.path(hook))?;
        if let HookFile::File { bytes, executable } = &file
            && let Some(script) = hook.recognise(bytes)
        {
            return Ok(Standing::Ours {
                script,
                executable: *executable,
            });
        }
        if let Some(calls) = self.configured_for(hook) {
            return Ok(Standing::Managed(Manager::GitConfig, calls));
        }
        let folder = self.folder.path.as_os_str().as_encoded_bytes();
        if let Some(manager) = Manager::of_folder(folder) {
            return self.managed(manager, hook);
        }
        Ok(match file {
            HookFile::Absent => Standing::Free,
            HookFile::Dangling => Standing::Dangling,
            HookFile::Other => Standing::Other,
            HookFile::File { bytes, executable } => match Manager::of_script(&bytes) {
                Some(manager) => self.managed(manager, hook)?,
                None => Standing::Foreign { bytes, executable },
            },
        })
    }

    /// Whether drift's script is there, run or not, or another program calls drift.
    pub fn calls_drift(&self, hook: &Hook) -> Result<bool, OpsError> {
        let standing = self.standing(hook)?;
        Ok(matches!(standing, Standing::Ours { .. } | Standing::Managed(_, true)))
    }

    /// Whether git calls drift, by itself or through another program.
    fn works(&self, hook: &Hook) -> Result<bool, OpsError> {
        let standing = self.standing(hook)?;
        let works = |it: &Standing| matches!(it, Standing::Ours { executable: true, .. } | Standing::Managed(_, true));
        Ok(works(&standing))
    }

    /// Whether git's configuration runs something as this hook, and then whether that is drift.
    fn configured_for(&self, hook: &Hook) -> Option<bool> {
        let mut own = self
            .configured
            .iter()
            .filter(|it| it.events.iter().any(|event| event == hook.name))
            .peekable();
        own.peek().filter(|_| self.runs_configured)?;
        Some(own.any(|it| Manager::calls_drift(it.command.as_bytes(), hook)))
    }

    fn managed(&self, manager: Manager, hook: &Hook) -> Result<Standing, OpsError> {
        let mut calls = false;
        if let Some(top) = self.repository.workdir() {
            for file in manager.files(hook) {
                let text = store::read_if_there(&top.join(file))?;
                calls |= text.is_some_and(|text| Manager::calls_drift(&text, hook));
            }
        }
        Ok(Standing::Managed(manager, calls))
    }
}

/// Whether git calls drift after each commit of this worktree, so that the commits that it saw are known.
pub fn witness_commits(repository: &Repository) -> Result<bool, OpsError> {
    match hooks::find("post-commit") {
        Some(hook) => Eye::new(repository)?.works(hook),
        None => Ok(false),
    }
}

/// SHA-256 of a hook that is kept, in hexadecimal; `-` where it holds nothing that could be hashed.
pub(super) fn hash(kept: &HookFile) -> Option<String> {
    match kept {
        HookFile::Absent => None,
        HookFile::File { bytes, .. } => {
            let digest = Sha256::digest(bytes);
            Some(digest.iter().map(|byte| format!("{byte:02x}")).collect())
        }
        HookFile::Dangling | HookFile::Other => Some("-".to_owned()),
    }
}
