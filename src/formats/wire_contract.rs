//! The shape of a test contract's `contract`, as `wire` has the others: clauses, and how tests have to show them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The promises that tests show to be kept.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ContractObject {
    /// How strictly: `STRICT` wants a test for every clause and a clause for every test, `CREATIVE` a share of them.
    /// Where nothing is said, the rules' levels hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<ModeWord>,
    /// How much depends on it: with `CREATIVE`, 60, 80, 90 or 100 % of the clauses need a test. `medium` where nothing is
    /// said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub criticality: Option<super::wire::RiskLevel>,
    /// The clauses.
    #[serde(default)]
    pub clauses: Vec<ClauseObject>,
    /// The files that hold the tests: path patterns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(inner(regex(pattern = r"\S")), example = ["tests/login.test.ts"])]
    pub test_files: Vec<String>,
    /// What tests may ask from outside; what is left out is not bounded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assertion_surface: Option<SurfaceObject>,
    /// How many tests are wanted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_coverage: Option<CoverageObject>,
    /// How tests name their clauses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test_mapping: Option<MappingObject>,
}

/// How strictly a contract is meant.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum ModeWord {
    /// Every clause has a test, and every test a clause.
    Strict,
    /// A share of the clauses is enough, and other tests are welcome.
    Creative,
}

/// What tests may ask from outside.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SurfaceObject {
    /// Over HTTP.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub http: Option<HttpObject>,
    /// Errors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub errors: Option<ErrorsObject>,
    /// Fields of what is answered: `token.value`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(inner(regex(pattern = r"\S")))]
    pub payload_paths: Vec<String>,
    /// On a page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ui: Option<UiObject>,
}

/// What tests may ask over HTTP.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HttpObject {
    /// Endpoints.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub endpoints: Vec<EndpointObject>,
    /// Statuses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(inner(range(min = 100, max = 599)))]
    pub status_codes: Vec<u16>,
}

/// An endpoint.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EndpointObject {
    /// `GET`, `POST`, …
    #[schemars(regex(pattern = r"\S"), example = &"POST")]
    pub method: String,
    /// The path; `:id` and `{id}` stand for anything.
    #[schemars(regex(pattern = r"\S"), example = &"/api/login")]
    pub path: String,
}

/// What tests may ask of errors.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ErrorsObject {
    /// Codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(inner(regex(pattern = r"\S")))]
    pub codes: Vec<String>,
}

/// What tests may ask on a page.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UiObject {
    /// Test ids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(inner(regex(pattern = r"\S")))]
    pub test_ids: Vec<String>,
    /// Roles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(inner(regex(pattern = r"\S")))]
    pub roles: Vec<String>,
    /// Labels.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(inner(regex(pattern = r"\S")))]
    pub aria_labels: Vec<String>,
    /// CSS selectors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(inner(regex(pattern = r"\S")))]
    pub selectors: Vec<String>,
}

/// How many tests are wanted of a clause; one, where nothing is said.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CoverageObject {
    /// Of each clause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_tests_per_clause: Option<u64>,
    /// Of each clause that must hold.
    #[serde(rename = "minTestsForMUST", default, skip_serializing_if = "Option::is_none")]
    pub min_tests_for_must: Option<u64>,
    /// Of each clause about security.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_tests_for_security: Option<u64>,
    /// Tests of failure, for each clause about errors or security.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_negative_tests_for_error: Option<u64>,
}

/// How tests name their clauses.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MappingObject {
    /// In comments, or in the names of tests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<TagFormat>,
    /// Whether a test may show several clauses; yes, where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allow_multiple: Option<bool>,
    /// Whether a test may show none; as the mode has it, where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allow_untagged: Option<bool>,
    /// Names, or globs of names, of tests that need no tag.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(inner(regex(pattern = r"\S")))]
    pub untagged_allowlist: Vec<String>,
}

/// Where tests name their clauses.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TagFormat {
    /// `// @clause CL-LOGIN-001`, above the test.
    CommentTags,
    /// `[CL-LOGIN-001] refuses a wrong password`, in the test's name.
    BracketTags,
}

/// A numbered promise about what the work does.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ClauseObject {
    /// One word that units, tests and `@clause` tags refer to.
    #[schemars(regex(pattern = r"^\S+$"), example = &"CL-LOGIN-001")]
    pub id: String,
    /// What is promised, in a line.
    #[schemars(regex(pattern = r"\S"), example = &"A wrong password is refused")]
    pub title: String,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<ClauseKind>,
    /// How binding it is; `MUST` where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub normativity: Option<ClauseNormativity>,
    /// What is promised, at length.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"\S"))]
    pub spec: Option<String>,
    /// Where it can be observed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub observables: Vec<Observable>,
    /// What must be refused, in words: for clauses about errors and security.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(inner(regex(pattern = r"\S")))]
    pub negative_cases: Vec<String>,
}

/// Where a clause can be observed.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Observable {
    /// Over HTTP.
    Http,
    /// On a page.
    Ui,
    /// In a database.
    DbEffect,
    /// As an event.
    Event,
    /// In a file.
    File,
    /// In a log.
    Log,
}

/// What a clause is about.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ClauseKind {
    /// What happens when all is well.
    Behavior,
    /// What happens when something is wrong.
    Error,
    /// What always holds.
    Invariant,
    /// What bounds the solution.
    Constraint,
    /// What nobody may be able to do.
    Security,
    /// What people see.
    Ui,
}

/// How binding a clause is.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum ClauseNormativity {
    /// It is needed.
    Must,
    /// It is expected, with reasons for each exception.
    Should,
    /// It is possible.
    May,
}
