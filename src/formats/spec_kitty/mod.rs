//! spec-kitty missions: a folder of documents that together are one plan, or any of them alone.
//!
//! [`document`] tells them apart; one file reads each: [`work_package`] (`tasks/WP##-*.md`), [`manifest`] (`wps.yaml`),
//! [`lanes`] (`lanes.json`), [`meta`] (`meta.json`), [`matrix`] (`acceptance-matrix.json`, with [`grep`] for what must be
//! absent) and [`contract`] (`contracts/*.md`). [`mission`] puts them together as one lane whose units are the work
//! packages. Reviews and prose beside them are no plans; [`events`] reads what the mission's status claims.

mod bookkeeping;
mod contract;
mod document;
pub(super) mod events;
mod grep;
mod lanes;
mod manifest;
mod matrix;
mod meta;
mod mission;
mod package;
mod work_package;

use super::native::Recognised;
use super::{Format, Text};
use crate::model::Plan;

/// The line for `FORMATS`.
pub(super) static FORMAT: Format = Format {
    name: "spec_kitty",
    what: "a document of a spec-kitty mission: WP##-*.md, wps.yaml, lanes.json, meta.json, acceptance-matrix.json, or a \
           contract with clauses C1, C2, …",
    detects,
    read,
};

fn detects(text: &Text) -> bool {
    document::kind(text).is_some()
}

fn read(text: &Text) -> Plan {
    mission::read(&[text])
}

/// Whether a text of this format belongs to the mission that the group is.
pub(super) fn joins(group: &[Recognised<'_>], text: &Text, format: Option<&'static Format>) -> bool {
    let is_ours = |format: Option<&'static Format>| format.is_some_and(|it| it.name == FORMAT.name);
    is_ours(format)
        && group
            .iter()
            .all(|(other, theirs)| is_ours(*theirs) && document::root(other) == document::root(text))
}

/// Reads the documents of one mission as one lane; `None` where the group is something else.
pub(super) fn read_group(group: &[Recognised<'_>]) -> Option<Plan> {
    let is_ours = group
        .iter()
        .all(|(_, format)| format.is_some_and(|it| it.name == FORMAT.name));
    let texts: Vec<&Text> = group.iter().map(|(text, _)| *text).collect();
    is_ours.then(|| mission::read(&texts))
}

/// Whether the text tells how a work package was reviewed: it lies among the packages and is none.
pub(super) fn is_review(text: &Text) -> bool {
    document::is_review(text)
}

/// The `mission_id` that a `meta.json` declares.
pub(super) fn mission_id(text: &Text) -> Option<String> {
    meta::declared_id(text)
}

/// The lanes of a `lanes.json`, each with the ids of its packages in the order of work.
pub(super) fn lanes_of(text: &Text) -> Vec<(String, Vec<String>)> {
    lanes::packages(text)
}

/// The id in the name of a package's file: `WP03` of `tasks/WP03-title.md`.
pub(super) fn package_in_name(name: &str) -> Option<&str> {
    work_package::id_in_name(name)
}
