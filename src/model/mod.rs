//! The vocabulary that every other module shares: what was planned, what git says, and what the difference is.
//!
//! Nothing here reads a disk, names gix, or knows another module of drift.

mod claim;
mod comparison;
mod contract;
mod evidence;
mod expectation;
mod fault;
mod finding;
mod hash;
mod history;
mod location;
mod lookup;
mod nearest;
mod object_id;
mod pattern;
mod plan;
mod policy;
mod printable;
mod repo_path;
mod report;
mod rollback;
mod rule;
mod run;
mod shell;
mod test_comparison;
mod test_contract;
mod test_file;
mod test_names;
mod wildcards;
mod witness;

pub use claim::{Claim, ClaimKind, ClaimOutcome, ClaimStatus, NamedCommit, Override, RangeEnd};
pub use comparison::{
    ActionMismatch, ActionMismatchKind, Checked, CommitDelta, CommitRole, Comparison, Contradiction, FileClass,
    FileDelta, LimitExceeded, LimitKind, MessageField, MessageMismatch, OrphanReason, OrphanedNote, Overlap,
    OverlapParty, RenameScope, Stale, StaleKind, UnitDelta, UnitStatus, Untouched, Unwitnessed, UnwitnessedKind,
};
pub use contract::{
    ClauseDelta, ClauseStatus, Contract, ContractDelta, ContractMode, ExpectedCoverage, ReadTestFile, ReadTestFiles,
    TestCodeDelta, TestFileRole, TestMapping, TestRef, UndeclaredSurface, UnmappedAssertions,
};
pub use evidence::{
    Ended, Evidence, Execution, Log, Origin, Shortfall, TestCounts, TestOutcome, TestResult, TestResults, TestedTree,
};
pub use expectation::{Expectation, ExpectationKind, ExpectationOutcome, Outcome, Target};
pub use fault::{Fault, FaultKind, FilePlace};
pub use finding::{Acceptance, Finding, Fingerprint, Judgement, Subject, Verdict};
pub use hash::artifact_hash;
pub use history::{
    Change, ChangeKind, Commit, FileMode, History, LineCount, RenameOptions, Search, Searched, Signature, Tag,
    TreeListing, TreePath,
};
pub use location::{LineColumn, LineIndex, Location, PlanLocation, line_column};
pub use lookup::{HandleLookup, resolve_handle};
pub use nearest::{distance, nearest};
pub use object_id::ObjectId;
pub use pattern::{PathPattern, PatternError, PatternSet};
pub use plan::{
    Action, Declaration, Declared, Lane, Limits, Located, Plan, Problem, ProblemKind, RiskLevel, Source, Unit, UnitKind,
};
pub use policy::{Policy, Sibling};
pub use printable::{printable, printable_columns, printable_json, printable_lines};
pub use repo_path::RepoPath;
pub use report::{Report, RunSummary, Stamp};
pub use rollback::Revert;
pub use rule::{Level, OptionSpec, Options, Rule, Severity};
pub use run::{
    Approval, ApprovalState, ChecklistItem, Handle, HandleError, RunState, Standing, StandingKind, Transition, Widening,
};
pub use shell::shell_word;
pub use test_comparison::{
    EvidenceRef, FlakyTest, GateFailure, GateKind, LostAssertions, MissedBy, SuiteTests, SuiteTrouble, TestCase,
    TestComparison, TestDelta, TestStatus, Weakened,
};
pub use test_contract::{Clause, Gates, Normativity, PlannedTest, Suite};
pub use test_file::{
    ClauseTag, Decorative, Lines, SourceAssertion, SourceTest, SurfaceKind, SurfaceUse, TagFault, TestFile, TestMarker,
    TestReading,
};
pub use witness::{Witness, Witnesses};
