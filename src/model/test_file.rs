//! What a test file holds: its tests, what they assert, and the clauses that its comments name.

use super::RepoPath;

/// One file, as far as it was looked at. Lines count from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TestFile {
    /// Where it lies.
    pub path: RepoPath,
    /// How far it was looked at.
    pub reading: TestReading,
    /// The tests, in the order of the text; one that holds others precedes them.
    pub tests: Vec<SourceTest>,
    /// The assertions, in the order of the text.
    pub assertions: Vec<SourceAssertion>,
    /// The comments that name a clause or were meant to, in the order of the text.
    pub tags: Vec<ClauseTag>,
    /// What the tests ask from outside: status codes, endpoints, names on a page.
    pub surfaces: Vec<SurfaceUse>,
}

/// How far a file was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum TestReading {
    /// By the grammar of this language: tests, assertions and tags.
    Grammar(&'static str),
    /// Only comments that stand alone on their line; tests and assertions were not looked at, and why.
    TagsOnly(String),
    /// Not at all, and why.
    #[default]
    Nothing,
}

impl TestReading {
    /// Whether tests and assertions were looked at, so that their absence means something.
    pub fn sees_tests(&self) -> bool {
        matches!(self, Self::Grammar(_))
    }
}

/// The first and the last line of something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lines {
    /// The first line, from 1.
    pub first: usize,
    /// The last line.
    pub last: usize,
}

impl Lines {
    /// Whether `line` is one of them.
    pub fn hold(self, line: usize) -> bool {
        (self.first..=self.last).contains(&line)
    }
}

/// One test.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceTest {
    /// Its own name, as the source has it.
    pub name: String,
    /// The names of what it stands in (`describe`, class, module, outer test), outermost first.
    pub groups: Vec<String>,
    /// From its first decorator to its end.
    pub lines: Lines,
    /// Whether it is kept from running.
    pub marker: Option<TestMarker>,
    /// Whether it can't show anything.
    pub decorative: Option<Decorative>,
    /// Whether something in it speaks of failure: an expected error, a status of 400 or more, a word such as `invalid`.
    pub negative: bool,
    /// Index of the test that it stands in.
    pub parent: Option<usize>,
    /// How many assertions it has, those of the tests in it included.
    pub assertions: usize,
    /// Indices of the tags that stand for it: those in it, or directly above it or something that it stands in; malformed
    /// ones too.
    pub tags: Vec<usize>,
}

impl SourceTest {
    /// The name with those of its groups, `group > name`: it tells the tests of one file apart.
    pub fn full_name(&self) -> String {
        let names: Vec<&str> = self.groups.iter().chain([&self.name]).map(String::as_str).collect();
        names.join(" > ")
    }

    /// Whether it runs, as far as the source says.
    pub fn runs(&self) -> bool {
        self.marker.is_none()
    }
}

/// What keeps a test from running or from counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TestMarker {
    /// It is skipped, ignored or disabled.
    Skipped,
    /// It is yet to be written.
    Todo,
    /// It is expected to fail.
    ExpectedToFail,
}

impl TestMarker {
    /// The words that messages use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Skipped => "skipped",
            Self::Todo => "still to be written",
            Self::ExpectedToFail => "expected to fail",
        }
    }
}

/// Why a test can't show anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decorative {
    /// Its body is empty.
    Empty,
    /// Nothing in it, and in no helper of the file that it calls, asserts.
    NoAssertion,
    /// Each of its assertions holds whatever the code does: `expect(true).toBe(true)`.
    OnlyConstants,
    /// It only compares with a snapshot that it writes itself.
    OnlySnapshots,
}

/// One assertion.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceAssertion {
    /// Where it stands.
    pub lines: Lines,
    /// Index of the innermost test that it stands in; `None`: a helper or the file's top.
    pub test: Option<usize>,
    /// Whether it holds whatever the code does.
    pub is_constant: bool,
    /// Indices of the tags that it maps to: the nearest group above it, at most 50 lines away.
    pub tags: Vec<usize>,
}

/// A comment that names a clause, or was meant to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClauseTag {
    /// The clause's id, as the comment has it; may be empty where it is malformed.
    pub id: String,
    /// The line.
    pub line: usize,
    /// What is wrong with it; `None` for a tag of the exact form.
    pub fault: Option<TagFault>,
}

/// How a tag can be malformed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TagFault {
    /// The id is not `CL-<TYPE>-<SEQUENCE>`; it may still be a clause's own id.
    Id,
    /// There is no id at all.
    NoId,
    /// `@` is missing.
    NoAt,
    /// It is written in other letters than `@clause`.
    Spelling,
    /// More stands behind the id.
    Trailing,
    /// It stands in a block comment or a documentation comment.
    Block,
    /// It stands behind code.
    BehindCode,
}

/// Something that a test asks from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurfaceUse {
    /// What kind of thing.
    pub kind: SurfaceKind,
    /// `401`, `POST /login`, `AUTH_INVALID`, `user.token`, `submit-button`.
    pub value: String,
    /// The line.
    pub line: usize,
    /// Index of the innermost test that it stands in.
    pub test: Option<usize>,
}

/// The kinds of surface that a contract can declare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SurfaceKind {
    /// An HTTP status.
    StatusCode,
    /// A code that names an error.
    ErrorCode,
    /// A field of what is answered.
    PayloadPath,
    /// A method and a path.
    Endpoint,
    /// A test id on a page.
    TestId,
    /// A role on a page.
    Role,
    /// A label on a page.
    AriaLabel,
    /// A CSS selector.
    Selector,
}

impl SurfaceKind {
    /// The words that messages use.
    pub fn name(self) -> &'static str {
        match self {
            Self::StatusCode => "status code",
            Self::ErrorCode => "error code",
            Self::PayloadPath => "payload path",
            Self::Endpoint => "endpoint",
            Self::TestId => "test id",
            Self::Role => "role",
            Self::AriaLabel => "label",
            Self::Selector => "selector",
        }
    }
}

impl TestFile {
    /// Whether it has a comment that names a clause, malformed or not.
    pub fn has_tags(&self) -> bool {
        !self.tags.is_empty()
    }
}
