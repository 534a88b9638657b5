//! Tasks as a list of boxes (`- [ ] **T01: …**`), as the plan of a slice has them.

use super::declarations::Declared;
use super::prose::{bounded, folded};
use super::{Problems, fences, paths, place};
use crate::model::{Unit, UnitKind};
use std::ops::Range;

/// The longest title and the longest body, in bytes.
const MAX_TITLE: usize = 200;
const MAX_BODY: usize = 4_000;

/// A task's line and the lines below it.
struct Item<'t> {
    id: &'t str,
    title: &'t str,
    line: Range<usize>,
    content: Range<usize>,
}

/// Whether there is a list of tasks from `start` on.
pub(super) fn are_there(text: &str, start: usize) -> bool {
    !items(text, start).is_empty()
}

/// The units of the tasks from `start` on.
pub(super) fn read(text: &str, start: usize, problems: &mut Problems) -> Vec<Unit> {
    let items = items(text, start);
    items.iter().map(|item| unit(text, item, problems)).collect()
}

fn items(text: &str, start: usize) -> Vec<Item<'_>> {
    let fences = fences::find(text, start);
    let mut fences = fences.iter().peekable();
    let mut found: Vec<Item<'_>> = Vec::new();
    let mut at = start;
    let mut open = false;
    for line in text[start..].split_inclusive('\n') {
        let span = at..at + line.len();
        at = span.end;
        while fences.next_if(|fence| fence.span.end <= span.start).is_some() {}
        if fences.peek().is_some_and(|fence| fence.span.start <= span.start) {
            continue;
        }
        if let Some((id, title)) = task(line) {
            let line = span.start..span.start + line.trim_end().len();
            let content = span.end..span.end;
            found.push(Item {
                id,
                title,
                line,
                content,
            });
            open = true;
        } else if line.starts_with('#') {
            open = false;
        }
        if let Some(last) = found.last_mut().filter(|_| open) {
            last.content.end = span.end;
        }
    }
    found
}

/// The id and title of a line like `- [x] **T01: Title**`.
fn task(line: &str) -> Option<(&str, &str)> {
    let rest = line.strip_prefix("- [")?;
    let rest = [" ", "x", "X"].into_iter().find_map(|mark| rest.strip_prefix(mark))?;
    let (id, rest) = rest.strip_prefix("] **")?.split_once(':')?;
    let (title, _) = rest.split_once("**")?;
    let is_id = id
        .strip_prefix('T')
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()));
    is_id.then(|| (id, title.trim()))
}

fn unit(text: &str, item: &Item<'_>, problems: &mut Problems) -> Unit {
    let declared = files(text, item, problems);
    let looks = declared.files.is_empty() && (declared.says_none || super::tasks::looks_only(item.title));
    let content = &text[item.content.clone()];
    Unit {
        id: item.id.to_owned(),
        title: bounded(&folded(item.title), MAX_TITLE),
        kind: if looks { UnitKind::Check } else { UnitKind::Work },
        files: declared.files,
        body: bounded(content.trim(), MAX_BODY),
        verify: content
            .lines()
            .find_map(|line| labelled(line, "Verify"))
            .map(ToOwned::to_owned),
        location: place("task", item.line.clone()),
        ..Unit::default()
    }
}

fn files(text: &str, item: &Item<'_>, problems: &mut Problems) -> Declared {
    let mut declared = Declared::default();
    let mut at = item.content.start;
    for line in text[item.content.clone()].split_inclusive('\n') {
        at += line.len();
        let Some(list) = labelled(line, "Files") else { continue };
        let offset = at - line.len() + line.find(list).unwrap_or_default();
        let place = |span: Range<usize>| offset + span.start..offset + span.end;
        declared.add(paths::list(list), "files", list, place, problems);
    }
    declared
}

/// What follows `- Label:` on an indented line.
fn labelled<'t>(line: &'t str, label: &str) -> Option<&'t str> {
    let rest = line.trim().strip_prefix("- ")?.strip_prefix(label)?;
    rest.strip_prefix(':').map(str::trim).filter(|rest| !rest.is_empty())
}
