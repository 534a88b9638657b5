//! Which tests and assertions a tag stands for.
//!
//! A tag in a test is that test's. One above stands for the test or group that begins next, at most five lines below the
//! last tag of its run. An assertion maps to the nearest tag above it, at most fifty lines away, together with the tags
//! that are within five lines of each other there.

use crate::model::{Lines, TestFile};

/// The most lines between two tags of one group, and between a tag and the test that it stands above.
const GROUP_DISTANCE: usize = 5;
/// The most lines between a tag and an assertion that it stands for.
const ASSERTION_DISTANCE: usize = 50;

/// Something that a tag can stand above: a test, or what groups tests.
pub(super) struct Anchor {
    /// Its lines.
    pub(super) lines: Lines,
    /// The test that it is; `None` for a group.
    pub(super) test: Option<usize>,
    /// The byte behind it.
    pub(super) end: usize,
}

/// Fills in the tags of each test and assertion. The anchors stand in the order of the text, outer ones first.
pub(super) fn map(file: &mut TestFile, anchors: &[Anchor]) {
    let mut of_anchor: Vec<Vec<usize>> = vec![Vec::new(); anchors.len()];
    for (tag, anchor) in anchors_of_tags(file, anchors).into_iter().enumerate() {
        if let Some(anchor) = anchor {
            of_anchor[anchor].push(tag);
        }
    }
    inherit(file, anchors, &of_anchor);
    map_assertions(file);
}

/// For each tag the anchor that it stands for.
fn anchors_of_tags(file: &TestFile, anchors: &[Anchor]) -> Vec<Option<usize>> {
    let lines: Vec<usize> = file.tags.iter().map(|tag| tag.line).collect();
    let mut found = vec![None; lines.len()];
    for tag in (0..lines.len()).rev() {
        let place = Place::of(anchors, lines[tag]);
        // The run of tags goes on over the next one, if that stands above the same anchor.
        let is_run = |below: usize| below < place.begins && below <= place.ends && below - lines[tag] <= GROUP_DISTANCE;
        let goes_on = lines.get(tag + 1).is_some_and(|&below| is_run(below)) && found[tag + 1] == Some(place.next);
        let is_near = place.begins <= place.ends && place.begins - lines[tag] <= GROUP_DISTANCE;
        found[tag] = if goes_on || is_near {
            Some(place.next)
        } else {
            place.around
        };
    }
    found
}

/// A line among the anchors.
struct Place {
    /// The innermost test that holds the line.
    around: Option<usize>,
    /// The last line of that test.
    ends: usize,
    /// The anchor that begins next; the number of anchors where none does.
    next: usize,
    /// Its first line.
    begins: usize,
}

impl Place {
    fn of(anchors: &[Anchor], line: usize) -> Self {
        let next = anchors.partition_point(|anchor| anchor.lines.first <= line);
        let holds = |anchor: &Anchor| anchor.test.is_some() && anchor.lines.hold(line);
        let around = anchors[..next].iter().rposition(holds);
        Self {
            ends: around.map_or(usize::MAX - 1, |test| anchors[test].lines.last),
            begins: anchors.get(next).map_or(usize::MAX, |anchor| anchor.lines.first),
            around,
            next,
        }
    }
}

/// Each test has its own tags and those of all that it stands in.
fn inherit(file: &mut TestFile, anchors: &[Anchor], of_anchor: &[Vec<usize>]) {
    let mut open: Vec<usize> = Vec::new();
    for (index, anchor) in anchors.iter().enumerate() {
        while open.last().is_some_and(|&outer| anchors[outer].end < anchor.end) {
            open.pop();
        }
        open.push(index);
        if let Some(test) = anchor.test {
            let mut tags: Vec<usize> = open
                .iter()
                .flat_map(|&outer| of_anchor[outer].iter().copied())
                .collect();
            tags.sort_unstable();
            file.tests[test].tags = tags;
        }
    }
}

fn map_assertions(file: &mut TestFile) {
    let tags = &file.tags;
    for assertion in &mut file.assertions {
        let line = assertion.lines.first;
        let end = tags.partition_point(|tag| tag.line <= line);
        let Some(nearest) = end.checked_sub(1) else { continue };
        if line - tags[nearest].line > ASSERTION_DISTANCE {
            continue;
        }
        let mut first = nearest;
        while first > 0 && nearest - first < 100 && tags[first].line - tags[first - 1].line <= GROUP_DISTANCE {
            first -= 1;
        }
        assertion.tags = (first..=nearest).collect();
    }
}
