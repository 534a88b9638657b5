//! The bytes of a tree object, read entry by entry without decoding what is skipped.

use super::tree_cache::TreeCache;
use super::{GitError, objects};
use crate::model::FileMode;
use gix::ObjectId;
use gix::bstr::{BStr, ByteSlice};
use gix::hash::oid;
use std::cmp::Ordering;
use std::rc::Rc;

/// The most folders inside one another, as git's `core.maxTreeDepth` has it; deeper trees are made to harm.
const MAX_DEPTH: usize = 2048;

/// How long the mode of a file is, with the space behind it; that of a folder is shorter by one.
const MODE_LENGTH: usize = 7;

/// What an entry is, with modes as git prints them: 100664 and its like, which old trees hold, are 100644.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EntryMode {
    /// 040000
    Folder,
    /// Anything else.
    File(FileMode),
}

/// One entry of a tree.
#[derive(Clone, Copy, Debug)]
pub(super) struct TreeEntry<'a> {
    /// What it is.
    pub(super) mode: EntryMode,
    /// Its name inside the folder.
    pub(super) name: &'a BStr,
    /// The blob, tree, or commit of a submodule.
    pub(super) id: &'a oid,
}

/// A tree's bytes, and how far they have been read.
#[derive(Debug, Default)]
pub(super) struct RawTree {
    id: Option<ObjectId>,
    bytes: Rc<Vec<u8>>,
    at: usize,
    hash_length: usize,
}

impl EntryMode {
    /// The file mode, unless this is a folder.
    pub(super) fn file(self) -> Option<FileMode> {
        match self {
            Self::Folder => None,
            Self::File(mode) => Some(mode),
        }
    }

    /// The canonical mode for the bits of a tree or an index; git takes every kind that it does not know for a submodule.
    pub(super) fn from_bits(bits: u32) -> Self {
        match bits & 0o170_000 {
            0o040_000 => Self::Folder,
            0o100_000 if bits & 0o100 != 0 => Self::File(FileMode::Executable),
            0o100_000 => Self::File(FileMode::Regular),
            0o120_000 => Self::File(FileMode::Symlink),
            _ => Self::File(FileMode::Submodule),
        }
    }
}

impl TreeEntry<'_> {
    /// The order of tree entries: by bytes, a folder as if its name ended in a slash.
    pub(super) fn order(&self, other: &TreeEntry<'_>) -> Ordering {
        name_order(
            (self.name, self.mode == EntryMode::Folder),
            (other.name, other.mode == EntryMode::Folder),
        )
    }
}

/// The order of names in trees and in the index, each given with whether it is a folder.
pub(super) fn name_order((one, one_is_folder): (&[u8], bool), (two, two_is_folder): (&[u8], bool)) -> Ordering {
    let shared = one.len().min(two.len());
    let end = |name: &[u8], is_folder: bool| name.get(shared).copied().or(is_folder.then_some(b'/'));
    one[..shared]
        .cmp(&two[..shared])
        .then_with(|| end(one, one_is_folder).cmp(&end(two, two_is_folder)))
}

impl RawTree {
    /// Reads the tree `id`, or nothing for `None`.
    pub(super) fn read(repo: &gix::Repository, id: Option<ObjectId>) -> Result<Self, GitError> {
        let mut bytes = Vec::new();
        if let Some(id) = id {
            objects::read_tree(repo, id, &mut bytes)?;
        }
        Ok(Self::of(repo, id, Rc::new(bytes)))
    }

    /// Reads the tree `id`, or nothing for `None`, unless the cache still has it.
    pub(super) fn cached(
        repo: &gix::Repository,
        id: Option<ObjectId>,
        cache: &mut TreeCache<'_>,
    ) -> Result<Self, GitError> {
        let bytes = match id {
            Some(id) => cache.read(repo, id)?,
            None => Rc::default(),
        };
        Ok(Self::of(repo, id, bytes))
    }

    fn of(repo: &gix::Repository, id: Option<ObjectId>, bytes: Rc<Vec<u8>>) -> Self {
        Self {
            id,
            bytes,
            at: 0,
            hash_length: repo.object_hash().len_in_bytes(),
        }
    }

    /// The entry at the reading position; `None` at the end.
    pub(super) fn peek(&self) -> Result<Option<TreeEntry<'_>>, GitError> {
        let rest = self.rest();
        if rest.is_empty() {
            return Ok(None);
        }
        match parse_entry(rest, self.hash_length) {
            Some(entry) => Ok(Some(entry)),
            None => Err(self.malformed()),
        }
    }

    fn malformed(&self) -> GitError {
        let id = self.id.map(|id| format!(" {id}")).unwrap_or_default();
        GitError::corrupt(format!("the tree object{id} is malformed"))
    }

    /// Steps over the entry at the reading position.
    pub(super) fn step(&mut self) {
        let name_end = find_zero(self.rest());
        self.at = name_end.map_or(self.bytes.len(), |zero| self.at + zero + 1 + self.hash_length);
    }

    /// Steps forward to the name of `wanted` and returns the entry there; `None` where the tree has none of that name.
    pub(super) fn seek(&mut self, wanted: &TreeEntry<'_>) -> Result<Option<TreeEntry<'_>>, GitError> {
        loop {
            if self.is_before(wanted) {
                self.step();
                continue;
            }
            let order = self.peek()?.map(|entry| entry.order(wanted));
            match order {
                Some(Ordering::Less) => self.step(),
                Some(Ordering::Equal) => return self.peek(),
                Some(Ordering::Greater) | None => return Ok(None),
            }
        }
    }

    /// A quick look at the first letters, which tells most entries that come before `wanted`.
    fn is_before(&self, wanted: &TreeEntry<'_>) -> bool {
        let rest = self.rest();
        let name = match rest.get(..MODE_LENGTH) {
            Some([.., b' ']) => rest.get(MODE_LENGTH..),
            Some([.., b' ', _]) => rest.get(MODE_LENGTH - 1..),
            _ => None,
        };
        let first = name.and_then(<[u8]>::first);
        first.is_some_and(|first| *first != 0 && Some(first) < wanted.name.first())
    }

    fn rest(&self) -> &[u8] {
        &self.bytes[self.at.min(self.bytes.len())..]
    }
}

/// Fails for a folder with `depth` folders around it, where that is more than git goes into.
pub(super) fn check_depth(depth: usize) -> Result<(), GitError> {
    if depth <= MAX_DEPTH {
        return Ok(());
    }
    Err(GitError::corrupt(format!(
        "a tree is nested deeper than {MAX_DEPTH} folders"
    )))
}

/// Steps over the entries that several `trees` have in common from their reading positions on.
pub(super) fn skip_common_entries(trees: &mut [RawTree]) {
    let [first, others @ ..] = &*trees else {
        return;
    };
    if others.is_empty() {
        return;
    }
    let rest = first.rest();
    let shared = common_prefix(rest, others);
    let all_end_here = others.iter().all(|other| other.rest().len() == shared);
    let whole = if shared == rest.len() && all_end_here {
        shared
    } else {
        whole_entries(&rest[..shared], first.hash_length)
    };
    trees.iter_mut().for_each(|tree| tree.at += whole);
}

/// How many bytes of `one` all `others` go on with. They are compared in step, so that one which differs early keeps
/// the rest from being read again and again.
fn common_prefix(one: &[u8], others: &[RawTree]) -> usize {
    const STRIDE: usize = 1024;
    let mut shared = 0;
    loop {
        let part = &one[shared..one.len().min(shared + STRIDE)];
        let agreed = others.iter().fold(part.len(), |length, other| {
            equal_bytes(&part[..length], other.rest().get(shared..).unwrap_or_default())
        });
        shared += agreed;
        if agreed < STRIDE {
            return shared;
        }
    }
}

/// How many bytes both begin with. Comparing arrays needs no call into the C library, which costs more than the
/// comparison itself where trees differ every few hundred bytes.
fn equal_bytes(one: &[u8], two: &[u8]) -> usize {
    let mut equal = 64 * equal_blocks::<64>(one, two);
    equal += 8 * equal_blocks::<8>(&one[equal..], &two[equal..]);
    equal + equal_blocks::<1>(&one[equal..], &two[equal..])
}

fn equal_blocks<const LENGTH: usize>(one: &[u8], two: &[u8]) -> usize {
    let (one, two) = (one.as_chunks::<LENGTH>().0, two.as_chunks::<LENGTH>().0);
    one.iter().zip(two).take_while(|(one, two)| one == two).count()
}

/// How many of the bytes are whole entries.
fn whole_entries(bytes: &[u8], hash_length: usize) -> usize {
    let mut whole = 0;
    while let Some(zero) = find_zero(&bytes[whole..]) {
        let end = whole + zero + 1 + hash_length;
        if end > bytes.len() {
            break;
        }
        whole = end;
    }
    whole
}

/// Where the first zero byte is. Names are short: eight bytes at a time, without a call, are faster than `memchr`.
fn find_zero(bytes: &[u8]) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let (words, rest) = bytes.as_chunks::<8>();
    for (at, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        // The lowest bit that stays is that of the first zero; higher ones may err.
        let zeros = word.wrapping_sub(ONES) & !word & (ONES << 7);
        if zeros != 0 {
            return Some(at * 8 + zeros.trailing_zeros() as usize / 8);
        }
    }
    let behind = rest.iter().position(|&byte| byte == 0);
    behind.map(|at| words.len() * 8 + at)
}

/// `mode SP name NUL id`, with git's own checks: octal digits, a name, and the whole id.
fn parse_entry(bytes: &[u8], hash_length: usize) -> Option<TreeEntry<'_>> {
    let space = bytes.iter().take(12).position(|&byte| byte == b' ')?;
    let bits = parse_octal(&bytes[..space])?;
    let zero = space + 1 + find_zero(&bytes[space + 1..])?;
    let name = bytes[space + 1..zero].as_bstr();
    if name.is_empty() {
        return None;
    }
    Some(TreeEntry {
        mode: EntryMode::from_bits(bits),
        name,
        id: oid::try_from_bytes(bytes.get(zero + 1..zero + 1 + hash_length)?).ok()?,
    })
}

fn parse_octal(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() {
        return None;
    }
    digits.iter().try_fold(0u32, |bits, &digit| match digit {
        b'0'..=b'7' => Some((bits << 3) | u32::from(digit - b'0')),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::{EntryMode, RawTree, common_prefix, find_zero, name_order, parse_entry, skip_common_entries};
    use crate::model::FileMode;
    use std::cmp::Ordering;
    use std::rc::Rc;

    fn entry(text: &str) -> Vec<u8> {
        [text.as_bytes(), &[0], &[7; 20]].concat()
    }

    fn tree(entries: &[&str]) -> RawTree {
        RawTree {
            bytes: Rc::new(entries.iter().flat_map(|text| entry(text)).collect()),
            hash_length: 20,
            ..RawTree::default()
        }
    }

    #[test]
    fn modes_are_canonical() {
        let mode = |text: &str| parse_entry(&entry(text), 20).unwrap().mode;
        assert_eq!(mode("100664 a"), EntryMode::File(FileMode::Regular));
        assert_eq!(mode("100775 a"), EntryMode::File(FileMode::Executable));
        assert_eq!(mode("40000 a"), EntryMode::Folder);
        assert_eq!(mode("0040000 a"), EntryMode::Folder);
        assert_eq!(mode("120000 a"), EntryMode::File(FileMode::Symlink));
        assert_eq!(mode("160000 a"), EntryMode::File(FileMode::Submodule));
    }

    #[test]
    fn what_is_no_entry_is_none() {
        for bad in ["100644", "100844 a", " a", "100644 ", "-1 a"] {
            assert!(parse_entry(&entry(bad), 20).is_none(), "{bad}");
        }
        assert!(parse_entry(&entry("100644 a")[..20], 20).is_none());
        assert!(parse_entry(b"100644 a", 20).is_none());
    }

    #[test]
    fn a_folder_sorts_as_if_it_ended_in_a_slash() {
        let order = |one: &str, two: &str| name_order((one.as_bytes(), one == "a"), (two.as_bytes(), false));
        assert_eq!(order("a", "a-"), Ordering::Greater);
        assert_eq!(order("a", "a0"), Ordering::Less);
        assert_eq!(order("a", "a"), Ordering::Greater);
    }

    #[test]
    fn damaged_bytes_end_in_an_error_or_at_the_end() {
        let good = tree(&["100644 a", "40000 folder", "120000 z"]).bytes.to_vec();
        for at in 0..good.len() {
            let mut flipped = good.clone();
            flipped[at] ^= 0x15;
            for bytes in [good[..at].to_vec(), good[at..].to_vec(), flipped] {
                let mut damaged = [tree(&["100644 a"]), tree(&[])];
                damaged[1].bytes = Rc::new(bytes);
                skip_common_entries(&mut damaged);
                let steps = (0..).take_while(|_| {
                    let more = matches!(damaged[1].peek(), Ok(Some(_)));
                    damaged[1].step();
                    more
                });
                assert!(steps.count() <= 3);
            }
        }
    }

    #[test]
    fn only_whole_common_entries_are_skipped() {
        let mut trees = [
            tree(&["100644 a", "100644 bc", "100644 d"]),
            tree(&["100644 a", "100644 bd"]),
        ];
        skip_common_entries(&mut trees);
        assert_eq!(trees[0].peek().unwrap().unwrap().name, "bc");
        assert_eq!(trees[1].peek().unwrap().unwrap().name, "bd");
    }

    #[test]
    fn prefixes_are_counted_across_strides() {
        let raw = |bytes: Vec<u8>| RawTree {
            bytes: Rc::new(bytes),
            ..RawTree::default()
        };
        for length in [0, 1, 7, 8, 63, 64, 65, 128, 200, 1023, 1024, 1025] {
            let one = vec![1; 1300];
            let two = raw(vec![1; length]);
            let three = raw([vec![1; length], vec![2]].concat());
            assert_eq!(common_prefix(&one, &[two, three]), length);
        }
    }

    #[test]
    fn the_first_zero_is_found() {
        for at in 0..20 {
            let mut bytes = [0x80, 1, 0xff].repeat(7);
            assert_eq!(find_zero(&bytes), None);
            bytes[at..].fill(0);
            assert_eq!(find_zero(&bytes), Some(at));
        }
    }

    #[test]
    fn a_name_is_found_from_wherever_one_stands() {
        let mut from = tree(&["100644 b", "40000 b", "100644 bc", "100644 d", "120000 e"]);
        let mut wanted = tree(&["100755 a", "40000 b", "100644 c", "100644 d", "100644 f"]);
        let mut found = Vec::new();
        while let Some(entry) = wanted.peek().unwrap() {
            found.push(from.seek(&entry).unwrap().map(|entry| entry.mode));
            wanted.step();
        }
        let regular = EntryMode::File(FileMode::Regular);
        assert_eq!(found, [None, Some(EntryMode::Folder), None, Some(regular), None]);
    }
}
