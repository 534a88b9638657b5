//! Where something stands: symbolic first, line and column only when somebody reads it.

use super::{FilePlace, Lines, ObjectId, RepoPath};
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
    /// Lines of a file in the target's tree.
    Lines(RepoPath, Lines),
    /// A place in a file that is no plan.
    File(FilePlace),
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
///
/// For many offsets of one text ask a [`LineIndex`].
pub fn line_column(text: &str, offset: usize) -> LineColumn {
    LineIndex::new(text).line_column(offset)
}

/// The bytes of a line between two marks of a [`LineIndex`]: a JSON text of a megabyte may be one line.
const MARK_DISTANCE: usize = 4096;

/// Where the lines of a text begin, so that asking for many places does not read the text again for each.
#[derive(Clone, Debug)]
pub struct LineIndex<'a> {
    text: &'a str,
    /// Byte offsets with their places, in order: the beginning of each line, and points inside of long lines.
    marks: Vec<(usize, LineColumn)>,
}

impl<'a> LineIndex<'a> {
    /// Reads the text once.
    pub fn new(text: &'a str) -> Self {
        let mut marks = Vec::new();
        let mut start = 0;
        for (number, line) in text.split_inclusive('\n').enumerate() {
            mark_line(start, number + 1, line, &mut marks);
            start += line.len();
        }
        if marks.is_empty() || text.ends_with('\n') {
            mark_line(start, marks.last().map_or(1, |(_, last)| last.line + 1), "", &mut marks);
        }
        Self { text, marks }
    }

    /// The line and column of the byte `offset`; an offset past the end is the end.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let mut at = offset.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let next = self.marks.partition_point(|(mark, _)| *mark <= at);
        let (mark, place) = self.marks[next.saturating_sub(1)];
        LineColumn {
            column: place.column + self.text[mark..at].chars().count(),
            ..place
        }
    }
}

/// Marks the beginning of a line, and every so many bytes of a long one.
fn mark_line(start: usize, line: usize, text: &str, marks: &mut Vec<(usize, LineColumn)>) {
    marks.push((start, LineColumn { line, column: 1 }));
    if text.len() <= MARK_DISTANCE {
        return;
    }
    let mut due = MARK_DISTANCE;
    for (characters, (at, _)) in text.char_indices().enumerate() {
        if at >= due {
            let column = characters + 1;
            marks.push((start + at, LineColumn { line, column }));
            due = at + MARK_DISTANCE;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LineColumn, LineIndex, MARK_DISTANCE, line_column};

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
    #[test]
    fn every_place_of_a_text_is_counted_as_by_hand() {
        let long = "é".repeat(3 * MARK_DISTANCE);
        for text in [
            "",
            "\n",
            "a",
            "a\n",
            "\n\na",
            "a\r\nb",
            &long,
            &format!("{long}\nx\n{long}"),
        ] {
            let index = LineIndex::new(text);
            let (mut line, mut column) = (1, 1);
            for (offset, character) in text.char_indices() {
                assert_eq!(index.line_column(offset), LineColumn { line, column }, "byte {offset}");
                (line, column) = if character == '\n' {
                    (line + 1, 1)
                } else {
                    (line, column + 1)
                };
            }
            assert_eq!(
                index.line_column(text.len() + 9),
                LineColumn { line, column },
                "the end"
            );
        }
    }
}
