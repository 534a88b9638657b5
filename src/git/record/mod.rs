//! The record: a run's history under `refs/drift/runs/<handle>`, one commit a transition.
//!
//! The tree of each commit holds all files of the record as they are after the transition; what a transition does not
//! mention is kept. The first parent is the transition before; a second parent is a commit of the repository that the
//! record keeps from being collected, the reported target above all. Only of a commit that joins two clones' records are
//! both parents transitions.

mod commit;
mod join;
mod log;
mod read;
mod signature;
mod write;

use crate::model::{Handle, ObjectId, Transition};
pub use join::{JoinRecord, RecordSides};
use std::collections::BTreeMap;

/// Where the records are.
const RECORDS: &str = "refs/drift/runs/";

/// The files of a record by their path, `run.json` or `evidence/unit.json`.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A run's record as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The run.
    pub handle: Handle,
    /// The commit of the last transition.
    pub tip: ObjectId,
    /// The files by their path, `run.json` or `evidence/unit.json`.
    pub files: Files,
}

/// A transition to be written to a record.
#[derive(Clone, Debug)]
pub struct RecordChange {
    /// What happened.
    pub transition: Transition,
    /// To what, in a few words for the commit's subject (`commit_plan.json`); may be empty.
    pub detail: String,
    /// What a person wants to read in the log; may be empty.
    pub body: String,
    /// The new content of files by their path; `None` removes the file.
    pub files: BTreeMap<String, Option<Vec<u8>>>,
    /// A commit that must not be collected as long as the record is there.
    pub also_keeps: Option<ObjectId>,
    /// Whether the commit is signed, as the user's git configuration says.
    pub sign: bool,
    /// When it happened: seconds since 1970.
    pub time: i64,
}

/// Answers what to write to a record that is as it is told, `None` for nothing; see [`Repository::update_record`].
///
/// [`Repository::update_record`]: crate::git::Repository::update_record
pub type Ask<'ask, E> = dyn FnMut(Option<&Record>) -> Result<Option<RecordChange>, E> + 'ask;

impl RecordChange {
    /// A transition at `time` that changes nothing yet.
    pub fn new(transition: Transition, time: i64) -> Self {
        Self {
            transition,
            detail: String::new(),
            body: String::new(),
            files: BTreeMap::new(),
            also_keeps: None,
            sign: false,
            time,
        }
    }
}

/// One transition in a record's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// The commit.
    pub id: ObjectId,
    /// What happened; `None` if this drift does not know the word.
    pub transition: Option<Transition>,
    /// Who did it: `Name <address>`.
    pub author: String,
    /// When: seconds since 1970.
    pub time: i64,
    /// The commit's subject.
    pub subject: String,
}

/// The whole name of a run's ref.
pub(super) fn ref_name(handle: &Handle) -> String {
    format!("{RECORDS}{handle}")
}
