//! What the tests of a Gatekeeper contract may ask from outside, in the words of its guide and of the plans in use.

use crate::formats::contract::{endpoint, status, words};
use crate::formats::cursor::{Node, Object};
use crate::formats::native;
use crate::formats::problems::Problems;
use crate::model::SurfaceKind;
use std::collections::BTreeMap;

/// What is declared, by kind.
type Surface = BTreeMap<SurfaceKind, Vec<String>>;

/// Reads `assertionSurface`, if it is there.
pub(super) fn read(object: &mut Object<'_>, problems: &mut Problems) -> Surface {
    let mut surface = Surface::new();
    let Some(mut object) = object.field("assertionSurface").and_then(|node| node.object(problems)) else {
        return surface;
    };
    if let Some(mut http) = object.field("http").and_then(|node| node.object(problems)) {
        read_http(&mut http, &mut surface, problems);
        http.finish(problems);
    }
    if let Some(mut errors) = object.field("errors").and_then(|node| node.object(problems)) {
        add(
            &mut surface,
            SurfaceKind::ErrorCode,
            words(&mut errors, "codes", problems),
        );
        errors.finish(problems);
    }
    add(
        &mut surface,
        SurfaceKind::ErrorCode,
        words(&mut object, "errorCodes", problems),
    );
    add(
        &mut surface,
        SurfaceKind::PayloadPath,
        words(&mut object, "payloadPaths", problems),
    );
    if let Some(mut ui) = object.field("ui").and_then(|node| node.object(problems)) {
        read_ui(&mut ui, &mut surface, problems);
        ui.finish(problems);
    }
    effects(&mut object, problems);
    object.finish(problems);
    surface
}

fn add(surface: &mut Surface, kind: SurfaceKind, more: Vec<String>) {
    surface.entry(kind).or_default().extend(more);
}

fn read_http(http: &mut Object<'_>, surface: &mut Surface, problems: &mut Problems) {
    words(http, "methods", problems);
    add(
        surface,
        SurfaceKind::Endpoint,
        native::list(http, "endpoints", problems, endpoint),
    );
    add(surface, SurfaceKind::Endpoint, words(http, "routes", problems));
    for name in ["statusCodes", "successStatuses", "errorStatuses"] {
        add(
            surface,
            SurfaceKind::StatusCode,
            native::list(http, name, problems, status),
        );
    }
    if let Some(node) = http.field("endpointStatusCodes") {
        each_list(&node, problems, &mut |list, problems| {
            let codes = list
                .items(problems)
                .into_iter()
                .filter_map(|item| status(item, problems));
            add(surface, SurfaceKind::StatusCode, codes.collect());
        });
    }
    add(surface, SurfaceKind::ErrorCode, words(http, "errorCodes", problems));
    add(surface, SurfaceKind::PayloadPath, words(http, "payloadPaths", problems));
}

/// The lists in an object of any names.
fn each_list(node: &Node<'_>, problems: &mut Problems, read: &mut dyn FnMut(&Node<'_>, &mut Problems)) {
    if let Some(object) = node.object(problems) {
        object.entries(|_, node| read(&node, problems));
    }
}

fn read_ui(ui: &mut Object<'_>, surface: &mut Surface, problems: &mut Problems) {
    words(ui, "routes", problems);
    words(ui, "tabs", problems);
    add(surface, SurfaceKind::TestId, words(ui, "testIds", problems));
    add(surface, SurfaceKind::Role, words(ui, "roles", problems));
    add(surface, SurfaceKind::AriaLabel, words(ui, "ariaLabels", problems));
    if let Some(node) = ui.field("selectors") {
        for selector in selectors(&node, problems) {
            if let Some(id) = test_id(&selector) {
                add(surface, SurfaceKind::TestId, vec![id.to_owned()]);
            }
            add(surface, SurfaceKind::Selector, vec![selector]);
        }
    }
}

/// Selectors as a list, or each under its name.
fn selectors(node: &Node<'_>, problems: &mut Problems) -> Vec<String> {
    if node.is_list() {
        return native::values(node.texts(problems));
    }
    let mut found = Vec::new();
    if let Some(object) = node.object(problems) {
        object.entries(|_, node| found.extend(node.text(problems)));
    }
    found
}

/// `save` of `[data-testid='save']`.
fn test_id(selector: &str) -> Option<&str> {
    let inside = selector.trim().strip_prefix("[data-testid=")?.strip_suffix(']')?;
    Some(inside.trim_matches(['\'', '"']))
}

/// Effects are a list of names, or an object of lists; nothing in a test's text shows them.
fn effects(object: &mut Object<'_>, problems: &mut Problems) {
    let Some(node) = object.field("effects") else { return };
    if node.is_list() {
        node.texts(problems);
    } else if let Some(mut effects) = node.object(problems) {
        words(&mut effects, "database", problems);
        words(&mut effects, "events", problems);
        effects.finish(problems);
    }
}
