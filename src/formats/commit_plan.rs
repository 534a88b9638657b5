//! `commit_plan.json`: the units of the work, and the files that each of them touches.

use super::cursor::{Node, Object};
use super::native::{self, Draft};
use super::problems::Problems;
use super::{Format, Text};
use crate::model::{Action, Declaration, Unit, UnitKind};

/// The format.
pub static FORMAT: Format = Format {
    name: "commit_plan",
    what: "a commit plan (`\"schema\": \"drift/commit_plan/1\"`, or `units` with `title` and `files`)",
    detects,
    read: |text| native::read_alone(text, &FORMAT),
};

/// The actions, by the words for them.
const ACTIONS: &[(&str, Action)] = &[
    ("CREATE", Action::Create),
    ("MODIFY", Action::Modify),
    ("DELETE", Action::Delete),
    ("RENAME", Action::Rename),
];

fn detects(text: &Text) -> bool {
    text.shape().is_some_and(|shape| {
        shape.is_artifact("commit_plan", |shape| {
            // Courses, organisations and buildings have units with titles, too: those of a plan name files or each other.
            shape.lists_objects_with_several("units", 2, &["id", "title", "files", "dependsOn"])
                && shape.lists_objects_with("units", &["files", "dependsOn"])
        })
    })
}

pub(super) fn read(object: &mut Object<'_>, draft: &mut Draft, problems: &mut Problems) {
    if draft.lane.location.span.is_none() {
        draft.lane.location = native::start(object);
    }
    let units = object.required("units").map(|node| node.items(problems));
    for (index, node) in units.into_iter().flatten().enumerate() {
        if let Some(mut object) = node.object(problems) {
            let unit = unit(&mut object, index, draft, problems);
            object.finish(problems);
            draft.units.push(unit);
        }
    }
}

/// Reads a unit as far as it goes: one without an id still says which files belong to the work.
fn unit(object: &mut Object<'_>, index: usize, draft: &mut Draft, problems: &mut Problems) -> Unit {
    let (id, location) = native::id(object, problems);
    let title = object.required("title").and_then(|node| node.text(problems));
    let depends_on = native::texts(object, "dependsOn", problems);
    let tests = native::texts(object, "tests", problems);
    let clauses = native::texts(object, "clauses", problems);
    draft.references.units.extend(depends_on.iter().cloned());
    draft.references.tests.extend(tests.iter().cloned());
    draft.references.clauses.extend(clauses.iter().cloned());
    Unit {
        lane: 0,
        id: id.unwrap_or_else(|| format!("#{}", index + 1)),
        title: title.unwrap_or_default(),
        commit_type: native::text(object, "type", problems),
        scope: native::text(object, "scope", problems),
        kind: UnitKind::Work,
        codebase_wide: false,
        files: native::list(object, "files", problems, declaration),
        depends_on,
        tests: native::values(tests),
        clauses: native::values(clauses),
        body: String::new(),
        verify: None,
        location,
    }
}

/// A path pattern, or an object with `path`, `action` and `reason`.
fn declaration(node: Node<'_>, problems: &mut Problems) -> Option<Declaration> {
    if node.is_text() {
        return Some(Declaration {
            pattern: node.pattern(problems)?,
            action: None,
            reason: None,
            location: node.location,
        });
    }
    if !node.is_object() {
        return node.mismatch("a path pattern, or an object with `path`", problems);
    }
    let mut object = node.object(problems)?;
    let action = object.field("action").and_then(|node| node.choice(ACTIONS, problems));
    let reason = native::text(&mut object, "reason", problems);
    let path = object.required("path");
    object.finish(problems);
    let path = path?;
    Some(Declaration {
        pattern: path.pattern(problems)?,
        action,
        reason,
        location: path.location,
    })
}
