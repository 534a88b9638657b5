//! Packs, opened for reading very many trees.
//!
//! gix reads every object into a buffer of the caller, remembers only objects that are deltas themselves, and resolves
//! whole chains anew where what it remembers is not the object asked for. Reading ten thousand commits' trees that way
//! inflates each full tree again for each of the trees made from it. Here every tree on the way is kept, and shared
//! instead of copied. Whatever is unusual is left to gix, whose word counts: other packs, loose objects, damage.

use super::delta;
use foldhash::HashMap;
use gix::ObjectId;
use gix::odb::pack::data::Entry;
use gix::odb::pack::data::entry::Header;
use gix::odb::pack::{data, index};
use std::cmp::Ordering;
use std::rc::Rc;

/// With more packs than this, looking through them takes longer than it saves.
const MOST_PACKS: usize = 16;
/// Trees and deltas above this size are left to gix.
const MOST_BYTES: usize = 16 * 1024 * 1024;
/// The longest chain that is followed; git makes none above 4,095.
const MOST_DELTAS: usize = 4095;
/// How often a place in an index is guessed before it is searched for by halving.
const MOST_LOOKS: u32 = 12;
/// How many bytes of trees are kept in each of two generations.
const KEPT_BYTES: usize = 6 * 1024 * 1024;

/// The packs of one object directory. Several threads may read from them at once.
#[derive(Default)]
pub(super) struct Packs {
    packs: Vec<Pack>,
}

struct Pack {
    index: index::File,
    data: data::File,
}

impl Packs {
    /// The packs of the repository's own object directory. What can't be opened is done without.
    pub fn open(repo: &gix::Repository) -> Self {
        let folder = repo.objects.store_ref().path().join("pack");
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let paths = entries.map(|entry| entry.path());
        let indices: Vec<_> = paths
            .filter(|path| path.extension().is_some_and(|it| it == "idx"))
            .collect();
        if indices.len() > MOST_PACKS {
            return Self::default();
        }
        let open = |path: std::path::PathBuf| {
            Some(Pack {
                index: index::File::at(&path, repo.object_hash()).ok()?,
                data: data::File::at(path.with_extension("pack"), repo.object_hash()).ok()?,
            })
        };
        Self {
            packs: indices.into_iter().filter_map(open).collect(),
        }
    }
}

/// Reads trees from packs on one thread.
pub(super) struct PackReader<'p> {
    packs: &'p Packs,
    inflate: gix::zlib::Inflate,
    instructions: Vec<u8>,
    kept: Kept,
}

/// Where an object lies: the number of the pack, and the place in it.
type Place = (usize, u64);

impl<'p> PackReader<'p> {
    /// A reader that has read nothing yet.
    pub fn new(packs: &'p Packs) -> Self {
        Self {
            packs,
            inflate: gix::zlib::Inflate::default(),
            instructions: Vec::new(),
            kept: Kept::default(),
        }
    }

    /// The bytes of the tree `id`; `None` where gix has to be asked.
    pub fn tree(&mut self, id: ObjectId) -> Option<Rc<Vec<u8>>> {
        let packs: &'p Packs = self.packs;
        let mut packs = packs.packs.iter().enumerate();
        let place = packs.find_map(|(number, pack)| {
            let at = find(&pack.index, &id)?;
            Some((number, pack.index.pack_offset_at_index(at)))
        });
        self.tree_at(place?)
    }

    fn tree_at(&mut self, place: Place) -> Option<Rc<Vec<u8>>> {
        let mut deltas = Vec::new();
        let mut place = place;
        let mut tree = loop {
            if let Some(tree) = self.kept.get(place) {
                break tree;
            }
            let pack = &self.packs.packs[place.0];
            let entry = checked_entry(pack, place.1)?;
            let base = match entry.header {
                Header::Tree => break self.full_tree(place, &entry)?,
                Header::OfsDelta { base_distance } => entry.checked_base_pack_offset(base_distance)?,
                Header::RefDelta { base_id } => pack.index.pack_offset_at_index(pack.index.lookup(base_id)?),
                Header::Blob | Header::Commit | Header::Tag => return None,
            };
            deltas.push((place, entry));
            place.1 = base;
            if deltas.len() > MOST_DELTAS {
                return None;
            }
        };
        for (place, entry) in deltas.into_iter().rev() {
            tree = self.changed_tree(&tree, place, &entry)?;
        }
        Some(tree)
    }

    fn full_tree(&mut self, place: Place, entry: &Entry) -> Option<Rc<Vec<u8>>> {
        let mut bytes = vec![0; size_of(entry)?];
        self.packs.packs[place.0]
            .data
            .decompress_entry(entry, &mut self.inflate, &mut bytes)
            .ok()?;
        Some(self.kept.put(place, bytes))
    }

    /// The tree at `place`, which is made from `base`.
    fn changed_tree(&mut self, base: &[u8], place: Place, entry: &Entry) -> Option<Rc<Vec<u8>>> {
        self.instructions.resize(size_of(entry)?, 0);
        self.packs.packs[place.0]
            .data
            .decompress_entry(entry, &mut self.inflate, &mut self.instructions)
            .ok()?;
        let bytes = delta::apply(base, &self.instructions, MOST_BYTES)?;
        Some(self.kept.put(place, bytes))
    }
}

/// Where the object is in the index. Ids are spread evenly, so that a few looks near the place where it would have to be
/// find it, while halving looks at a dozen places far from one another in memory.
fn find(index: &index::File, id: &ObjectId) -> Option<u32> {
    let (mut low, mut high) = (0, index.num_objects());
    let (mut low_key, mut high_key) = (0, u64::MAX);
    for _ in 0..MOST_LOOKS {
        if low >= high {
            return None;
        }
        let part = u128::from(leading(id).saturating_sub(low_key)) * u128::from(high - low);
        let guess = part / (u128::from(high_key.saturating_sub(low_key)) + 1);
        let at = low + (guess as u32).min(high - low - 1);
        let found = index.oid_at_index(at);
        match found.cmp(id) {
            Ordering::Equal => return Some(at),
            Ordering::Less => (low, low_key) = (at + 1, leading(found)),
            Ordering::Greater => (high, high_key) = (at, leading(found)),
        }
    }
    index.lookup(id)
}

/// The first eight bytes of an id as a number.
fn leading(id: &gix::hash::oid) -> u64 {
    let bytes = id.as_bytes().first_chunk().copied();
    bytes.map_or(0, u64::from_be_bytes)
}

/// The entry at `offset`, if that is inside the pack.
fn checked_entry(pack: &Pack, offset: u64) -> Option<Entry> {
    let is_inside = usize::try_from(offset).is_ok_and(|offset| offset < pack.data.data_len());
    is_inside.then(|| pack.data.entry(offset).ok())?
}

fn size_of(entry: &Entry) -> Option<usize> {
    let size = usize::try_from(entry.decompressed_size).ok()?;
    (size <= MOST_BYTES).then_some(size)
}

/// The trees that were read last, in two generations: when the younger one is full the older one goes.
#[derive(Default)]
struct Kept {
    young: HashMap<Place, Rc<Vec<u8>>>,
    old: HashMap<Place, Rc<Vec<u8>>>,
    young_bytes: usize,
}

impl Kept {
    fn get(&mut self, place: Place) -> Option<Rc<Vec<u8>>> {
        if let Some(tree) = self.young.get(&place) {
            return Some(tree.clone());
        }
        let tree = self.old.remove(&place)?;
        self.add(place, tree.clone());
        Some(tree)
    }

    fn put(&mut self, place: Place, bytes: Vec<u8>) -> Rc<Vec<u8>> {
        let tree = Rc::new(bytes);
        self.add(place, tree.clone());
        tree
    }

    fn add(&mut self, place: Place, tree: Rc<Vec<u8>>) {
        if self.young_bytes + tree.len() > KEPT_BYTES {
            self.old = std::mem::take(&mut self.young);
            self.young_bytes = 0;
        }
        self.young_bytes += tree.len();
        self.young.insert(place, tree);
    }
}
