//! Everything that a report says, before it takes a shape.

use super::{Comparison, Judgement, RunState};

/// One report: what was compared, what was found, and under which circumstances.
#[derive(Clone, Debug)]
pub struct Report<'a> {
    /// The version of drift.
    pub version: &'a str,
    /// The run, where there is one.
    pub run: Option<RunSummary>,
    /// The differences.
    pub comparison: &'a Comparison<'a>,
    /// The judgement.
    pub judgement: &'a Judgement,
    /// The circumstances.
    pub stamp: Stamp,
}

/// The names of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunSummary {
    /// The whole id: 32 hexadecimal digits.
    pub id: String,
    /// What the work is called.
    pub slug: String,
    /// `<slug>-<id8>`.
    pub handle: String,
    /// Where it is in its life.
    pub state: RunState,
}

/// Where and when a run took place; all of it comes from outside, so that equal inputs give equal bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// The branch that was worked on.
    pub branch: Option<String>,
    /// The name of the linked worktree; `None` in the main one.
    pub worktree: Option<String>,
    /// The session that worked, as `DRIFT_SESSION` names it.
    pub session: Option<String>,
    /// When the run started: RFC 3339, UTC.
    pub started_at: Option<String>,
    /// When the report was made: RFC 3339, UTC.
    pub reported_at: Option<String>,
}
