//! Tests of Go: `TestLogin`, subtests of `t.Run`, testify's suites.

use super::chain::{self, NamePath, climb, name_path, string_of};
use super::constants::always_holds;
use super::sink::{FoundTest, Sink, lines_from};
use super::surfaces;
use super::walk::{At, children};
use crate::model::TestMarker;
use tree_sitter::Node;

/// Methods by which a test fails itself.
const FAILING: &[&str] = &["Error", "Errorf", "Fail", "FailNow", "Fatal", "Fatalf"];
/// What a test's handle is called.
const HANDLES: &[&str] = &["b", "f", "t", "tb"];
/// Assertions of testify that a suite has as its own methods.
const SUITE_METHODS: &[&str] = &[
    "Contains",
    "ElementsMatch",
    "Empty",
    "Equal",
    "EqualError",
    "EqualValues",
    "Error",
    "ErrorAs",
    "ErrorContains",
    "ErrorIs",
    "False",
    "Greater",
    "InDelta",
    "JSONEq",
    "Len",
    "Less",
    "Nil",
    "NoError",
    "NotContains",
    "NotEmpty",
    "NotEqual",
    "NotNil",
    "NotPanics",
    "NotZero",
    "Panics",
    "Regexp",
    "True",
    "Zero",
];
/// Packages whose functions assert.
const PACKAGES: &[&str] = &["assert", "is", "must", "qt", "require", "should"];

/// Says what a node is.
pub(super) fn look<'t>(at: &At<'_, 't>, sink: &mut Sink<'t>) {
    match at.node.kind() {
        "function_declaration" | "method_declaration" => function(at, sink),
        "call_expression" => call(at, sink),
        _ => {}
    }
}

fn function<'t>(at: &At<'_, 't>, sink: &mut Sink<'t>) {
    let name = at.field(at.node, "name");
    let rest = name.strip_prefix("Test").or_else(|| name.strip_prefix("Fuzz"));
    let is_test = rest.is_some_and(|rest| !rest.starts_with(char::is_lowercase)) && name != "TestMain";
    let body = at.node.child_by_field_name("body");
    let Some(body) = body.filter(|_| is_test) else {
        sink.helper(name, at.node);
        return;
    };
    sink.test(FoundTest {
        name: name.to_owned(),
        lines: lines_from(at.node.start_position().row, at.node),
        end: at.node.end_byte(),
        marker: None,
        is_empty: is_empty(body),
        expects_failure: false,
        is_elsewhere: false,
    });
}

fn is_empty(body: Node<'_>) -> bool {
    let statements = |node: Node<'_>| {
        children(node)
            .into_iter()
            .all(|it| it.kind() == "statement_list" && children(it).is_empty())
    };
    children(body).is_empty() || statements(body)
}

fn call<'t>(at: &At<'_, 't>, sink: &mut Sink<'t>) {
    let Some(function) = at.node.child_by_field_name("function") else {
        return;
    };
    let path = name_path(at.source, function);
    let arguments = chain::arguments(at.node);
    if path.last() == "Run" && begin_subtest(at, &arguments, sink) {
        return;
    }
    if HANDLES.contains(&path.root()) && matches!(path.last(), "Skip" | "Skipf" | "SkipNow") {
        if is_statement_of_test(at) {
            sink.mark(TestMarker::Skipped);
        }
    } else if matches!(path.only(), "Expect" | "Eventually" | "Consistently" | "Ω") {
        sink.assertion(climb(at).top, false, false);
    } else if is_assertion(&path) {
        let is_handle = |node: &Node<'_>| HANDLES.contains(&at.text(*node));
        let values: Vec<Node<'t>> = arguments.into_iter().filter(|argument| !is_handle(argument)).collect();
        sink.assertion(
            at.node,
            !fails_itself(&path) && always_holds(at.source, &values, &[path.last()]),
            false,
        );
        surfaces::of_comparison(at, &values, sink);
    } else if path.only() == "panic" {
        sink.can_fail();
    } else {
        sink.call(path.last());
        surfaces::of_call(at, &path, sink);
    }
}

/// `t.Run("name", func(t *testing.T) { … })`.
fn begin_subtest<'t>(at: &At<'_, 't>, arguments: &[Node<'t>], sink: &mut Sink<'t>) -> bool {
    let [name, function] = arguments else { return false };
    if function.kind() != "func_literal" {
        return false;
    }
    let text = string_of(at.source, *name).unwrap_or_else(|| at.text(*name));
    sink.test(FoundTest {
        name: text.to_owned(),
        lines: lines_from(at.node.start_position().row, at.node),
        end: at.node.end_byte(),
        marker: None,
        is_empty: function.child_by_field_name("body").is_some_and(is_empty),
        expects_failure: false,
        is_elsewhere: false,
    });
    true
}

/// `t.Fatal("why")`.
fn fails_itself(path: &NamePath<'_>) -> bool {
    path.names.len() == 2 && HANDLES.contains(&path.root()) && FAILING.contains(&path.last())
}

fn is_assertion(path: &NamePath<'_>) -> bool {
    let (root, last) = (path.root(), path.last());
    let by_package = path.names.len() > 1 && PACKAGES.contains(&root);
    let by_suite = path.names.len() > 1 && path.names.iter().any(|name| matches!(*name, "Require" | "Assert"));
    let by_method = path.names.len() == 2
        && root.len() <= 5
        && !HANDLES.contains(&root)
        && SUITE_METHODS.contains(&last)
        && root != "errs";
    let by_name = last.starts_with("Assert") || last.starts_with("assert") || last.starts_with("require");
    fails_itself(path) || by_package || by_suite || by_method || by_name
}

/// Whether the call is a statement of the test's own body, rather than one under a condition.
fn is_statement_of_test(at: &At<'_, '_>) -> bool {
    let kinds: Vec<&str> = at.ancestors.iter().rev().take(4).map(|node| node.kind()).collect();
    let is_function = |kind: &str| matches!(kind, "function_declaration" | "method_declaration" | "func_literal");
    matches!(kinds.as_slice(), ["expression_statement", "statement_list" | "block", rest @ ..]
        if rest.iter().take(2).any(|kind| is_function(kind)) && !rest.contains(&"if_statement"))
}
