//! Assertions that hold whatever the code does: everything in them is written down.

use super::walk::{children, text};
use tree_sitter::Node;

/// Literals of the grammars that hold nothing else.
const LITERALS: &[&str] = &[
    "boolean_literal",
    "character_literal",
    "char_literal",
    "decimal_integer_literal",
    "decimal_floating_point_literal",
    "false",
    "float",
    "float_literal",
    "int_literal",
    "integer",
    "integer_literal",
    "interpreted_string_literal",
    "nil",
    "none",
    "null",
    "null_literal",
    "number",
    "raw_string_literal",
    "string",
    "string_literal",
    "template_string",
    "true",
    "undefined",
];

/// Whether an assertion over these arguments always holds. `names` are the words of the assertion itself.
///
/// `expect(true).toBe(false)` never holds: it says that a line must not be reached, and is no constant.
pub(super) fn always_holds<'t>(source: &'t [u8], arguments: &[Node<'t>], names: &[&str]) -> bool {
    if arguments.is_empty() || !arguments.iter().all(|argument| is_literal(*argument)) {
        return false;
    }
    let texts: Vec<&str> = arguments.iter().map(|argument| text(source, *argument)).collect();
    holds(&texts, names)
}

/// Whether an assertion over these literals holds.
pub(super) fn holds(literals: &[&str], names: &[&str]) -> bool {
    let always_fails = names.iter().any(|name| name.to_lowercase().starts_with("fail"));
    let says = |word: &str| names.iter().any(|name| name.to_lowercase().contains(word));
    let is_negated = names
        .iter()
        .any(|name| matches!(*name, "not" | "NotEqual" | "assert_ne"))
        || says("notequal");
    let holds = match literals {
        [] => return false,
        _ if always_fails => return false,
        [only] if says("false") || says("falsy") || says("null") || says("none") || says("nil") => !is_true(only),
        [only] => is_true(only),
        // Behind one value or two stands at most a message.
        [first, second, ..] if compares(names) => first == second,
        [first, ..] => is_true(first),
    };
    holds != is_negated
}

/// Whether two values are compared, rather than one with a message behind it.
fn compares(names: &[&str]) -> bool {
    const WORDS: [&str; 9] = ["equal", "eq", "ne", "tobe", "same", "is", "match", "be", "contain"];
    names.iter().any(|name| {
        let lower = name.to_lowercase();
        WORDS.iter().any(|word| {
            lower == *word || (word.len() > 2 && lower.contains(word)) || lower.ends_with(&format!("_{word}"))
        })
    })
}

fn is_true(literal: &str) -> bool {
    !matches!(
        literal,
        "false" | "False" | "0" | "null" | "None" | "nil" | "undefined" | "''" | "\"\"" | "``"
    )
}

fn is_literal(node: Node<'_>) -> bool {
    if matches!(
        node.kind(),
        "parenthesized_expression" | "unary_operator" | "unary_expression"
    ) {
        return children(node).into_iter().all(|inner| LITERALS.contains(&inner.kind()));
    }
    let inserted = || {
        children(node)
            .iter()
            .any(|part| matches!(part.kind(), "template_substitution" | "interpolation"))
    };
    LITERALS.contains(&node.kind()) && !inserted()
}

#[cfg(test)]
mod tests {
    use super::holds;

    #[test]
    fn only_what_can_not_fail_holds() {
        assert!(holds(&["true", "true"], &["toBe"]));
        assert!(holds(&["1", "1"], &["assert_eq"]));
        assert!(holds(&["true"], &["assert"]));
        assert!(holds(&["True", "\"message\""], &["assertTrue"]));
        assert!(holds(&["False"], &["assertFalse"]));
        assert!(!holds(&["true", "false"], &["toBe"]));
        assert!(!holds(&["1", "1"], &["not", "toBe"]));
        assert!(!holds(&["false"], &["assert"]));
        assert!(!holds(&[], &["assert"]));
        assert!(!holds(&["'not reached'"], &["fail"]));
    }
}
