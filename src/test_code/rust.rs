//! Tests of Rust: functions with a test's attribute, and what `proptest!` holds.

use super::chain::name_path;
use super::constants::holds;
use super::sink::{FoundTest, Sink, lines_from};
use super::walk::{At, children};
use crate::model::{Lines, TestMarker};
use tree_sitter::Node;

/// Attributes that make a test, by their last name.
const TEST_ATTRIBUTES: &[&str] = &[
    "test",
    "rstest",
    "test_case",
    "quickcheck",
    "wasm_bindgen_test",
    "proptest",
    "property_test",
];

/// Says what a node is.
pub(super) fn look<'t>(at: &At<'_, 't>, sink: &mut Sink<'t>) {
    let depth = at.ancestors.len();
    match at.node.kind() {
        "attribute_item" => {
            sink.pending.retain(|(waiting, _)| *waiting == depth);
            sink.pending.push((depth, at.node));
            return;
        }
        "function_item" => function(at, depth, sink),
        "mod_item" => sink.group(at.field(at.node, "name"), None, at.node.start_position().row, at.node),
        "macro_invocation" => macro_call(at, sink),
        "token_tree" => tokens(at, sink),
        "call_expression" => call(at, sink),
        "try_expression" => sink.can_fail(),
        _ => {}
    }
    // What an attribute stands in front of has been seen; what is inside of the attribute is deeper.
    sink.pending.retain(|(waiting, _)| *waiting < depth);
}

fn function<'t>(at: &At<'_, 't>, depth: usize, sink: &mut Sink<'t>) {
    let attributes: Vec<Node<'t>> = sink
        .pending
        .iter()
        .filter(|(waiting, _)| *waiting == depth)
        .map(|(_, node)| *node)
        .collect();
    let names: Vec<&str> = attributes
        .iter()
        .map(|attribute| attribute_name(at, *attribute))
        .collect();
    let name = at.field(at.node, "name");
    if !names.iter().any(|name| TEST_ATTRIBUTES.contains(name)) {
        sink.helper(name, at.node);
        return;
    }
    let first = attributes.first().copied().unwrap_or(at.node);
    let body = at.node.child_by_field_name("body");
    sink.test(FoundTest {
        name: name.to_owned(),
        lines: lines_from(first.start_position().row, at.node),
        end: at.node.end_byte(),
        marker: names.contains(&"ignore").then_some(TestMarker::Skipped),
        is_empty: body.is_some_and(|body| children(body).is_empty()),
        expects_failure: names.contains(&"should_panic"),
        is_elsewhere: false,
    });
}

/// `test` of `#[tokio::test]`.
fn attribute_name<'t>(at: &At<'_, 't>, item: Node<'t>) -> &'t str {
    let attribute = children(item).into_iter().next();
    let path = attribute.and_then(|attribute| children(attribute).into_iter().next());
    path.map_or("", |path| at.text(path).rsplit("::").next().unwrap_or_default().trim())
}

fn macro_call<'t>(at: &At<'_, 't>, sink: &mut Sink<'t>) {
    let name = at.field(at.node, "macro").rsplit("::").next().unwrap_or_default();
    let arguments = children(at.node).into_iter().find(|child| child.kind() == "token_tree");
    invocation(at, name, at.node, arguments, sink);
}

/// What the macro `name` is, from `node` on.
fn invocation<'t>(at: &At<'_, 't>, name: &'t str, node: Node<'t>, arguments: Option<Node<'t>>, sink: &mut Sink<'t>) {
    if is_assertion(name) {
        let is_constant = arguments.is_some_and(|tokens| is_constant(at, tokens, name));
        sink.assertion(node, is_constant, false);
    } else if matches!(name, "panic" | "unreachable" | "bail" | "ensure") {
        sink.can_fail();
    } else if matches!(name, "todo" | "unimplemented") && sink.is_in_test() {
        sink.mark(TestMarker::Todo);
    }
}

fn is_assertion(name: &str) -> bool {
    let bare = name
        .strip_prefix("debug_")
        .or_else(|| name.strip_prefix("prop_"))
        .unwrap_or(name);
    bare == "assert" || bare.starts_with("assert_") || matches!(name, "check" | "verify")
}

/// Whether nothing but literals stands between the brackets, and holds.
fn is_constant(at: &At<'_, '_>, tokens: Node<'_>, name: &str) -> bool {
    let tokens = children(tokens);
    let all_literal = tokens.iter().all(|token| token.kind().ends_with("literal"));
    let texts: Vec<&str> = tokens.iter().map(|token| at.text(*token)).collect();
    all_literal && holds(&texts, &[name])
}

/// `.unwrap()` fails a test; `.unwrap_err()` wants a failure.
fn call<'t>(at: &At<'_, 't>, sink: &mut Sink<'t>) {
    let Some(function) = at.node.child_by_field_name("function") else {
        return;
    };
    let path = name_path(at.source, function);
    match path.last() {
        "unwrap" | "expect" if function.kind() == "field_expression" => sink.can_fail(),
        "unwrap_err" | "expect_err" => sink.assertion(at.node, false, false),
        last if path.names.len() == 1 || function.kind() == "scoped_identifier" => {
            if is_assertion(last) && last != "check" {
                sink.assertion(at.node, false, false);
            }
            sink.call(last);
        }
        last if path.root() == "self" => sink.call(last),
        _ => {}
    }
}

/// Macros within a macro's tokens, and the tests within `proptest!`.
fn tokens<'t>(at: &At<'_, 't>, sink: &mut Sink<'t>) {
    let mut cursor = at.node.walk();
    let all: Vec<Node<'t>> = at
        .node
        .children(&mut cursor)
        .filter(|child| !child.is_extra())
        .collect();
    let in_proptest = at.above(0).is_some_and(|parent| {
        parent.kind() == "macro_invocation" && at.field(parent, "macro").rsplit("::").next() == Some("proptest")
    });
    for index in 0..all.len() {
        if in_proptest && at.text(all[index]) == "fn" {
            property(at, &all, index, sink);
        }
        let is_macro =
            all[index].kind() == "identifier" && all.get(index + 1).is_some_and(|next| at.text(*next) == "!");
        if is_macro && !in_proptest {
            let arguments = all.get(index + 2).copied().filter(|it| it.kind() == "token_tree");
            invocation(at, at.text(all[index]), all[index], arguments, sink);
        }
        if at.text(all[index]).starts_with("unwrap") {
            sink.can_fail();
        }
    }
}

/// `#[test] fn name(arguments) { body }` among the tokens, from `fn` on.
fn property<'t>(at: &At<'_, 't>, all: &[Node<'t>], at_fn: usize, sink: &mut Sink<'t>) {
    let Some(name) = all.get(at_fn + 1) else { return };
    let is_body = |node: &&Node<'t>| node.kind() == "token_tree" && at.text(**node).starts_with('{');
    let Some(body) = all[at_fn..].iter().find(is_body) else {
        return;
    };
    let has_attribute = |from: usize| all[from].kind() == "token_tree" && at.text(all[from]).starts_with('[');
    let first = (at_fn.saturating_sub(6)..at_fn)
        .find(|from| has_attribute(*from))
        .unwrap_or(at_fn);
    sink.test(FoundTest {
        name: at.text(*name).to_owned(),
        lines: Lines {
            first: all[first].start_position().row + 1,
            last: body.end_position().row + 1,
        },
        end: body.end_byte(),
        marker: None,
        is_empty: children(*body).is_empty(),
        expects_failure: false,
        is_elsewhere: false,
    });
}
