//! Where something stands: symbolic first, line and column only when somebody reads it.

use super::{ObjectId, RepoPath};
use std::ops::Range;

/// What a finding or a problem points at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Location {
    /// A place in a plan's text.
    Plan(PlanLocation),
    /// A commit of the range.
    Commit(ObjectId),
    /// A path in the target's tree (or, for a deletion, in the base's).
    Path(RepoPath),
    /// The range as a whole.
    Range,
}

/// A place in one of the texts that a plan was read from.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlanLocation {
    /// Index into `Plan::sources`.
    pub source: usize,
    /// A JSON pointer (RFC 6901) or, for formats that are not JSON, the name of the field; may be empty.
    pub pointer: String,
    /// Byte offsets into the source's text. `None`: the source as a whole.
    pub span: Option<(usize, usize)>,
}

impl PlanLocation {
    /// The whole of the source.
    pub fn whole(source: usize) -> Self {
        Self {
            source,
            ..Self::default()
        }
    }

    /// The bytes `span` of the source, reached by `pointer`.
    pub fn new(source: usize, pointer: impl Into<String>, span: Range<usize>) -> Self {
        Self {
            source,
            pointer: pointer.into(),
            span: Some((span.start, span.end)),
        }
    }
}

impl From<PlanLocation> for Location {
    fn from(place: PlanLocation) -> Self {
        Self::Plan(place)
    }
}

impl From<&PlanLocation> for Location {
    fn from(place: &PlanLocation) -> Self {
        Self::Plan(place.clone())
    }
}

impl From<ObjectId> for Location {
    fn from(id: ObjectId) -> Self {
        Self::Commit(id)
    }
}

impl From<&RepoPath> for Location {
    fn from(path: &RepoPath) -> Self {
        Self::Path(path.clone())
    }
}

/// A position in a text as editors count it: both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

/// The line and column of the byte `offset` in `text`; an offset past the end is the end.
pub fn line_column(text: &str, offset: usize) -> LineColumn {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = &text[..at];
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    LineColumn {
        line: before.matches('\n').count() + 1,
        column: before[start..].chars().count() + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::{LineColumn, line_column};

    #[test]
    fn lines_and_columns_count_from_one_in_characters() {
        let at = |offset| {
            let LineColumn { line, column } = line_column("aé\nb", offset);
            (line, column)
        };
        assert_eq!(
            [at(0), at(2), at(3), at(4), at(99)],
            [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2)]
        );
    }
}
