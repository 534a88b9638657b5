//! Replacing a file as a whole: at every moment, also after a power cut, it holds the old text or the new one.

use super::{StoreError, folder, read};
use std::fs::{self, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// What the names of files begin and end with that are being written, or were when their writer was killed.
const BEGINS: &str = ".drift-";
const ENDS: &str = ".tmp";

/// Whether a file with this name is one that is being written, or was when its writer was killed.
pub fn is_temporary(name: &str) -> bool {
    name.starts_with(BEGINS) && name.ends_with(ENDS)
}

/// Makes `bytes` the content of the file at `path`, and returns when that is on disk.
///
/// Missing folders are made. What is there and no regular file (a symbolic link, a folder, a pipe) is refused and left
/// alone. If anything fails, a full disk for instance, the old file is untouched and nothing else is left behind; only
/// a process that is killed can leave its `.drift-….tmp` there, which nobody reads.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    refuse_to_replace_others(path)?;
    let above = folder::parent(path);
    folder::create(above)?;
    let mut temporary = tempfile::Builder::new()
        .prefix(BEGINS)
        .suffix(ENDS)
        .permissions(Permissions::from_mode(0o666)) // less the umask, as for every new file
        .tempfile_in(above)
        .map_err(StoreError::io("write into", above))?;
    temporary.write_all(bytes).map_err(StoreError::io("write", path))?;
    temporary.as_file().sync_all().map_err(StoreError::io("sync", path))?;
    temporary
        .persist(path)
        .map_err(|failure| StoreError::io("replace", path)(failure.error))?;
    folder::sync(above)
}

fn refuse_to_replace_others(path: &Path) -> Result<(), StoreError> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => read::regular(path, metadata.file_type()),
        Err(source) if source.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(source) => Err(StoreError::io("look at", path)(source)),
    }
}
