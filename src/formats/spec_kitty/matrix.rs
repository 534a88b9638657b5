//! `acceptance-matrix.json`: criteria, which are sentences; what must be absent, some of which git's tree can show; and the
//! verdict over all of them, which is a claim.

use super::grep;
use crate::formats::cursor::{Node, Object};
use crate::formats::problems::{Problems, shortened};
use crate::formats::{Text, json};
use crate::model::{Claim, ClaimKind, Expectation, ExpectationKind, Located, PathPattern};

/// The verdicts that claim that all is so.
const PASSED: &[&str] = &["pass", "passed"];

/// The longest sentence that is kept, in characters.
const MAX_SENTENCE: usize = 600;

/// What the matrix says.
#[derive(Default)]
pub(super) struct Matrix {
    /// What must be so.
    pub expectations: Vec<Expectation>,
    /// The claim that all of it is.
    pub verdict: Option<Claim>,
}

/// What the matrix says must be so, and whether it says that it is.
pub(super) fn read(source: &Text, problems: &mut Problems) -> Matrix {
    let mut found = Vec::new();
    let mut verdict = None;
    json::read(&source.text, problems, |root, problems| {
        let Some(mut object) = root.object(problems) else {
            return;
        };
        for item in items(&mut object, "criteria", problems) {
            found.extend(criterion(item, problems));
        }
        for item in items(&mut object, "negative_invariants", problems) {
            found.extend(invariant(item, problems));
        }
        let passed = text(&mut object, "overall_verdict", problems).filter(|it| PASSED.contains(&it.value.as_str()));
        verdict = passed.map(|it| Claim {
            lane: Some(0),
            kind: ClaimKind::Verified,
            location: it.location,
        });
    });
    Matrix {
        expectations: found,
        verdict,
    }
}

fn items<'t>(object: &mut Object<'t>, name: &'static str, problems: &mut Problems) -> Vec<Node<'t>> {
    object.field(name).map(|node| node.items(problems)).unwrap_or_default()
}

/// A text whatever its type; what is no text says nothing.
fn text(object: &mut Object<'_>, name: &'static str, problems: &mut Problems) -> Option<Located<String>> {
    let node = object.field(name).filter(Node::is_text)?;
    let value = node.any_text(problems)?;
    let location = node.location;
    (!value.trim().is_empty()).then_some(Located { value, location })
}

fn criterion(item: Node<'_>, problems: &mut Problems) -> Option<Expectation> {
    let mut object = item.object(problems)?;
    let id = text(&mut object, "criterion_id", problems).or_else(|| text(&mut object, "id", problems));
    let what = text(&mut object, "description", problems).or_else(|| text(&mut object, "criterion", problems));
    let location = what
        .as_ref()
        .or(id.as_ref())
        .map_or(item.location, |it| it.location.clone());
    Some(prose(id, what, location))
}

fn prose(
    id: Option<Located<String>>,
    what: Option<Located<String>>,
    location: crate::model::PlanLocation,
) -> Expectation {
    let id = id.map(|it| it.value).unwrap_or_default();
    let sentence = what.map_or_else(|| id.clone(), |it| it.value);
    Expectation {
        kind: ExpectationKind::Prose(shortened(sentence, MAX_SENTENCE)),
        provides: id,
        location,
    }
}

fn invariant(item: Node<'_>, problems: &mut Problems) -> Option<Expectation> {
    if item.is_text() {
        let sentence = item.located_text(problems)?;
        let location = sentence.location.clone();
        return Some(prose(None, Some(sentence), location));
    }
    let mut object = item.object(problems)?;
    let id = text(&mut object, "invariant_id", problems).or_else(|| text(&mut object, "id", problems));
    let what = text(&mut object, "description", problems).or_else(|| text(&mut object, "invariant", problems));
    let method = text(&mut object, "verification_method", problems);
    let command = text(&mut object, "verification_command", problems);
    let scope = text(&mut object, "scope", problems).map(|it| it.value);
    let location = item.location;
    if method.is_some_and(|it| it.value == "grep_absence")
        && let Some(command) = command
        && let Ok(absence) = grep::read(&command.value, scope.as_deref())
    {
        return Some(Expectation {
            kind: absent(absence),
            provides: [id, what]
                .into_iter()
                .flatten()
                .map(|it| it.value)
                .collect::<Vec<_>>()
                .join(": "),
            location: command.location,
        });
    }
    Some(prose(id, what, location))
}

fn absent(absence: grep::Absence) -> ExpectationKind {
    let roots = absence.paths.iter().filter_map(|path| PathPattern::parse(path).ok());
    ExpectationKind::Absent {
        expression: absence.expression,
        shown: absence.shown,
        roots: roots.collect(),
    }
}
