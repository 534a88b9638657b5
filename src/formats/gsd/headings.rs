//! Tasks under Markdown headings (`### Task 1: …`), as plans without tags have them.

use super::declarations::Declared;
use super::prose::{bounded, folded};
use super::tasks::{looks_only, without_number};
use super::{Problems, fences, paths, place};
use crate::model::{Unit, UnitKind};
use std::ops::Range;

/// The longest title and the longest body, in bytes.
const MAX_TITLE: usize = 200;
const MAX_BODY: usize = 4_000;

/// A heading `Task …` and what stands below it.
struct Section {
    heading: Range<usize>,
    content: Range<usize>,
}

/// Whether there is a heading of a task from `start` on.
pub(super) fn are_there(text: &str, start: usize) -> bool {
    !sections(text, start).is_empty()
}

/// The units of the tasks from `start` on.
pub(super) fn read(text: &str, start: usize, problems: &mut Problems) -> Vec<Unit> {
    let sections = sections(text, start);
    sections.iter().map(|section| unit(text, section, problems)).collect()
}

/// The level of a heading line and its words.
fn heading(line: &str) -> Option<(usize, &str)> {
    let level = line.bytes().take_while(|&byte| byte == b'#').count();
    let words = line[level..].strip_prefix(' ')?;
    (1..=6).contains(&level).then(|| (level, words.trim()))
}

fn sections(text: &str, start: usize) -> Vec<Section> {
    let fences = fences::find(text, start);
    let mut fences = fences.iter().peekable();
    let mut found: Vec<(Section, usize)> = Vec::new();
    let mut at = start;
    let mut open = false;
    for line in text[start..].split_inclusive('\n') {
        let span = at..at + line.len();
        at = span.end;
        while fences.next_if(|fence| fence.span.end <= span.start).is_some() {}
        let fenced = fences.peek().is_some_and(|fence| fence.span.start <= span.start);
        let Some((level, words)) = heading(line).filter(|_| !fenced) else {
            continue;
        };
        if let Some((last, own)) = found.last_mut().filter(|(_, own)| open && level <= *own) {
            (last.content.end, open) = (span.start, *own < level);
        }
        if without_number(words).0.is_some() {
            let heading = span.start..span.start + line.trim_end().len();
            found.push((
                Section {
                    heading,
                    content: span.end..text.len(),
                },
                level,
            ));
            open = true;
        }
    }
    found.into_iter().map(|(section, _)| section).collect()
}

fn unit(text: &str, section: &Section, problems: &mut Problems) -> Unit {
    let words = heading(&text[section.heading.clone()]).map_or("", |(_, words)| words);
    let (id, title) = without_number(words);
    let declared = files(text, section, problems);
    let only_looks = declared.files.is_empty() && (declared.says_none || looks_only(title));
    Unit {
        id: id.unwrap_or_default(),
        title: bounded(&folded(title), MAX_TITLE),
        kind: if only_looks { UnitKind::Check } else { UnitKind::Work },
        files: declared.files,
        body: bounded(text[section.content.clone()].trim(), MAX_BODY),
        location: place("task", section.heading.clone()),
        ..Unit::default()
    }
}

/// What stands after `**Files:**`, on the line and in the bullets below it.
fn files(text: &str, section: &Section, problems: &mut Problems) -> Declared {
    let mut declared = Declared::default();
    let mut at = section.content.start;
    let mut listing = false;
    for line in text[section.content.clone()].split_inclusive('\n') {
        let start = at;
        at += line.len();
        let part = match after_label(line) {
            Some(rest) => {
                listing = rest.trim().is_empty();
                rest
            }
            None if listing && is_bullet(line) => line,
            None => {
                listing &= line.trim().is_empty();
                continue;
            }
        };
        let offset = start + (line.len() - part.len());
        let place = |span: Range<usize>| offset + span.start..offset + span.end;
        declared.add(paths::list(part), "files", part, place, problems);
    }
    declared
}

fn is_bullet(line: &str) -> bool {
    let trimmed = line.trim_start();
    trimmed.starts_with("- ") && !trimmed.starts_with("- **")
}

/// What follows `Files:` or `File:` on the line, bold or not.
fn after_label(line: &str) -> Option<&str> {
    let bare = line.trim_start().trim_start_matches("- ").trim_start_matches("**");
    let rest = bare.strip_prefix("Files").or_else(|| bare.strip_prefix("File"))?;
    [":**", "**:", ":"].into_iter().find_map(|end| rest.strip_prefix(end))
}
