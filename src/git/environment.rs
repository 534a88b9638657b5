//! What git's own variables say: passed in by the command line, so that nothing here reads the process's environment.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// The variables and the directory that a command runs with.
///
/// drift reads from here: GIT_DIR, GIT_WORK_TREE, GIT_COMMON_DIR, GIT_INDEX_FILE, GIT_PREFIX, GIT_CEILING_DIRECTORIES,
/// GIT_DISCOVERY_ACROSS_FILESYSTEM, GIT_OBJECT_DIRECTORY, GIT_ALTERNATE_OBJECT_DIRECTORIES, GIT_QUARANTINE_PATH,
/// GIT_CONFIG_PARAMETERS, GIT_CONFIG_NOSYSTEM, GIT_CONFIG_GLOBAL (whether it names a file) and the names of the user.
/// gix reads by itself, from the process: where the user's configuration lies (HOME, XDG_CONFIG_HOME,
/// GIT_CONFIG_GLOBAL), GIT_CONFIG_COUNT, GIT_SHALLOW_FILE, GIT_NAMESPACE, and the dates of new commits.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    /// The variables.
    pub vars: BTreeMap<OsString, OsString>,
    /// The directory that the command was started in; absolute.
    pub current_dir: PathBuf,
}

impl Environment {
    /// The same variables without those that point git at a repository, and another directory.
    pub fn without_repository(&self, directory: &Path) -> Self {
        let is_git = |name: &OsStr| name.as_encoded_bytes().starts_with(b"GIT_");
        let others = self.vars.iter().filter(|(name, _)| !is_git(name));
        Self {
            vars: others.map(|(name, value)| (name.clone(), value.clone())).collect(),
            current_dir: directory.to_owned(),
        }
    }

    /// The same variables without those that name a repository, for another worktree at `directory`; git's configuration and
    /// the names of the user stay what they are.
    pub fn elsewhere(&self, directory: &Path) -> Self {
        let mut vars = self.vars.clone();
        for name in [
            "GIT_DIR",
            "GIT_WORK_TREE",
            "GIT_COMMON_DIR",
            "GIT_INDEX_FILE",
            "GIT_PREFIX",
        ] {
            vars.remove(OsStr::new(name));
        }
        Self {
            vars,
            current_dir: directory.to_owned(),
        }
    }

    /// The value of `name`, unless it is unset or empty.
    pub(super) fn var(&self, name: &str) -> Option<&OsStr> {
        let value = self.vars.get(OsStr::new(name))?;
        (!value.is_empty()).then_some(value)
    }

    /// The text of `name`, unless it is unset, empty or not UTF-8.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.var(name)?.to_str()
    }

    /// Whether `name` is set to what git takes for true.
    pub(super) fn is_true(&self, name: &str) -> bool {
        let value = self.text(name).unwrap_or("false").to_ascii_lowercase();
        !matches!(value.as_str(), "false" | "no" | "off" | "0")
    }

    /// The path that `name` holds, as seen from `base`.
    pub(super) fn path(&self, name: &str, base: &Path) -> Option<PathBuf> {
        self.var(name).map(|value| base.join(value))
    }

    /// Whether the user's own configuration is switched off: GIT_CONFIG_GLOBAL is set to nothing.
    pub(super) fn ignores_user_configuration(&self) -> bool {
        let global = self.vars.get(OsStr::new("GIT_CONFIG_GLOBAL"));
        global.is_some_and(|path| path.is_empty() || path == "/dev/null")
    }

    /// What `git -c name=value` hands to the programs that it starts: `name=value` each.
    pub(super) fn command_line_configuration(&self) -> Vec<String> {
        let text = self.text("GIT_CONFIG_PARAMETERS").unwrap_or_default();
        let settings = quoted_settings(text).unwrap_or_default();
        // A name with `=` in it can't be told from its value any more.
        let usable = |(name, _): &(String, Option<String>)| name.contains('.') && !name.contains('=');
        let joined = |(name, value)| match value {
            Some(value) => format!("{name}={value}"),
            None => name,
        };
        settings.into_iter().filter(usable).map(joined).collect()
    }
}

/// Takes `'name'='value' 'name=value' 'name'=` apart; `None` where the quotes don't add up.
fn quoted_settings(text: &str) -> Option<Vec<(String, Option<String>)>> {
    let mut settings = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (word, after) = quoted_word(rest)?;
        rest = after;
        let setting = match rest.strip_prefix('=') {
            None => match word.split_once('=') {
                Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                None => (word, None),
            },
            Some(after) if after.starts_with('\'') => {
                let (value, after) = quoted_word(after)?;
                rest = after;
                (word, Some(value))
            }
            Some(after) => {
                rest = after;
                (word, None)
            }
        };
        settings.push(setting);
        rest = rest.trim_start();
    }
    Some(settings)
}

/// One word in single quotes at the start of `text`, in which `'\''` and `'\!'` stand for `'` and `!`; and what follows.
fn quoted_word(text: &str) -> Option<(String, &str)> {
    let mut word = String::new();
    let mut rest = text.strip_prefix('\'')?;
    loop {
        let end = rest.find('\'')?;
        word.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        let escaped = [(r"\''", '\''), (r"\!'", '!')];
        let Some((found, after)) = escaped.iter().find_map(|(mark, c)| Some((c, rest.strip_prefix(mark)?))) else {
            return Some((word, rest));
        };
        word.push(*found);
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::Environment;

    fn settings(parameters: &str) -> Vec<String> {
        let mut environment = Environment::default();
        environment
            .vars
            .insert("GIT_CONFIG_PARAMETERS".into(), parameters.into());
        environment.command_line_configuration()
    }

    #[test]
    fn settings_of_git_dash_c_are_read_in_both_writings() {
        assert_eq!(
            settings("'user.name'='A B' 'core.x=y=z'"),
            ["user.name=A B", "core.x=y=z"]
        );
        assert_eq!(settings("'a.b'= 'c.d'"), ["a.b", "c.d"]);
        assert_eq!(settings(r"'a.b'='it'\''s'\!''"), ["a.b=it's!"]);
        assert_eq!(settings(r"'a.é'='ü'"), ["a.é=ü"]);
    }

    #[test]
    fn settings_that_cannot_be_read_are_left_out() {
        assert!(settings("a.b=c").is_empty());
        assert!(settings("'a.b'='c").is_empty());
        assert!(settings("'http.https://x/?a=b.proxy'='c'").is_empty());
        assert!(settings("'nodot'='c'").is_empty());
        assert!(settings("").is_empty());
    }

    #[test]
    fn an_empty_global_configuration_switches_the_users_own_off() {
        let mut environment = Environment::default();
        assert!(!environment.ignores_user_configuration());
        for nothing in ["", "/dev/null"] {
            environment.vars.insert("GIT_CONFIG_GLOBAL".into(), nothing.into());
            assert!(environment.ignores_user_configuration());
        }
        environment.vars.insert("GIT_CONFIG_GLOBAL".into(), "/etc/x".into());
        assert!(!environment.ignores_user_configuration());
    }
}
