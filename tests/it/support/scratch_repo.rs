//! A throw-away repository for tests of trees and objects, made with the git program and nothing of the user's own.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A repository in a folder that goes away with it.
pub struct ScratchRepo {
    folder: tempfile::TempDir,
    path: PathBuf,
}

impl ScratchRepo {
    /// An empty repository with the branch `main`.
    pub fn new() -> Self {
        Self::init(&[])
    }

    /// An empty repository made with further arguments of `git init`.
    pub fn init(arguments: &[&str]) -> Self {
        let repo = Self::empty();
        repo.git(&[&["init", "--quiet", "--initial-branch=main"], arguments].concat());
        repo
    }

    /// A clone of `source`, made with further arguments of `git clone`.
    pub fn clone_of(source: &Self, arguments: &[&str]) -> Self {
        let repo = Self::empty();
        let url = format!("file://{}", source.path.display());
        repo.git(&[&["clone", "--quiet"], arguments, &[url.as_str(), "."]].concat());
        repo
    }

    fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().canonicalize().unwrap().join("work");
        std::fs::create_dir(&path).unwrap();
        Self { folder, path }
    }

    /// The top of the worktree.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The repository as gix opens it.
    pub fn open(&self) -> gix::Repository {
        self.open_with(&[])
    }

    /// The repository as gix opens it with these settings.
    pub fn open_with(&self, settings: &[&str]) -> gix::Repository {
        let options = gix::open::Options::isolated().config_overrides(settings.iter().copied());
        gix::open_opts(&self.path, options).unwrap()
    }

    /// What git prints for these arguments, without the last newline; panics with git's own words where it fails.
    pub fn git(&self, arguments: &[&str]) -> String {
        text(self.git_with_input(arguments, b""))
    }

    /// Exactly what git prints for these arguments with `input` on its standard input.
    pub fn git_with_input(&self, arguments: &[&str], input: &[u8]) -> Vec<u8> {
        let mut child = self
            .command()
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
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}: {complaint}");
        writer.join().unwrap().unwrap();
        output.stdout
    }

    /// Writes an object of this kind, whatever it holds, and returns its id.
    pub fn write_object(&self, kind: &str, content: &[u8]) -> String {
        let arguments = ["hash-object", "-w", "--stdin", "--literally", "-t", kind];
        text(self.git_with_input(&arguments, content))
    }

    /// Writes a tree of these entries, `mode name id` each, as they are and in this order.
    pub fn write_tree(&self, entries: &[(&str, &[u8], &str)]) -> String {
        let entry = |(mode, name, id): &(&str, &[u8], &str)| [mode.as_bytes(), b" ", name, b"\0", &bytes(id)].concat();
        self.write_object("tree", &entries.iter().flat_map(entry).collect::<Vec<u8>>())
    }

    /// Writes a file of the worktree, with the folders above it.
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) -> &Self {
        let file = self.path.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, content).unwrap();
        self
    }

    /// Commits all that lies in the worktree and returns the commit's tree.
    pub fn commit(&self, message: &str) -> gix::ObjectId {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", message]);
        self.tree("HEAD")
    }

    /// The tree of a revision.
    pub fn tree(&self, revision: &str) -> gix::ObjectId {
        self.id(&format!("{revision}^{{tree}}"))
    }

    /// The id that a revision names.
    pub fn id(&self, revision: &str) -> gix::ObjectId {
        id(&self.git(&["rev-parse", "--verify", revision]))
    }

    fn command(&self) -> Command {
        let mut command = Command::new("git");
        let date = "1700000000 +0000";
        let fixed = [
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("GIT_AUTHOR_NAME", "A U Thor"),
            ("GIT_AUTHOR_EMAIL", "author@example.com"),
            ("GIT_AUTHOR_DATE", date),
            ("GIT_COMMITTER_NAME", "C O Mitter"),
            ("GIT_COMMITTER_EMAIL", "committer@example.com"),
            ("GIT_COMMITTER_DATE", date),
            ("LC_ALL", "C"),
        ];
        command
            .current_dir(&self.path)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.folder.path())
            .envs(fixed);
        command
    }
}

/// The id that `hex` spells.
pub fn id(hex: &str) -> gix::ObjectId {
    gix::ObjectId::from_hex(hex.as_bytes()).unwrap()
}

fn bytes(hex: &str) -> Vec<u8> {
    id(hex).as_bytes().to_owned()
}

fn text(output: Vec<u8>) -> String {
    String::from_utf8_lossy(output.trim_ascii_end()).into_owned()
}
