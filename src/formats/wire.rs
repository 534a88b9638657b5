//! The shapes of the native artifacts as they lie on disk: for their JSON Schemas, and for programs that write them.
//!
//! Reading goes another way (`cursor`), because it must say everything that is wrong at once. A test holds the two
//! together: what the schema takes, the reader takes, and the other way round.

pub use super::wire_contract::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is asked, and within which scope.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(title = "drift intent")]
pub struct IntentFile {
    /// Where editors find this schema.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub json_schema: Option<String>,
    /// The artifact's kind and version.
    #[schemars(extend("const" = "drift/intent/1"))]
    pub schema: String,
    /// What the work is called: lower-case words with hyphens. It begins the run's handle.
    #[schemars(
        length(max = 64),
        regex(pattern = r"^[a-z0-9]+(-[a-z0-9]+)*$"),
        example = &"add-login"
    )]
    pub slug: String,
    /// What will be so when the work is done, in a sentence.
    #[schemars(
        length(min = 10),
        regex(pattern = r"\S"),
        example = &"People can log in with a password"
    )]
    pub goal: String,
    /// Sentences that bound the work.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(inner(regex(pattern = r"\S")), example = ["no new dependency"])]
    pub constraints: Vec<String>,
    /// What the work may touch: path patterns from the top of the repository. `*` stays inside a folder, `**` crosses,
    /// a trailing `/` means all below, `!` in front takes paths out again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(inner(regex(pattern = r"\S")), example = ["src/login/**", "tests/", "!src/login/generated/"])]
    pub allowed_files: Vec<String>,
    /// What the work must not touch: path patterns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(inner(regex(pattern = r"\S")), example = ["src/billing/"])]
    pub forbidden_files: Vec<String>,
    /// How much is at stake; the rules' levels follow from it. `medium` where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub risk_level: Option<RiskLevel>,
    /// The most that the work may change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limits: Option<LimitsObject>,
    /// Whether sensitive files (secrets, CI) may be touched.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub danger_mode: bool,
    /// The revision that the work starts from; the remote's default branch where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^[^-\s]\S*$"), example = &"origin/main")]
    pub base_ref: Option<String>,
    /// The revision that the work ends at; `HEAD` where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^[^-\s]\S*$"), example = &"HEAD")]
    pub target_ref: Option<String>,
    /// Links and names, for people.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(inner(regex(pattern = r"\S")))]
    pub references: Vec<String>,
}

/// How much is at stake.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RiskLevel {
    /// Only what can't be meant denies.
    Low,
    /// The default.
    Medium,
    /// Scope and units deny too.
    High,
    /// Every warning denies.
    Critical,
}

/// The most that the work may change; what is left out has no limit.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LimitsObject {
    /// Touched files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub files: Option<u64>,
    /// Inserted and deleted lines together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<u64>,
    /// Commits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commits: Option<u64>,
}

/// The units of the work, and the files that each of them touches.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(title = "drift commit plan")]
pub struct CommitPlanFile {
    /// Where editors find this schema.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub json_schema: Option<String>,
    /// The artifact's kind and version.
    #[schemars(extend("const" = "drift/commit_plan/1"))]
    pub schema: String,
    /// The units, in the order they are meant to be done; may be empty.
    pub units: Vec<UnitObject>,
}

/// One declared piece of work, expected to become one or more commits.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UnitObject {
    /// One word that commits can name in a `Drift-Unit` trailer.
    #[schemars(regex(pattern = r"^\S+$"), example = &"U1")]
    pub id: String,
    /// What it does, in a line.
    #[schemars(regex(pattern = r"\S"), example = &"Check the password against its hash")]
    pub title: String,
    /// The type that its commits carry: `feat`, `fix`, `test`, …
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"\S"))]
    pub commit_type: Option<String>,
    /// The part of the code that its commits name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"\S"))]
    pub scope: Option<String>,
    /// What it touches.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileEntry>,
    /// The ids of units that come before it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(inner(regex(pattern = r"\S")))]
    pub depends_on: Vec<String>,
    /// The ids of tests in the test contract.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(inner(regex(pattern = r"\S")))]
    pub tests: Vec<String>,
    /// The ids of clauses in the test contract.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(inner(regex(pattern = r"\S")))]
    pub clauses: Vec<String>,
}

/// A path pattern, alone or with what is to happen there.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum FileEntry {
    /// A path pattern.
    Pattern(#[schemars(regex(pattern = r"\S"))] String),
    /// A path pattern with its action.
    Object(FileObject),
}

/// A path pattern with what is to happen there, and why.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FileObject {
    /// The path pattern, from the top of the repository.
    #[schemars(regex(pattern = r"\S"), example = &"src/login.rs")]
    pub path: String,
    /// What is to happen; anything, where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<FileAction>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"\S"))]
    pub reason: Option<String>,
}

/// What is to happen to a file.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum FileAction {
    /// It is not there before the work, and is there after it.
    Create,
    /// It is there before and after, and differs.
    Modify,
    /// It is there before, and not after.
    Delete,
    /// It has another path after the work.
    Rename,
}

/// What was promised to be tested, how it is run, and under which gates.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(title = "drift test contract")]
pub struct TestContractFile {
    /// Where editors find this schema.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub json_schema: Option<String>,
    /// The artifact's kind and version.
    #[schemars(extend("const" = "drift/test_contract/1"))]
    pub schema: String,
    /// The commands that run tests; may be empty.
    #[serde(default)]
    pub suites: Vec<SuiteObject>,
    /// The promised tests; may be empty.
    #[serde(default)]
    pub tests: Vec<TestObject>,
    /// Bounds that the results as a whole have to keep.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gates: Option<GatesObject>,
    /// The promises that the tests show to be kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract: Option<ContractObject>,
}

/// A command that runs tests, and where its results lie.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SuiteObject {
    /// One word that tests refer to.
    #[schemars(regex(pattern = r"^\S+$"), example = &"unit")]
    pub id: String,
    /// The program, then its arguments; no shell is involved.
    #[schemars(
        length(min = 1),
        extend("items" = [{"type": "string", "pattern": r"\S"}], "additionalItems" = {"type": "string"}),
        example = ["cargo", "test"]
    )]
    pub command: Vec<String>,
    /// The file that holds the results, from the top of the worktree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"\S"), example = &"target/junit.xml")]
    pub report: Option<String>,
    /// The dialect of the results, where it can't be told from their content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<ResultDialect>,
    /// Seconds that the command may take.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    pub timeout: Option<u64>,
}

/// A dialect of test results.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ResultDialect {
    /// JUnit's XML.
    Junit,
    /// What Rust's own test runner prints.
    Libtest,
    /// The same with `--format json`.
    LibtestJson,
    /// `go test -json`.
    Go,
    /// The Test Anything Protocol.
    Tap,
    /// The Common Test Report Format.
    Ctrf,
    /// Visual Studio's test results.
    Trx,
    /// RSpec with `--format json`.
    Rspec,
}

/// A promised test.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TestObject {
    /// One word that units refer to.
    #[schemars(regex(pattern = r"^\S+$"), example = &"T1")]
    pub id: String,
    /// The id of the suite that runs it; any, where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"\S"))]
    pub suite: Option<String>,
    /// The test's name as its runner writes it, or a glob.
    #[schemars(regex(pattern = r"\S"), example = &"login::wrong_password_is_refused")]
    pub name: String,
    /// Whether the run has drifted where the test was not run or did not pass.
    #[serde(default = "is_required")]
    pub required: bool,
    /// The ids of the clauses that it shows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(inner(regex(pattern = r"\S")))]
    pub clauses: Vec<String>,
}

fn is_required() -> bool {
    true
}

/// Bounds on the results; what is left out is not bounded.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GatesObject {
    /// The least share of executed tests that passed, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 1), example = 0.95)]
    pub min_pass_rate: Option<f64>,
    /// The most tests that may be skipped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_skipped: Option<u64>,
    /// The most tests that may have both results on one tree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_flaky: Option<u64>,
}
