//! The files in a hooks folder: looked at without following links, put in place and taken away so that at every moment
//! the old hook or the new one is there.

use super::durable;
use super::error::GitError;
use std::fs::{self, Permissions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// Scripts are small; of a larger file only the beginning is looked at.
const MOST_BYTES: u64 = 1024 * 1024;

/// What lies where git looks for a hook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HookFile {
    /// Nothing.
    Absent,
    /// A file, or a link to one.
    File {
        /// Its content.
        bytes: Vec<u8>,
        /// Whether git runs it.
        executable: bool,
    },
    /// A link that leads nowhere: git takes it for no hook.
    Dangling,
    /// Something that can't be run: a folder, a pipe.
    Other,
}

/// What lies at `path`.
pub fn look(path: &Path) -> Result<HookFile, GitError> {
    let found = match fs::metadata(path) {
        Ok(found) => found,
        Err(error) if error.kind() == ErrorKind::NotFound && path.is_symlink() => return Ok(HookFile::Dangling),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(HookFile::Absent);
        }
        Err(error) => return Err(GitError::io("looking at", path)(error)),
    };
    if !found.is_file() {
        return Ok(HookFile::Other);
    }
    Ok(HookFile::File {
        bytes: read_beginning(path)?,
        executable: found.permissions().mode() & 0o111 != 0,
    })
}

fn read_beginning(path: &Path) -> Result<Vec<u8>, GitError> {
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(GitError::io("opening", path))?;
    std::io::Read::read_to_end(&mut std::io::Read::take(file, MOST_BYTES), &mut bytes)
        .map_err(GitError::io("reading", path))?;
    Ok(bytes)
}

/// Makes `script` the executable hook at `path`, in place of what is there; makes the folder where it is missing.
pub fn put(path: &Path, script: &[u8]) -> Result<(), GitError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(GitError::io("making the folder", folder))?;
    let mut temporary = tempfile::Builder::new()
        .prefix(".drift-")
        .permissions(Permissions::from_mode(0o777)) // less the umask, as git makes hooks
        .tempfile_in(folder)
        .map_err(GitError::io("writing into", folder))?;
    temporary.write_all(script).map_err(GitError::io("writing", path))?;
    temporary.as_file().sync_all().map_err(GitError::io("syncing", path))?;
    let placed = temporary.persist(path);
    placed.map_err(|failure| GitError::io("replacing", path)(failure.error))?;
    durable::sync(folder)
}

/// Gives what lies at `from` the name `to`: the same file, with its bytes and its mode.
pub fn rename(from: &Path, to: &Path) -> Result<(), GitError> {
    fs::rename(from, to).map_err(GitError::io("renaming", from))?;
    durable::sync(to.parent().unwrap_or(Path::new(".")))
}

/// Takes away what lies at `path`.
pub fn remove(path: &Path) -> Result<(), GitError> {
    fs::remove_file(path).map_err(GitError::io("removing", path))?;
    durable::sync(path.parent().unwrap_or(Path::new(".")))
}

/// Makes `bytes` the content of a message file that git is about to read again. It is gone with the commit, so nothing is
/// synced.
pub fn write_message(path: &Path, bytes: &[u8]) -> Result<(), GitError> {
    fs::write(path, bytes).map_err(GitError::io("writing", path))
}
