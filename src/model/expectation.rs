//! What must be true of the target's tree, whatever the commits were.

use super::{PathPattern, PlanLocation, RepoPath, Search};

/// One thing that a plan says must exist, hold, or be wired.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// What is expected.
    pub kind: ExpectationKind,
    /// Why, in the plan's words; may be empty.
    pub provides: String,
    /// Where the plan says so.
    pub location: PlanLocation,
}

/// The kinds of expectation, each with the rule that judges it.
#[derive(Clone, Debug)]
pub enum ExpectationKind {
    /// A file, or at least one file of a folder or pattern, exists (D601).
    Exists(PathPattern),
    /// The file contains at least one of the alternatives, each a literal text (D602).
    Contains {
        /// The file.
        path: PathPattern,
        /// The plan's text split at `|`; one that holds as a whole, `|` included, holds too.
        alternatives: Vec<String>,
    },
    /// The file names each of these symbols (D602).
    Exports {
        /// The file.
        path: PathPattern,
        /// The symbols, each of which must stand in the text.
        names: Vec<String>,
    },
    /// The file has at least this many lines (D602).
    MinLines {
        /// The file.
        path: PathPattern,
        /// The least number of lines.
        lines: u64,
    },
    /// One file refers to another (D603).
    Link {
        /// The file that must refer.
        from: Target,
        /// The file or thing that must be referred to.
        to: Target,
        /// A regular expression that must match in `from`, or else in `to`.
        pattern: Option<String>,
        /// By what means, in the plan's words; may be empty.
        via: String,
    },
    /// A criterion with a box, which somebody ticks when it holds (D604).
    Criterion {
        /// The criterion's words.
        text: String,
        /// Whether the plan's own text has it ticked.
        ticked: bool,
    },
    /// A changelog says what changed (D606): one of its files was touched.
    ChangelogEntry {
        /// The file; `None`: whatever is called a changelog.
        path: Option<PathPattern>,
    },
    /// A tag marks the work (D606).
    Tag {
        /// Its name, without `refs/tags/`.
        name: String,
    },
    /// No file holds a line that matches (D602).
    Absent {
        /// What must be found nowhere, in the syntax of Rust's regular expressions.
        expression: String,
        /// The same as the plan writes it.
        shown: String,
        /// Where it must not be; empty: everywhere.
        roots: Vec<PathPattern>,
    },
    /// A sentence: nothing that git could show. Counted as unchecked.
    Prose(String),
}

impl ExpectationKind {
    /// What has to be looked for in the target's tree to judge it, where it is a matter of that.
    pub fn search(&self) -> Option<Search> {
        match self {
            Self::Absent { expression, roots, .. } => Some(Search {
                expression: expression.clone(),
                roots: roots.iter().map(PathPattern::to_text).collect(),
            }),
            _ => None,
        }
    }

    /// The file that it is about, where it is about one.
    pub fn path(&self) -> Option<&PathPattern> {
        match self {
            Self::Exists(path)
            | Self::Contains { path, .. }
            | Self::Exports { path, .. }
            | Self::MinLines { path, .. } => Some(path),
            Self::ChangelogEntry { path } => path.as_ref(),
            Self::Absent { .. } | Self::Link { .. } | Self::Criterion { .. } | Self::Tag { .. } | Self::Prose(_) => {
                None
            }
        }
    }
}

/// One end of a link.
#[derive(Clone, Debug)]
pub enum Target {
    /// A path of the repository.
    Path(PathPattern),
    /// A name that is no path.
    Symbol(String),
}

impl Target {
    /// The path, where it is one.
    pub fn path(&self) -> Option<&PathPattern> {
        match self {
            Self::Path(path) => Some(path),
            Self::Symbol(_) => None,
        }
    }

    /// The path or the name, as a plan writes it.
    pub fn to_text(&self) -> String {
        match self {
            Self::Path(path) => path.to_text(),
            Self::Symbol(name) => name.clone(),
        }
    }
}

/// An expectation and what became of it.
#[derive(Clone, Debug)]
pub struct ExpectationOutcome {
    /// Index into `Plan::expectations`.
    pub expectation: usize,
    /// What the target's tree says.
    pub outcome: Outcome,
}

/// What the target's tree says of one expectation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It holds.
    Met,
    /// The file does not exist; with the nearest path that does.
    MissingFile {
        /// What was looked for.
        path: String,
        /// The most similar path of the tree.
        nearest: Option<RepoPath>,
    },
    /// The file exists and does not hold what it should; each text says one thing that is amiss.
    Unmet(Vec<String>),
    /// It could not be judged, and why: prose, a binary or oversized file, a regular expression that can't be read.
    Unchecked(String),
}
