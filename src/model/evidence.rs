//! What was executed: tests, on which tree, with which result.

use super::ObjectId;

/// All the evidence that a run has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Results of single tests, in the order they were recorded.
    pub results: Vec<TestResult>,
}

/// One execution of one test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestResult {
    /// The test's name as its runner wrote it.
    pub name: String,
    /// Whether it passed; `None` where it was skipped.
    pub passed: Option<bool>,
    /// The tree that it ran on.
    pub tree: ObjectId,
}
