//! Where git looks for hooks, and which hooks its own configuration names.

use super::error::GitError;
use super::open::Repository;
use super::program::GitCall;
use gix::bstr::BString;
use gix::config::Source;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// The folder that git runs this worktree's hooks from. It need not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HooksFolder {
    /// Where it is, as seen from this worktree.
    pub path: PathBuf,
    /// Who says so.
    pub chosen_by: HooksChoice,
}

/// Why the hooks are looked for there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HooksChoice {
    /// Nobody said otherwise: the git directory that all worktrees share.
    Default,
    /// `core.hooksPath` of the repository, an absolute path.
    Repository(String),
    /// `core.hooksPath` of the repository, relative: each worktree has a folder of its own.
    EachWorktree(String),
    /// `core.hooksPath` of something that holds for other repositories too, such as `global`.
    Beyond {
        /// `global`, `system`, or `command line`.
        scope: &'static str,
        /// The value.
        value: String,
    },
}

/// A hook that git's configuration names: git 2.54 and later run it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfiguredHook {
    /// `hook.<name>`.
    pub name: String,
    /// What is run.
    pub command: String,
    /// The hooks that it runs as.
    pub events: Vec<String>,
}

impl Repository {
    /// The folder that git takes hooks from in this worktree.
    pub fn hooks_folder(&self) -> HooksFolder {
        let snapshot = self.gix().config_snapshot();
        let config = snapshot.plumbing();
        let Some(value) = config.string("core.hooksPath").filter(|value| !value.is_empty()) else {
            return HooksFolder {
                path: self.common_dir().join("hooks"),
                chosen_by: HooksChoice::Default,
            };
        };
        let said_by = |sources: &[Source]| {
            let found = config.string_filter("core.hooksPath", |meta| sources.contains(&meta.source));
            found.as_ref() == Some(&value)
        };
        let text = value.to_string();
        let own = said_by(&[Source::Local, Source::Worktree]);
        let chosen_by = if said_by(&[Source::Cli, Source::Env, Source::Api, Source::EnvOverride]) && !own {
            beyond("command line", text)
        } else if own && (value.starts_with(b"/") || value.starts_with(b"~/")) {
            HooksChoice::Repository(text)
        } else if own {
            HooksChoice::EachWorktree(text)
        } else if said_by(&[Source::System, Source::GitInstallation]) {
            beyond("system", text)
        } else {
            beyond("global", text)
        };
        HooksFolder {
            path: self.hooks_path(&value),
            chosen_by,
        }
    }

    /// Hooks run at the top of the worktree, or in the git directory where there is none; a relative path starts there.
    fn hooks_path(&self, value: &BString) -> PathBuf {
        let top = self.workdir().unwrap_or(self.git_dir());
        if let Some(inside) = value.strip_prefix(b"~/")
            && let Some(home) = self.environment().var("HOME")
        {
            return Path::new(home).join(OsStr::from_bytes(inside));
        }
        top.join(OsStr::from_bytes(value))
    }

    /// The hooks that the configuration names and has not switched off.
    pub fn configured_hooks(&self) -> Vec<ConfiguredHook> {
        let snapshot = self.gix().config_snapshot();
        let config = snapshot.plumbing();
        let mut found: Vec<ConfiguredHook> = Vec::new();
        for section in config.sections_by_name("hook").into_iter().flatten() {
            let Some(name) = section.header().subsection_name().map(ToString::to_string) else {
                continue;
            };
            if !found.iter().any(|hook| hook.name == name) {
                found.push(configured(config, name));
            }
        }
        let is_off = |name: &str| matches!(config.boolean_by("hook", Some(name.into()), "enabled"), Ok(Some(false)));
        found.retain(|hook| !hook.command.is_empty() && !is_off(&hook.name));
        found
    }

    /// The version of the git program: major and minor; `None` where it does not say.
    pub fn git_version(&self) -> Result<Option<(u32, u32)>, GitError> {
        let answer = self.tell_git(&GitCall {
            arguments: &["version".as_ref()],
            input: b"",
            variables: &[],
        })?;
        Ok(parse_version(&String::from_utf8_lossy(&answer)))
    }
}

fn beyond(scope: &'static str, value: String) -> HooksChoice {
    HooksChoice::Beyond { scope, value }
}

fn configured(config: &gix::config::File, name: String) -> ConfiguredHook {
    let section = Some(name.as_str().into());
    let command = config.string_by("hook", section, "command");
    let events = config.strings_by("hook", Some(name.as_str().into()), "event");
    ConfiguredHook {
        command: command.map(|it| it.to_string()).unwrap_or_default(),
        events: events.into_iter().flatten().map(|it| it.to_string()).collect(),
        name,
    }
}

fn parse_version(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.strip_prefix("git version ")?.split('.');
    Some((
        numbers.next()?.trim().parse().ok()?,
        numbers.next()?.trim().parse().ok()?,
    ))
}

#[cfg(test)]
mod tests {
    use super::parse_version;

    #[test]
    fn versions_of_all_makers_are_read() {
        assert_eq!(parse_version("git version 2.47.3\n"), Some((2, 47)));
        assert_eq!(parse_version("git version 2.54.0 (Apple Git-155)\n"), Some((2, 54)));
        assert_eq!(parse_version("git version 2.54\n"), Some((2, 54)));
        assert_eq!(parse_version("hub 1"), None);
    }
}
