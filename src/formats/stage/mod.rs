//! Stage execution contracts: Markdown with seven parts a stage, from its name to how it is taken back and recorded.
//!
//! [`contract`] finds which contracts there are and what each part of them says, [`records`] what they promise to record;
//! [`reading`] makes lanes and expectations of them. Paths count where they stand in back quotes;
//! a sentence without one is nothing that git could show, and stays unchecked.

mod contract;
mod parts;
mod reading;
mod records;

use super::markdown::outline;
use super::{Format, Text};
use crate::model::{Plan, artifact_hash};
use parts::Part;
use std::collections::BTreeSet;

/// The line for `FORMATS`.
pub(super) static FORMAT: Format = Format {
    name: "stage_contract",
    what: "a stage execution contract: Markdown with objectives, deliverables, acceptance criteria and a rollback plan under \
           headings",
    detects,
    read,
};

/// Whether the text has the headings of a contract, four of the seven, or an entry under "Active Stage Contracts".
fn detects(text: &Text) -> bool {
    if text.shape().is_some() {
        return false;
    }
    let sections = outline::sections(&text.text);
    let named: BTreeSet<Part> = sections.iter().filter_map(|it| Some(Part::of(&it.title)?.0)).collect();
    let by_parts = named.contains(&Part::Deliverables) && named.len() >= 4;
    let speaks_of_stages = || {
        sections
            .iter()
            .any(|it| parts::plain(&it.title).contains("stage contract"))
    };
    let has_entry = || {
        contract::contracts(&text.text, &sections)
            .iter()
            .any(|it| it.status.is_some())
    };
    by_parts || (speaks_of_stages() && has_entry())
}

fn read(text: &Text) -> Plan {
    let mut plan = reading::read(text);
    let mut source = text.source(FORMAT.name, false);
    source.hash = artifact_hash(false, unticked(&text.text).as_bytes());
    plan.sources = vec![source];
    plan
}

/// The text with empty boxes: a criterion that is ticked while the work goes on asks for no new approval.
fn unticked(text: &str) -> String {
    let line = |line: &str| {
        let is_box = line.trim_start().starts_with(['-', '*', '+'])
            || line.trim_start().starts_with(|c: char| c.is_ascii_digit());
        match line.find("[x] ").or_else(|| line.find("[X] ")).filter(|_| is_box) {
            Some(at) if line[..at].trim_start().len() <= 4 => format!("{}[ ] {}", &line[..at], &line[at + 4..]),
            _ => line.to_owned(),
        }
    };
    text.split_inclusive('\n').map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::unticked;

    #[test]
    fn only_boxes_are_emptied() {
        assert_eq!(
            unticked("- [x] a [x] b\n  1. [X] c\nan [x] d\n"),
            "- [ ] a [x] b\n  1. [ ] c\nan [x] d\n"
        );
    }
}
