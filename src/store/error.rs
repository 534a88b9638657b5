//! What can go wrong with a file, each case named for what is so.

use std::io;
use std::path::{Path, PathBuf};

/// Why a file could not be read or written. Nothing was changed, unless a variant says otherwise.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such file.
    #[error("{} does not exist", path.display())]
    NotFound {
        /// The file.
        path: PathBuf,
    },
    /// Something else than a file lies there.
    #[error("{} is {what}, not a regular file", path.display())]
    NotRegular {
        /// The path.
        path: PathBuf,
        /// What it is, with its article.
        what: &'static str,
    },
    /// A folder on the way is a symbolic link.
    #[error("{} is a symbolic link, so what is written below it would lie elsewhere", path.display())]
    LinkedFolder {
        /// The folder.
        path: PathBuf,
    },
    /// The file has other names, which would change with it.
    #[error("{} has {links} names (hard links), so writing to it would change the others", path.display())]
    HardLinked {
        /// The file.
        path: PathBuf,
        /// How many names it has.
        links: u64,
    },
    /// The file is larger than drift reads.
    #[error("{} is larger than {} MiB", path.display(), limit / (1024 * 1024))]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The most bytes that are read.
        limit: u64,
    },
    /// A line to append has a line feed inside.
    #[error("a record for {} has a line feed inside", path.display())]
    SeveralLines {
        /// The file.
        path: PathBuf,
    },
    /// The disk took only a part of a line; the part was taken back.
    #[error("{} takes no more: only {written} of {wanted} bytes could be written", path.display())]
    ShortWrite {
        /// The file.
        path: PathBuf,
        /// How many bytes were written, and taken back.
        written: usize,
        /// How many bytes there were.
        wanted: usize,
    },
    /// The operating system says no.
    #[error("can't {doing} {}: {source}", path.display())]
    Io {
        /// What was tried: a verb.
        doing: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl StoreError {
    /// What settles it, where there is something to do.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::NotRegular {
                what: "a symbolic link",
                ..
            } => Some("name the file that it points to; drift follows no links".to_owned()),
            Self::NotRegular { .. } => Some("drift reads and writes regular files only: name another place".to_owned()),
            Self::LinkedFolder { .. } => Some("put a folder in its place; drift follows no links".to_owned()),
            Self::HardLinked { path, .. } => {
                let shown = path.display();
                Some(format!(
                    "give the file a life of its own: cp {shown} {shown}.new && mv {shown}.new {shown}"
                ))
            }
            Self::ShortWrite { .. } => Some("free some space on the disk, then try again".to_owned()),
            Self::Io { source, .. } => hint_for(source.kind()),
            Self::NotFound { .. } | Self::TooLarge { .. } | Self::SeveralLines { .. } => None,
        }
    }

    /// A closure that turns what the system says into an error, for `map_err`.
    pub(super) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| match source.kind() {
            io::ErrorKind::NotFound => Self::NotFound { path },
            _ => Self::Io { doing, path, source },
        }
    }
}

fn hint_for(kind: io::ErrorKind) -> Option<String> {
    let hint = match kind {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "free some space on the disk, then try again",
        io::ErrorKind::PermissionDenied => "check who may write there: the file, and the folder that holds it",
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only: choose another place, or remount it",
        _ => return None,
    };
    Some(hint.to_owned())
}
