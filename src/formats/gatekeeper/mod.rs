//! Gatekeeper's `plan.json`: what is asked, the manifest of its files, and the contract that its tests show.
//!
//! The guide for those who write such plans is strict, the program that read them took less, and the plans that are in
//! use look otherwise again. All three are read; what the guide forbids is a problem and no refusal. `manifest` has the
//! files, `contract` the clauses, `surface` what tests may ask; `microplans` is the form that came after.

mod clause;
mod contract;
mod manifest;
mod microplans;
mod surface;

pub use microplans::FORMAT as MICROPLANS;

use super::cursor::{Node, Object};
use super::problems::Problems;
use super::{Format, Text, intent, json, native};
use crate::model::{Lane, Located, Plan, Unit};
use contract::Form;

/// The format.
pub static FORMAT: Format = Format {
    name: "gatekeeper",
    what: "a Gatekeeper plan (`outputId`, `taskPrompt` and `manifest`) or contract (`clauses` with `normativity`)",
    detects,
    read,
};

/// Names that only such a plan has together, the misspelt ones among them.
const TELLING_FIELDS: &[&str] = &[
    "outputId",
    "output_id",
    "projectPath",
    "runType",
    "taskPrompt",
    "task_prompt",
    "testFilePath",
];
/// Names that tell such a plan whose manifest is missing or misspelt.
const OWN_FIELDS: &[&str] = &["outputId", "taskPrompt"];
/// Names that only a contract has together.
const CONTRACT_FIELDS: &[&str] = &[
    "schemaVersion",
    "slug",
    "mode",
    "changeType",
    "targetArtifacts",
    "assertionSurface",
];
/// Names by which clauses are told from other things.
const CLAUSE_FIELDS: &[&str] = &["normativity", "observables", "spec", "then"];
/// The fewest characters that say what is wanted.
const SHORTEST_PROMPT: usize = 10;
/// The most characters of a unit's title.
const LONGEST_TITLE: usize = 120;

fn detects(text: &Text) -> bool {
    text.shape().is_some_and(|shape| {
        let has_manifest = shape.count_of(&["manifest"]) == 1 && shape.count_of(TELLING_FIELDS) >= 1;
        let lost_it = || shape.count_of(OWN_FIELDS) == OWN_FIELDS.len();
        has_manifest
            || lost_it()
            || (shape.lists_objects_with("clauses", CLAUSE_FIELDS) && shape.count_of(CONTRACT_FIELDS) >= 2)
    })
}

fn read(text: &Text) -> Plan {
    let mut problems = Problems::new(0);
    let mut lane = Lane::default();
    let mut units = Vec::new();
    json::read(&text.text, &mut problems, |root, problems| {
        let Some(mut object) = root.object(problems) else {
            return;
        };
        lane.location = native::start(&object);
        if object.has("manifest") || OWN_FIELDS.iter().all(|name| object.has(name)) {
            units = plan(&mut object, &mut lane, problems);
            object.finish(problems);
        } else {
            contract::read(&root, &mut lane, problems);
        }
    });
    if lane.name.is_empty() {
        lane.name = native::name_from_place(text);
    }
    Plan {
        sources: vec![text.source(FORMAT.name, true)],
        lanes: vec![lane],
        units,
        problems: problems.into_vec(),
        ..Plan::default()
    }
}

fn plan(object: &mut Object<'_>, lane: &mut Lane, problems: &mut Problems) -> Vec<Unit> {
    if let Some(node) = object.field("$schema") {
        node.any_text(problems);
    }
    let output_id = object.required("outputId").and_then(|node| node.text(problems));
    lane.goal = prompt(object, problems);
    let title = object
        .field("contract")
        .map(|node| contract::read(&node, lane, problems));
    let (title, form) = title.unwrap_or((None, Form::Documented));
    lane.name = output_id.unwrap_or_default();
    revisions(object, lane, problems);
    run_fields(object, problems);
    let danger = object.field("dangerMode").and_then(|node| node.boolean(problems));
    lane.danger_mode = danger.unwrap_or_default();
    if let Some(node) = object.field("dangerModeJustification") {
        node.any_text(problems);
    }
    let files = manifest::read(object, form, lane, problems);
    let title = title.or_else(|| lane.goal.as_ref().map(|goal| first_sentence(&goal.value)));
    vec![manifest::unit(files, title.unwrap_or_default(), lane)]
}

/// What is asked.
fn prompt(object: &mut Object<'_>, problems: &mut Problems) -> Option<Located<String>> {
    let prompt = object.required("taskPrompt")?.located_text(problems)?;
    if prompt.value.trim().chars().count() < SHORTEST_PROMPT {
        let help = format!("say in {SHORTEST_PROMPT} characters or more what is wanted");
        problems.invalid(
            &prompt.location,
            "`taskPrompt` is too short to say what is wanted",
            help,
        );
    }
    Some(prompt)
}

/// `HEAD` as a base moves with every commit, so that nothing would ever lie between base and target.
fn revisions(object: &mut Object<'_>, lane: &mut Lane, problems: &mut Problems) {
    if let Some(node) = object.field("baseRef") {
        lane.base_ref = intent::revision_of(&node, problems);
        if matches!(lane.base_ref.as_deref(), Some("HEAD" | "@")) {
            let message = "`baseRef` is `HEAD`, which moves with every commit: the default branch is taken instead";
            problems.invalid(
                &node.location,
                message,
                "name the branch that the work starts from, or `--base REV`",
            );
            lane.base_ref = None;
        }
    }
    let target = object.field("targetRef");
    lane.target_ref = target.and_then(|node| intent::revision_of(&node, problems));
}

/// What says how Gatekeeper runs the plan, and nothing about the work.
fn run_fields(object: &mut Object<'_>, problems: &mut Problems) {
    if let Some(node) = object.field("runType") {
        node.near_choice(&[("CONTRACT", ()), ("EXECUTION", ())], problems);
    }
    for name in ["contractRunId", "testFileContent"] {
        if let Some(node) = object.field(name) {
            node.any_text(problems);
        }
    }
}

/// The text up to its first full stop, and no longer than a title.
fn first_sentence(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let end = line.find(". ").unwrap_or(line.len());
    super::problems::shortened(line[..end].to_owned(), LONGEST_TITLE)
}

/// Reports a text of more characters than the field may have.
fn check_length(node: &Node<'_>, text: &str, most: usize, problems: &mut Problems) {
    let length = text.chars().count();
    if length > most {
        let message = format!("`{}` has {length} characters", node.label());
        problems.invalid(&node.location, message, format!("write {most} at most"));
    }
}
