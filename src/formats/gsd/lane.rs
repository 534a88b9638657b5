//! The plan as a whole: what it is called, what it is for, and what it may touch.

use super::declarations::Declared;
use super::frontmatter::Frontmatter;
use super::node::{Node, Value};
use super::paths::Entry;
use super::prose::{bounded, decoded, first_paragraph, folded};
use super::tags::Element;
use super::{Problems, bookkeeping, naming, paths, place};
use crate::formats::Text;
use crate::model::{Lane, Located, PlanLocation};
use std::ops::Range;

/// The longest goal, and the longest line of a verification that is shown, in bytes.
const MAX_GOAL: usize = 600;
/// Headings of a list of files, where the fields have none.
const FILE_HEADINGS: &[&str] = &[
    "Files Likely Touched",
    "Files Changed",
    "Files Modified",
    "Files to Modify",
];
/// The most lines of a verification that are shown.
const MAX_VERIFY: usize = 50;

/// The lane that the plan is.
pub(super) fn read(
    text: &Text,
    frontmatter: &Frontmatter,
    fields: &Node,
    elements: &[Element<'_>],
    problems: &mut Problems,
) -> Lane {
    let path = text
        .repo_path
        .as_ref()
        .and_then(|path| path.as_str())
        .unwrap_or(&text.name);
    let name = naming::lane_name(fields.text_of("phase"), fields.text_of("plan"), path);
    Lane {
        commit_scope: Some(name.clone()).filter(|name| name.contains(|c: char| c.is_ascii_digit())),
        name,
        goal: goal(&text.text, frontmatter, fields, elements),
        allowed: allowed(&text.text, frontmatter, fields, problems).files,
        references: references(fields),
        bookkeeping: bookkeeping::patterns(),
        verify: verify(&text.text, elements),
        location: PlanLocation::whole(0),
        ..Lane::default()
    }
}

/// What `files_modified` declares; without that field the list under a heading that says the same.
fn allowed(text: &str, frontmatter: &Frontmatter, fields: &Node, problems: &mut Problems) -> Declared {
    let mut declared = Declared::default();
    let Some(list) = fields.get("files_modified") else {
        if let Some(span) = under_heading(text, frontmatter.body, FILE_HEADINGS) {
            let at = |it: Range<usize>| span.start + it.start..span.start + it.end;
            let listed = &text[span.clone()];
            let entries = paths::list(listed)
                .into_iter()
                .filter(|entry| !matches!(entry, Entry::Prose(_)));
            declared.add(entries.collect(), "files", listed, at, problems);
        }
        return declared;
    };
    let is_one_text = matches!(list.value, Value::Text(_));
    for item in list.items() {
        let Some(text) = item
            .text()
            .or_else(|| item.text_of("path"))
            .or_else(|| item.text_of("file"))
        else {
            continue;
        };
        let entries = if is_one_text {
            paths::list(text)
        } else {
            paths::entry(text)
        };
        declared.add(entries, "files_modified", text, |_| item.span.clone(), problems);
    }
    declared
}

/// The plans that come before this one, and the requirements that it serves.
fn references(fields: &Node) -> Vec<String> {
    let texts = |key: &str| {
        fields
            .get(key)
            .map_or(&[][..], Node::items)
            .iter()
            .filter_map(Node::text)
    };
    let before = texts("depends_on").map(|plan| format!("depends on {plan}"));
    before.chain(texts("requirements").map(ToOwned::to_owned)).collect()
}

/// The objective's first paragraph; else the words under that heading, the fields' title, or the first heading.
fn goal(text: &str, frontmatter: &Frontmatter, fields: &Node, elements: &[Element<'_>]) -> Option<Located<String>> {
    let objective = elements.iter().find(|element| element.name == "objective");
    let span = objective.map(|element| element.content.clone());
    let span = span.or_else(|| under_heading(text, frontmatter.body, &["Objective", "Goal"]));
    let span = span.or_else(|| after_label(text, frontmatter.body, &["**Goal:**", "**Goal**:"]));
    let from_body = span.map(|span| (first_paragraph(&text[span.clone()]), span));
    let found = from_body
        .filter(|(goal, _)| !goal.is_empty())
        .or_else(|| from_fields(fields))
        .or_else(|| first_heading(text, frontmatter.body));
    found.map(|(goal, span)| Located {
        value: bounded(&goal, MAX_GOAL),
        location: place("objective", span),
    })
}

fn from_fields(fields: &Node) -> Option<(String, Range<usize>)> {
    let node = ["objective", "goal", "title", "description"]
        .into_iter()
        .find_map(|key| fields.get(key))?;
    Some((folded(node.text()?), node.span.clone()))
}

/// The text between a heading with one of these words and the next heading.
fn under_heading(text: &str, start: usize, words: &[&str]) -> Option<Range<usize>> {
    let mut at = start;
    let mut found = None;
    for line in text[start..].split_inclusive('\n') {
        let is_heading = line.starts_with('#');
        if let (Some(begin), true) = (found, is_heading) {
            return Some(begin..at);
        }
        at += line.len();
        if is_heading && words.contains(&line.trim_start_matches('#').trim()) {
            found = Some(at);
        }
    }
    found.map(|begin| begin..at)
}

/// The rest of the first line that begins with one of the labels.
fn after_label(text: &str, start: usize, labels: &[&str]) -> Option<Range<usize>> {
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if let Some(rest) = labels.iter().find_map(|label| line.strip_prefix(label)) {
            return Some(at + line.len() - rest.len()..at + line.len());
        }
        at += line.len();
    }
    None
}

fn first_heading(text: &str, start: usize) -> Option<(String, Range<usize>)> {
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if let Some(title) = line.strip_prefix("# ") {
            return Some((folded(title), at..at + line.trim_end().len()));
        }
        at += line.len();
    }
    None
}

/// The lines of the verification blocks, without bullets and boxes.
fn verify(text: &str, elements: &[Element<'_>]) -> Vec<String> {
    let blocks = elements.iter().filter(|element| element.name == "verification");
    let lines = blocks.flat_map(|element| text[element.content.clone()].lines());
    let bare = lines.map(|line| {
        let item = line.trim().trim_start_matches(['-', '*', ' ']);
        let unticked = ["[ ]", "[x]", "[X]"]
            .into_iter()
            .find_map(|mark| item.strip_prefix(mark));
        decoded(unticked.unwrap_or(item).trim())
    });
    let said = bare.filter(|line| !line.is_empty() && !line.ends_with(':') && !line.starts_with("```"));
    said.take(MAX_VERIFY).map(|line| bounded(&line, MAX_GOAL)).collect()
}
