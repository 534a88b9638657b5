//! Evidence: what was executed, on which tree, with which result.

use super::ObjectId;

/// What became of one test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TestOutcome {
    /// It ran, and all that it asserts held.
    Passed,
    /// It did not run, on purpose: skipped, ignored, disabled, to do.
    Skipped,
    /// It ran, and an assertion did not hold.
    Failed,
    /// It could not be judged: it broke before, after or outside of its assertions.
    Errored,
}

impl TestOutcome {
    /// All of them, from the best to the worst: where a case has several results, the worst counts.
    pub const ALL: [Self; 4] = [Self::Passed, Self::Skipped, Self::Failed, Self::Errored];

    /// The word that reports and evidence files use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Skipped => "skipped",
            Self::Failed => "failed",
            Self::Errored => "errored",
        }
    }

    /// The outcome that `name` means.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.name() == name)
    }
}

/// One test and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestResult {
    /// What encloses it, outermost first, as its runner writes it: suites, classes, modules, `describe` blocks.
    pub groups: Vec<String>,
    /// Its own name as its runner writes it, parameters included.
    pub name: String,
    /// The file that holds it, where the results say so.
    pub file: Option<String>,
    /// What became of it in the end.
    pub outcome: TestOutcome,
    /// Whether it both failed and passed within these results: an attempt failed, and a later one passed.
    pub flaky: bool,
    /// How long it took, in milliseconds, where the results say so.
    pub duration_ms: Option<u64>,
    /// Why it did not pass, in 1 KiB at most.
    pub message: Option<String>,
}

/// What a result file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TestResults {
    /// The dialect they are written in: `junit`, `tap`, …
    pub dialect: String,
    /// Each case once, in the order of their first mention.
    pub tests: Vec<TestResult>,
}

/// How many tests ended how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TestCounts {
    /// All cases.
    pub tests: usize,
    /// Those that passed, flaky ones included.
    pub passed: usize,
    /// Those that failed.
    pub failed: usize,
    /// Those that could not be judged.
    pub errored: usize,
    /// Those that did not run, on purpose.
    pub skipped: usize,
    /// Those that both failed and passed.
    pub flaky: usize,
}

impl TestCounts {
    /// Both together.
    pub fn and(self, other: Self) -> Self {
        Self {
            tests: self.tests + other.tests,
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            errored: self.errored + other.errored,
            skipped: self.skipped + other.skipped,
            flaky: self.flaky + other.flaky,
        }
    }

    /// One more test.
    pub fn add(&mut self, test: &TestResult) {
        self.tests += 1;
        self.flaky += usize::from(test.flaky);
        match test.outcome {
            TestOutcome::Passed => self.passed += 1,
            TestOutcome::Skipped => self.skipped += 1,
            TestOutcome::Failed => self.failed += 1,
            TestOutcome::Errored => self.errored += 1,
        }
    }
}

impl TestResults {
    /// How many tests ended how.
    pub fn counts(&self) -> TestCounts {
        let mut counts = TestCounts::default();
        self.tests.iter().for_each(|test| counts.add(test));
        counts
    }
}

/// One execution of tests, by drift or elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Its name within the run's record; it stands for `evidence/<id>.json`.
    pub id: String,
    /// The suite of the test contract that it belongs to, where that is known.
    pub suite: Option<String>,
    /// Where it comes from.
    pub origin: Origin,
    /// What was tested.
    pub tree: TestedTree,
    /// When the tests started, or else when the results were added: RFC 3339, UTC.
    pub started_at: String,
    /// The results of each test; where the execution left none that could be read: why.
    pub results: Result<TestResults, String>,
    /// How the tests ended that are counted only, because there are more than a record keeps by name.
    pub left_out: TestCounts,
}

/// Why an execution of tests does not count as passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shortfall {
    /// There are no results that could be read: why.
    NoResults(String),
    /// There are results, and no test in them.
    NoTests,
    /// So many tests failed or could not be judged.
    Failed(usize),
    /// The program ended with this code, though no test failed.
    ExitCode(i32),
    /// A signal ended the program.
    Signalled(i32),
    /// It took longer than this many seconds.
    TimedOut(u64),
    /// The tests changed the tree that they tested.
    TreeChanged,
}

impl Evidence {
    /// How many tests ended how, those that are counted only included; nothing where there are no results.
    pub fn counts(&self) -> TestCounts {
        let kept = self.results.as_ref().map(TestResults::counts).unwrap_or_default();
        kept.and(self.left_out)
    }

    /// All that keeps it from counting as passed; empty where it passed.
    pub fn shortfalls(&self) -> Vec<Shortfall> {
        let counts = self.counts();
        let bad = counts.failed + counts.errored;
        let mut found = Vec::new();
        if let Origin::Executed(execution) = &self.origin {
            match execution.ended {
                Ended::TimedOut(seconds) => found.push(Shortfall::TimedOut(seconds)),
                Ended::Signalled(signal) => found.push(Shortfall::Signalled(signal)),
                Ended::Exited(code) if code != 0 && bad == 0 => found.push(Shortfall::ExitCode(code)),
                Ended::Exited(_) => {}
            }
        }
        match &self.results {
            Err(why) => found.push(Shortfall::NoResults(why.clone())),
            Ok(_) if counts.tests == 0 => found.push(Shortfall::NoTests),
            Ok(_) if bad > 0 => found.push(Shortfall::Failed(bad)),
            Ok(_) => {}
        }
        if !self.tree.is_unchanged() {
            found.push(Shortfall::TreeChanged);
        }
        found
    }
}

/// Where evidence comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// drift ran the suite.
    Executed(Execution),
    /// Somebody added a file that was written elsewhere.
    Added {
        /// The file's name, as it was given.
        file: String,
        /// The SHA-256 of its bytes, in hexadecimal digits.
        sha256: String,
        /// `Name <address>` of who added it.
        added_by: String,
    },
}

/// How a suite was run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Execution {
    /// The program and its arguments.
    pub argv: Vec<String>,
    /// How the program ended.
    pub ended: Ended,
    /// How long it took, in milliseconds of a clock that never goes back.
    pub duration_ms: u64,
    /// What it printed.
    pub log: Log,
    /// The tools that ran, each with the line in which it says its version.
    pub tools: Vec<(String, String)>,
    /// Paths that the tests changed, the first of them; empty where they left the tree as it was.
    pub changed_paths: Vec<String>,
}

/// How a program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// By itself, with this exit code.
    Exited(i32),
    /// By a signal, with this number.
    Signalled(i32),
    /// It took longer than its suite allows, and was ended after this many seconds.
    TimedOut(u64),
}

/// What a program printed on standard output and standard error, both in one, in the order in which it came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    /// Its beginning.
    pub head: String,
    /// Its end, where it is longer than the beginning that was kept.
    pub tail: String,
    /// How many bytes it has.
    pub size: u64,
    /// The SHA-256 of all its bytes, in hexadecimal digits.
    pub sha256: String,
}

/// What was tested: a commit's tree, or a worktree's content as the tree that it would be if it were committed.
///
/// What lies below `.drift/` is left out of these trees: drift and the tests it runs write there. In a repository that has
/// nothing there they are the trees that git knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TestedTree {
    /// The commit that was checked out.
    pub commit: Option<ObjectId>,
    /// The tree before the tests ran.
    pub before: ObjectId,
    /// The tree after they ran; `None` where that was not looked at.
    pub after: Option<ObjectId>,
    /// Whether the worktree held something else than the commit: then `before` is not the commit's tree.
    pub dirty: bool,
}

impl TestedTree {
    /// Whether the tests left the tree as it was; also where that was not looked at.
    pub fn is_unchanged(&self) -> bool {
        self.after.is_none_or(|after| after == self.before)
    }
}
