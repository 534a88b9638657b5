//! A throw-away repository for tests of trees and objects: [`Repo`], opened by gix, with ids in gix's shape and objects that
//! git would not write by itself.

use super::repo::Repo;
use std::path::Path;

/// A repository in a folder that goes away with it.
pub struct ScratchRepo(Repo);

impl ScratchRepo {
    /// An empty repository with the branch `main`.
    pub fn new() -> Self {
        Self(Repo::new())
    }

    /// An empty repository made with further arguments of `git init`.
    pub fn init(arguments: &[&str]) -> Self {
        Self(Repo::init(arguments))
    }

    /// A clone of `source`, made with further arguments of `git clone`.
    pub fn clone_of(source: &Self, arguments: &[&str]) -> Self {
        Self(Repo::clone_of(&source.0, arguments))
    }

    /// The top of the worktree.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// The repository as gix opens it.
    pub fn open(&self) -> gix::Repository {
        self.open_with(&[])
    }

    /// The repository as gix opens it with these settings.
    pub fn open_with(&self, settings: &[&str]) -> gix::Repository {
        let options = gix::open::Options::isolated().config_overrides(settings.iter().copied());
        gix::open_opts(self.path(), options).unwrap()
    }

    /// What git prints for these arguments, without the last newline; panics with git's own words where it fails.
    pub fn git(&self, arguments: &[&str]) -> String {
        self.0.git(arguments)
    }

    /// Exactly what git prints for these arguments with `input` on its standard input.
    pub fn git_with_input(&self, arguments: &[&str], input: &[u8]) -> Vec<u8> {
        self.0.git_bytes_with_input(arguments, input)
    }

    /// Writes an object of this kind, whatever it holds, and returns its id.
    pub fn write_object(&self, kind: &str, content: &[u8]) -> String {
        let arguments = ["hash-object", "-w", "--stdin", "--literally", "-t", kind];
        self.0.git_with_input(&arguments, content)
    }

    /// Writes a tree of these entries, `mode name id` each, as they are and in this order.
    pub fn write_tree(&self, entries: &[(&str, &[u8], &str)]) -> String {
        let entry =
            |(mode, name, hex): &(&str, &[u8], &str)| [mode.as_bytes(), b" ", name, b"\0", id(hex).as_bytes()].concat();
        self.write_object("tree", &entries.iter().flat_map(entry).collect::<Vec<u8>>())
    }

    /// Writes a file of the worktree, with the folders above it.
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) -> &Self {
        self.0.write(path, content);
        self
    }

    /// Commits all that lies in the worktree and returns the commit's tree.
    pub fn commit(&self, message: &str) -> gix::ObjectId {
        self.0.commit(message);
        self.tree("HEAD")
    }

    /// The tree of a revision.
    pub fn tree(&self, revision: &str) -> gix::ObjectId {
        self.id(&format!("{revision}^{{tree}}"))
    }

    /// The id that a revision names.
    pub fn id(&self, revision: &str) -> gix::ObjectId {
        id(&self.0.id(revision))
    }
}

/// The id that `hex` spells.
pub fn id(hex: &str) -> gix::ObjectId {
    gix::ObjectId::from_hex(hex.as_bytes()).unwrap()
}
