//! What can keep git's facts from being read: each case by name, with what is so and what settles it.

use super::program::ProgramError;
use super::record_error::RecordError;
use crate::model::ObjectId;
use std::error::Error;
use std::fmt;
use std::path::PathBuf;

/// Why git could not answer.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// The directory that was named does not exist or can't be entered.
    #[error("there is no directory `{}`", dir.display())]
    NoSuchDirectory {
        /// The directory as it was asked for.
        dir: PathBuf,
    },
    /// Neither the directory nor one above it belongs to a repository.
    #[error("`{}` is not inside a git repository", dir.display())]
    NotARepository {
        /// Where the search began, or what GIT_DIR names.
        dir: PathBuf,
    },
    /// There is a repository, and drift does not work in it.
    #[error("{what}")]
    Refused {
        /// What is in the way.
        what: Refusal,
    },
    /// The text can't be a revision at all.
    #[error("`{rev}` is not a revision: {why}")]
    MalformedRevision {
        /// The text, escaped for printing.
        rev: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// Nothing has this name.
    #[error("there is no revision `{rev}`")]
    UnknownRevision {
        /// The revision as it was asked for, escaped for printing.
        rev: String,
        /// The ref whose name is most like it.
        nearest: Option<String>,
        /// Whether the clone is shallow, so that the commit may lie beyond its end.
        shallow: bool,
    },
    /// The revision asks for an upstream branch, and none is configured.
    #[error("`{rev}` names an upstream branch, and none is configured")]
    NoUpstream {
        /// The revision as it was asked for.
        rev: String,
    },
    /// A shortened id that several objects begin with.
    #[error("`{rev}` is the beginning of more than one object id: {}", candidates.join(", "))]
    AmbiguousRevision {
        /// The revision as it was asked for.
        rev: String,
        /// The ids that begin so, shortened until they differ.
        candidates: Vec<String>,
    },
    /// The revision names an object that is no commit, nor a tag of one.
    #[error("`{rev}` is a {kind}, not a commit")]
    NotACommit {
        /// The revision as it was asked for.
        rev: String,
        /// What it is: `tree`, `blob` or `tag`.
        kind: String,
    },
    /// The branch exists in name only.
    #[error("the branch `{branch}` has no commit yet")]
    Unborn {
        /// The branch's short name.
        branch: String,
    },
    /// The revision resolves, and there is no such path in its tree.
    #[error("`{rev}` has no file `{path}`")]
    NoSuchPath {
        /// The revision as it was asked for.
        rev: String,
        /// The path, escaped for printing.
        path: String,
    },
    /// Both sides are wholly there, and share no commit.
    #[error("`{base}` and `{target}` have no commit in common")]
    UnrelatedHistories {
        /// The base as it was asked for.
        base: String,
        /// The target as it was asked for.
        target: String,
    },
    /// The clone is shallow, and ends before the commit that both sides share.
    #[error("this clone is shallow and ends before the commit that `{base}` and `{target}` have in common")]
    MissingHistory {
        /// The base as it was asked for.
        base: String,
        /// The target as it was asked for.
        target: String,
    },
    /// An object that others point at is not there.
    #[error("the object {id} is missing{}", if *promisor { ": this clone is partial and never fetched it" } else { "" })]
    MissingObject {
        /// The object.
        id: ObjectId,
        /// Whether a promisor remote has it (a partial clone).
        promisor: bool,
    },
    /// An object or file of the repository is there and can't be what it should be.
    #[error("the repository is damaged: {what}")]
    Corrupt {
        /// Which object, and what is wrong with it.
        what: String,
    },
    /// A record or its ref could not be read or written.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The git program did not do its part.
    #[error(transparent)]
    Program(#[from] ProgramError),
    /// gix could not do something, for a reason that has no name here.
    #[error("{doing} failed: {}", chain(source.as_ref()))]
    Gix {
        /// What was being done, as it would begin a sentence: `reading a tree`.
        doing: &'static str,
        /// What gix says.
        source: Box<dyn Error + Send + Sync>,
    },
    /// A file below the git directory could not be read or written.
    #[error("{doing} `{}` failed: {source}", path.display())]
    Io {
        /// What was being done, as it would begin a sentence: `reading`.
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

/// What about a repository keeps drift from working in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// `extensions.refStorage` is not `files`.
    #[error("this repository keeps its refs as `{0}`, which drift can't read")]
    RefStorage(String),
    /// An extension that drift does not know, so that reading on might misread.
    #[error("this repository uses the extension `extensions.{0}`, which drift does not know")]
    Extension(String),
    /// `core.repositoryFormatVersion` is newer than 1.
    #[error("this repository has format version {0}, and drift knows 0 and 1")]
    FormatVersion(String),
    /// The repository belongs to somebody else, and git's safe.directory does not list it.
    #[error("this repository belongs to another user: `{}`", .0.display())]
    ForeignOwner(PathBuf),
    /// GIT_COMMON_DIR names another directory than the repository does.
    #[error("GIT_COMMON_DIR names `{}`, which is not where this repository keeps what its worktrees share", .0.display())]
    CommonDir(PathBuf),
    /// `info/grafts` pretends other parents than the commits have.
    #[error("`{}` pretends other parents than the commits have", .0.display())]
    Grafts(PathBuf),
    /// A push is being received: nothing may be written until it is let in.
    #[error("a push is being received: nothing can be written before it is let in")]
    Quarantine,
}

impl GitError {
    /// Wraps what gix says while `doing` something: `.map_err(GitError::gix("reading a tree"))`.
    pub fn gix<E: Into<Box<dyn Error + Send + Sync>>>(doing: &'static str) -> impl FnOnce(E) -> Self {
        move |source| Self::Gix {
            doing,
            source: source.into(),
        }
    }

    /// Wraps what the system says while `doing` something with `path`.
    pub fn io(doing: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { doing, path, source }
    }

    /// The error that says what is wrong with an object or a file: `the tree 1234… ends too early`.
    pub fn corrupt(what: impl Into<String>) -> Self {
        Self::Corrupt { what: what.into() }
    }

    /// The command or the step that settles it, where there is one: one sentence without a full stop.
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::NoSuchDirectory { .. } | Self::Gix { .. } | Self::Io { .. } => return None,
            Self::Record(error) => return error.hint(),
            Self::Program(error) => return error.hint(),
            Self::NotARepository { .. } => "go into a repository, or name one with `-C DIR`".into(),
            Self::Refused { what } => what.hint(),
            Self::MalformedRevision { .. } => "name a branch, a tag or a commit id".into(),
            Self::UnknownRevision { rev, nearest, shallow } => unknown_hint(rev, nearest.as_deref(), *shallow),
            Self::NoUpstream { .. } => "set one with `git branch --set-upstream-to=origin/main`".into(),
            Self::AmbiguousRevision { .. } => "write more digits of the id".into(),
            Self::NotACommit { .. } => "name a branch, a tag of a commit, or a commit id".into(),
            Self::Unborn { .. } => "commit first, or name another revision".into(),
            Self::NoSuchPath { rev, .. } => format!("`git ls-tree -r --name-only {rev}` lists what it has"),
            Self::UnrelatedHistories { .. } => "name a base that the target grew from with `--base REV`".into(),
            Self::MissingHistory { .. } => {
                "fetch more history with `git fetch --deepen=100`, or all of it with `git fetch --unshallow`".into()
            }
            Self::MissingObject { promisor: true, .. } => {
                "fetch what the clone left out with `git fetch --refetch --no-filter`".into()
            }
            Self::MissingObject { promisor: false, .. } | Self::Corrupt { .. } => {
                "`git fsck` says what else is damaged; a fresh clone has it whole".into()
            }
        };
        Some(hint)
    }
}

impl Refusal {
    fn hint(&self) -> String {
        match self {
            Self::RefStorage(_) => "`git refs migrate --ref-format=files` converts it".into(),
            Self::Extension(_) | Self::FormatVersion(_) => "a newer drift may know it".into(),
            Self::ForeignOwner(path) => format!(
                "if you trust it: `git config --global --add safe.directory {}`",
                path.display()
            ),
            Self::CommonDir(_) => "unset GIT_COMMON_DIR".into(),
            Self::Grafts(_) => "turn grafts into replace refs with `git replace --convert-graft-file`".into(),
            Self::Quarantine => "use a hook that only reads, or run after the push: post-receive".into(),
        }
    }
}

/// What to do about a name that nothing has: the name that was meant, else the fetch that would bring it.
fn unknown_hint(rev: &str, nearest: Option<&str>, shallow: bool) -> String {
    let is_id = ObjectId::from_hex(rev).is_some();
    match (nearest, rev.strip_prefix("origin/")) {
        (Some(nearest), _) => format!("did you mean `{nearest}`?"),
        (None, Some(branch)) => format!("`git fetch origin {branch}` may bring it"),
        (None, None) if is_id => format!("`git fetch origin {rev}` may bring it"),
        (None, None) if shallow => "this clone is shallow: `git fetch --deepen=100` brings more history".into(),
        (None, None) => "`git fetch --all --tags` brings what the remotes have".into(),
    }
}

/// An error and its causes in one line, none twice.
fn chain(error: &(dyn Error + 'static)) -> impl fmt::Display {
    let mut said: Vec<String> = Vec::new();
    let mut next = Some(error);
    while let Some(cause) = next {
        let text = cause.to_string();
        if said.last() != Some(&text) {
            said.push(text);
        }
        next = cause.source();
    }
    said.join(": ")
}
