//! Commits and their parents, loaded as somebody asks for them: from the commit-graph where there is one, else from the
//! commits themselves.
//!
//! What counts is the history that the commits tell, not the one that a shallow clone pretends: where a clone ends, a
//! commit is *cut*, and whoever walks past it has to say that history is missing.

use super::commits::RawCommit;
use super::error::GitError;
use super::objects::read_commit;
use gix::commitgraph::{Graph, Position};
use gix::objs::Exists;
use std::ops::Range;

/// A commit's place in its [`Ancestry`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct CommitIndex(u32);

impl CommitIndex {
    /// The place as an index into vectors that run beside the ancestry.
    pub fn at(self) -> usize {
        self.0 as usize
    }
}

struct Entry {
    id: gix::ObjectId,
    tree: gix::ObjectId,
    time: i64,
    parents: Range<usize>,
    position: Option<Position>,
    /// The commit's own bytes, where they had to be read.
    bytes: Option<Vec<u8>>,
    loaded: bool,
    cut: bool,
}

/// The commits that were asked for so far.
pub(super) struct Ancestry<'repo> {
    repo: &'repo gix::Repository,
    graph: Option<Graph>,
    shallow: bool,
    entries: Vec<Entry>,
    /// The parents of all entries, one after the other.
    parents: Vec<CommitIndex>,
    by_id: gix::hashtable::HashMap<gix::ObjectId, CommitIndex>,
    by_position: Vec<Option<CommitIndex>>,
    buffer: Vec<u8>,
}

impl<'repo> Ancestry<'repo> {
    /// Nothing loaded yet. A commit-graph that can't be read is done without; in a shallow clone git has none either.
    pub fn new(repo: &'repo gix::Repository) -> Result<Self, GitError> {
        let shallow = repo
            .is_shallow()
            .map_err(GitError::gix("reading where the clone ends"))?;
        let graph = if shallow {
            None
        } else {
            repo.commit_graph_if_enabled().unwrap_or_default()
        };
        let known = graph.as_ref().map_or(0, Graph::num_commits);
        Ok(Self {
            repo,
            by_position: vec![None; known as usize],
            graph,
            shallow,
            entries: Vec::new(),
            parents: Vec::new(),
            by_id: Default::default(),
            buffer: Vec::new(),
        })
    }

    /// The place of the commit `id`, whose time and parents are loaded.
    pub fn add(&mut self, id: gix::ObjectId) -> Result<CommitIndex, GitError> {
        let index = self.place(id);
        self.load(index)?;
        Ok(index)
    }

    /// How many places there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// All places.
    pub fn all(&self) -> impl Iterator<Item = CommitIndex> + use<> {
        (0..self.entries.len() as u32).map(CommitIndex)
    }

    /// The commit's id.
    pub fn id(&self, index: CommitIndex) -> gix::ObjectId {
        self.entries[index.at()].id
    }

    /// The commit's tree. Known for each loaded commit.
    pub fn tree(&self, index: CommitIndex) -> gix::ObjectId {
        self.entries[index.at()].tree
    }

    /// When it was committed, in seconds since 1970. Known for each loaded commit.
    pub fn time(&self, index: CommitIndex) -> i64 {
        self.entries[index.at()].time
    }

    /// The parents that are there. Known for each loaded commit.
    pub fn parents(&self, index: CommitIndex) -> &[CommitIndex] {
        &self.parents[self.entries[index.at()].parents.clone()]
    }

    /// Whether the clone ends here: the commit has parents that are not there.
    pub fn is_cut(&self, index: CommitIndex) -> bool {
        self.entries[index.at()].cut
    }

    /// The commit's own bytes, where loading had to read them.
    pub fn take_bytes(&mut self, index: CommitIndex) -> Option<Vec<u8>> {
        self.entries[index.at()].bytes.take()
    }

    /// Finds out the commit's time, tree and parents. A commit that is not there is an error.
    pub fn load(&mut self, index: CommitIndex) -> Result<(), GitError> {
        let entry = &self.entries[index.at()];
        match (entry.loaded, entry.position) {
            (true, _) => Ok(()),
            (false, Some(position)) => self.load_from_graph(index, position),
            (false, None) => self.load_from_objects(index),
        }
    }

    /// Finds out what orders the commit among others: its time.
    pub fn load_time(&mut self, index: CommitIndex) -> Result<(), GitError> {
        // The commit-graph has it without the parents.
        match self.entries[index.at()].position {
            Some(_) => Ok(()),
            None => self.load(index),
        }
    }

    fn load_from_graph(&mut self, index: CommitIndex, position: Position) -> Result<(), GitError> {
        let start = self.parents.len();
        let Some(graph) = self.graph.take() else {
            return self.load_from_objects(index);
        };
        let mut outcome = Ok(());
        for parent in graph.commit_at(position).iter_parents() {
            match parent {
                Ok(parent) => {
                    let parent = self.place_in_graph(&graph, parent);
                    self.parents.push(parent);
                }
                Err(error) => outcome = Err(GitError::gix("reading the commit-graph")(error)),
            }
        }
        self.graph = Some(graph);
        self.finish(index, start);
        outcome
    }

    fn load_from_objects(&mut self, index: CommitIndex) -> Result<(), GitError> {
        let id = self.entries[index.at()].id;
        let bytes = read_commit(self.repo, id, &mut self.buffer)?.to_owned();
        let commit = RawCommit::parse(&id, &bytes)?;
        let places: Vec<CommitIndex> = commit.parents.iter().map(|&parent| self.place(parent)).collect();
        let start = self.parents.len();
        for place in places {
            if self.is_there(place) {
                self.parents.push(place);
            } else {
                self.entries[index.at()].cut = true;
            }
        }
        let entry = &mut self.entries[index.at()];
        entry.tree = commit.tree;
        entry.time = commit.commit_time();
        entry.bytes = Some(bytes);
        self.finish(index, start);
        Ok(())
    }

    /// In a shallow clone, whether the commit is there at all; elsewhere it has to be.
    fn is_there(&self, index: CommitIndex) -> bool {
        let entry = &self.entries[index.at()];
        !self.shallow || entry.loaded || self.repo.objects.exists(&entry.id)
    }

    fn finish(&mut self, index: CommitIndex, first_parent: usize) {
        let entry = &mut self.entries[index.at()];
        entry.parents = first_parent..self.parents.len();
        entry.loaded = true;
    }

    fn place(&mut self, id: gix::ObjectId) -> CommitIndex {
        if let Some(graph) = self.graph.take() {
            let found = graph.lookup(id).map(|position| self.place_in_graph(&graph, position));
            self.graph = Some(graph);
            if let Some(found) = found {
                return found;
            }
        }
        if let Some(&index) = self.by_id.get(&id) {
            return index;
        }
        let index = self.push(id, id.kind().null(), 0, None);
        self.by_id.insert(id, index);
        index
    }

    fn place_in_graph(&mut self, graph: &Graph, position: Position) -> CommitIndex {
        if let Some(index) = self.by_position[position.0 as usize] {
            return index;
        }
        let commit = graph.commit_at(position);
        let time = commit.committer_timestamp() as i64;
        let index = self.push(
            commit.id().to_owned(),
            commit.root_tree_id().to_owned(),
            time,
            Some(position),
        );
        self.by_position[position.0 as usize] = Some(index);
        index
    }

    fn push(&mut self, id: gix::ObjectId, tree: gix::ObjectId, time: i64, position: Option<Position>) -> CommitIndex {
        let index = CommitIndex(self.entries.len() as u32);
        self.entries.push(Entry {
            id,
            tree,
            time,
            parents: 0..0,
            position,
            bytes: None,
            loaded: false,
            cut: false,
        });
        index
    }
}
