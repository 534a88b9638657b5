//! A throw-away repository, made with the git program and nothing of the user's own: `Repo::new().write(…).commit(…)`.

use drift::git::{Environment, GitError, Query, Repository};
use drift::model::History;
use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicI64, Ordering};

/// The first commit's time; each later one is a minute on.
const FIRST_TIME: i64 = 1_700_000_000;

/// A repository in a folder that goes away with it.
pub struct Repo {
    folder: tempfile::TempDir,
    path: PathBuf,
    minutes: AtomicI64,
}

impl Repo {
    /// An empty repository with the branch `main`.
    pub fn new() -> Self {
        Self::init(&[])
    }

    /// An empty repository made with further arguments of `git init`.
    pub fn init(arguments: &[&str]) -> Self {
        let repo = Self::empty();
        let mut all = vec!["init", "--quiet", "--initial-branch=main"];
        all.extend(arguments);
        repo.git(&all);
        repo
    }

    /// A clone of `source`, made with further arguments of `git clone`, through the transport that a network would use.
    pub fn clone_of(source: &Self, arguments: &[&str]) -> Self {
        let repo = Self::empty();
        let url = format!("file://{}", source.path().display());
        let mut all = vec!["clone", "--quiet"];
        all.extend(arguments);
        all.extend([url.as_str(), "."]);
        repo.git(&all);
        repo
    }

    /// A folder that is no repository yet.
    pub fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().canonicalize().unwrap().join("work");
        std::fs::create_dir(&path).unwrap();
        std::fs::create_dir(folder.path().join("home")).unwrap();
        Self {
            folder,
            path,
            minutes: AtomicI64::new(0),
        }
    }

    /// The top of the worktree (or the repository itself, where it is bare).
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A folder beside the repository that goes away with it: for linked worktrees and the like.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().canonicalize().unwrap().join(name)
    }

    /// The variables that keep git and drift away from the user's own configuration.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let time = format!("{} +0000", FIRST_TIME + 60 * self.minutes.load(Ordering::Relaxed));
        let home = self.folder.path().join("home").display().to_string();
        let fixed = [
            ("HOME", home.as_str()),
            ("XDG_CONFIG_HOME", home.as_str()),
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("GIT_CEILING_DIRECTORIES", "/tmp"),
            ("GIT_TERMINAL_PROMPT", "0"),
            ("GIT_AUTHOR_NAME", "A U Thor"),
            ("GIT_AUTHOR_EMAIL", "author@example.com"),
            ("GIT_AUTHOR_DATE", time.as_str()),
            ("GIT_COMMITTER_NAME", "C O Mitter"),
            ("GIT_COMMITTER_EMAIL", "committer@example.com"),
            ("GIT_COMMITTER_DATE", time.as_str()),
            ("TZ", "UTC"),
            ("LC_ALL", "C"),
        ];
        fixed.map(|(key, value)| (key, value.to_owned())).into()
    }

    /// The environment that drift's own reading of the repository gets.
    pub fn drift_environment(&self) -> Environment {
        let vars = self.environment().into_iter();
        Environment {
            vars: vars.map(|(name, value)| (name.into(), value.into())).collect(),
            current_dir: self.path.clone(),
        }
    }

    /// The repository as drift opens it from its top.
    pub fn open(&self) -> Result<Repository, GitError> {
        Repository::open(Path::new("."), &self.drift_environment())
    }

    /// What drift says of `base..target`.
    pub fn observe(&self, base: &str, target: &str) -> Result<History, GitError> {
        self.open()?.observe(&Query::new(base, target))
    }

    /// A command that runs `program` in the repository, hermetically.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        let path = std::env::var_os("PATH").unwrap_or_default();
        command
            .current_dir(&self.path)
            .env_clear()
            .env("PATH", path)
            .envs(self.environment());
        command
    }

    /// What git prints for these arguments, without the last newline; panics with git's own words where it fails.
    pub fn git(&self, arguments: &[&str]) -> String {
        String::from_utf8_lossy(self.git_bytes(arguments).trim_ascii_end()).into_owned()
    }

    /// Exactly what git prints for these arguments.
    pub fn git_bytes(&self, arguments: &[&str]) -> Vec<u8> {
        let output = self.command("git").args(arguments).output().unwrap();
        succeeded(arguments, output)
    }

    /// What git prints for these arguments with `input` on its standard input, without the last newline.
    pub fn git_with_input(&self, arguments: &[&str], input: &[u8]) -> String {
        String::from_utf8_lossy(self.git_bytes_with_input(arguments, input).trim_ascii_end()).into_owned()
    }

    /// Exactly what git prints for these arguments with `input` on its standard input.
    pub fn git_bytes_with_input(&self, arguments: &[&str], input: &[u8]) -> Vec<u8> {
        let mut child = self
            .command("git")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut standard_input = child.stdin.take().unwrap();
        let input = input.to_owned();
        let writer = std::thread::spawn(move || standard_input.write_all(&input));
        let output = child.wait_with_output().unwrap();
        let printed = succeeded(arguments, output);
        writer.join().unwrap().unwrap();
        printed
    }

    /// Whether git succeeds with these arguments.
    pub fn git_succeeds(&self, arguments: &[&str]) -> bool {
        self.command("git").args(arguments).output().unwrap().status.success()
    }

    /// Writes a file of the worktree, with the folders above it.
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) -> &Self {
        let file = self.path.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, content).unwrap();
        self
    }

    /// The bytes of a file of the worktree.
    pub fn read(&self, path: &str) -> Vec<u8> {
        std::fs::read(self.path.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Commits all that lies in the worktree, a minute after the last commit, and returns the id.
    pub fn commit(&self, message: &str) -> String {
        self.git(&["add", "--all"]);
        self.commit_staged(message)
    }

    /// Commits the index as it is, a minute after the last commit, and returns the id.
    pub fn commit_staged(&self, message: &str) -> String {
        self.tick();
        self.git(&["commit", "--quiet", "--allow-empty", "--message", message]);
        self.id("HEAD")
    }

    /// Writes one file and commits it under the file's name.
    pub fn commit_file(&self, path: &str, content: impl AsRef<[u8]>) -> String {
        self.write(path, content).commit(path)
    }

    /// Merges `revisions` into the current branch, always with a merge commit, and returns its id.
    pub fn merge(&self, revisions: &[&str]) -> String {
        self.tick();
        let mut all = vec!["merge", "--quiet", "--no-ff", "--no-edit"];
        all.extend(revisions);
        self.git(&all);
        self.id("HEAD")
    }

    /// The id that `revision` names.
    pub fn id(&self, revision: &str) -> String {
        self.git(&["rev-parse", "--verify", revision])
    }

    /// Lets a minute pass.
    pub fn tick(&self) {
        self.minutes.fetch_add(1, Ordering::Relaxed);
    }
}

fn succeeded(arguments: &[&str], output: Output) -> Vec<u8> {
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {arguments:?}: {complaint}");
    output.stdout
}
