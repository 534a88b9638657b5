//! Reading a file that somebody else may have laid there.

use super::StoreError;
use rustix::fs::OFlags;
use std::fs::{File, FileType, OpenOptions};
use std::io::{self, BufReader, Read};
use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};
use std::path::Path;

/// The most bytes that [`read`] takes from one file.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// Opens nothing through a link, and does not wait for somebody to write into a pipe.
pub(super) const CAREFUL: OFlags = OFlags::NOFOLLOW.union(OFlags::NONBLOCK).union(OFlags::CLOEXEC);

/// The bytes of the regular file at `path`, [`MAX_BYTES`] at most.
///
/// The last part of the path is not followed if it is a symbolic link, and pipes, devices and folders are refused: a
/// repository can bring along any of these where a plan is expected.
pub fn read(path: &Path) -> Result<Vec<u8>, StoreError> {
    let mut options = OpenOptions::new();
    options.read(true).custom_flags(CAREFUL.bits().cast_signed());
    let file = open(&options, path)?;
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(StoreError::io("read", path))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(StoreError::TooLarge {
            path: path.to_owned(),
            limit: MAX_BYTES,
        });
    }
    Ok(bytes)
}

/// A reader over the regular file at `path`, of any length; links and everything that is no file are refused as in
/// [`read`].
pub fn reader(path: &Path) -> Result<BufReader<File>, StoreError> {
    let mut options = OpenOptions::new();
    options.read(true).custom_flags(CAREFUL.bits().cast_signed());
    Ok(BufReader::with_capacity(1 << 16, open(&options, path)?))
}

/// Opens a regular file as `options` say, which should hold [`CAREFUL`].
pub(super) fn open(options: &OpenOptions, path: &Path) -> Result<File, StoreError> {
    let file = options.open(path).map_err(|source| refusal(path, source))?;
    let metadata = file.metadata().map_err(StoreError::io("look at", path))?;
    regular(path, metadata.file_type())?;
    Ok(file)
}

/// An error unless `found` is the type of a regular file.
pub(super) fn regular(path: &Path, found: FileType) -> Result<(), StoreError> {
    if found.is_file() {
        return Ok(());
    }
    Err(StoreError::NotRegular {
        path: path.to_owned(),
        what: name_of(found),
    })
}

/// What is wrong where `open` itself fails: for a link, a socket or a folder the system's own words are of no use.
fn refusal(path: &Path, source: io::Error) -> StoreError {
    let unhelpful = source.kind() != io::ErrorKind::NotFound && source.kind() != io::ErrorKind::PermissionDenied;
    let found = std::fs::symlink_metadata(path).map(|metadata| metadata.file_type());
    match found {
        Ok(found) if unhelpful && !found.is_file() => StoreError::NotRegular {
            path: path.to_owned(),
            what: name_of(found),
        },
        _ => StoreError::io("open", path)(source),
    }
}

fn name_of(found: FileType) -> &'static str {
    if found.is_symlink() {
        "a symbolic link"
    } else if found.is_dir() {
        "a folder"
    } else if found.is_fifo() {
        "a pipe"
    } else if found.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}
