//! What was promised to be tested, and under which gates.

use super::PlanLocation;

/// A command that runs tests, and where its results lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suite {
    /// The name that tests refer to.
    pub id: String,
    /// The program and its arguments; never a shell's line.
    pub command: Vec<String>,
    /// The file that holds the results, relative to the top of the worktree.
    pub report: Option<String>,
    /// The dialect of the results, where it can't be told from their content.
    pub format: Option<String>,
    /// Seconds that the command may take.
    pub timeout: Option<u64>,
    /// Where the suite stands.
    pub location: PlanLocation,
}

/// A test that was promised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedTest {
    /// The name that units refer to.
    pub id: String,
    /// The suite that runs it.
    pub suite: Option<String>,
    /// The test's name as its runner writes it, or a glob.
    pub name: String,
    /// Whether the run has drifted where the test was not run or did not pass.
    pub required: bool,
    /// The clauses of the contract that it shows.
    pub clauses: Vec<String>,
    /// Where the test stands.
    pub location: PlanLocation,
}

/// Bounds that the results as a whole have to keep.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gates {
    /// The least share of executed tests that passed, 0 to 1.
    pub min_pass_rate: Option<f64>,
    /// The most tests that may be skipped.
    pub max_skipped: Option<u64>,
    /// The most tests that may have both results on one tree.
    pub max_flaky: Option<u64>,
}

/// A numbered promise about what the work does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clause {
    /// The name that units, tests and `@clause` tags refer to.
    pub id: String,
    /// What is promised, in a line.
    pub title: String,
    /// `behavior`, `error`, `security`, …, where the plan says.
    pub kind: Option<String>,
    /// How binding it is.
    pub normativity: Normativity,
    /// What is promised, at length; may be empty.
    pub spec: String,
    /// Where it can be observed: `http`, `ui`, `log`, …
    pub observables: Vec<String>,
    /// What must be refused, in words; `None` where the form that the plan is written in has no place for it.
    pub negative_cases: Option<Vec<String>>,
    /// Where the clause stands.
    pub location: PlanLocation,
}

impl Clause {
    /// Whether it is about what has to be refused, so that it needs a test of failure.
    pub fn needs_negative_case(&self) -> bool {
        matches!(self.kind.as_deref(), Some("error" | "security"))
    }
}

/// How binding a clause is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Normativity {
    /// It is needed.
    #[default]
    Must,
    /// It is expected, with reasons for each exception.
    Should,
    /// It is possible.
    May,
}

impl Normativity {
    /// All of them, from the most binding.
    pub const ALL: [Self; 3] = [Self::Must, Self::Should, Self::May];

    /// The word that contracts use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Must => "MUST",
            Self::Should => "SHOULD",
            Self::May => "MAY",
        }
    }
}
