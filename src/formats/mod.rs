//! Plan files → [`Plan`]: which format a text has, and what it declares. `FORMATS` is the table, one file a format.
//!
//! Reading never fails and never touches a disk: what can't be understood stands in `Plan::problems`, and all the
//! rest is there.

mod accounts;
mod commit_plan;
mod contract;
mod convert;
mod convert_contract;
mod cursor;
mod gatekeeper;
mod gsd;
mod intent;
mod json;
mod markdown;
mod mending;
mod native;
mod problems;
mod prose;
mod schema;
mod spec_kitty;
mod stage;
mod template;
mod test_contract;
mod text;
pub mod wire;
mod wire_contract;
mod yaml;

pub use accounts::{is_account, with_accounts};
pub use convert::{Converted, Loss, convert};
pub use schema::{SCHEMA_NAMES, schema};
pub use template::{TemplateValues, stage_template, template, unfilled};
pub use text::{Input, MAX_BYTES, Text};

use crate::model::{Plan, PlanLocation, Problem, ProblemKind};
use problems::Problems;

/// A plan format.
pub struct Format {
    /// The word for it in reports: `Source::format`.
    pub name: &'static str,
    /// By what it is recognised, in a line: what drift looked for where a text is no plan.
    pub what: &'static str,
    /// Whether the text has this format, told by shape and content, never by the file's name.
    pub detects: fn(&Text) -> bool,
    /// Reads the text as a plan with exactly one source, and a lane for each piece of work in it; most often one.
    pub read: fn(&Text) -> Plan,
}

/// Every format, in the order they are tried.
pub static FORMATS: &[&Format] = &[
    &intent::FORMAT,
    &commit_plan::FORMAT,
    &test_contract::FORMAT,
    &stage::FORMAT,
    &gatekeeper::FORMAT,
    &gatekeeper::MICROPLANS,
    &spec_kitty::FORMAT,
    &gsd::FORMAT,
];

/// Reads all texts as one plan.
///
/// The native artifacts of one folder become one lane, and so do the documents of one mission; every other text is a
/// lane of its own. A text that no format recognises is a source without a lane, and a problem that says what was looked
/// for. Summaries and verifications add what they claim to the plans that they are about.
pub fn read(inputs: Vec<Input>) -> Plan {
    read_beside(inputs, Vec::new())
}

/// The same, with further documents of the same mission that nobody named: they say what is not said in the named ones
/// (where a package's work began, which branch it is on), and plan nothing by themselves.
pub fn read_beside(inputs: Vec<Input>, companions: Vec<Input>) -> Plan {
    let named = inputs.into_iter().map(Text::new);
    let texts: Vec<Text> = named.chain(companions.into_iter().map(Text::companion)).collect();
    let (accounts, texts): (Vec<Text>, Vec<Text>) = texts.into_iter().partition(|it| accounts::recognise(it).is_some());
    let groups = native::group(&texts, recognise);
    let mut plan = Plan::combine(groups.iter().map(|group| read_group(group)));
    for text in &accounts {
        if let Some(account) = accounts::recognise(text) {
            accounts::read(&mut plan, account, text);
        }
    }
    plan
}

/// Reads the texts that belong together: each is one source, in this order.
fn read_group(group: &[(&Text, Option<&'static Format>)]) -> Plan {
    let mut plan = match group {
        [(text, None)] => not_a_plan(text),
        [(text, Some(format))] => (format.read)(text),
        documents => spec_kitty::read_group(documents).unwrap_or_else(|| native::read_lane(documents)),
    };
    for (source, (text, _)) in group.iter().enumerate() {
        plan.problems.splice(0..0, replaced_bytes(source, text));
    }
    plan
}

/// The format of a text, if it has one.
pub fn recognise(text: &Text) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|format| (format.detects)(text))
}

/// Whether the text tells of a plan's progress (a review of a work package) and lies among plans without being one.
pub fn is_beside_plans(text: &Text) -> bool {
    spec_kitty::is_review(text)
}

/// The id that a mission declares in its `meta.json`.
pub fn mission_id(text: &Text) -> Option<String> {
    spec_kitty::mission_id(text)
}

/// The lanes of a mission's `lanes.json`, each with the ids of its work packages in the order of work.
pub fn mission_lanes(text: &Text) -> Vec<(String, Vec<String>)> {
    spec_kitty::lanes_of(text)
}

/// The id of the work package in the name of its file: `WP03` of `tasks/WP03-title.md`.
pub fn package_in_name(name: &str) -> Option<&str> {
    spec_kitty::package_in_name(name)
}

/// The plan of a text without a format: a source, the reason, and what is wrong with its syntax if it is JSON.
fn not_a_plan(text: &Text) -> Plan {
    let mut problems = Problems::new(0);
    let (message, help) = why_not_a_plan(text);
    problems.add(ProblemKind::Unreadable, message, help, PlanLocation::whole(0));
    if text.shape().is_some() {
        json::read(&text.text, &mut problems, |_, _| {});
    }
    Plan {
        sources: vec![text.source("", false)],
        problems: problems.into_vec(),
        ..Plan::default()
    }
}

fn why_not_a_plan(text: &Text) -> (String, String) {
    if text.size() > MAX_BYTES {
        let mebibytes = text.size().div_ceil(1024 * 1024);
        let message = format!("the file has {mebibytes} MiB; drift reads plans of 16 MiB at most");
        return (message, "split the plan, or keep what is no plan out of it".into());
    }
    if text.text.trim().is_empty() {
        return (
            "the file is empty".into(),
            "`drift new` writes artifacts to begin with".into(),
        );
    }
    if text.text.contains('\0') {
        return ("the file is binary".into(), looked_for());
    }
    let schema = text.shape().and_then(|shape| shape.schema());
    match schema.filter(|schema| schema.starts_with("drift/")) {
        Some(schema) => (format!("`{schema}` is no plan that drift reads"), looked_for()),
        None => ("this is not a plan".into(), looked_for()),
    }
}

fn looked_for() -> String {
    let each: Vec<_> = FORMATS.iter().map(|format| format.what).collect();
    format!("looked for {}", each.join("; "))
}

/// Says where bytes were replaced, if the text is not the Unicode that it claims to be.
fn replaced_bytes(source: usize, text: &Text) -> Option<Problem> {
    let mark = char::REPLACEMENT_CHARACTER;
    let at = text.text.find(mark).filter(|_| text.had_invalid_utf8)?;
    Some(Problem {
        kind: ProblemKind::InvalidValue,
        message: "the text is not UTF-8".into(),
        help: Some("save the file as UTF-8; until then what can't be decoded stands as U+FFFD".into()),
        location: PlanLocation::new(source, "", at..at + mark.len_utf8()).into(),
    })
}
