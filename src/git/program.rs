//! Running the git program, for the few things that gix can't do, and the one that signs for it. No other file runs a
//! program but those of `runner`.

use super::environment::Environment;
use super::error::GitError;
use super::open::Repository;
use crate::model::shell_word;
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The variables that bind a git program to one repository, as `git rev-parse --local-env-vars` lists them.
///
/// A hook is started with some of them; a child that inherits them works on that repository, whatever it was told.
const LOCAL_VARIABLES: [&str; 15] = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_CONFIG",
    "GIT_CONFIG_PARAMETERS",
    "GIT_CONFIG_COUNT",
    "GIT_OBJECT_DIRECTORY",
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_GRAFT_FILE",
    "GIT_INDEX_FILE",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_REPLACE_REF_BASE",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_COMMON_DIR",
];

impl Environment {
    /// The variables without those that bind a git program to one repository: what a program gets that has nothing to do
    /// with drift's own work.
    pub fn without_local_variables(&self) -> BTreeMap<OsString, OsString> {
        let others = self.vars.iter().filter(|(name, _)| !is_local(name));
        others.map(|(name, value)| (name.clone(), value.clone())).collect()
    }
}

fn is_local(name: &OsStr) -> bool {
    LOCAL_VARIABLES.iter().any(|local| name == *local)
}

/// Why the git program did not do its part.
#[derive(Debug, thiserror::Error)]
pub enum ProgramError {
    /// There is none.
    #[error("there is no program `git` on the PATH")]
    Absent,
    /// There is no program to sign or verify with.
    #[error("there is no program `{0}` to sign and verify with")]
    NoSshProgram(String),
    /// git knows no key to sign with.
    #[error("git knows no key to sign with: user.signingKey is not set")]
    NoSigningKey,
    /// Nobody says whose signatures count.
    #[error("nobody says whose signatures count")]
    NoAllowedSigners,
    /// The list of those whose signatures count is not there.
    #[error("the list of allowed signers `{}` is not there", file.display())]
    SignersUnreadable {
        /// The list.
        file: std::path::PathBuf,
    },
    /// It reached no remote, or could not do there what it was to do.
    #[error("git can't {verb} `{remote}`: {said}")]
    Remote {
        /// What it was to do: `fetch from`, `push to`.
        verb: &'static str,
        /// The remote's name or URL.
        remote: String,
        /// What it said, in one line.
        said: String,
    },
    /// It ended with an error.
    #[error("`{command}` failed{}: {}", status_text(*status), stderr.trim_end())]
    Failed {
        /// What was run.
        command: String,
        /// Its exit code; `None` if a signal ended it.
        status: Option<i32>,
        /// What it said.
        stderr: String,
    },
}

impl ProgramError {
    /// The step that settles it, where there is one.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Absent => Some("install git, or add its folder to PATH".into()),
            Self::NoSshProgram(_) => Some("install OpenSSH, or set gpg.ssh.program".into()),
            Self::NoSigningKey => Some("`git config user.signingKey FILE` names an SSH key".into()),
            Self::NoAllowedSigners | Self::SignersUnreadable { .. } => Some(
                "name a file of lines `ADDRESS KEY` with `--allowed-signers FILE`, or set gpg.ssh.allowedSignersFile"
                    .into(),
            ),
            Self::Remote { remote, .. } => Some(format!(
                "`git remote -v` shows where the remotes are; `git ls-remote {}` tries one",
                shell_word(remote)
            )),
            Self::Failed { .. } => None,
        }
    }
}

/// One call of the git program.
pub(super) struct GitCall<'call> {
    /// What to do, after `git --git-dir …`.
    pub arguments: &'call [&'call OsStr],
    /// What to give it on its standard input.
    pub input: &'call [u8],
    /// Variables on top of those that drift was started with.
    pub variables: &'call [(&'call str, &'call OsStr)],
}

/// What the git program said.
pub(super) struct GitAnswer {
    /// Its exit code; `None` if a signal ended it.
    pub status: Option<i32>,
    /// What it printed.
    pub stdout: Vec<u8>,
    /// What it complained about.
    pub stderr: String,
}

impl Repository {
    /// Runs git in this repository and waits for it. An exit code other than zero is an answer, not an error.
    pub(super) fn ask_git(&self, call: &GitCall<'_>) -> Result<GitAnswer, GitError> {
        self.ask_git_at(self.git_dir(), None, call)
    }

    /// The same for the git directory and the worktree that are named.
    pub(super) fn ask_git_at(
        &self,
        git_dir: &Path,
        worktree: Option<&Path>,
        call: &GitCall<'_>,
    ) -> Result<GitAnswer, GitError> {
        let output = self.run(git_dir, worktree, call).map_err(not_run)?;
        Ok(GitAnswer {
            status: output.status.code(),
            stdout: output.stdout,
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
    }

    /// Runs git where all worktrees share, outside of any, and returns its answer: a worktree that is being removed must not
    /// be where git stands.
    pub(super) fn ask_git_outside(&self, call: &GitCall<'_>) -> Result<GitAnswer, GitError> {
        self.ask_git_at(self.common_dir(), None, call)
    }

    /// The same, returning what git prints; an exit code other than zero is an error.
    pub(super) fn tell_git_outside(&self, arguments: &[&OsStr]) -> Result<Vec<u8>, GitError> {
        let call = GitCall {
            arguments,
            input: b"",
            variables: &[],
        };
        let answer = self.ask_git_outside(&call)?;
        match answer.status {
            Some(0) => Ok(answer.stdout),
            _ => Err(failure(&call, answer).into()),
        }
    }

    /// The same for a question that git answers with its exit code: 0 is yes, 1 is no, all else an error.
    pub(super) fn git_says_yes(&self, arguments: &[&OsStr]) -> Result<bool, GitError> {
        let call = GitCall {
            arguments,
            input: b"",
            variables: &[],
        };
        let answer = self.ask_git_outside(&call)?;
        match answer.status {
            Some(0) => Ok(true),
            Some(1) => Ok(false),
            _ => Err(failure(&call, answer).into()),
        }
    }

    /// Runs git in this repository and returns what it prints; an exit code other than zero is an error.
    pub(super) fn tell_git(&self, call: &GitCall<'_>) -> Result<Vec<u8>, GitError> {
        let answer = self.ask_git(call)?;
        if answer.status == Some(0) {
            return Ok(answer.stdout);
        }
        Err(failure(call, answer).into())
    }

    fn run(&self, git_dir: &Path, worktree: Option<&Path>, call: &GitCall<'_>) -> std::io::Result<Output> {
        let inherited = self.environment().vars.iter().filter(|(name, _)| !is_local(name));
        let mut child = Command::new("git")
            .arg("--git-dir")
            .arg(git_dir)
            .args(
                worktree
                    .into_iter()
                    .flat_map(|top| ["--work-tree".as_ref(), top.as_os_str()]),
            )
            .args(call.arguments)
            .current_dir(worktree.unwrap_or(git_dir))
            .env_clear()
            .envs(inherited)
            .envs(call.variables.iter().copied())
            .stdin(if call.input.is_empty() {
                Stdio::null()
            } else {
                Stdio::piped()
            })
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            // A program that ends without reading says why by itself.
            let _ = stdin.write_all(call.input);
        }
        child.wait_with_output()
    }
}

/// One call of the program that signs with SSH keys.
pub(super) struct SshCall<'call> {
    /// The program.
    pub program: String,
    /// What to do.
    pub arguments: &'call [&'call str],
    /// What to give it on its standard input.
    pub input: &'call [u8],
}

impl Repository {
    /// Runs the program that signs and verifies with SSH keys. An exit code other than zero is an answer, not an error.
    pub(super) fn ask_ssh(&self, call: &SshCall<'_>) -> Result<GitAnswer, GitError> {
        let spawned = Command::new(&call.program)
            .args(call.arguments)
            .current_dir(self.git_dir())
            .env_clear()
            .envs(&self.environment().vars)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let mut child = spawned.map_err(|error| match error.kind() {
            ErrorKind::NotFound => GitError::from(ProgramError::NoSshProgram(call.program.clone())),
            _ => GitError::io("running the program", &call.program)(error),
        })?;
        if let Some(mut stdin) = child.stdin.take() {
            // A program that ends without reading says why by itself.
            let _ = stdin.write_all(call.input);
        }
        let output = child.wait_with_output().map_err(not_run)?;
        Ok(GitAnswer {
            status: output.status.code(),
            stdout: output.stdout,
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
    }

    /// The same, where an exit code other than zero is an error.
    pub(super) fn tell_ssh(&self, call: &SshCall<'_>) -> Result<Vec<u8>, GitError> {
        let answer = self.ask_ssh(call)?;
        if answer.status == Some(0) {
            return Ok(answer.stdout);
        }
        Err(ProgramError::Failed {
            command: format!("{} {}", call.program, call.arguments.join(" ")),
            status: answer.status,
            stderr: answer.stderr,
        }
        .into())
    }
}

/// Runs git in a folder that drift made for showing, as if nobody had configured anything, with all dates at `date`.
pub fn scratch_git(folder: &Path, arguments: &[&str], date: &str, environment: &Environment) -> Result<(), GitError> {
    let output = Command::new("git")
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .envs(environment.without_repository(folder).vars)
        .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")])
        .envs([("GIT_AUTHOR_DATE", date), ("GIT_COMMITTER_DATE", date)])
        .stdin(Stdio::null())
        .output()
        .map_err(not_run)?;
    if output.status.success() {
        return Ok(());
    }
    Err(ProgramError::Failed {
        command: format!("git {}", arguments.join(" ")),
        status: output.status.code(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
    .into())
}

/// The error that says that git could not even be started.
fn not_run(error: std::io::Error) -> GitError {
    match error.kind() {
        ErrorKind::NotFound => ProgramError::Absent.into(),
        _ => GitError::io("running the program", "git")(error),
    }
}

/// The error that says that `call` was answered with an exit code other than zero.
pub(super) fn failure(call: &GitCall<'_>, answer: GitAnswer) -> ProgramError {
    let words = call.arguments.iter().map(|argument| argument.to_string_lossy());
    ProgramError::Failed {
        command: words.fold("git".to_owned(), |line, word| format!("{line} {word}")),
        status: answer.status,
        stderr: answer.stderr,
    }
}

fn status_text(status: Option<i32>) -> String {
    match status {
        Some(code) => format!(" with exit code {code}"),
        None => " by a signal".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::LOCAL_VARIABLES;
    use std::process::Command;

    #[test]
    fn the_list_of_local_variables_is_that_of_git() {
        let output = Command::new("git")
            .args(["rev-parse", "--local-env-vars"])
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let missing: Vec<_> = text.lines().filter(|name| !LOCAL_VARIABLES.contains(name)).collect();
        assert!(missing.is_empty(), "add to LOCAL_VARIABLES: {missing:?}");
    }
}
