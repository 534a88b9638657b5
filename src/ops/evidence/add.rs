//! `drift evidence add`: results of tests that ran elsewhere, kept as evidence for a commit. All of them or nothing.

use super::kept;
use crate::formats;
use crate::git::Repository;
use crate::model::{Evidence, ObjectId, Origin, PlannedTest, TestCounts, TestedTree, nearest};
use crate::ops::runs::{self, Run};
use crate::ops::{OpsError, Refusal, World, identity, trust};
use crate::results;
use crate::store;
use sha2::{Digest, Sha256};
use std::io::{self, BufReader, Read};

/// What to add.
#[derive(Clone, Debug, Default)]
pub struct Wanted<'a> {
    /// The files.
    pub files: &'a [String],
    /// The suite of the contract that they belong to.
    pub suite: Option<&'a str>,
    /// The commit that was tested.
    pub commit: Option<&'a str>,
    /// The dialect, instead of the one that is recognised.
    pub dialect: Option<&'a str>,
}

/// What was added.
#[derive(Clone, Debug)]
pub struct Added {
    /// The run's handle.
    pub handle: String,
    /// The commit that the results count for.
    pub commit: ObjectId,
    /// Each file with how many tests of it ended how.
    pub files: Vec<(String, TestCounts)>,
    /// Whether the worktree holds something else than the commit, where nobody named that.
    pub is_dirty: bool,
}

/// Reads all the files, and then keeps what they hold.
pub fn add(world: &World, run: Option<&str>, wanted: &Wanted<'_>) -> Result<Added, OpsError> {
    let repository = Repository::open(&world.directory, &world.environment)?;
    let run = runs::current(&repository, run)?;
    run.refuse_unless_under_way()?;
    let plan = formats::read(run.inputs());
    if let Some(suite) = wanted.suite {
        refuse_unless_known(&run, suite, trust::suites(&plan).map(|it| it.id.as_str()).collect())?;
    }
    let commit = repository.resolve_commit(wanted.commit.unwrap_or("HEAD"))?;
    let tree = repository.content_tree_of(commit)?;
    let template = Evidence {
        id: String::new(),
        suite: wanted.suite.map(str::to_owned),
        origin: Origin::Added {
            file: String::new(),
            sha256: String::new(),
            added_by: identity(&repository)?,
        },
        tree: TestedTree {
            commit: Some(commit),
            before: tree,
            after: None,
            dirty: false,
        },
        started_at: world.timestamp(),
        results: Err(String::new()),
        left_out: TestCounts::default(),
    };
    let promised: Vec<&PlannedTest> = plan.lanes.iter().flat_map(|lane| &lane.tests).collect();
    let mut evidence = Vec::new();
    for (number, file) in wanted.files.iter().enumerate() {
        let one = read(world, file, wanted.dialect, &template)?;
        let of = wanted.suite.unwrap_or("added");
        let id = kept::id(&format!("{of}-{}", number + 1), &one.started_at, &world.new_id());
        evidence.push(kept::bounded(Evidence { id, ..one }, &promised));
    }
    kept::keep(&repository, world, &run.handle, &mut evidence)?;
    let files = wanted.files.iter().cloned().zip(evidence.iter().map(Evidence::counts));
    Ok(Added {
        handle: run.handle.to_string(),
        commit,
        files: files.collect(),
        is_dirty: wanted.commit.is_none() && is_dirty(&repository, tree)?,
    })
}

fn refuse_unless_known(run: &Run, suite: &str, known: Vec<&str>) -> Result<(), Refusal> {
    if known.contains(&suite) {
        return Ok(());
    }
    Err(Refusal::UnknownSuite {
        handle: run.handle.to_string(),
        name: suite.to_owned(),
        nearest: nearest(suite, known.iter().copied()).map(str::to_owned),
        known: known.into_iter().map(str::to_owned).collect(),
    })
}

fn is_dirty(repository: &Repository, committed: ObjectId) -> Result<bool, OpsError> {
    let trees = repository.content_trees()?;
    Ok(trees
        .map(|trees| trees.now())
        .transpose()?
        .is_some_and(|now| now != committed))
}

/// The evidence of one file, hashed as it is read.
fn read(world: &World, file: &str, dialect: Option<&str>, template: &Evidence) -> Result<Evidence, OpsError> {
    let source: Box<dyn Read> = match file {
        "-" => Box::new(io::stdin()),
        file => Box::new(store::reader(&world.directory.join(file))?),
    };
    let name = if file == "-" { "standard input" } else { file };
    let mut hashed = BufReader::with_capacity(1 << 16, Hashed::of(source));
    let unreadable = |what: String, help: String| Refusal::UnreadableResults {
        file: name.to_owned(),
        what,
        help,
    };
    let results = results::read(&mut hashed, dialect);
    let results = results.map_err(|error| unreadable(error.to_string(), error.help))?;
    if results.tests.is_empty() {
        return Err(Refusal::NoTests { file: name.to_owned() }.into());
    }
    // What stands behind the results belongs to the file all the same.
    io::copy(&mut hashed, &mut io::sink())
        .map_err(|error| unreadable(error.to_string(), "make the file readable, then try again".to_owned()))?;
    let mut evidence = Evidence {
        results: Ok(results),
        ..template.clone()
    };
    if let Origin::Added { file, sha256, .. } = &mut evidence.origin {
        *file = name.to_owned();
        *sha256 = hashed.into_inner().digest();
    }
    Ok(evidence)
}

/// A reader that hashes what passes through it.
struct Hashed {
    source: Box<dyn Read>,
    hash: Sha256,
}

impl Hashed {
    fn of(source: Box<dyn Read>) -> Self {
        Self {
            source,
            hash: Sha256::new(),
        }
    }

    fn digest(self) -> String {
        self.hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl Read for Hashed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        self.hash.update(&buffer[..count]);
        Ok(count)
    }
}
