//! run_report.json, `drift/run_report/1`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The value of `schema` in every report of this version.
pub const RUN_REPORT_SCHEMA: &str = "drift/run_report/1";

/// What was planned, what git says was done, and what differs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RunReport {
    /// `drift/run_report/1`.
    pub schema: String,
    /// The program that wrote it.
    pub tool: Tool,
    /// The run; absent where a plan was checked without one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub run: Option<Run>,
    /// What was planned.
    pub plan: Plan,
    /// Which commits were looked at; absent where only the plan was.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub range: Option<Range>,
    /// Where and when.
    pub stamp: Stamp,
    /// `aligned`, `drifted` or `unchecked`.
    pub verdict: Verdict,
    /// How many things each check looked at.
    pub checked: Checked,
    /// Planned against actual, in numbers.
    pub deltas: Deltas,
    /// Every touched file, and every declaration that nothing met.
    pub files: Vec<File>,
    /// Every unit of the plan.
    pub units: Vec<Unit>,
    /// Every commit of the range, ancestors first.
    pub commits: Vec<Commit>,
    /// Every promised test.
    pub tests: Vec<Test>,
    /// How all tests ended that count for the target's tree, promised or not; absent where nobody looked for evidence.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub executed: Option<TestCounts>,
    /// Every clause of the contract.
    pub clauses: Vec<Clause>,
    /// Every expectation of the target's tree.
    pub expectations: Vec<Expectation>,
    /// What the rules found, accepted findings too.
    pub findings: Vec<Finding>,
    /// What summaries claim, against what git shows.
    pub claims: Vec<Claim>,
    /// The reverts that take the range back, in their order; absent where no range was compared.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rollback: Option<Vec<Revert>>,
}

/// One `git revert`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Revert {
    /// The commit, whole id.
    pub commit: String,
    /// For a merge the parent to go back to, counted from 1: `git revert -m`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub mainline: Option<usize>,
}

/// The program that wrote a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tool {
    /// `drift`.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// The run that a report is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Run {
    /// The whole id.
    pub id: String,
    /// What the work is called.
    pub slug: String,
    /// `<slug>-<id8>`.
    pub handle: String,
    /// draft, approved, active, reported, finished or discarded.
    pub state: String,
}

/// What was planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    /// What is to be achieved.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub goal: Option<String>,
    /// low, medium, high or critical.
    pub risk_level: String,
    /// The texts that it was read from.
    pub sources: Vec<Source>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// A text that the plan was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Source {
    /// How it was named: a path, or REV:PATH.
    pub path: String,
    /// The format that was recognised; empty for none.
    pub format: String,
    /// SHA-256 over what matters of it.
    pub hash: String,
    /// How it stands with its approval.
    pub approval: Approval,
}

/// How a text stands with its approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Approval {
    /// unjudged, unapproved, unsigned, signed, bad-signature or changed.
    pub state: String,
    /// Who approved.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub approved_by: Option<String>,
    /// When: RFC 3339, UTC.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub approved_at: Option<String>,
}

/// What a reader could not understand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// unreadable, unknown-field, invalid-value or missing-field.
    pub kind: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub help: Option<String>,
    /// Where.
    pub location: Location,
}

/// The commits that were looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Range {
    /// The base as it was asked for.
    pub base_ref: String,
    /// The target as it was asked for.
    pub target_ref: String,
    /// The commit that the base names.
    pub base: String,
    /// The commit that the target names.
    pub target: String,
    /// The newest common ancestor, where the changes are counted from.
    pub merge_base: String,
    /// How many best common ancestors there are.
    pub merge_bases: usize,
    /// How many commits the target has and the base has not.
    pub commits: usize,
    /// Whether the clone is shallow.
    pub shallow: bool,
    /// Whether only the first-parent line of the target was looked at, because what was merged into it is the work of
    /// others; the changes are then those of these commits alone.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub own_commits: bool,
    /// How renames were looked for.
    pub renames: Renames,
}

/// How renames were looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Renames {
    /// The least similarity in percent.
    pub similarity: u8,
    /// The most sources times destinations, as the side of the square.
    pub limit: u32,
    /// Whether the limit cut the search short.
    pub limited: bool,
}

/// Where and when the work and the report were done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Stamp {
    /// The branch.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub branch: Option<String>,
    /// The linked worktree.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub worktree: Option<String>,
    /// The session.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub session: Option<String>,
    /// When the run started: RFC 3339, UTC.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub started_at: Option<String>,
    /// When the report was made: RFC 3339, UTC.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reported_at: Option<String>,
}

/// The outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Something was looked at, and nothing denies.
    Aligned,
    /// A finding denies.
    Drifted,
    /// Nothing could be looked at.
    Unchecked,
}

impl Verdict {
    /// The word that stands in the report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Aligned => "aligned",
            Self::Drifted => "drifted",
            Self::Unchecked => "unchecked",
        }
    }
}

/// How many things each check looked at; zero means unchecked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Checked {
    /// Texts of the plan.
    pub sources: usize,
    /// Touched files.
    pub files: usize,
    /// Declarations.
    pub declarations: usize,
    /// Units.
    pub units: usize,
    /// Commits.
    pub commits: usize,
    /// Expectations that could be judged.
    pub expectations: usize,
    /// Required tests with evidence.
    pub tests: usize,
    /// Clauses.
    pub clauses: usize,
}

/// Planned against actual.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Deltas {
    /// Declarations and touched files, with a count for each class.
    pub files: Delta,
    /// Units that expect commits and commits that are no merges, with a count for each role and status.
    pub commits: Delta,
    /// Promised tests and those of them that were executed on the target's tree, with a count for each status.
    pub tests: Delta,
    /// Clauses and clauses with a test.
    pub clauses: Delta,
}

/// One kind of thing, planned against actual.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Delta {
    /// How many were planned.
    pub planned: usize,
    /// How many there are.
    pub actual: usize,
    /// How many of each class.
    pub classes: BTreeMap<String, usize>,
}

/// A touched file, or a declaration that nothing met.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct File {
    /// The path; for a rename the new one; for what is untouched the declared pattern. Bytes that are not UTF-8 are `\xNN`.
    pub path: String,
    /// The exact bytes in hexadecimal, where the path is not UTF-8.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub path_bytes: Option<String>,
    /// The old path of a rename.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub previous_path: Option<String>,
    /// added, modified, deleted, renamed, copied or typechange; absent where untouched.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub change: Option<String>,
    /// planned, derived, bookkeeping, wrong-lane, undeclared, sensitive, forbidden, untouched or misplaced.
    pub class: String,
    /// How alike both sides of a rename are, in percent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub similarity: Option<u8>,
    /// The units whose commits touched it; for what is untouched the unit that declares it.
    pub units: Vec<String>,
    /// The commits that touched it.
    pub commits: Vec<String>,
    /// Inserted lines; absent for binary files and where nobody counted.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub insertions: Option<u32>,
    /// Deleted lines.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub deletions: Option<u32>,
    /// Whether one side is binary.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub binary: bool,
}

/// A unit of the plan and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Unit {
    /// Its id, with its lane in front where there are several.
    pub id: String,
    /// What it does.
    pub title: String,
    /// done, partial, missing or unchecked.
    pub status: String,
    /// The commits that stand for it, whole ids, ancestors first.
    pub commits: Vec<String>,
    /// How sure the pairing is, 0 to 1.
    pub confidence: f64,
    /// Why, most weighty first.
    pub reasons: Vec<String>,
    /// A command that shows whether it is done; drift does not run it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub verify: Option<String>,
}

/// A commit and what it stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Commit {
    /// Its whole id.
    pub id: String,
    /// The first paragraph of its message.
    pub subject: String,
    /// paired, unplanned, bookkeeping, merge or unjudged.
    pub role: String,
    /// The units that it stands for, best first.
    pub units: Vec<String>,
    /// Whether it is a merge.
    pub merge: bool,
    /// What drift's hooks saw when it was made, as in its note: checked, replayed, skipped, bypassed, or `error: …`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub witness: Option<String>,
}

/// A promised test and what was executed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Test {
    /// The plan's id.
    pub id: String,
    /// The name, exact or a glob.
    pub name: String,
    /// The suite that runs it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub suite: Option<String>,
    /// Whether the promise binds.
    pub required: bool,
    /// passed, failed, skipped, stale (run on another tree only), not-run or unchecked.
    pub status: String,
    /// How many executed tests its name means.
    #[serde(default)]
    pub cases: usize,
    /// How many of them passed.
    #[serde(default)]
    pub passed: usize,
    /// Why the worst of them did not pass.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub message: Option<String>,
    /// The newest evidence of another tree, where there is none of the target's.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub elsewhere: Option<String>,
}

impl Test {
    /// Whether it was executed on the target's tree.
    pub fn is_executed(&self) -> bool {
        matches!(self.status.as_str(), "passed" | "failed" | "skipped")
    }

    /// Its status as people say it.
    pub fn status_in_words(&self) -> &str {
        match self.status.as_str() {
            "not-run" => "not run",
            status => status,
        }
    }
}

/// How many tests ended how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TestCounts {
    /// All.
    pub tests: usize,
    /// Passed, flaky ones included.
    pub passed: usize,
    /// Failed.
    pub failed: usize,
    /// Could not be judged.
    pub errored: usize,
    /// Did not run, on purpose.
    pub skipped: usize,
    /// Both failed and passed.
    pub flaky: usize,
}

/// A clause of the contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Clause {
    /// Its id.
    pub id: String,
    /// covered, uncovered or unchecked.
    pub status: String,
    /// What is promised, in a line.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub title: String,
    /// behavior, error, invariant, constraint, security or ui.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub kind: Option<String>,
    /// MUST, SHOULD or MAY.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub normativity: String,
    /// The tests that show it, those that do not run too.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub tests: Vec<ClauseTest>,
}

/// A test that shows a clause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ClauseTest {
    /// The file, in the target's tree.
    pub path: String,
    /// The line where the test begins, from 1.
    pub line: usize,
    /// Its name, with those of its groups.
    pub name: String,
    /// Whether it is kept from running, so that it shows nothing.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub skipped: bool,
}

/// Something that must be true of the target's tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Expectation {
    /// exists, contains, exports, min-lines, link, criterion, changelog-entry, tag or prose.
    pub kind: String,
    /// What is expected, in words.
    pub what: String,
    /// met, unmet or unchecked.
    pub status: String,
    /// Why, where it is not met.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub reasons: Vec<String>,
}

/// What a rule found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// `D101`.
    pub code: String,
    /// `undeclared-file`.
    pub rule: String,
    /// allow, warn or deny: how the rule was configured.
    pub level: String,
    /// note, warning or error: what the finding weighs.
    pub severity: Severity,
    /// One sentence: what is so.
    pub message: String,
    /// What settles it.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub help: String,
    /// The unit that it is about.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unit: Option<String>,
    /// The path that it is about.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub path: Option<String>,
    /// Where.
    pub location: Location,
    /// Other places that belong to it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub related: Vec<Related>,
    /// Its stable name, for `drift accept`.
    pub fingerprint: String,
    /// Who accepted it, and why.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub acceptance: Option<Acceptance>,
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A remark.
    Note,
    /// Worth a look.
    Warning,
    /// Makes the verdict `drifted`.
    Error,
}

impl Severity {
    /// The word that stands in the report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Another place, and why it belongs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Related {
    /// Where.
    pub location: Location,
    /// A few words.
    pub message: String,
}

/// A place: in a plan's text, a commit, or a path; none of them is the range as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Location {
    /// The plan's text, as it was named.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub file: Option<String>,
    /// JSON pointer or field name.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub pointer: Option<String>,
    /// The line, from 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line: Option<usize>,
    /// The column, from 1, in characters.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub column: Option<usize>,
    /// The line of the end.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub end_line: Option<usize>,
    /// The column behind the end.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub end_column: Option<usize>,
    /// The commit, whole id.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub commit: Option<String>,
    /// The path in the repository.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub path: Option<String>,
}

/// A person's acceptance of a deviation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Acceptance {
    /// Why.
    pub because: String,
    /// Who.
    pub accepted_by: String,
    /// When: RFC 3339, UTC.
    pub accepted_at: String,
}

/// A claim of a summary, and what git shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Claim {
    /// What was claimed.
    pub claim: String,
    /// holds, contradicted or unchecked.
    pub status: String,
    /// files, commit, head, no-deviations, deviation, self-check, verified or done.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub kind: String,
    /// What differs; for a claim that holds or is unchecked what is worth knowing.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub reasons: Vec<String>,
    /// Where it is claimed.
    #[serde(default)]
    pub location: Location,
}
