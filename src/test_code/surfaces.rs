//! What tests ask from outside: endpoints, status codes, fields of an answer, names on a page.

use super::chain::{self, NamePath, name_path, string_of};
use super::sink::Sink;
use super::walk::{At, text};
use crate::model::SurfaceKind;
use tree_sitter::Node;

/// Names of a status.
const STATUS: &[&str] = &[
    "status",
    "statusCode",
    "status_code",
    "getStatus",
    "getStatusCode",
    "StatusCode",
    "Code",
];
/// Names of the code of an error.
const ERROR_CODE: &[&str] = &["errorCode", "error_code", "code", "getErrorCode"];
/// What an answer is called.
const ANSWERS: &[&str] = &["res", "resp", "response", "result", "reply"];
/// What its content is called.
const BODIES: &[&str] = &["body", "data", "json"];
/// Methods of HTTP, as clients name them.
const METHODS: &[&str] = &["get", "post", "put", "patch", "delete", "head", "options"];

/// What an assertion compares: each literal among the values with the names that lead to the others.
pub(super) fn of_comparison<'t>(at: &At<'_, 't>, values: &[Node<'t>], sink: &mut Sink<'t>) {
    for value in values.iter().take(3) {
        let path = name_path(at.source, *value);
        if path.names.len() < 2 {
            continue;
        }
        for other in values.iter().take(3).filter(|other| *other != value) {
            of_pair(at, &path, *other, sink);
        }
        if let Some(field) = payload_path(&path) {
            sink.surface(SurfaceKind::PayloadPath, field, *value);
        }
    }
}

fn of_pair<'t>(at: &At<'_, 't>, path: &NamePath<'t>, other: Node<'t>, sink: &mut Sink<'t>) {
    if STATUS.contains(&path.last()) {
        status(at, other, sink);
    } else if ERROR_CODE.contains(&path.last())
        && let Some(code) = string_of(at.source, other).filter(|code| is_code(code))
    {
        sink.surface(SurfaceKind::ErrorCode, code, other);
    }
}

/// A number that is a status of HTTP.
pub(super) fn status<'t>(at: &At<'_, 't>, node: Node<'t>, sink: &mut Sink<'t>) {
    let number = text(at.source, node);
    if number.len() == 3 && number.parse().is_ok_and(|it: u32| (100..600).contains(&it)) {
        sink.surface(SurfaceKind::StatusCode, number, node);
    }
}

/// `AUTH_INVALID`: capitals, as codes are written.
fn is_code(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_uppercase())
        && text
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '_' | '-' | '.'))
}

/// `token.id` of `response.body.token.id`; `None` where it is no part of an answer.
fn payload_path(path: &NamePath<'_>) -> Option<String> {
    let (root, rest) = path.names.split_first()?;
    let rest = rest
        .strip_prefix(&["json"])
        .or_else(|| rest.strip_prefix(&["body"]))
        .or_else(|| rest.strip_prefix(&["data"]))?;
    let fields: Vec<&str> = rest.iter().copied().take_while(|name| !is_method(name)).collect();
    let is_answer = ANSWERS.contains(root) || root.to_lowercase().ends_with("response");
    (is_answer && !fields.is_empty() && !BODIES.contains(&fields[0])).then(|| fields.join("."))
}

fn is_method(name: &str) -> bool {
    matches!(
        name,
        "length" | "toString" | "map" | "filter" | "find" | "get" | "items" | "keys" | "some" | "every"
    )
}

/// What a call asks for: an endpoint, or something on a page.
pub(super) fn of_call<'t>(at: &At<'_, 't>, path: &NamePath<'t>, sink: &mut Sink<'t>) {
    if !sink.is_in_test() {
        return;
    }
    let arguments = chain::arguments(at.node);
    let Some(&first) = arguments.first() else { return };
    let last = path.last();
    if let Some(kind) = query(last) {
        if let Some(name) = string_of(at.source, first) {
            sink.surface(kind, name, first);
        }
    } else if path.root() == "cy" && last == "get" || matches!(last, "locator" | "querySelector" | "querySelectorAll") {
        selector(at, first, sink);
    } else if METHODS.contains(&last.to_lowercase().as_str()) && path.names.len() + usize::from(path.calls) > 1 {
        let defines = arguments
            .get(1)
            .is_some_and(|second| second.kind().contains("function"));
        if let Some(address) = address(at, first).filter(|_| !defines) {
            sink.surface(
                SurfaceKind::Endpoint,
                format!("{} {address}", last.to_uppercase()),
                first,
            );
        }
    }
}

/// The queries of Testing Library and Playwright.
fn query(name: &str) -> Option<SurfaceKind> {
    let kinds = [
        ("ByTestId", SurfaceKind::TestId),
        ("ByRole", SurfaceKind::Role),
        ("ByLabelText", SurfaceKind::AriaLabel),
        ("ByLabel", SurfaceKind::AriaLabel),
    ];
    kinds
        .into_iter()
        .find(|(ending, _)| name.ends_with(ending))
        .map(|(_, kind)| kind)
}

/// A CSS selector; `[data-testid="x"]` asks for a test id.
fn selector<'t>(at: &At<'_, 't>, node: Node<'t>, sink: &mut Sink<'t>) {
    let Some(text) = string_of(at.source, node).filter(|text| !text.starts_with('@')) else {
        return;
    };
    let id = ["[data-testid=", "[data-test-id=", "[data-test=", "[data-cy="]
        .iter()
        .find_map(|start| text.strip_prefix(start));
    match id.and_then(|rest| rest.strip_suffix(']')) {
        Some(id) => sink.surface(SurfaceKind::TestId, chain::unquoted(id), node),
        None => sink.surface(SurfaceKind::Selector, text, node),
    }
}

/// A path that begins at the server's top; what is inserted into it is `{}`.
fn address(at: &At<'_, '_>, node: Node<'_>) -> Option<String> {
    let text = at.text(node);
    let is_text = matches!(
        node.kind(),
        "string" | "string_literal" | "interpreted_string_literal" | "template_string"
    );
    let inside = is_text
        .then(|| chain::unquoted(text))
        .filter(|it| it.starts_with('/'))?;
    let path = inside.split(['?', '#']).next().unwrap_or_default();
    let mut address = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once("${").or_else(|| rest.split_once('{')) {
        address.push_str(before);
        address.push_str("{}");
        rest = after.split_once('}').map_or("", |(_, behind)| behind);
    }
    Some(address + rest)
}
