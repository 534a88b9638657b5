//! Tests of Java: JUnit and TestNG.

use super::chain::{NamePath, climb, name_path};
use super::constants::always_holds;
use super::sink::{FoundTest, Sink, lines_from};
use super::surfaces;
use super::walk::{At, children};
use crate::model::TestMarker;
use tree_sitter::Node;

/// Annotations that make a test.
const TEST_ANNOTATIONS: &[&str] = &[
    "Test",
    "ParameterizedTest",
    "RepeatedTest",
    "TestFactory",
    "TestTemplate",
    "Property",
];
/// Beginnings of the methods that assert.
const BEGINNINGS: &[&str] = &["assert", "expect", "verify", "andExpect", "should"];

/// Says what a node is.
pub(super) fn look<'t>(at: &At<'_, 't>, sink: &mut Sink<'t>) {
    match at.node.kind() {
        "class_declaration" | "record_declaration" | "interface_declaration" => {
            let marker = is_disabled(at).then_some(TestMarker::Skipped);
            sink.group(at.field(at.node, "name"), marker, at.node.start_position().row, at.node);
        }
        "method_declaration" => method(at, sink),
        "method_invocation" => call(at, sink),
        "throw_statement" => sink.can_fail(),
        _ => {}
    }
}

fn method<'t>(at: &At<'_, 't>, sink: &mut Sink<'t>) {
    let name = at.field(at.node, "name");
    let annotations = annotations(at);
    let test = annotations
        .iter()
        .find(|it| TEST_ANNOTATIONS.contains(&at.field(**it, "name")));
    let is_junit3 = name.starts_with("test") && extends_test_case(at);
    if test.is_none() && !is_junit3 {
        sink.helper(name, at.node);
        return;
    }
    let expects = |it: &Node<'t>| {
        let arguments = it
            .child_by_field_name("arguments")
            .map_or("", |arguments| at.text(arguments));
        arguments.contains("expected")
    };
    sink.test(FoundTest {
        name: name.to_owned(),
        lines: lines_from(at.node.start_position().row, at.node),
        end: at.node.end_byte(),
        marker: is_disabled(at).then_some(TestMarker::Skipped),
        is_empty: at
            .node
            .child_by_field_name("body")
            .is_some_and(|body| children(body).is_empty()),
        expects_failure: test.is_some_and(expects),
        is_elsewhere: false,
    });
}

fn annotations<'t>(at: &At<'_, 't>) -> Vec<Node<'t>> {
    let modifiers = children(at.node).into_iter().find(|child| child.kind() == "modifiers");
    let is_annotation = |node: &Node<'t>| node.kind().ends_with("annotation");
    modifiers
        .map(|node| children(node).into_iter().filter(is_annotation).collect())
        .unwrap_or_default()
}

fn is_disabled(at: &At<'_, '_>) -> bool {
    annotations(at)
        .iter()
        .any(|it| matches!(at.field(*it, "name"), "Disabled" | "Ignore"))
}

fn extends_test_case(at: &At<'_, '_>) -> bool {
    let class = at
        .ancestors
        .iter()
        .rev()
        .find(|node| node.kind() == "class_declaration");
    let parent = class.and_then(|class| class.child_by_field_name("superclass"));
    parent.is_some_and(|parent| at.text(parent).ends_with("TestCase"))
}

fn call<'t>(at: &At<'_, 't>, sink: &mut Sink<'t>) {
    let path = name_path(at.source, at.node);
    let is_first = at
        .node
        .child_by_field_name("object")
        .is_none_or(|object| matches!(object.kind(), "identifier" | "field_access"));
    if is_assertion(&path) && is_first {
        let chain = climb(at);
        let names: Vec<&str> = std::iter::once(path.last())
            .chain(chain.members.iter().copied())
            .collect();
        sink.assertion(chain.top, always_holds(at.source, &chain.arguments, &names), false);
        surfaces::of_comparison(at, &chain.arguments, sink);
    } else if path.last() == "andExpect" {
        sink.assertion(at.node, false, false);
    } else {
        if path.names.len() == 1 || path.root() == "this" {
            sink.call(path.last());
        }
        surfaces::of_call(at, &path, sink);
    }
}

fn is_assertion(path: &NamePath<'_>) -> bool {
    let last = path.last();
    let begins = |start: &str| {
        last.strip_prefix(start)
            .is_some_and(|rest| !rest.starts_with(char::is_lowercase))
    };
    last == "fail" || BEGINNINGS.iter().any(|start| begins(start))
}
