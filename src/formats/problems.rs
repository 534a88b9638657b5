//! What could not be understood of one text: collected while reading goes on, bounded, and in the order of the text.

use crate::model::{Located, Location, PlanLocation, Problem, ProblemKind, nearest};
use std::collections::BTreeSet;
use std::ops::Range;

/// The most problems that are listed of one text.
const MAX_LISTED: usize = 1000;
/// The most names that one unknown name is compared with.
const MAX_CANDIDATES: usize = 300;

/// The longest message, in characters: what a plan holds can be of any length.
const MAX_MESSAGE: usize = 300;

/// The problems of one text in the making.
pub(super) struct Problems {
    source: usize,
    listed: Vec<Problem>,
    unlisted: usize,
    /// The bytes that could not be read at all: what is missing may stand there.
    pub(super) lost: Vec<Range<usize>>,
}

impl Problems {
    /// No problems yet, of the text that is `Plan::sources[source]`.
    pub(super) fn new(source: usize) -> Self {
        Self {
            source,
            listed: Vec::new(),
            unlisted: 0,
            lost: Vec::new(),
        }
    }

    /// A place in this text.
    pub(super) fn place(&self, pointer: impl Into<String>, span: Range<usize>) -> PlanLocation {
        PlanLocation::new(self.source, pointer, span)
    }

    /// One more problem, unless it is of a value that was not read to its end. `help` may be empty.
    pub(super) fn add(
        &mut self,
        kind: ProblemKind,
        message: impl Into<String>,
        help: impl Into<String>,
        location: PlanLocation,
    ) {
        if kind != ProblemKind::Unreadable && self.is_cut(&location) {
            return;
        }
        if self.is_full() {
            self.unlisted += 1;
            return;
        }
        self.listed.push(Problem {
            kind,
            message: shortened(message.into(), MAX_MESSAGE),
            help: Some(help.into()).filter(|help| !help.is_empty()),
            location: location.into(),
        });
    }

    /// Whether a part of the text could not be read.
    pub(super) fn some_is_lost(&self) -> bool {
        !self.lost.is_empty()
    }

    /// One more value that its field can't have. `help` may be empty.
    pub(super) fn invalid(&mut self, location: &PlanLocation, message: impl Into<String>, help: impl Into<String>) {
        self.add(ProblemKind::InvalidValue, message, help, location.clone());
    }

    /// Reports a `reference` that is not among the `known` names of a `what`.
    pub(super) fn add_dangling(&mut self, reference: &Located<String>, what: &str, known: &BTreeSet<&str>) {
        let message = format!("`{}` names no {what}", reference.value);
        let help = self.did_you_mean(&reference.value, known.iter().copied());
        self.invalid(&reference.location, message, help.unwrap_or_default());
    }

    /// The known name that `text` was meant to be; `None` also where nobody would read it any more.
    pub(super) fn meant<'n>(&self, text: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
        if self.is_full() {
            return None;
        }
        nearest(text, known.into_iter().take(MAX_CANDIDATES))
    }

    /// `did you mean …?`, where a known name is near enough.
    pub(super) fn did_you_mean<'n>(&self, text: &str, known: impl IntoIterator<Item = &'n str>) -> Option<String> {
        self.meant(text, known).map(|meant| format!("did you mean `{meant}`?"))
    }

    /// All of them, in the order of the text.
    pub(super) fn into_vec(mut self) -> Vec<Problem> {
        self.listed.sort_by_key(|problem| match &problem.location {
            Location::Plan(place) => place.span,
            _ => None,
        });
        if self.unlisted > 0 {
            self.listed.push(Problem {
                kind: ProblemKind::Unreadable,
                message: format!("{} more problems are not listed", self.unlisted),
                help: Some("settle these first".into()),
                location: PlanLocation::whole(self.source).into(),
            });
        }
        self.listed
    }

    fn is_cut(&self, location: &PlanLocation) -> bool {
        let Some((start, end)) = location.span else {
            return false;
        };
        self.lost.iter().any(|lost| start < lost.end && lost.start < end)
    }

    fn is_full(&self) -> bool {
        self.listed.len() >= MAX_LISTED
    }
}

/// The text, with an ellipsis in place of what is longer than `most` characters.
pub(super) fn shortened(mut text: String, most: usize) -> String {
    if let Some((end, _)) = text.char_indices().nth(most) {
        text.truncate(end);
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{MAX_LISTED, MAX_MESSAGE, Problems};

    #[test]
    fn a_message_is_no_longer_than_a_reader_has_patience() {
        let mut problems = Problems::new(0);
        problems.invalid(&problems.place("", 0..1), "é".repeat(5000), "");
        assert_eq!(problems.into_vec()[0].message.chars().count(), MAX_MESSAGE + 1);
    }

    #[test]
    fn problems_come_in_the_order_of_the_text_and_are_bounded() {
        let mut problems = Problems::new(0);
        for at in (0..MAX_LISTED + 7).rev() {
            problems.invalid(&problems.place("", at..at + 1), "bad", "");
        }
        let all = problems.into_vec();
        assert_eq!(all.len(), MAX_LISTED + 1);
        assert!(all[..MAX_LISTED].is_sorted_by_key(|it| format!("{:?}", it.location).len()));
        assert_eq!(all[MAX_LISTED].message, "7 more problems are not listed");
    }
}
