//! `microplans.json`, which came after Gatekeeper's plan: small units with their files, dependencies and checks.

use crate::formats::cursor::{Node, Object};
use crate::formats::problems::Problems;
use crate::formats::{Format, Text, json, native};
use crate::model::{Action, Declaration, Lane, Located, Plan, Unit};
use std::collections::BTreeSet;

/// The format.
pub static FORMAT: Format = Format {
    name: "microplans",
    what: "microplans (`microplans` with `goal` and `files`, or `title` and `filesInScope`)",
    detects,
    read,
};

/// What can happen to a file.
const ACTIONS: &[(&str, Action)] = &[
    ("CREATE", Action::Create),
    ("EDIT", Action::Modify),
    ("MODIFY", Action::Modify),
    ("DELETE", Action::Delete),
];

fn detects(text: &Text) -> bool {
    let names = &["files", "filesInScope", "depends_on", "goal"];
    text.shape()
        .is_some_and(|shape| shape.lists_objects_with("microplans", names))
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
        lane.goal = goal(&mut object, problems);
        let items = object.required("microplans").map(|node| node.items(problems));
        for (index, item) in items.into_iter().flatten().enumerate() {
            units.extend(unit(&item, index, problems));
        }
        for name in ["globalTestStrategy", "problem_type"] {
            if let Some(node) = object.field(name) {
                node.any_text(problems);
            }
        }
        for name in ["dependencies", "notes"] {
            if let Some(node) = object.field(name) {
                node.texts(problems);
            }
        }
        object.finish(problems);
    });
    check_names(&units, &mut problems);
    lane.name = native::name_from_place(text);
    Plan {
        sources: vec![text.source(FORMAT.name, true)],
        lanes: vec![lane],
        units,
        problems: problems.into_vec(),
        ..Plan::default()
    }
}

/// What is asked: `task`, or `taskPrompt`.
fn goal(object: &mut Object<'_>, problems: &mut Problems) -> Option<Located<String>> {
    let name = if object.has("taskPrompt") { "taskPrompt" } else { "task" };
    let other = if name == "task" { "taskPrompt" } else { "task" };
    object.field(other);
    object.required(name)?.located_text(problems)
}

fn unit(node: &Node<'_>, index: usize, problems: &mut Problems) -> Option<Unit> {
    let mut object = node.object(problems)?;
    let (id, location) = native::id(&mut object, problems);
    // Of the two variants, one says `goal` and `files`, the other `title` and `filesInScope`.
    let is_titled = object.has("title") || object.has("filesInScope");
    let goal = object.wanted("goal", !is_titled).and_then(|node| node.text(problems));
    let title = object
        .wanted("title", is_titled && goal.is_none())
        .and_then(|node| node.text(problems));
    let mut files = Vec::new();
    let mut body = Vec::new();
    for item in object
        .wanted("files", !is_titled)
        .map(|node| node.items(problems))
        .unwrap_or_default()
    {
        files.extend(file(item, &mut body, problems));
    }
    let in_scope = object.wanted("filesInScope", is_titled && files.is_empty());
    for item in in_scope.map(|node| node.items(problems)).unwrap_or_default() {
        files.extend(path(item, problems));
    }
    let depends_on = native::texts(&mut object, "depends_on", problems);
    let verify = object.field("verify").and_then(|node| node.text(problems));
    details(&mut object, &mut body, problems);
    object.finish(problems);
    Some(Unit {
        id: id.unwrap_or_else(|| format!("#{}", index + 1)),
        title: goal.or(title).unwrap_or_default(),
        files,
        depends_on,
        body: body.join("\n"),
        verify,
        location,
        ..Unit::default()
    })
}

/// `{"path", "action", "what"}`; what is to be done there goes to the unit's body.
fn file(node: Node<'_>, body: &mut Vec<String>, problems: &mut Problems) -> Option<Declaration> {
    if node.is_text() {
        return path(node, problems);
    }
    let mut object = node.object(problems)?;
    let place = object.required("path");
    let action = object
        .required("action")
        .and_then(|node| node.near_choice(ACTIONS, problems));
    let what = object.field("what").and_then(|node| node.text(problems));
    object.finish(problems);
    body.extend(what.clone());
    let mut declaration = path(place?, problems)?;
    declaration.action = action;
    declaration.reason = what;
    Some(declaration)
}

fn path(node: Node<'_>, problems: &mut Problems) -> Option<Declaration> {
    Some(Declaration {
        pattern: node.pattern(problems)?,
        action: None,
        reason: None,
        location: node.location,
    })
}

/// What is said at length: it helps to tell which commits stand for the unit.
fn details(object: &mut Object<'_>, body: &mut Vec<String>, problems: &mut Problems) {
    body.extend(object.field("description").and_then(|node| node.any_text(problems)));
    for task in object
        .field("tasks")
        .map(|node| node.items(problems))
        .unwrap_or_default()
    {
        let Some(mut task) = task.object(problems) else {
            continue;
        };
        for name in ["id", "description", "details"] {
            let text = task.field(name).and_then(|node| node.any_text(problems));
            body.extend(text.filter(|_| name != "id"));
        }
        if let Some(node) = task.field("acceptanceCriteria") {
            node.texts(problems);
        }
        task.finish(problems);
    }
    for name in ["testStrategy", "estimatedComplexity", "estimatedTime"] {
        if let Some(node) = object.field(name) {
            node.any_text(problems);
        }
    }
    if let Some(node) = object.field("risks") {
        node.texts(problems);
    }
}

/// Reports dependencies that name no unit.
fn check_names(units: &[Unit], problems: &mut Problems) {
    if problems.some_is_lost() {
        return;
    }
    let known: BTreeSet<&str> = units.iter().map(|unit| unit.id.as_str()).collect();
    for name in units.iter().flat_map(|unit| &unit.depends_on) {
        if !known.contains(name.value.as_str()) {
            problems.add_dangling(name, "microplan", &known);
        }
    }
}
