//! What can go wrong with a record and its ref.

use crate::model::printable;
use std::path::PathBuf;

/// Why a record could not be read or written. The record is as it was.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// The ref points at another ref, which a write would change.
    #[error("`{name}` is a symbolic ref, so a write to it would change another ref")]
    SymbolicRef {
        /// The ref.
        name: String,
    },
    /// The ref names something else than a record, or than notes.
    #[error("`{name}` holds no {}: {what}", kept_in(name))]
    NotARecord {
        /// The ref.
        name: String,
        /// What is wrong with it.
        what: String,
    },
    /// Another ref is in the way, as a folder is of a file.
    #[error("the ref `{name}` can't exist beside `{other}`")]
    RefConflict {
        /// The ref that was to be made.
        name: String,
        /// The ref that is there.
        other: String,
    },
    /// Others changed the ref each time between reading and writing.
    #[error("`{name}` was changed by others {tries} times while it was written")]
    Contended {
        /// The ref.
        name: String,
        /// How often it was tried.
        tries: u32,
    },
    /// A git program holds the ref's lock, or died with it.
    #[error("`{name}` is locked by a git program that is at work, or was killed: `{}`", lock.display())]
    Locked {
        /// The ref.
        name: String,
        /// The lock.
        lock: PathBuf,
    },
    /// Another drift writes refs all the time.
    #[error("another drift keeps `{}` locked", lock.display())]
    Busy {
        /// The lock that drift's processes take turns with.
        lock: PathBuf,
    },
    /// A record can't have a file of this name.
    #[error("`{}` can't be the name of a file in a record", printable(file))]
    FileName {
        /// The name.
        file: String,
    },
    /// A commit was to be kept by a record that does not exist yet.
    #[error("`{name}` has to exist before it can keep a commit")]
    NothingToKeepWith {
        /// The ref.
        name: String,
    },
    /// Objects would be written to another place than the one that this repository's refs are read with.
    #[error("GIT_OBJECT_DIRECTORY sends new objects away from this repository, and its refs would name what it lacks")]
    ObjectsElsewhere,
}

impl RecordError {
    /// The step that settles it, where there is one.
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::SymbolicRef { name } => format!("`git symbolic-ref --delete {name}` removes the name alone"),
            Self::NotARecord { name, .. } => format!("`git show {name}` says what is there"),
            Self::RefConflict { other, .. } => {
                format!("`git for-each-ref {other}` says what is there; give it another name")
            }
            Self::Contended { .. } => "try again".into(),
            Self::Locked { lock, .. } => format!("when no git program is running any more: rm {}", lock.display()),
            Self::Busy { lock } => format!("`fuser {}` says which process it is", lock.display()),
            Self::ObjectsElsewhere => "unset GIT_OBJECT_DIRECTORY".into(),
            Self::FileName { .. } | Self::NothingToKeepWith { .. } => return None,
        };
        Some(hint)
    }
}

/// What a ref of this name is for.
fn kept_in(name: &str) -> &'static str {
    if name.starts_with("refs/notes/") {
        "notes"
    } else {
        "record"
    }
}
