//! The differences between a plan and a history, without judgement.

use super::{
    Action, Change, ClaimOutcome, Commit, ContractDelta, Declaration, Declared, ExpectationOutcome, Fault, History,
    Location, ObjectId, Plan, PlanLocation, ReadTestFiles, RepoPath, SourceTest, Standing, TestCodeDelta,
    TestComparison, TestFile, TestRef, Widening, Witness,
};

/// A plan laid beside a history. `units` is parallel to `plan.units`, `commits` to `history.commits`.
#[derive(Clone, Debug)]
pub struct Comparison<'a> {
    /// What was planned.
    pub plan: &'a Plan,
    /// What git says; `None` where only the plan was looked at.
    pub history: Option<&'a History>,
    /// The touched files, in path order.
    pub files: Vec<FileDelta>,
    /// Declarations that nothing met.
    pub untouched: Vec<Untouched>,
    /// Declared actions that did not happen as declared.
    pub actions: Vec<ActionMismatch>,
    /// What became of each unit.
    pub units: Vec<UnitDelta>,
    /// What each commit stands for.
    pub commits: Vec<CommitDelta>,
    /// What became of each expectation.
    pub expectations: Vec<ExpectationOutcome>,
    /// What became of each claim.
    pub claims: Vec<ClaimOutcome>,
    /// Limits that were exceeded.
    pub limits: Vec<LimitExceeded>,
    /// Declarations that did not fit the tree they were written for.
    pub stale: Vec<Stale>,
    /// Paths that two concurrent parties own.
    pub overlaps: Vec<Overlap>,
    /// How the plan's sources stand with their approval.
    pub standings: Vec<Standing>,
    /// Whether a run has begun: its plan is frozen, and its deviations can be accepted.
    pub begun: bool,
    /// The people (`Name <address>`) who wrote the range's commits, each once.
    pub authors: Vec<String>,
    /// Scopes that became wider inside the range.
    pub widened: Vec<Widening>,
    /// Notes whose commits are gone.
    pub orphaned_notes: Vec<OrphanedNote>,
    /// What drift's hooks saw of each commit, parallel to `history.commits`; empty where nobody asked.
    pub witnesses: Vec<Option<Witness>>,
    /// The commits that no hook compared with the plan when they were made.
    pub unwitnessed: Vec<Unwitnessed>,
    /// The test files that were looked at for the contracts' clauses; `None`: nobody looked.
    pub test_files: Option<&'a ReadTestFiles>,
    /// What became of the clauses of each lane that has some.
    pub contracts: Vec<ContractDelta>,
    /// What is off in the test files.
    pub test_code: TestCodeDelta,
    /// What became of the promised tests.
    pub tests: TestComparison,
    /// What is wrong with drift's own files.
    pub faults: Vec<Fault>,
    /// How much was looked at.
    pub checked: Checked,
}

/// A note whose commit no branch leads to any more, and that was not taken over by another commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrphanedNote {
    /// The commit; it need not be in this clone.
    pub commit: ObjectId,
    /// The handles of the runs whose lines it has, in order.
    pub runs: Vec<String>,
    /// Why it was not taken over.
    pub reason: OrphanReason,
}

/// Why no commit took a note over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrphanReason {
    /// Several commits make the same change.
    Ambiguous,
    /// No commit does.
    Lost,
}

/// Commits that no hook compared with the plan when they were made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unwitnessed {
    /// Indices into `History::commits`, in their order; at least one.
    pub commits: Vec<usize>,
    /// Why not.
    pub kind: UnwitnessedKind,
}

/// Why no hook compared a commit with the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnwitnessedKind {
    /// No hook saw any of these, the first of their range.
    Early {
        /// Index into `History::commits` of the first commit that a hook saw; `None`: there is none.
        first_seen: Option<usize>,
    },
    /// No hook saw it, though one saw an earlier commit.
    Unseen,
    /// commit-msg had not been asked.
    Bypassed,
    /// Declared: DRIFT_SKIP was set.
    Skipped,
    /// drift failed in commit-msg, and let it pass: why.
    Failed(String),
}

/// How many things each check looked at. Zero means that nothing was checked, not that all is well.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Fields and values of the plan's texts: sources that could be read.
    pub sources: usize,
    /// Touched files.
    pub files: usize,
    /// Declarations.
    pub declarations: usize,
    /// Units.
    pub units: usize,
    /// Commits, merges and bookkeeping included.
    pub commits: usize,
    /// Expectations that could be judged.
    pub expectations: usize,
    /// Required tests with evidence.
    pub tests: usize,
    /// Clauses that could be looked for in tests.
    pub clauses: usize,
}

/// What a touched path is to the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileClass {
    /// Declared.
    Planned,
    /// Follows from others: a lock, generated or snapshot file, with its source in scope.
    Derived,
    /// The planning system's own.
    Bookkeeping,
    /// Declared, but by another unit or lane than the commits that touched it stand for.
    WrongLane,
    /// Nobody declared it.
    Undeclared,
    /// Nobody declared it literally, and it can do harm (secrets, CI).
    Sensitive,
    /// The plan or the policy says hands off.
    Forbidden,
}

impl FileClass {
    /// All classes, from the best to the worst.
    pub const ALL: [Self; 7] = [
        Self::Planned,
        Self::Derived,
        Self::Bookkeeping,
        Self::WrongLane,
        Self::Undeclared,
        Self::Sensitive,
        Self::Forbidden,
    ];

    /// The word that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Derived => "derived",
            Self::Bookkeeping => "bookkeeping",
            Self::WrongLane => "wrong-lane",
            Self::Undeclared => "undeclared",
            Self::Sensitive => "sensitive",
            Self::Forbidden => "forbidden",
        }
    }
}

/// One touched path (for a rename: both sides in one).
#[derive(Clone, Debug)]
pub struct FileDelta {
    /// Index into `History::changes`.
    pub change: usize,
    /// What it is to the plan: for a rename the worse of its two sides.
    pub class: FileClass,
    /// Who declares it (either side), in the order of the plan.
    pub declared_by: Vec<Declared>,
    /// Indices into `Plan::units`: the units whose commits touched it.
    pub units: Vec<usize>,
    /// Indices into `History::commits`: the commits that touched it.
    pub commits: Vec<usize>,
    /// For a rename, which of its sides were declared.
    pub rename: Option<RenameScope>,
    /// It was deleted, and no declaration says DELETE or RENAME of it or names it literally.
    pub unplanned_delete: bool,
    /// The merge base does not have it, and a commit of the range had deleted it before a later one added it again.
    pub resurrected: bool,
    /// It became, was, or is a symlink, a submodule, or changed its executable bit or type.
    pub special: Option<String>,
    /// For class `forbidden`: what forbids it. `None`: the repository's policy.
    pub forbidden_by: Option<PlanLocation>,
}

/// Which sides of a rename were declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RenameScope {
    /// The path that it had.
    pub from_declared: bool,
    /// The path that it has.
    pub to_declared: bool,
}

/// A declaration that no touched path met.
#[derive(Clone, Debug)]
pub struct Untouched {
    /// The declaration.
    pub declared: Declared,
    /// A touched, undeclared path with the same file name: the work may have gone there.
    pub misplaced_to: Option<RepoPath>,
    /// Whether the declared file exists at the target; false also where that is not known.
    pub exists: bool,
}

/// A declared action that git shows otherwise.
#[derive(Clone, Debug)]
pub struct ActionMismatch {
    /// The declaration.
    pub declared: Declared,
    /// The path.
    pub path: RepoPath,
    /// What is off.
    pub kind: ActionMismatchKind,
}

/// How an action can be off, at either end of the range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionMismatchKind {
    /// CREATE of a file that the base already has.
    CreateButExisted,
    /// CREATE, and the target does not have it.
    NotCreated,
    /// MODIFY of a file that the base does not have.
    ModifyButAbsent,
    /// MODIFY, and the target does not have it any more.
    ModifyButDeleted,
    /// DELETE, and the target still has it.
    NotDeleted,
    /// DELETE of a file that the base does not have.
    DeleteButAbsent,
    /// RENAME, and the file kept its place.
    NotRenamed,
}

/// Whether a unit was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnitStatus {
    /// It has commits, and all its declared files were touched.
    Done,
    /// It has commits, and some of its declared files were left.
    Partial,
    /// It has no commit, and one was expected.
    Missing,
    /// It has no commit, and none was expected.
    Unchecked,
}

impl UnitStatus {
    /// The word that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Partial => "partial",
            Self::Missing => "missing",
            Self::Unchecked => "unchecked",
        }
    }
}

/// What became of a unit.
#[derive(Clone, Debug)]
pub struct UnitDelta {
    /// Whether it was done.
    pub status: UnitStatus,
    /// Indices into `History::commits`, in their order.
    pub commits: Vec<usize>,
    /// How sure the pairing is, 0 to 1; 0 without commits.
    pub confidence: f64,
    /// Why the pairing is as it is, most weighty first: `declares src/a.rs`, `subject shares "login", "token"`.
    pub reasons: Vec<String>,
    /// Indices of units that are nearly as good a home for one of its commits.
    pub rivals: Vec<usize>,
    /// Indices of units that it depends on and whose commits come after its own.
    pub out_of_order: Vec<usize>,
    /// Whether a later commit of the range reverts all its commits.
    pub reverted: bool,
    /// What the plan calls it and none of its commits does.
    pub mismatches: Vec<MessageMismatch>,
}

/// A type or scope that the plan gives a unit, and that its commits call otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageMismatch {
    /// Which.
    pub field: MessageField,
    /// What the plan says.
    pub planned: String,
    /// What the commits say, each once.
    pub found: Vec<String>,
    /// Indices into `History::commits`: those that say it; at least one.
    pub commits: Vec<usize>,
}

/// The parts of a subject `type(scope): text` that a plan can give a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageField {
    /// `feat`
    Type,
    /// `login`
    Scope,
}

impl MessageField {
    /// The word that plans and messages use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Scope => "scope",
        }
    }
}

/// What a commit stands for.
#[derive(Clone, Debug)]
pub struct CommitDelta {
    /// Its role.
    pub role: CommitRole,
    /// Indices into `Plan::units`, best first.
    pub units: Vec<usize>,
    /// Paths that it touched, that the plan declares, and that its units do not (class `planned` or `wrong-lane`).
    pub foreign: Vec<RepoPath>,
    /// It is a `fixup!`, `squash!` or `amend!` that was never folded in: the subject that it names.
    pub fixup_of: Option<String>,
    /// Index into `History::commits` of the commit that it reverts.
    pub reverts: Option<usize>,
    /// The values of its `Drift-Unit` trailers that name no unit.
    pub unknown_trailers: Vec<String>,
    /// The scope of its subject, where it has the form of the plan's own and names another plan (`04-02` for `04-01`).
    pub other_plan: Option<String>,
    /// Its `Drift-Unit` trailer says one thing, and its files another.
    pub contradiction: Option<Contradiction>,
}

/// A commit that names units and touches none of their files, but those of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// Indices into `Plan::units`: those that the trailer names, and whose files it left.
    pub named: Vec<usize>,
    /// Indices into `Plan::units`: those whose files it touched.
    pub touched: Vec<usize>,
}

/// What a commit is to the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CommitRole {
    /// It stands for units.
    Paired,
    /// It touched files outside of the planning system's own and stands for no unit.
    Unplanned,
    /// It touched only bookkeeping or derived files, or nothing.
    Bookkeeping,
    /// A merge.
    Merge,
    /// There are no units that it could stand for: the plan has none.
    Unjudged,
}

/// A limit of the intent that the range exceeds.
#[derive(Clone, Debug)]
pub struct LimitExceeded {
    /// Which.
    pub kind: LimitKind,
    /// What was allowed.
    pub limit: u64,
    /// What was found.
    pub found: u64,
    /// Where the limit stands.
    pub location: PlanLocation,
}

/// What a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitKind {
    /// Touched files.
    Files,
    /// Inserted and deleted lines.
    Lines,
    /// Commits.
    Commits,
}

impl LimitKind {
    /// The plural that messages use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Files => "files",
            Self::Lines => "lines",
            Self::Commits => "commits",
        }
    }
}

/// A declaration that does not fit the tree it was written for.
#[derive(Clone, Debug)]
pub struct Stale {
    /// The declaration.
    pub declared: Declared,
    /// What does not fit.
    pub kind: StaleKind,
    /// The most similar path that the tree has.
    pub nearest: Option<RepoPath>,
}

/// How a declaration can be stale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StaleKind {
    /// MODIFY, DELETE or RENAME of what is not there.
    Absent,
    /// CREATE of what is there.
    Present,
    /// A pattern with wildcards, or a folder, that names no file, neither at the base nor at the target.
    NoMatch,
}

/// A path that two parties own at the same time.
#[derive(Clone, Debug)]
pub struct Overlap {
    /// The one.
    pub first: OverlapParty,
    /// The other.
    pub second: OverlapParty,
    /// What both own: a path or pattern, as the first declares it.
    pub pattern: String,
}

/// Who owns a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OverlapParty {
    /// A declaration of the plan.
    Declared(Declared),
    /// Another open run.
    Sibling(String),
}

impl<'a> Comparison<'a> {
    /// The declaration that `declared` names.
    pub fn declaration(&self, declared: Declared) -> &'a Declaration {
        self.plan.declaration(declared)
    }

    /// The commits of the range; none where only the plan was looked at.
    pub fn history_commits(&self) -> &'a [Commit] {
        self.history.map_or(&[], |history| &history.commits)
    }

    /// The change behind a touched file; `file` is one of this comparison's own.
    pub fn change(&self, file: &FileDelta) -> &'a Change {
        let changes = self.history.map_or(&[][..], |history| &history.changes);
        &changes[file.change]
    }

    /// Where a unit stands in its plan.
    pub fn unit_location(&self, unit: usize) -> Location {
        Location::from(&self.plan.units[unit].location)
    }

    /// The test file at this index of `test_files`; there is one for each index that the comparison holds.
    pub fn test_file(&self, file: usize) -> &'a TestFile {
        let files = self.test_files.map_or(&[][..], |it| it.files.as_slice());
        &files[file].file
    }

    /// A test of the files that were looked at.
    pub fn source_test(&self, test: TestRef) -> &'a SourceTest {
        &self.test_file(test.file).tests[test.test]
    }

    /// The action that a declaration names, where it names one.
    pub fn action(&self, declared: Declared) -> Option<Action> {
        self.declaration(declared).action
    }
}
