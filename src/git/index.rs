//! The index, of which most entries are never looked at.
//!
//! gix decodes every entry with its times and its path before the first one can be asked for. Here one pass over the
//! file finds where each entry lies, and an entry is read when somebody asks for it. Whatever is unusual is left to gix,
//! whose word counts: a split index, paths that are compressed (version 4), extensions that must be understood, damage.

use super::error::GitError;
use gix::ObjectId;
use gix::bstr::{BStr, ByteSlice};
use gix::index::entry::Flags;
use gix::index::extension::Tree as CachedFolder;
use gix::index::extension::tree;
use std::path::Path;

/// What begins the file, with the version and the number of entries behind it.
const HEADER: usize = 12;
/// The times, numbers and sizes of a file, which stand in front of its id; its mode lies among them.
const STAT: usize = 40;
const MODE: usize = 24;
/// Bits of an entry's flags, and of the further ones that version 3 has.
const EXTENDED: u16 = 0x4000;
const PATH_LENGTH: u16 = 0x0fff;
const KNOWN_FURTHER: u16 = 0x6000;
const INTENT_TO_ADD: u16 = 0x2000;

/// The entries of an index, in their order.
pub(super) enum Index {
    /// Read as they are asked for.
    Plain(PlainIndex),
    /// Decoded by gix.
    Decoded(Box<gix::index::File>),
}

/// One entry.
pub(super) struct IndexEntry<'a> {
    pub(super) path: &'a BStr,
    pub(super) mode: u32,
    pub(super) id: ObjectId,
    /// 0, or the side of a merge that is not resolved.
    pub(super) stage: u32,
    /// Whether it is only intended to be added.
    pub(super) is_intended: bool,
}

impl Index {
    /// The index at `path`; an empty one where there is none. As git does, the checksum over the whole file is not
    /// verified: that would take longer than all the rest.
    pub(super) fn open(path: &Path, hash: gix::hash::Kind) -> Result<Self, GitError> {
        let plain = std::fs::read(path).ok().and_then(|bytes| PlainIndex::read(bytes, hash));
        if let Some(plain) = plain {
            return Ok(Self::Plain(plain));
        }
        let without_checksum = true;
        let options = gix::index::decode::Options::default();
        let decoded = gix::index::File::at_or_default(path, hash, without_checksum, options);
        Ok(Self::Decoded(Box::new(
            decoded.map_err(GitError::gix("reading the index"))?,
        )))
    }

    /// How many entries there are.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Plain(plain) => plain.places.len(),
            Self::Decoded(file) => file.entries().len(),
        }
    }

    /// The path of the entry `at`; empty where there is none.
    pub(super) fn path(&self, at: usize) -> &BStr {
        match self {
            Self::Plain(plain) => plain.path(at),
            Self::Decoded(file) => file.entries().get(at).map_or_else(Default::default, |it| it.path(file)),
        }
    }

    /// The entry `at`, if there is one.
    pub(super) fn entry(&self, at: usize) -> Option<IndexEntry<'_>> {
        match self {
            Self::Plain(plain) => plain.entry(at),
            Self::Decoded(file) => file.entries().get(at).map(|entry| IndexEntry {
                path: entry.path(file),
                mode: entry.mode.bits(),
                id: entry.id,
                stage: entry.stage_raw(),
                is_intended: entry.flags.contains(Flags::INTENT_TO_ADD),
            }),
        }
    }

    /// What the index remembers of the top folder.
    pub(super) fn top(&self) -> Option<&CachedFolder> {
        match self {
            Self::Plain(plain) => plain.top.as_ref(),
            Self::Decoded(file) => file.tree(),
        }
    }
}

/// An index of version 2 or 3 as it lies on disk.
pub(super) struct PlainIndex {
    bytes: Vec<u8>,
    places: Vec<Place>,
    top: Option<CachedFolder>,
    hash_length: usize,
}

/// Where an entry begins, and where its path begins and ends.
#[derive(Clone, Copy)]
struct Place {
    entry: u32,
    path: u32,
    end: u32,
}

impl PlainIndex {
    /// Finds the entries in the bytes of the file; `None` where gix has to be asked.
    fn read(bytes: Vec<u8>, hash: gix::hash::Kind) -> Option<Self> {
        let hash_length = hash.len_in_bytes();
        let version = number(&bytes, 4).filter(|version| bytes.starts_with(b"DIRC") && matches!(version, 2 | 3))?;
        let content = bytes.get(..bytes.len().checked_sub(hash_length)?)?;
        u32::try_from(content.len()).ok()?;
        let count = number(content, 8)? as usize;
        // A count that can't be is no reason to ask for the memory.
        let mut places = Vec::with_capacity(count.min(content.len() / STAT));
        let mut at = HEADER;
        for _ in 0..count {
            let (place, next) = place(content, at, hash_length, version == 3)?;
            places.push(place);
            at = next;
        }
        let top = cached_folders(content, at, hash)?;
        Some(Self {
            bytes,
            places,
            top,
            hash_length,
        })
    }

    fn path(&self, at: usize) -> &BStr {
        let path = self.places.get(at).map(|place| place.path as usize..place.end as usize);
        path.and_then(|path| self.bytes.get(path)).unwrap_or_default().as_bstr()
    }

    fn entry(&self, at: usize) -> Option<IndexEntry<'_>> {
        let start = self.places.get(at)?.entry as usize;
        let id = start + STAT;
        let flags = short(&self.bytes, id + self.hash_length)?;
        let further = match flags & EXTENDED {
            0 => 0,
            _ => short(&self.bytes, id + self.hash_length + 2)?,
        };
        Some(IndexEntry {
            path: self.path(at),
            mode: number(&self.bytes, start + MODE)?,
            id: ObjectId::try_from(self.bytes.get(id..id + self.hash_length)?).ok()?,
            stage: u32::from(flags >> 12) & 3,
            is_intended: further & INTENT_TO_ADD != 0,
        })
    }
}

/// Where the entry that begins at `start` lies, and where the next one begins.
fn place(content: &[u8], start: usize, hash_length: usize, may_extend: bool) -> Option<(Place, usize)> {
    let at = start + STAT + hash_length;
    let flags = short(content, at)?;
    let mut path = at + 2;
    if flags & EXTENDED != 0 {
        if !may_extend || short(content, path)? & !KNOWN_FURTHER != 0 {
            return None;
        }
        path += 2;
    }
    let length = match flags & PATH_LENGTH {
        // As long as the field can say, or longer.
        PATH_LENGTH => content.get(path..)?.find_byte(0)?,
        length => usize::from(length),
    };
    let end = path + length;
    // One to eight zeros make the length of the entry a multiple of eight.
    let next = start + (end - start + 8) / 8 * 8;
    if content.get(end) != Some(&0) || next > content.len() {
        return None;
    }
    let place = Place {
        entry: u32::try_from(start).ok()?,
        path: u32::try_from(path).ok()?,
        end: u32::try_from(end).ok()?,
    };
    Some((place, next))
}

/// What the extensions from `at` on remember of folders. `None`: one of them has to be understood, or is damaged.
fn cached_folders(content: &[u8], mut at: usize, hash: gix::hash::Kind) -> Option<Option<CachedFolder>> {
    let mut top = None;
    while at < content.len() {
        let name = content.get(at..at + 4)?;
        let length = number(content, at + 4)? as usize;
        let body = content.get(at + 8..at.checked_add(8)?.checked_add(length)?)?;
        match name {
            b"TREE" => top = Some(tree::decode(body, hash, None)?),
            // It says that folders may be entries, which each of them says again by its mode.
            b"sdir" => {}
            // In lower case: what does not understand it must not go on.
            [first, ..] if first.is_ascii_uppercase() => {}
            _ => return None,
        }
        at += 8 + length;
    }
    Some(top)
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|it| u32::from_be_bytes(*it))
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|it| u16::from_be_bytes(*it))
}
