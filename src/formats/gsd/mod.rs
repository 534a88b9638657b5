//! GSD plans (`PLAN.md`): YAML fields in front, tags or headings for tasks behind, prose everywhere.
//!
//! The files are written by agents and people for agents: half of the bodies are no well-formed XML, some
//! frontmatters are no YAML. Reading goes on past whatever is off, and says so once.
//!
//! [`frontmatter`] finds the fields, [`yaml`] or else [`loose`] reads them into [`node`]s; [`tags`] finds the
//! elements of the body. From these [`lane`], [`tasks`], [`headings`], [`slices`] and [`must_haves`] make the parts of the plan,
//! with [`paths`] and [`declarations`] for whatever names files.

mod bookkeeping;
mod declarations;
pub(super) mod fences;
mod fields;
mod frontmatter;
mod headings;
mod lane;
mod must_haves;
mod naming;
pub(super) mod paths;
mod report_paths;
mod slices;
pub(super) mod summary;
mod tags;
mod tasks;
pub(super) mod verification;

use super::yaml::{self, loose, node};
use super::{Format, Text, prose};
use crate::model::{Lane, Location, Plan, PlanLocation, Problem, ProblemKind, Unit};
use node::Node;
use std::ops::Range;

/// The line for `FORMATS`.
pub(super) static FORMAT: Format = Format {
    name: "gsd",
    what: "a PLAN.md as GSD and its forks write it: frontmatter, must_haves, and tasks in tags",
    detects,
    read,
};

/// What could not be understood, in the order in which it is met.
#[derive(Default)]
struct Problems(Vec<Problem>);

impl Problems {
    fn add(&mut self, kind: ProblemKind, message: impl Into<String>, help: &str, location: PlanLocation) {
        self.0.push(Problem {
            kind,
            message: message.into(),
            help: (!help.is_empty()).then(|| help.to_owned()),
            location: Location::Plan(location),
        });
    }
}

/// The place of a field in the only source of this plan.
fn place(field: &str, span: Range<usize>) -> PlanLocation {
    PlanLocation::new(0, field, span)
}

/// Whether the text has the fields of a plan, or its tasks. A summary has a phase and a plan, too, and is none.
fn detects(text: &Text) -> bool {
    let frontmatter = frontmatter::split(&text.text);
    let fields = frontmatter.yaml.as_ref().map_or("", |span| &text.text[span.clone()]);
    let has = |key: &str| {
        fields
            .lines()
            .any(|line| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')))
    };
    let has_any = |keys: &[&str]| keys.iter().any(|key| has(key));
    if has_any(&[
        "subsystem",
        "key-files",
        "key_files",
        "completed",
        "verified",
        "work_package_id",
        "wp_id",
    ]) {
        return false;
    }
    let by_fields = has("plan") && has("phase") || has_any(&["files_modified", "files-modified"]) || {
        has("must_haves") && has_any(&["wave", "phase", "plan", "autonomous"])
    };
    by_fields || has_tasks(&text.text, frontmatter.body)
}

fn has_tasks(text: &str, start: usize) -> bool {
    let is_task = |element: &tags::Element<'_>| element.name == "task" && element.closed;
    let has_tags = || text.contains("<task") && tags::read(text, start).iter().any(is_task);
    has_tags() || (headings::are_there(text, start) || slices::are_there(text, start)) && is_about_files(text, start)
}

/// Tutorials and lists of chores have tasks under headings and in boxes, too: those of a plan name files, or the text
/// calls itself a plan.
fn is_about_files(text: &str, start: usize) -> bool {
    let mut problems = Problems::default();
    let names_files = |units: Vec<Unit>| units.iter().any(|unit| !unit.files.is_empty());
    let title = text[start..]
        .lines()
        .find(|line| line.starts_with('#'))
        .unwrap_or_default()
        .to_lowercase();
    let is_plan = |word: &str| ["plan", "phase", "slice"].contains(&word) || is_slice_id(word);
    title.split(|c: char| !c.is_alphanumeric()).any(is_plan)
        || names_files(headings::read(text, start, &mut problems))
        || names_files(slices::read(text, start, &mut problems))
}

/// `s01`
fn is_slice_id(word: &str) -> bool {
    word.strip_prefix('s')
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

fn read(text: &Text) -> Plan {
    let source = &text.text;
    let mut problems = Problems::default();
    let frontmatter = frontmatter::split(source);
    let fields = fields::read(source, &frontmatter, &mut problems);
    let elements = tags::read(source, frontmatter.body);
    let lane = lane::read(text, &frontmatter, &fields, &elements, &mut problems);
    let units = units(source, &frontmatter, &fields, &elements, &lane, &mut problems);
    let expectations = must_haves::read(source, &frontmatter, &fields, &lane, &units);
    fields::say_what_is_missing(&frontmatter, &lane, &units, &mut problems);
    problems.0.sort_by_key(|problem| match &problem.location {
        Location::Plan(place) => place.span,
        _ => None,
    });
    Plan {
        sources: vec![text.source(FORMAT.name, false)],
        lanes: vec![lane],
        units,
        expectations,
        problems: problems.0,
        ..Plan::default()
    }
}

/// The units: tasks in tags, else under headings, else in a list of boxes, else the features of a plan that begins with tests.
fn units(
    source: &str,
    frontmatter: &frontmatter::Frontmatter,
    fields: &Node,
    elements: &[tags::Element<'_>],
    lane: &Lane,
    problems: &mut Problems,
) -> Vec<Unit> {
    let mut units = tasks::read(source, elements, problems);
    if units.is_empty() {
        units = headings::read(source, frontmatter.body, problems);
    }
    if units.is_empty() {
        units = slices::read(source, frontmatter.body, problems);
    }
    let tests_first = fields.text_of("type") == Some("tdd");
    if units.is_empty() && (tests_first || elements.iter().any(|element| element.name == "feature")) {
        units = tasks::of_features(source, elements, lane, problems);
    }
    units
}
