//! Appending to a file of lines that many processes write at once: nothing is torn, lost, or there twice.

use super::{StoreError, folder, read};
use rustix::fs::OFlags;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;

/// What became of a line to append.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Append {
    /// It is the last line now.
    Appended,
    /// The file has it, or one that stands for it, already.
    AlreadyThere,
}

/// What is in the file already.
struct Found {
    already_there: bool,
    length: u64,
    last_line_is_whole: bool,
}

/// Appends `line` (without a line feed) to the file at `path`, unless `already` says of an existing line that it stands
/// for the same; returns when the file is on disk.
///
/// The file and missing folders are made. Writers take turns by a lock that the kernel lets go of when a process dies.
/// A line that was torn by a crash is ended first, so that it can't swallow the new one; apart from that no existing byte
/// is ever changed, readable or not. Only a regular file with a single name is written to.
pub fn append_line(path: &Path, line: &str, already: impl Fn(&str) -> bool) -> Result<Append, StoreError> {
    if line.contains('\n') {
        return Err(StoreError::SeveralLines { path: path.to_owned() });
    }
    let above = folder::parent(path);
    folder::create(above)?;
    let mut file = open_locked(path)?;
    let found = look_through(&mut file, already).map_err(StoreError::io("read", path))?;
    if !found.already_there {
        write_whole(&mut file, path, line, &found)?;
    }
    file.sync_all().map_err(StoreError::io("sync", path))?;
    folder::sync(above)?;
    Ok(match found.already_there {
        true => Append::AlreadyThere,
        false => Append::Appended,
    })
}

/// Keeps of the file's lines those that `keep` wants (number from 0, and bytes without the line feed), and ends the last one;
/// returns how many went. Whoever appends meanwhile waits, and then finds the new file: nothing is lost.
pub fn keep_lines(path: &Path, keep: impl Fn(usize, &[u8]) -> bool) -> Result<usize, StoreError> {
    let mut file = open_locked(path)?;
    let mut text = Vec::new();
    file.read_to_end(&mut text).map_err(StoreError::io("read", path))?;
    let mut kept = Vec::with_capacity(text.len() + 1);
    let mut gone = 0;
    for (number, line) in text.split_inclusive(|byte| *byte == b'\n').enumerate() {
        let bare = line.strip_suffix(b"\n").unwrap_or(line);
        if keep(number, bare) {
            kept.extend_from_slice(bare);
            kept.push(b'\n');
        } else {
            gone += 1;
        }
    }
    if kept != text {
        super::write_atomic(path, &kept)?;
    }
    Ok(gone)
}

/// The file, opened for appending and locked, and certainly still the one that `path` names.
fn open_locked(path: &Path) -> Result<File, StoreError> {
    let flags = read::CAREFUL.union(OFlags::APPEND);
    let mut options = OpenOptions::new();
    options
        .read(true)
        .append(true)
        .create(true)
        .custom_flags(flags.bits().cast_signed());
    loop {
        let file = read::open(&options, path)?;
        file.lock().map_err(StoreError::io("lock", path))?;
        // While this process waited, git or an editor may have put another file in its place.
        if is_still_at(&file, path).map_err(StoreError::io("look at", path))? {
            refuse_other_names(&file, path)?;
            return Ok(file);
        }
    }
}

fn is_still_at(file: &File, path: &Path) -> io::Result<bool> {
    let own = file.metadata()?;
    match std::fs::symlink_metadata(path) {
        Ok(named) => Ok((own.dev(), own.ino()) == (named.dev(), named.ino())),
        Err(source) if source.kind() == ErrorKind::NotFound => Ok(false),
        Err(source) => Err(source),
    }
}

fn refuse_other_names(file: &File, path: &Path) -> Result<(), StoreError> {
    let links = file.metadata().map_err(StoreError::io("look at", path))?.nlink();
    if links > 1 {
        return Err(StoreError::HardLinked {
            path: path.to_owned(),
            links,
        });
    }
    Ok(())
}

fn look_through(file: &mut File, already: impl Fn(&str) -> bool) -> io::Result<Found> {
    file.seek(SeekFrom::Start(0))?;
    let mut found = Found {
        already_there: false,
        length: 0,
        last_line_is_whole: true,
    };
    let mut reader = BufReader::new(file);
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = reader.read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(found);
        }
        found.length += read as u64;
        found.last_line_is_whole = line.ends_with(b"\n");
        found.already_there =
            found.already_there || already(String::from_utf8_lossy(&line).trim_end_matches(['\n', '\r']));
    }
}

/// Writes the line and its line feed in one call: two calls could be torn apart.
fn write_whole(file: &mut File, path: &Path, line: &str, found: &Found) -> Result<(), StoreError> {
    let separator = if found.last_line_is_whole { "" } else { "\n" };
    let record = format!("{separator}{line}\n");
    let written = loop {
        match file.write(record.as_bytes()) {
            Err(source) if source.kind() == ErrorKind::Interrupted => {}
            other => break other,
        }
    };
    match written {
        Ok(written) if written == record.len() => Ok(()),
        Ok(written) => {
            take_back(file, path, found.length)?;
            Err(StoreError::ShortWrite {
                path: path.to_owned(),
                written,
                wanted: record.len(),
            })
        }
        Err(source) => Err(StoreError::io("append to", path)(source)),
    }
}

fn take_back(file: &File, path: &Path, length: u64) -> Result<(), StoreError> {
    file.set_len(length).map_err(StoreError::io("shorten", path))?;
    file.sync_all().map_err(StoreError::io("sync", path))
}
