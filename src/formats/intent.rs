//! `intent.json`: what is asked, and within which scope.

use super::cursor::{Node, Object};
use super::native::{self, Draft};
use super::problems::Problems;
use super::{Format, Text};
use crate::model::{Declaration, Handle, Limits, Located, RiskLevel};

/// The format.
pub static FORMAT: Format = Format {
    name: "intent",
    what: "an intent (`\"schema\": \"drift/intent/1\"`, or `slug` and `goal`)",
    detects,
    read: |text| native::read_alone(text, &FORMAT),
};

/// The fewest characters that say what a run is for.
const SHORTEST_GOAL: usize = 10;
/// The names that only an intent has together.
const TELLING_FIELDS: &[&str] = &[
    "goal",
    "allowedFiles",
    "forbiddenFiles",
    "riskLevel",
    "dangerMode",
    "slug",
];

fn detects(text: &Text) -> bool {
    text.shape()
        .is_some_and(|shape| shape.is_artifact("intent", |shape| shape.count_of(TELLING_FIELDS) >= 2))
}

pub(super) fn read(object: &mut Object<'_>, draft: &mut Draft, problems: &mut Problems) {
    let lane = &mut draft.lane;
    lane.location = native::start(object);
    lane.name = slug(object, problems).unwrap_or_default();
    lane.goal = goal(object, problems);
    lane.constraints = native::values(native::texts(object, "constraints", problems));
    lane.allowed = native::list(object, "allowedFiles", problems, declaration);
    lane.forbidden = native::list(object, "forbiddenFiles", problems, declaration);
    let levels = RiskLevel::ALL.map(|level| (level.name(), level));
    lane.risk_level = object
        .field("riskLevel")
        .and_then(|node| node.choice(&levels, problems));
    lane.limits = limits(object, problems);
    lane.danger_mode = object
        .field("dangerMode")
        .and_then(|node| node.boolean(problems))
        .unwrap_or_default();
    lane.base_ref = revision(object, "baseRef", problems);
    lane.target_ref = revision(object, "targetRef", problems);
    lane.references = native::values(native::texts(object, "references", problems));
}

fn slug(object: &mut Object<'_>, problems: &mut Problems) -> Option<String> {
    let node = object.required("slug")?;
    let slug = node.text(problems)?;
    if let Err(error) = Handle::new(&slug, "00000000") {
        problems.invalid(&node.location, error.to_string(), "");
    }
    Some(slug)
}

fn goal(object: &mut Object<'_>, problems: &mut Problems) -> Option<Located<String>> {
    let goal = object.required("goal")?.located_text(problems)?;
    if goal.value.trim().chars().count() < SHORTEST_GOAL {
        let help = format!("say in {SHORTEST_GOAL} characters or more what will be so when the work is done");
        problems.invalid(&goal.location, "`goal` is too short to say what is wanted", help);
    }
    Some(goal)
}

fn declaration(node: Node<'_>, problems: &mut Problems) -> Option<Declaration> {
    Some(Declaration {
        pattern: node.pattern(problems)?,
        action: None,
        reason: None,
        location: node.location,
    })
}

fn limits(object: &mut Object<'_>, problems: &mut Problems) -> Limits {
    let Some(mut limits) = object.field("limits").and_then(|node| node.object(problems)) else {
        return Limits::default();
    };
    let mut limit = |name| {
        let node = limits.field(name)?;
        let value = node.whole_number(0, problems)?;
        let location = node.location;
        Some(Located { value, location })
    };
    let read = Limits {
        files: limit("files"),
        lines: limit("lines"),
        commits: limit("commits"),
    };
    limits.finish(problems);
    read
}

/// A name that git could resolve, and that no command could take for an option.
fn revision(object: &mut Object<'_>, name: &'static str, problems: &mut Problems) -> Option<String> {
    revision_of(&object.field(name)?, problems)
}

/// The same, of a value.
pub(super) fn revision_of(node: &Node<'_>, problems: &mut Problems) -> Option<String> {
    let revision = node.text(problems)?;
    if revision.starts_with('-') || revision.chars().any(|c| c.is_whitespace() || c.is_control()) {
        let help = "write a branch, a tag, a commit id, or what `git rev-parse` understands";
        problems.invalid(&node.location, format!("`{}` can't be a revision", node.label()), help);
        return None;
    }
    Some(revision)
}
