//! Tests of JavaScript and TypeScript: Jest, Vitest, Mocha, node:test, Playwright, Cypress, Ava, Deno, Bun.

use super::chain::{self, NamePath, climb, name_path};
use super::constants::always_holds;
use super::sink::{FoundTest, Sink, lines_from};
use super::surfaces;
use super::walk::{At, children};
use crate::model::TestMarker;
use tree_sitter::Node;

const TESTS: &[&str] = &["it", "test", "specify", "fit", "xit", "xtest", "xspecify"];
const GROUPS: &[&str] = &["describe", "context", "suite", "fdescribe", "xdescribe", "xcontext"];
/// Objects whose `test` makes a test.
const TEST_OWNERS: &[&str] = &["Deno", "QUnit", "t", "bun"];
/// What can stand behind a test's or group's word, and makes another test or group of it.
const MODIFIERS: &[&str] = &[
    "concurrent",
    "each",
    "failing",
    "fails",
    "fixme",
    "for",
    "only",
    "parallel",
    "runIf",
    "sequential",
    "serial",
    "skip",
    "skipIf",
    "slow",
    "todo",
];
/// Assertions of Ava and node-tap on their `t`.
const T_METHODS: &[&str] = &[
    "assert",
    "deepEqual",
    "deepEquals",
    "equal",
    "equals",
    "error",
    "fail",
    "false",
    "falsy",
    "is",
    "like",
    "match",
    "not",
    "notDeepEqual",
    "notEqual",
    "notOk",
    "notThrows",
    "notThrowsAsync",
    "ok",
    "pass",
    "regex",
    "rejects",
    "resolves",
    "same",
    "snapshot",
    "strictSame",
    "throws",
    "throwsAsync",
    "true",
    "truthy",
];

/// Says what a node is.
pub(super) fn look<'t>(at: &At<'_, 't>, sink: &mut Sink<'t>) {
    match at.node.kind() {
        "call_expression" => call(at, sink),
        "member_expression" => should(at, sink),
        "throw_statement" => sink.can_fail(),
        "function_declaration" | "generator_function_declaration" => helper(at, at.node, sink),
        "variable_declarator" if at.node.child_by_field_name("value").is_some_and(is_function) => {
            helper(at, at.node, sink)
        }
        "method_definition" => helper(at, at.node, sink),
        _ => {}
    }
}

fn helper<'t>(at: &At<'_, 't>, node: Node<'t>, sink: &mut Sink<'t>) {
    let name = at.field(node, "name");
    if !name.is_empty() {
        sink.helper(name, node);
    }
}

fn call<'t>(at: &At<'_, 't>, sink: &mut Sink<'t>) {
    let Some(function) = at.node.child_by_field_name("function") else {
        return;
    };
    let path = name_path(at.source, function);
    if let Some(kind) = Block::of(&path)
        && begin(at, &path, kind, sink)
    {
        return;
    }
    if assertion(at, &path, sink) {
        return;
    }
    if !path.only().is_empty() {
        sink.call(path.only());
    } else if path.names.len() == 2 && path.root() == "this" {
        sink.call(path.last());
    }
    surfaces::of_call(at, &path, sink);
}

/// What a call can begin.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Block {
    Test,
    Group,
}

impl Block {
    /// By its word and what stands behind it; `test.beforeEach` is neither.
    fn of(path: &NamePath<'_>) -> Option<Self> {
        let (root, rest) = path.names.split_first().filter(|_| path.is_whole)?;
        let (kind, rest) = match rest {
            ["test", rest @ ..] if TEST_OWNERS.contains(root) => (Self::Test, rest),
            ["module", rest @ ..] if *root == "QUnit" => (Self::Group, rest),
            ["describe", rest @ ..] if TESTS.contains(root) => (Self::Group, rest),
            rest if TESTS.contains(root) => (Self::Test, rest),
            rest if GROUPS.contains(root) => (Self::Group, rest),
            _ => return None,
        };
        rest.iter().all(|word| MODIFIERS.contains(word)).then_some(kind)
    }
}

/// Begins the test or group, if the call has the form of one; else it may be a mark inside of a test.
fn begin<'t>(at: &At<'_, 't>, path: &NamePath<'t>, kind: Block, sink: &mut Sink<'t>) -> bool {
    let arguments = chain::arguments(at.node);
    let body = arguments.iter().copied().find(|argument| is_function(*argument));
    let is_named = arguments
        .first()
        .is_some_and(|first| matches!(first.kind(), "string" | "template_string"));
    let has_form = match kind {
        Block::Test => is_named || (body.is_some() && arguments.len() > 1),
        Block::Group => body.is_some(),
    };
    if !has_form {
        // `test.skip()` in a test's body skips the test; with a condition nobody knows.
        if arguments.is_empty()
            && let Some(marker) = marker(path)
        {
            sink.mark(marker);
        }
        return false;
    }
    let name = arguments.first().map_or(String::new(), |first| name_of(at, *first));
    let marker = marker(path).or_else(|| arguments.iter().find_map(|it| by_option(at, *it)));
    let first_row = at.node.start_position().row;
    if kind == Block::Group {
        sink.group(&name, marker, first_row, at.node);
        return true;
    }
    let is_pending = body.is_none()
        && arguments
            .iter()
            .all(|it| !matches!(it.kind(), "identifier" | "call_expression" | "member_expression"));
    sink.test(FoundTest {
        name,
        lines: lines_from(first_row, at.node),
        end: at.node.end_byte(),
        marker: marker.or(is_pending.then_some(TestMarker::Todo)),
        is_empty: body.is_some_and(is_empty),
        expects_failure: false,
        is_elsewhere: body.is_none() && !is_pending,
    });
    true
}

fn marker(path: &NamePath<'_>) -> Option<TestMarker> {
    if path.root().starts_with('x') {
        return Some(TestMarker::Skipped);
    }
    path.names.iter().skip(1).find_map(|word| match *word {
        "skip" | "fixme" => Some(TestMarker::Skipped),
        "todo" => Some(TestMarker::Todo),
        "failing" | "fails" => Some(TestMarker::ExpectedToFail),
        _ => None,
    })
}

/// `{ skip: true }` among the arguments.
fn by_option(at: &At<'_, '_>, argument: Node<'_>) -> Option<TestMarker> {
    if argument.kind() != "object" {
        return None;
    }
    children(argument)
        .into_iter()
        .filter(|pair| pair.kind() == "pair")
        .find_map(|pair| {
            let value = pair.child_by_field_name("value")?;
            let is_set = matches!(value.kind(), "true" | "string");
            match pair.child_by_field_name("key").map(|key| at.text(key))? {
                "skip" | "ignore" if is_set => Some(TestMarker::Skipped),
                "todo" if is_set => Some(TestMarker::Todo),
                "fails" if is_set => Some(TestMarker::ExpectedToFail),
                _ => None,
            }
        })
}

fn name_of(at: &At<'_, '_>, node: Node<'_>) -> String {
    match node.kind() {
        "string" | "template_string" => chain::unquoted(at.text(node)).to_owned(),
        _ => at.text(node).lines().next().unwrap_or_default().to_owned(),
    }
}

fn is_function(node: Node<'_>) -> bool {
    matches!(
        node.kind(),
        "arrow_function" | "function_expression" | "function" | "generator_function"
    )
}

fn is_empty(function: Node<'_>) -> bool {
    let body = function.child_by_field_name("body");
    body.is_some_and(|body| body.kind() == "statement_block" && children(body).is_empty())
}

/// Reports the assertion that begins with this call.
fn assertion<'t>(at: &At<'_, 't>, path: &NamePath<'t>, sink: &mut Sink<'t>) -> bool {
    let names = path.names.as_slice();
    let whole = path.is_whole && !path.calls;
    let (root, last) = (path.root(), path.last());
    let chained = whole
        && (matches!(names, ["expect" | "expectTypeOf" | "should" | "verify" | "assertThat"])
            || matches!(names, ["expect", "soft" | "poll"] | ["chai", "expect"]));
    if chained {
        return expectation(at, path, sink);
    }
    if root == "expect" || root == "console" || root == "vi" || root == "jest" {
        return false;
    }
    let by_name = whole && names.len() == 1 && (is_assertion_word(last) || last == "fail");
    let by_object = path.is_whole
        && names
            .iter()
            .take(names.len().saturating_sub(1))
            .any(|name| *name == "assert");
    let by_t = whole && names.len() == 2 && matches!(root, "t" | "assert") && T_METHODS.contains(&last);
    let by_member = names.len() > 1 && (is_assertion_word(last) || matches!(last, "should" | "expect"))
        || path.calls && matches!(names, ["should" | "expect"]);
    if !(by_name || by_object || by_t || by_member) {
        return false;
    }
    let arguments = chain::arguments(at.node);
    sink.assertion(at.node, always_holds(at.source, &arguments, names) && !by_member, false);
    if last == "expect" {
        arguments
            .iter()
            .for_each(|argument| surfaces::status(at, *argument, sink));
    }
    surfaces::of_comparison(at, &arguments, sink);
    true
}

/// `assert`, `assertEquals`, `expectUser`.
fn is_assertion_word(name: &str) -> bool {
    name == "assert"
        || ["assert", "expect"].iter().any(|start| {
            name.strip_prefix(start)
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_uppercase() || c == '_'))
        })
}

/// `expect(value)…`: it asserts where something follows.
fn expectation<'t>(at: &At<'_, 't>, path: &NamePath<'t>, sink: &mut Sink<'t>) -> bool {
    let chain = climb(at);
    if chain.members.is_empty() && !matches!(path.last(), "verify" | "should") {
        return true;
    }
    let only_snapshot = matches!(
        chain.members.last(),
        Some(&("toMatchSnapshot" | "toThrowErrorMatchingSnapshot"))
    );
    let is_constant = always_holds(at.source, &chain.arguments, &chain.members);
    sink.assertion(chain.top, is_constant, only_snapshot);
    if chain
        .members
        .iter()
        .any(|name| matches!(*name, "status" | "toHaveStatus"))
    {
        chain
            .arguments
            .iter()
            .for_each(|argument| surfaces::status(at, *argument, sink));
    }
    surfaces::of_comparison(at, &chain.arguments, sink);
    true
}

/// `value.should.equal(1)`.
fn should<'t>(at: &At<'_, 't>, sink: &mut Sink<'t>) {
    let is_should = at.field(at.node, "property") == "should" && at.parent_kind() == "member_expression";
    if is_should {
        sink.assertion(climb(at).top, false, false);
    }
}
