//! Tests of Python: pytest and unittest.

use super::chain::{self, NamePath, climb, name_path};
use super::constants::always_holds;
use super::sink::{FoundTest, Sink, lines_from};
use super::surfaces;
use super::walk::{At, children};
use crate::model::TestMarker;
use tree_sitter::Node;

/// Says what a node is.
pub(super) fn look<'t>(at: &At<'_, 't>, sink: &mut Sink<'t>) {
    match at.node.kind() {
        "function_definition" => function(at, sink),
        "class_definition" => {
            let (first_row, decorators) = decoration(at);
            let marker = decorators.iter().find_map(|it| marker(at, *it));
            sink.group(at.field(at.node, "name"), marker, first_row, at.node);
        }
        "assert_statement" => assert_statement(at, sink),
        "call" => call(at, sink),
        "raise_statement" => sink.can_fail(),
        _ => {}
    }
}

/// The row of the first decorator, and the decorators.
fn decoration<'t>(at: &At<'_, 't>) -> (usize, Vec<Node<'t>>) {
    let own = at.node.start_position().row;
    match at.above(0).filter(|parent| parent.kind() == "decorated_definition") {
        Some(parent) => {
            let decorators = children(parent)
                .into_iter()
                .filter(|child| child.kind() == "decorator")
                .collect();
            (parent.start_position().row, decorators)
        }
        None => (own, Vec::new()),
    }
}

fn function<'t>(at: &At<'_, 't>, sink: &mut Sink<'t>) {
    let name = at.field(at.node, "name");
    let is_test = name.starts_with("test") && !sink.is_in_function();
    if !is_test {
        sink.helper(name, at.node);
        return;
    }
    let (first_row, decorators) = decoration(at);
    sink.test(FoundTest {
        name: name.to_owned(),
        lines: lines_from(first_row, at.node),
        end: at.node.end_byte(),
        marker: decorators.iter().find_map(|it| marker(at, *it)),
        is_empty: at.node.child_by_field_name("body").is_some_and(is_empty),
        expects_failure: false,
        is_elsewhere: false,
    });
}

/// `@pytest.mark.skip`, `@unittest.skip("why")`; with a condition nobody knows.
fn marker<'t>(at: &At<'_, 't>, decorator: Node<'t>) -> Option<TestMarker> {
    let expression = children(decorator).into_iter().next()?;
    match name_path(at.source, expression).last() {
        "skip" => Some(TestMarker::Skipped),
        "xfail" | "expectedFailure" => Some(TestMarker::ExpectedToFail),
        _ => None,
    }
}

/// Nothing but `pass`, `...` and a docstring.
fn is_empty(body: Node<'_>) -> bool {
    children(body).into_iter().all(|statement| match statement.kind() {
        "pass_statement" => true,
        "expression_statement" => children(statement)
            .iter()
            .all(|it| matches!(it.kind(), "string" | "ellipsis")),
        _ => false,
    })
}

fn assert_statement<'t>(at: &At<'_, 't>, sink: &mut Sink<'t>) {
    let expressions = children(at.node);
    let Some(&condition) = expressions.first() else { return };
    let values = if condition.kind() == "comparison_operator" {
        children(condition)
    } else {
        vec![condition]
    };
    let negated = at.text(condition).contains("!=") || at.text(condition).contains("not ");
    let names: &[&str] = match (values.len(), negated) {
        (1, _) => &["assert"],
        (_, false) => &["equal"],
        (_, true) => &["equal", "not"],
    };
    sink.assertion(at.node, always_holds(at.source, &values, names), false);
    surfaces::of_comparison(at, &values, sink);
}

fn call<'t>(at: &At<'_, 't>, sink: &mut Sink<'t>) {
    let Some(function) = at.node.child_by_field_name("function") else {
        return;
    };
    let path = name_path(at.source, function);
    if let Some(marker) = skips(at, &path) {
        sink.mark(marker);
    } else if path.only() == "expect" || path.only() == "assert_that" {
        let chain = climb(at);
        if !chain.members.is_empty() || path.only() == "assert_that" {
            sink.assertion(
                chain.top,
                always_holds(at.source, &chain.arguments, &chain.members),
                false,
            );
        }
    } else if is_assertion(&path) {
        let arguments = chain::arguments(at.node);
        // `mock.assert_called_with(1)` is about the mock.
        let is_about_arguments = path.names.len() == 1 || matches!(path.root(), "self" | "cls" | "np" | "numpy");
        let is_constant = is_about_arguments && always_holds(at.source, &arguments, &[path.last()]);
        sink.assertion(at.node, is_constant, false);
        surfaces::of_comparison(at, &arguments, sink);
    } else {
        if !path.only().is_empty() || (path.root() == "self" && path.names.len() == 2) {
            sink.call(path.last());
        }
        surfaces::of_call(at, &path, sink);
    }
}

fn is_assertion(path: &NamePath<'_>) -> bool {
    let last = path.last();
    let by_pytest = matches!(
        path.names.as_slice(),
        ["pytest", "raises" | "warns" | "fail" | "deprecated_call"]
    );
    let by_self = path.root() == "self" && (last.starts_with("assert") || last == "fail" || last.starts_with("fail"));
    let by_name =
        last.starts_with("assert_") || last.starts_with("assert") && last[6..].starts_with(char::is_uppercase);
    by_pytest || by_self || by_name || matches!(path.only(), "raises" | "verify" | "fail")
}

/// `pytest.skip()` as a statement of the test's own body.
fn skips(at: &At<'_, '_>, path: &NamePath<'_>) -> Option<TestMarker> {
    let marker = match path.names.as_slice() {
        ["pytest", "skip"] | ["self", "skipTest"] => TestMarker::Skipped,
        ["pytest", "xfail"] => TestMarker::ExpectedToFail,
        _ => return None,
    };
    let is_statement = at.parent_kind() == "expression_statement";
    let in_body = at.above(2).is_some_and(|node| node.kind() == "function_definition");
    (is_statement && in_body).then_some(marker)
}
