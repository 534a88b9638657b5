//! A contract: how strictly tests have to show the clauses, and what became of that.

use super::{Lines, RiskLevel, SurfaceKind, TestFile};
use std::collections::BTreeMap;

/// How the clauses of a lane are to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contract {
    /// How strictly; `None` where the plan does not say, so that the rules' own levels hold.
    pub mode: Option<ContractMode>,
    /// How much depends on it: the least share of clauses that need a test follows.
    pub criticality: Option<RiskLevel>,
    /// What tests may ask from outside, by kind: a kind that is not there, or empty, is not bounded. An endpoint is
    /// `POST /login`, or `/login` for any method.
    pub surface: BTreeMap<SurfaceKind, Vec<String>>,
    /// How many tests are wanted.
    pub coverage: ExpectedCoverage,
    /// How tests name their clauses.
    pub mapping: TestMapping,
}

/// How strictly a contract is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContractMode {
    /// Every clause has a test, and every test a clause.
    Strict,
    /// A share of the clauses is enough, and other tests are welcome.
    Creative,
}

/// How many tests are wanted of a clause; `None`: one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExpectedCoverage {
    /// Of each clause.
    pub per_clause: Option<u64>,
    /// Of each clause that must hold.
    pub for_must: Option<u64>,
    /// Of each clause about security.
    pub for_security: Option<u64>,
    /// Tests of failure, for each clause about errors or security.
    pub negative: Option<u64>,
}

/// How tests name their clauses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TestMapping {
    /// Whether clauses stand in the names of tests, `[CL-LOGIN-001] refuses …`, instead of in comments.
    pub in_names: bool,
    /// Whether a test may show several clauses; `None`: yes.
    pub allow_multiple: Option<bool>,
    /// Whether a test may show none; `None`: as the mode has it.
    pub allow_untagged: Option<bool>,
    /// Names, or globs of names, of tests that need no tag.
    pub untagged: Vec<String>,
}

impl Contract {
    /// The least share of clauses, in percent, that need a test.
    pub fn least_percent(&self) -> usize {
        if self.mode != Some(ContractMode::Creative) {
            return 100;
        }
        match self.criticality.unwrap_or_default() {
            RiskLevel::Low => 60,
            RiskLevel::Medium => 80,
            RiskLevel::High => 90,
            RiskLevel::Critical => 100,
        }
    }
}

/// A test file that a comparison looks at.
#[derive(Clone, Debug)]
pub struct ReadTestFile {
    /// What it holds at the target.
    pub file: TestFile,
    /// What it held at the base, if it was there.
    pub before: Option<TestFile>,
    /// Why it is looked at.
    pub role: TestFileRole,
}

/// Why a test file is looked at, and so how closely.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TestFileRole {
    /// The plan names it: everything in it counts.
    Named,
    /// The range changed it: its tags and tagged tests count.
    Touched,
    /// It lies in the tree: its tags can show clauses, and nothing in it is judged.
    Elsewhere,
}

/// The test files that were looked at.
#[derive(Clone, Debug, Default)]
pub struct ReadTestFiles {
    /// Each once, in path order.
    pub files: Vec<ReadTestFile>,
    /// Test files that there were too many of to be looked at: what was not found may stand there.
    pub left_out: usize,
}

/// What became of the clauses of one lane.
#[derive(Clone, Debug)]
pub struct ContractDelta {
    /// Index into `Plan::lanes`.
    pub lane: usize,
    /// Parallel to `Lane::clauses`.
    pub clauses: Vec<ClauseDelta>,
}

impl ContractDelta {
    /// How many clauses have the tests that they need.
    pub fn covered(&self) -> usize {
        let is_covered = |it: &&ClauseDelta| it.status == ClauseStatus::Covered;
        self.clauses.iter().filter(is_covered).count()
    }

    /// How many clauses could be looked at.
    pub fn looked_at(&self) -> usize {
        let is_seen = |it: &&ClauseDelta| it.status != ClauseStatus::Unchecked;
        self.clauses.iter().filter(is_seen).count()
    }
}

/// Whether tests show a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClauseStatus {
    /// It has the tests that it needs.
    Covered,
    /// It has none, or too few.
    Uncovered,
    /// Nobody could tell: no test file was looked at, or its tests are in a language that is not read.
    Unchecked,
}

impl ClauseStatus {
    /// The word that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Covered => "covered",
            Self::Uncovered => "uncovered",
            Self::Unchecked => "unchecked",
        }
    }
}

/// What became of a clause.
#[derive(Clone, Debug)]
pub struct ClauseDelta {
    /// Whether tests show it.
    pub status: ClauseStatus,
    /// The tests that name it and run.
    pub tests: Vec<TestRef>,
    /// The tests that name it and do not run.
    pub idle: Vec<TestRef>,
    /// How many tests it needs.
    pub wanted: usize,
    /// Tags that name it and stand above no test: file and line.
    pub hanging: Vec<(usize, usize)>,
    /// It is about errors or security, and fewer than this number of its tests are about failure.
    pub lacks_negative: Option<usize>,
}

/// A test: indices into `ReadTestFiles::files` and `TestFile::tests`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TestRef {
    /// The file.
    pub file: usize,
    /// The test.
    pub test: usize,
}

/// What is off in the test files, apart from single clauses. Each speaks of what the range brought: what the base had
/// already is left out.
#[derive(Clone, Debug, Default)]
pub struct TestCodeDelta {
    /// Tags of the right form that name no clause: file, and index of the tag.
    pub unknown_tags: Vec<(usize, usize)>,
    /// Malformed tags: file, and index of the tag.
    pub malformed_tags: Vec<(usize, usize)>,
    /// Tests that name several clauses where the contract allows one.
    pub crowded: Vec<TestRef>,
    /// Tests without a tag.
    pub untagged: Vec<TestRef>,
    /// Assertions that map to no tag.
    pub unmapped: Vec<UnmappedAssertions>,
    /// Tests that can't fail.
    pub decorative: Vec<TestRef>,
    /// What tests ask that the contract does not declare.
    pub undeclared: Vec<UndeclaredSurface>,
    /// How many tests were looked at.
    pub tests: usize,
    /// For each file the index of the lane whose contract it belongs to.
    pub lanes: Vec<usize>,
}

/// Assertions of one test, or of one file outside of its tests, that map to no tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnmappedAssertions {
    /// The file.
    pub file: usize,
    /// The test; `None`: outside of all tests.
    pub test: Option<usize>,
    /// Where they stand.
    pub lines: Vec<Lines>,
}

/// Something that tests ask and the contract does not declare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndeclaredSurface {
    /// Index into `Plan::lanes`: whose contract.
    pub lane: usize,
    /// The file.
    pub file: usize,
    /// What kind of thing.
    pub kind: SurfaceKind,
    /// What it is.
    pub value: String,
    /// The lines where it is asked, from 1.
    pub lines: Vec<usize>,
    /// The most similar thing that is declared.
    pub nearest: Option<String>,
}
