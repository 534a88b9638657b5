//! The trees that were read last. Neighbouring commits share most of theirs: what one commit made of a folder is what
//! the next one started from.

use super::packs::{PackReader, Packs};
use super::{GitError, objects};
use gix::ObjectId;
use std::rc::Rc;

/// How many trees are kept. Each has one place, by its id, and gives it up to the next tree that belongs there.
const PLACES: usize = 64;
/// Larger trees are not kept, so that the cache stays small whatever a repository holds.
const MOST_BYTES: usize = 512 * 1024;

/// The trees by their ids.
pub(super) struct TreeCache<'p> {
    places: Vec<Option<(ObjectId, Rc<Vec<u8>>)>>,
    /// A buffer that no tree needs any more.
    spare: Vec<u8>,
    packs: Option<PackReader<'p>>,
}

impl<'p> TreeCache<'p> {
    /// No tree yet. Trees are looked for in `packs`, and then by gix.
    pub fn new(packs: Option<&'p Packs>) -> Self {
        Self {
            places: vec![None; PLACES],
            spare: Vec::new(),
            packs: packs.map(PackReader::new),
        }
    }

    /// The bytes of the tree `id`.
    pub fn read(&mut self, repo: &gix::Repository, id: ObjectId) -> Result<Rc<Vec<u8>>, GitError> {
        let place = usize::from(id.first_byte()) % PLACES;
        if let Some((known, bytes)) = &self.places[place]
            && *known == id
        {
            return Ok(bytes.clone());
        }
        let bytes = match self.packs.as_mut().and_then(|packs| packs.tree(id)) {
            Some(bytes) => bytes,
            None => {
                let mut buffer = std::mem::take(&mut self.spare);
                objects::read_tree(repo, id, &mut buffer)?;
                Rc::new(buffer)
            }
        };
        if bytes.capacity() <= MOST_BYTES
            && let Some((_, old)) = self.places[place].replace((id, bytes.clone()))
        {
            self.spare = Rc::try_unwrap(old).unwrap_or_default();
        }
        Ok(bytes)
    }
}
