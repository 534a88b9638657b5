//! What is wrong with drift's own files.

/// A part of one of drift's own files that can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The rule that reports it.
    pub kind: FaultKind,
    /// What is wrong, without the place.
    pub message: String,
    /// What settles it; may be empty.
    pub help: String,
    /// Where.
    pub place: FilePlace,
}

/// The kinds of fault, each with its rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// config.yaml, or a value in it (D901).
    UnreadableConfig,
    /// config.yaml names a rule, or an option of one, that there is not (D902).
    UnknownRule,
    /// A line of lessons.jsonl (D903).
    UnreadableLesson,
}

/// A place in a file that is no plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct FilePlace {
    /// The file, from the top of the repository or as it is called elsewhere.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}
