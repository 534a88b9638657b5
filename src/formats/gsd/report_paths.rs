//! The files that a summary names: in its fields, and in lists of its body.

use super::node::Node;
use super::paths::{Entry, entry, is_path};
use crate::formats::markdown::code::code_spans;
use crate::model::PathPattern;
use std::ops::Range;

/// Files that were named, and whether the list of them is whole.
#[derive(Default)]
pub(super) struct Named {
    /// The files, each once.
    pub paths: Vec<PathPattern>,
    /// Whether something in the list is no path, so that there may be more files.
    pub some_is_prose: bool,
}

impl Named {
    fn add(&mut self, text: &str) {
        let Ok(pattern) = PathPattern::parse(text) else { return };
        let text = pattern.to_text();
        if !pattern.text().is_empty() && !self.paths.iter().any(|known| known.to_text() == text) {
            self.paths.push(pattern);
        }
    }

    /// The entries of a field: `[a, b]`, lines of a list, or maps with `path`.
    pub(super) fn add_field(&mut self, field: Option<&Node>) {
        for item in field.map(Node::items).unwrap_or_default() {
            let Some(text) = item
                .text()
                .or_else(|| item.text_of("path"))
                .or_else(|| item.text_of("file"))
            else {
                self.some_is_prose = true;
                continue;
            };
            for named in entry(text) {
                match named {
                    Entry::Path(path) => self.add(&path.text),
                    Entry::Nothing => {}
                    Entry::Prose(_) => self.some_is_prose |= !text.chars().all(|c| c.is_ascii_digit()),
                }
            }
        }
    }

    /// The bullets of a list that are not below another: the paths in back quotes before the first dash or colon.
    pub(super) fn add_list(&mut self, text: &str, span: Range<usize>) {
        for line in text[span].lines() {
            let Some(item) = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) else {
                continue;
            };
            let head = before_the_note(item);
            let quoted: Vec<&str> = code_spans(head).into_iter().filter(|word| is_path(word)).collect();
            let plain = head.trim_matches(['*', ' ']);
            if !quoted.is_empty() {
                quoted.into_iter().for_each(|path| self.add(path));
            } else if is_path(plain) {
                self.add(plain);
            } else if !is_nothing(plain) {
                self.some_is_prose = true;
            }
        }
    }
}

/// `None`, `(none)`, `No files`: nothing was named.
fn is_nothing(text: &str) -> bool {
    let bare = text.trim_matches(['(', ')', '.', '`']).to_lowercase();
    ["none", "n/a", "no files", "no "]
        .iter()
        .any(|word| bare.starts_with(word))
}

/// What stands before ` - `, ` — `, `: ` or ` (`.
fn before_the_note(item: &str) -> &str {
    let marks = [" - ", " — ", " – ", ": ", " (", " ["];
    let end = marks.iter().filter_map(|mark| item.find(mark)).min();
    &item[..end.unwrap_or(item.len())]
}

/// All paths in back quotes within a text, each once.
pub(super) fn quoted_paths(text: &str) -> Vec<PathPattern> {
    let mut named = Named::default();
    for word in code_spans(text)
        .into_iter()
        .filter(|word| is_path(word) && word.contains(['/', '.']))
    {
        named.add(word);
    }
    named.paths
}
