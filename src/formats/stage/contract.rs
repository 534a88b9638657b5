//! Which contracts a text holds: by their seven headings, or as entries with fields.

use super::parts::{Part, Status, field, plain};
use crate::formats::markdown::outline::Section;
use std::collections::BTreeMap;
use std::ops::Range;

/// One contract, by its places in the text.
#[derive(Clone, Debug)]
pub(super) struct Contract {
    /// What the stage is called, where a heading or a part says so.
    pub name: String,
    /// Where the contract begins: its heading.
    pub heading: Range<usize>,
    /// What each part says, below its heading or behind its field; of two the first.
    pub parts: BTreeMap<Part, Content>,
    /// What the text says of its status, and where.
    pub status: Option<(String, Range<usize>)>,
    /// Where the whole contract stands.
    pub document: Option<String>,
    /// Whether it is an entry that only sums up: name, status, objectives and deliverables.
    pub is_entry: bool,
    /// Whether a heading above it calls it a template.
    pub under_template: bool,
}

/// What a part says.
#[derive(Clone, Debug, Default)]
pub(super) struct Content {
    /// The heading or the field.
    pub heading: Range<usize>,
    /// What stands behind a colon in the heading.
    pub inline: Range<usize>,
    /// The lines below it.
    pub body: Range<usize>,
}

/// The contracts of a text, in order.
pub(super) fn contracts(text: &str, sections: &[Section]) -> Vec<Contract> {
    let mut found = by_headings(text, sections);
    found.extend(entries(text, sections));
    found.sort_by_key(|contract| contract.heading.start);
    for contract in &mut found {
        if contract.name.is_empty() {
            contract.name = "stage".into();
        }
    }
    found
}

/// Contracts whose parts are headings.
fn by_headings(text: &str, sections: &[Section]) -> Vec<Contract> {
    let mut found: Vec<Contract> = Vec::new();
    let mut level = 0;
    let mut open = false;
    for (index, section) in sections.iter().enumerate() {
        let Some((part, _)) = Part::of(&section.title).filter(|_| !open || section.level <= level) else {
            // A heading above the parts ends the contract; one below them is part of what they say.
            open &= section.level >= level.max(1);
            continue;
        };
        if !open || found.last().is_none_or(|last| last.parts.contains_key(&part)) {
            found.push(begun(sections, index));
            (open, level) = (true, section.level);
        }
        if let Some(last) = found.last_mut() {
            last.parts.insert(part, content(text, section));
        }
    }
    found.retain(|contract| contract.parts.len() >= 3);
    found
        .iter_mut()
        .for_each(|contract| name_and_status(text, sections, contract));
    found
}

/// A contract that begins with the section `first`.
fn begun(sections: &[Section], first: usize) -> Contract {
    let above = ancestors(sections, first);
    let own = above.first().filter(|it| it.level > 1 || above.len() == 1);
    let heading = own.map_or(&sections[first], |it| it);
    Contract {
        name: String::new(),
        heading: heading.heading.clone(),
        parts: BTreeMap::new(),
        status: None,
        document: None,
        is_entry: false,
        under_template: above.iter().any(|it| plain(&it.title).contains("template")),
    }
}

/// The headings that stand above a section, the nearest first.
fn ancestors(sections: &[Section], index: usize) -> Vec<&Section> {
    let mut level = sections[index].level;
    let mut found = Vec::new();
    for section in sections[..index].iter().rev() {
        if section.level < level {
            level = section.level;
            found.push(section);
        }
    }
    found
}

fn content(text: &str, section: &Section) -> Content {
    let title = &text[section.heading.clone()];
    let inline = title.find(':').map_or(title.len(), |at| at + 1);
    Content {
        heading: section.heading.clone(),
        inline: section.heading.start + inline..section.heading.end,
        body: section.whole.clone(),
    }
}

/// The name that the first part says, else the heading above; and the status wherever a field of the contract says it.
fn name_and_status(text: &str, sections: &[Section], contract: &mut Contract) {
    let end = contract
        .parts
        .values()
        .map(|part| part.body.end)
        .max()
        .unwrap_or_default();
    let span = contract.heading.start..end;
    contract.status = value_of(text, span.clone(), "status");
    contract.document = value_of(text, span, "document").map(|(value, _)| value);
    let said = contract.parts.get(&Part::Name).and_then(|part| first_words(text, part));
    let above = || {
        let section = sections.iter().find(|it| it.heading == contract.heading)?;
        Part::of(&section.title)
            .is_none()
            .then(|| stage_name(&section.title).to_owned())
    };
    contract.name = said.or_else(above).unwrap_or_default();
}

/// The first line of what a part says.
fn first_words(text: &str, part: &Content) -> Option<String> {
    let inline = text[part.inline.clone()].trim();
    let lines = text[part.body.clone()].lines();
    let own = std::iter::once(inline).chain(lines.map(str::trim));
    let said = own
        .map(|line| {
            line.trim_start_matches(['-', '*', '>', ' '])
                .trim_end_matches('*')
                .trim_matches(['"', '“', '”'])
        })
        .find(|line| !line.is_empty() && !line.starts_with("<!--") && field(line).is_none())?;
    Some(said.to_owned())
}

/// `Stage: Types (Current)` without what only says that it is one.
fn stage_name(title: &str) -> &str {
    let name = title
        .split_once(": ")
        .filter(|(kind, _)| plain(kind).starts_with("stage"));
    let name = name.map_or(title, |(_, name)| name).trim();
    let without_note = name.rsplit_once(" (").filter(|(_, note)| Status::of(note).is_some());
    without_note.map_or(name, |(name, _)| name)
}

/// Entries with the fields Objectives and Deliverables, such as stand under "Active Stage Contracts".
fn entries(text: &str, sections: &[Section]) -> Vec<Contract> {
    let read = |section: &Section| {
        let parts = fields(text, section.own.clone());
        let is_one = parts.contains_key(&Part::Objectives) && parts.contains_key(&Part::Deliverables);
        is_one.then(|| Contract {
            name: stage_name(&section.title).to_owned(),
            heading: section.heading.clone(),
            status: value_of(text, section.own.clone(), "status"),
            document: value_of(text, section.own.clone(), "document").map(|(value, _)| value),
            is_entry: !parts.contains_key(&Part::Rollback),
            under_template: plain(&section.title).contains("template"),
            parts,
        })
    };
    sections.iter().filter_map(read).collect()
}

/// The fields of a section that name parts, each with the lines up to the next field.
fn fields(text: &str, span: Range<usize>) -> BTreeMap<Part, Content> {
    let mut found: Vec<(Option<Part>, Content)> = Vec::new();
    let mut at = span.start;
    for line in text[span].split_inclusive('\n') {
        let start = at;
        at += line.len();
        let named = field(line).filter(|_| line.trim_start().starts_with("**"));
        if let Some((name, value)) = named {
            let end = start + line.trim_end().len();
            let content = Content {
                heading: start..end,
                inline: end - value.len()..end,
                body: at..at,
            };
            found.push((Part::of(name).map(|(part, _)| part), content));
        } else if let Some((_, last)) = found.last_mut() {
            last.body.end = at;
        }
    }
    let mut parts = BTreeMap::new();
    for (part, content) in found {
        if let Some(part) = part {
            parts.entry(part).or_insert(content);
        }
    }
    parts
}

/// The first value of the field `name`, and where it stands.
fn value_of(text: &str, span: Range<usize>, name: &str) -> Option<(String, Range<usize>)> {
    let mut at = span.start;
    for line in text[span].split_inclusive('\n') {
        let start = at;
        at += line.len();
        if let Some((_, value)) = field(line).filter(|(key, value)| plain(key) == name && !value.is_empty()) {
            let end = start + line.trim_end().len();
            return Some((value.trim_matches(['`', '*']).to_owned(), start..end));
        }
    }
    None
}
