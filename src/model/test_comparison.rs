//! What was promised to be tested against what was executed, without judgement.

use super::{RepoPath, TestCounts, TestOutcome};

/// The promised tests beside the evidence for the target's tree.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TestComparison {
    /// Whether evidence was looked for; without it every promise stays unchecked.
    pub is_judged: bool,
    /// Each promised test, in the order of the lanes and of their contracts.
    pub promised: Vec<TestDelta>,
    /// How the tests ended that count for the target's tree.
    pub executed: TestCounts,
    /// Executions that did not pass for a reason that no test of theirs tells.
    pub suites: Vec<SuiteTrouble>,
    /// Tests that failed and that no contract requires, by suite.
    pub unpromised: Vec<SuiteTests>,
    /// Gates that the results do not keep.
    pub gates: Vec<GateFailure>,
    /// Ways in which the tests show less than they did.
    pub weakened: Vec<Weakened>,
    /// Tests that both failed and passed.
    pub flaky: Vec<FlakyTest>,
}

/// What became of a promised test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestDelta {
    /// Index into `Plan::lanes`.
    pub lane: usize,
    /// Index into the lane's tests.
    pub test: usize,
    /// In one word.
    pub status: TestStatus,
    /// The cases that it means, as they ended on the target's tree; the worst first.
    pub cases: Vec<TestCase>,
    /// The newest evidence on another tree that has it, where there is none on the target's.
    pub elsewhere: Option<EvidenceRef>,
    /// What was executed of its suite on the target's tree, where it is not among that.
    pub missed_by: Option<MissedBy>,
}

/// What became of a promised test, in one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum TestStatus {
    /// All its cases passed on the target's tree.
    Passed,
    /// A case was skipped.
    Skipped,
    /// A case failed, or could not be judged.
    Failed,
    /// There is evidence of another tree only.
    Stale,
    /// There is no evidence at all.
    NotRun,
    /// Nobody looked.
    #[default]
    Unchecked,
}

impl TestStatus {
    /// The word that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Skipped => "skipped",
            Self::Failed => "failed",
            Self::Stale => "stale",
            Self::NotRun => "not-run",
            Self::Unchecked => "unchecked",
        }
    }

    /// Whether it was executed on the target's tree.
    pub fn is_executed(self) -> bool {
        matches!(self, Self::Passed | Self::Skipped | Self::Failed)
    }
}

/// One test that a promise means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestCase {
    /// Its name with what encloses it.
    pub name: String,
    /// How it ended.
    pub outcome: TestOutcome,
    /// The first line of why it did not pass.
    pub message: Option<String>,
}

/// A piece of evidence, as people tell it from another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceRef {
    /// Its name in the record.
    pub id: String,
    /// When the tests started.
    pub started_at: String,
    /// The commit that was checked out, whole id.
    pub commit: Option<String>,
    /// Whether the worktree held something else.
    pub dirty: bool,
}

/// An execution that lacks a promised test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissedBy {
    /// How many tests it has.
    pub tests: usize,
    /// The name among them that is most like the promised one.
    pub nearest: Option<String>,
    /// Whether its own trouble explains the lack.
    pub in_trouble: bool,
}

/// An execution that did not pass for a reason that no test of it tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuiteTrouble {
    /// The suite; `None` for results that were added without one.
    pub suite: Option<String>,
    /// The evidence.
    pub evidence: EvidenceRef,
    /// What is wrong, a few words each.
    pub reasons: Vec<String>,
    /// Whether a required test belongs to it.
    pub is_required: bool,
}

/// Some tests of one suite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuiteTests {
    /// The suite; `None` for results that were added without one.
    pub suite: Option<String>,
    /// Their names with what encloses them.
    pub names: Vec<String>,
}

/// A gate that the results do not keep.
#[derive(Clone, Debug, PartialEq)]
pub struct GateFailure {
    /// Index into `Plan::lanes`.
    pub lane: usize,
    /// Which, and by how much.
    pub kind: GateKind,
}

/// The gates of a contract.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GateKind {
    /// Of the executed tests too few passed.
    PassRate {
        /// The least share, 0 to 1.
        limit: f64,
        /// How many passed.
        passed: usize,
        /// How many were executed.
        executed: usize,
    },
    /// Too many were skipped.
    Skipped {
        /// The most.
        limit: u64,
        /// How many were.
        found: usize,
    },
    /// Too many both failed and passed.
    Flaky {
        /// The most.
        limit: u64,
        /// How many did.
        found: usize,
    },
}

impl GateKind {
    /// The field of the contract.
    pub fn name(self) -> &'static str {
        match self {
            Self::PassRate { .. } => "minPassRate",
            Self::Skipped { .. } => "maxSkipped",
            Self::Flaky { .. } => "maxFlaky",
        }
    }
}

/// A way in which tests show less than they did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Weakened {
    /// The file of a required test was deleted in the range.
    FileDeleted {
        /// Indices of lane and test.
        test: (usize, usize),
        /// The file.
        path: RepoPath,
    },
    /// Cases of a required test that earlier evidence has are gone.
    CasesGone {
        /// Indices of lane and test.
        test: (usize, usize),
        /// Their names.
        names: Vec<String>,
        /// The earlier evidence.
        before: EvidenceRef,
    },
    /// The source of a required test asserts less than at the base.
    FewerAssertions(LostAssertions),
    /// Tests that nobody requires and that earlier evidence has are gone.
    OthersGone {
        /// Which.
        tests: SuiteTests,
        /// The earlier evidence.
        before: EvidenceRef,
    },
}

/// A required test whose source asserts less than it did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostAssertions {
    /// Indices of lane and test.
    pub test: (usize, usize),
    /// The file at the target.
    pub path: RepoPath,
    /// The test's name in the source, with what encloses it.
    pub name: String,
    /// How many assertions it had at the base.
    pub before: usize,
    /// How many it has at the target.
    pub after: usize,
}

/// A test that both failed and passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlakyTest {
    /// The required test that means it: indices of lane and test.
    pub test: Option<(usize, usize)>,
    /// Its name with what encloses it.
    pub name: String,
    /// Whether its runner says so; else two executions of one tree ended differently.
    pub is_marked: bool,
}
