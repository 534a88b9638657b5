//! Chains of members and calls, `expect(page).not.toBe(3)`: how they begin, where they end, and what they are given.
//!
//! The grammars name these nodes differently; here they are one thing.

use super::walk::{At, children, text};
use tree_sitter::Node;

/// The most links that are followed towards the beginning of a chain.
const MAX_LINKS: usize = 12;

/// The names that lead to a value: `response`, `body`, `token`.
#[derive(Default)]
pub(super) struct NamePath<'t> {
    /// The names, outermost object first.
    pub(super) names: Vec<&'t str>,
    /// Whether the first name is a plain one, with nothing in front of it.
    pub(super) is_whole: bool,
    /// Whether a call stands between them.
    pub(super) calls: bool,
}

impl<'t> NamePath<'t> {
    /// The first name, if nothing stands in front of it.
    pub(super) fn root(&self) -> &'t str {
        self.names
            .first()
            .filter(|_| self.is_whole)
            .copied()
            .unwrap_or_default()
    }

    /// The last name.
    pub(super) fn last(&self) -> &'t str {
        self.names.last().copied().unwrap_or_default()
    }

    /// The only name.
    pub(super) fn only(&self) -> &'t str {
        if self.names.len() == 1 { self.root() } else { "" }
    }
}

/// The object of a member and the member's name, in the words of each grammar.
fn member<'t>(source: &'t [u8], node: Node<'t>) -> Option<(Option<Node<'t>>, &'t str)> {
    let (object, name) = match node.kind() {
        "member_expression" => ("object", "property"),
        "attribute" => ("object", "attribute"),
        "selector_expression" => ("operand", "field"),
        "field_expression" => ("value", "field"),
        "field_access" => ("object", "field"),
        "method_invocation" => ("object", "name"),
        "scoped_identifier" => ("path", "name"),
        _ => return None,
    };
    let name = node.child_by_field_name(name).map_or("", |name| text(source, name));
    Some((node.child_by_field_name(object), name))
}

/// What a wrapping node wraps: the callee of a call, the inside of brackets.
fn wrapped<'t>(node: Node<'t>) -> Option<Node<'t>> {
    match node.kind() {
        "call_expression" | "call" => node.child_by_field_name("function"),
        "await_expression"
        | "await"
        | "parenthesized_expression"
        | "non_null_expression"
        | "as_expression"
        | "try_expression"
        | "reference_expression"
        | "unary_expression" => children(node).into_iter().next(),
        _ => None,
    }
}

/// The names that lead to the value of `node`.
pub(super) fn name_path<'t>(source: &'t [u8], node: Node<'t>) -> NamePath<'t> {
    let mut path = NamePath::default();
    let mut next = Some(node);
    for _ in 0..MAX_LINKS {
        let Some(node) = next else {
            path.is_whole = true;
            break;
        };
        if let Some((object, name)) = member(source, node) {
            path.names.push(name);
            path.calls |= node.kind() == "method_invocation" && !path.names.is_empty() && path.names.len() > 1;
            next = object;
        } else if let Some(inner) = wrapped(node) {
            path.calls |= matches!(node.kind(), "call_expression" | "call");
            next = Some(inner);
        } else if let Some((object, key)) = subscript(source, node) {
            path.names.push(key);
            next = Some(object);
        } else {
            let is_name = matches!(
                node.kind(),
                "identifier" | "this" | "self" | "super" | "field_identifier"
            );
            path.is_whole = is_name;
            path.names.extend(is_name.then(|| text(source, node)));
            break;
        }
    }
    path.names.reverse();
    path
}

/// `body["token"]`: the object and the key.
fn subscript<'t>(source: &'t [u8], node: Node<'t>) -> Option<(Node<'t>, &'t str)> {
    let (object, key) = match node.kind() {
        "subscript_expression" => ("object", "index"),
        "subscript" => ("value", "subscript"),
        _ => return None,
    };
    let key = string_of(source, node.child_by_field_name(key)?)?;
    Some((node.child_by_field_name(object)?, key))
}

/// The top of the chain that `at` begins, and the names and arguments on the way there.
pub(super) struct Climb<'t> {
    /// The outermost member or call.
    pub(super) top: Node<'t>,
    /// The members on the way, from the inside out.
    pub(super) members: Vec<&'t str>,
    /// The arguments of the calls on the way, those of the innermost call first.
    pub(super) arguments: Vec<Node<'t>>,
}

/// Climbs from the call at `at` as long as it is the object of a member or the callee of a call.
pub(super) fn climb<'t>(at: &At<'_, 't>) -> Climb<'t> {
    let mut climb = Climb {
        top: at.node,
        members: Vec::new(),
        arguments: arguments(at.node),
    };
    for &above in at.ancestors.iter().rev() {
        if let Some((object, name)) = member(at.source, above) {
            if object != Some(climb.top) {
                break;
            }
            climb.members.push(name);
            climb.arguments.extend(arguments(above));
        } else if wrapped(above) == Some(climb.top) && above.kind() != "parenthesized_expression" {
            climb.arguments.extend(arguments(above));
        } else {
            break;
        }
        climb.top = above;
    }
    climb
}

/// The arguments of a call.
pub(super) fn arguments(node: Node<'_>) -> Vec<Node<'_>> {
    match node.child_by_field_name("arguments") {
        Some(list) if list.kind() != "template_string" => children(list),
        _ => Vec::new(),
    }
}

/// The content of a string without anything inserted into it.
pub(super) fn string_of<'t>(source: &'t [u8], node: Node<'t>) -> Option<&'t str> {
    let is_string = matches!(
        node.kind(),
        "string" | "string_literal" | "interpreted_string_literal" | "raw_string_literal" | "template_string"
    );
    let has_insertion = || {
        children(node)
            .iter()
            .any(|part| matches!(part.kind(), "template_substitution" | "interpolation"))
    };
    (is_string && !has_insertion()).then(|| unquoted(text(source, node)))
}

/// A string's text without its quotation marks and what stands in front of them.
pub(super) fn unquoted(text: &str) -> &str {
    let start = text.find(['"', '\'', '`']).unwrap_or(0);
    text[start..].trim_matches(['"', '\'', '`'])
}
