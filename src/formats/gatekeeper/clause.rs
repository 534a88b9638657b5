//! One clause of a Gatekeeper contract, in each of its forms.

use super::check_length;
use super::contract::Form;
use crate::formats::contract::{KINDS, OBSERVABLES};
use crate::formats::cursor::{Node, Object};
use crate::formats::native;
use crate::formats::problems::{Problems, shortened};
use crate::model::{Clause, Normativity};

/// What the program's own schema calls the kinds.
const CODED_KINDS: &[(&str, &str)] = &[
    ("ENDPOINT", "behavior"),
    ("UI", "ui"),
    ("BUSINESS_LOGIC", "behavior"),
    ("ERROR_HANDLING", "error"),
    ("INTEGRATION", "behavior"),
    ("SIDE_EFFECT", "behavior"),
    ("STRUCTURE", "constraint"),
    ("OTHER", "behavior"),
];
/// The longest title.
const LONGEST_TITLE: usize = 80;
/// The longest specification.
const LONGEST_SPEC: usize = 2000;
/// The longest notes.
const LONGEST_NOTES: usize = 5000;

/// Reads a clause as far as it goes; one without an id is none.
pub(super) fn clause(node: &Node<'_>, form: Form, problems: &mut Problems) -> Option<Clause> {
    let mut object = node.object(problems)?;
    let id = object.required("id");
    let location = id
        .as_ref()
        .map_or_else(|| native::start(&object), |id| id.location.clone());
    let id = id.and_then(|node| checked_id(&node, problems));
    let kind = kind(&mut object, form, problems);
    let normativities = Normativity::ALL.map(|it| (it.name(), it));
    let normativity = object.wanted("normativity", form != Form::Coded);
    let normativity = normativity.and_then(|node| node.near_choice(&normativities, problems));
    let (title, spec) = words(&mut object, form, problems);
    let observables = object.wanted("observables", form == Form::Documented);
    let observables = observables
        .map(|node| observables_of(&node, form, problems))
        .unwrap_or_default();
    let cases = object
        .field("negativeCases")
        .map(|node| native::values(node.texts(problems)));
    remarks(&mut object, problems);
    object.finish(problems);
    Some(Clause {
        id: id?,
        title,
        kind: kind.map(ToOwned::to_owned),
        normativity: normativity.unwrap_or_default(),
        spec,
        observables,
        negative_cases: cases.or((form == Form::Documented).then(Vec::new)),
        location,
    })
}

/// An id in another form is a problem, and the clause's id all the same.
fn checked_id(node: &Node<'_>, problems: &mut Problems) -> Option<String> {
    let id = node.text(problems)?;
    if !is_clause_id(&id) {
        let message = format!(
            "`{}` has not the form `CL-<TYPE>-<SEQUENCE>`",
            shortened(id.clone(), 60)
        );
        let help = "write capitals, then three digits or more: `CL-AUTH-001`; tags of another form are malformed";
        problems.invalid(&node.location, message, help);
    }
    Some(id)
}

fn is_clause_id(id: &str) -> bool {
    let parts = id.strip_prefix("CL-").and_then(|rest| rest.split_once('-'));
    parts.is_some_and(|(kind, number)| {
        let is_kind = !kind.is_empty() && kind.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
        is_kind && number.len() >= 3 && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

fn kind(object: &mut Object<'_>, form: Form, problems: &mut Problems) -> Option<&'static str> {
    if let Some(node) = object.wanted("type", form == Form::Coded) {
        return node.near_choice(CODED_KINDS, problems);
    }
    object.wanted("kind", form != Form::Coded)?.near_choice(KINDS, problems)
}

/// Title and specification, by whatever names the form has for them.
fn words(object: &mut Object<'_>, form: Form, problems: &mut Problems) -> (String, String) {
    match object.wanted("when", form == Form::Used) {
        Some(node) if node.is_text() => drop(node.text(problems)),
        Some(node) => drop(node.texts(problems)),
        None => {}
    }
    let mut read = |name, required, most| {
        let node = object.wanted(name, required)?;
        let text = node.text(problems)?;
        check_length(&node, &text, most, problems);
        Some(text)
    };
    let title = read("title", form == Form::Documented, LONGEST_TITLE);
    let spec = read("spec", form == Form::Documented, LONGEST_SPEC);
    let then = read("then", form == Form::Used, LONGEST_SPEC);
    let description = read("description", form == Form::Coded, LONGEST_SPEC);
    let spec = spec.or(then).or(description).unwrap_or_default();
    let title =
        title.unwrap_or_else(|| shortened(spec.split_whitespace().collect::<Vec<_>>().join(" "), LONGEST_TITLE));
    (title, spec)
}

fn observables_of(node: &Node<'_>, form: Form, problems: &mut Problems) -> Vec<String> {
    let items = node.items(problems);
    if items.is_empty() && node.is_list() && form == Form::Documented {
        problems.invalid(
            &node.location,
            "`observables` is empty",
            "say where the clause can be observed",
        );
    }
    let words = items.iter().filter_map(|item| item.near_choice(OBSERVABLES, problems));
    words.map(ToOwned::to_owned).collect()
}

fn remarks(object: &mut Object<'_>, problems: &mut Problems) {
    for name in ["inputs", "outputs"] {
        if let Some(node) = object.field(name) {
            node.object(problems);
        }
    }
    if let Some(node) = object.field("tags") {
        node.texts(problems);
    }
    if let Some(node) = object.field("notes")
        && let Some(text) = node.any_text(problems)
    {
        check_length(&node, &text, LONGEST_NOTES, problems);
    }
    object.field("metadata");
}
