//! From what a plan writes to the patterns that it declares; what names no file becomes a problem.

use super::paths::{Entry, NamedPath};
use super::{Problems, place};
use crate::model::{Declaration, PathPattern, PatternError, ProblemKind};
use std::ops::Range;

/// What a list of files declares.
#[derive(Default)]
pub(super) struct Declared {
    /// The patterns, in order.
    pub files: Vec<Declaration>,
    /// Whether the list says that there is no file.
    pub says_none: bool,
}

impl Declared {
    /// Whether the list says of a file what is to happen to it.
    pub fn says_actions(&self) -> bool {
        self.files.iter().any(|file| file.action.is_some())
    }

    /// Whether every file is only looked at, as the words beside it say.
    pub fn only_looks(&self) -> bool {
        let looks = |note: &str| {
            let note = note.to_lowercase();
            [
                "verification only",
                "verify only",
                "read-only",
                "read only",
                "no changes",
                "no file",
                "no edits",
            ]
            .iter()
            .any(|words| note.contains(words))
        };
        !self.files.is_empty() && self.files.iter().all(|file| file.reason.as_deref().is_some_and(looks))
    }

    /// Adds the entries of one list. `field` is where the plan says so, `at` makes a place in the plan's text of one
    /// in the text that was read.
    pub fn add(
        &mut self,
        entries: Vec<Entry>,
        field: &str,
        read: &str,
        at: impl Fn(Range<usize>) -> Range<usize>,
        problems: &mut Problems,
    ) {
        for entry in entries {
            match entry {
                Entry::Nothing => self.says_none = true,
                Entry::Path(path) => self.add_path(path, field, &at, problems),
                Entry::Prose(span) => problems.add(
                    ProblemKind::InvalidValue,
                    format!("`{}` names no file", super::prose::bounded(&read[span.clone()], 80)),
                    "list paths or patterns, each on its own",
                    place(field, at(span)),
                ),
            }
        }
    }

    fn add_path(
        &mut self,
        path: NamedPath,
        field: &str,
        at: &impl Fn(Range<usize>) -> Range<usize>,
        problems: &mut Problems,
    ) {
        let location = place(field, at(path.span));
        match PathPattern::parse(&path.text) {
            Ok(pattern) => self.files.push(Declaration {
                pattern,
                action: path.action,
                reason: path.note,
                location,
            }),
            Err(error) => problems.add(
                ProblemKind::InvalidValue,
                format!(
                    "`{}` can't be in scope: {error}",
                    super::prose::bounded(&path.text, 200)
                ),
                help(error),
                location,
            ),
        }
    }
}

fn help(error: PatternError) -> &'static str {
    match error {
        PatternError::Absolute | PatternError::Outside => {
            "write the path as it is below the top of the repository; files outside of it are never in scope"
        }
        PatternError::TooComplex | PatternError::Malformed => "write fewer and simpler wildcards",
        PatternError::Empty => "",
    }
}
