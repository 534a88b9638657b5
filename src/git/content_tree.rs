//! What a worktree holds, as the tree that it would be if all of it were committed; nothing is written into the repository.
//!
//! git's own machinery makes it, with an index and an object folder of their own: a copy of the worktree's index, so that
//! what has not changed since is not read again, and a folder that goes away. What lies below `.drift/` is left out: drift
//! and the tests it runs write there.

use super::error::GitError;
use super::ids;
use super::objects;
use super::open::Repository;
use super::program::GitCall;
use crate::model::{ObjectId, RepoPath};
use gix::bstr::ByteSlice;
use gix::objs::WriteTo;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::ErrorKind;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

/// The folder whose content does not count.
const LEFT_OUT: &str = ".drift";

/// A place for trees that are only compared.
#[derive(Debug)]
pub struct ContentTrees<'repo> {
    repository: &'repo Repository,
    top: PathBuf,
    scratch: tempfile::TempDir,
}

impl Repository {
    /// Makes a place for trees of the worktree's content; `None` where there is no worktree.
    pub fn content_trees(&self) -> Result<Option<ContentTrees<'_>>, GitError> {
        let Some(top) = self.workdir().map(Path::to_owned) else {
            return Ok(None);
        };
        let made = tempfile::Builder::new().prefix("drift-trees-").tempdir();
        let scratch = made.map_err(GitError::io("making a folder in", std::env::temp_dir()))?;
        let objects = scratch.path().join("objects");
        fs::create_dir(&objects).map_err(GitError::io("making the folder", &objects))?;
        Ok(Some(ContentTrees {
            repository: self,
            top,
            scratch,
        }))
    }

    /// The whole tree of the commit.
    pub fn tree_of(&self, commit: ObjectId) -> Result<ObjectId, GitError> {
        Ok(ids::to_model(&objects::tree_of_commit(
            self.gix(),
            ids::to_gix(commit),
        )?))
    }

    /// The tree of the commit without what lies below `.drift/`.
    pub fn content_tree_of(&self, commit: ObjectId) -> Result<ObjectId, GitError> {
        let doing = "reading a commit's tree";
        let id = objects::tree_of_commit(self.gix(), ids::to_gix(commit))?;
        let mut bytes = Vec::new();
        objects::read_tree(self.gix(), id, &mut bytes)?;
        let read = gix::objs::TreeRef::from_bytes(&bytes, id.kind()).map_err(GitError::gix(doing))?;
        if !read.entries.iter().any(|entry| entry.filename == LEFT_OUT) {
            return Ok(ids::to_model(&id));
        }
        let mut tree: gix::objs::Tree = read.into();
        tree.entries.retain(|entry| entry.filename != LEFT_OUT);
        let mut bytes = Vec::new();
        tree.write_to(&mut bytes).map_err(GitError::gix(doing))?;
        let hashed = gix::objs::compute_hash(id.kind(), gix::objs::Kind::Tree, &bytes);
        Ok(ids::to_model(&hashed.map_err(GitError::gix(doing))?))
    }
}

impl ContentTrees<'_> {
    /// The tree that the worktree would be now: tracked files as they lie there, and those that are neither tracked nor
    /// ignored.
    pub fn now(&self) -> Result<ObjectId, GitError> {
        self.copy_index()?;
        self.git(&["add", "--all"])?;
        let below = format!(":(top,literal){LEFT_OUT}");
        self.git(&[
            "rm",
            "-r",
            "--cached",
            "--force",
            "--quiet",
            "--ignore-unmatch",
            "--",
            &below,
        ])?;
        let printed = self.git(&["write-tree", "--missing-ok"])?;
        let id = printed.trim_ascii().to_str().ok().and_then(ObjectId::from_hex);
        id.ok_or_else(|| GitError::corrupt("git wrote a tree and printed no id"))
    }

    /// The paths in which two trees differ, of which at least one was made here.
    pub fn differing(&self, one: ObjectId, other: ObjectId) -> Result<Vec<RepoPath>, GitError> {
        let (one, other) = (one.to_string(), other.to_string());
        let printed = self.git(&["diff-tree", "-r", "-z", "--no-renames", "--name-only", &one, &other])?;
        let paths = printed.split(|byte| *byte == 0).filter(|path| !path.is_empty());
        Ok(paths.map(RepoPath::new).collect())
    }

    fn copy_index(&self) -> Result<(), GitError> {
        let (own, copy) = (self.repository.git_dir().join("index"), self.index());
        match fs::copy(&own, &copy) {
            Ok(_) => Ok(()),
            Err(error) if error.kind() == ErrorKind::NotFound => match fs::remove_file(&copy) {
                Err(error) if error.kind() != ErrorKind::NotFound => Err(GitError::io("removing", &copy)(error)),
                _ => Ok(()),
            },
            Err(error) => Err(GitError::io("copying", &own)(error)),
        }
    }

    fn index(&self) -> PathBuf {
        self.scratch.path().join("index")
    }

    /// Runs git on the worktree, with nothing in its way to run other programs of the repository, and nowhere to write but
    /// here.
    fn git(&self, arguments: &[&str]) -> Result<Vec<u8>, GitError> {
        let settings = [
            "core.hooksPath=/dev/null",
            "core.fsmonitor=false",
            "core.splitIndex=false",
            "advice.addEmbeddedRepo=false",
            "core.safecrlf=false",
        ];
        let mut words: Vec<&OsStr> = vec![
            "-C".as_ref(),
            self.top.as_os_str(),
            "--work-tree".as_ref(),
            self.top.as_os_str(),
        ];
        for setting in settings {
            words.extend([OsStr::new("-c"), OsStr::new(setting)]);
        }
        words.extend(arguments.iter().map(OsStr::new));
        let objects = self.scratch.path().join("objects");
        let alternates = self.alternates();
        self.repository.tell_git(&GitCall {
            arguments: &words,
            input: b"",
            variables: &[
                ("GIT_INDEX_FILE", self.index().as_os_str()),
                ("GIT_OBJECT_DIRECTORY", objects.as_os_str()),
                ("GIT_ALTERNATE_OBJECT_DIRECTORIES", &alternates),
                ("GIT_OPTIONAL_LOCKS", OsStr::new("0")),
            ],
        })
    }

    /// The repository's own objects, quoted as git reads a list of folders.
    fn alternates(&self) -> OsString {
        let own = self.repository.common_dir().join("objects");
        let mut quoted = vec![b'"'];
        for &byte in own.as_os_str().as_bytes() {
            if matches!(byte, b'"' | b'\\') {
                quoted.push(b'\\');
            }
            if byte == b'\n' {
                quoted.extend(b"\\n");
            } else {
                quoted.push(byte);
            }
        }
        quoted.push(b'"');
        OsString::from_vec(quoted)
    }
}
