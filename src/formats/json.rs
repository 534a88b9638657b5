//! A JSON text → its tree, with the place of each value; broken JSON is mended as far as that is safe.

use super::cursor::Node;
use super::problems::Problems;
use crate::model::ProblemKind;
use jsonc_parser::ast::Value;
use jsonc_parser::errors::{ParseError, ParseErrorKind};
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use serde::de::IgnoredAny;
use std::ops::Range;

/// What is wrong with the syntax, and where.
struct SyntaxError {
    span: Range<usize>,
    message: String,
    help: &'static str,
}

/// The names at the top of a JSON object: enough to tell formats apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape {
    schema: Option<String>,
    fields: Vec<Field>,
}

/// A name at the top, and the names in the first object of its list.
#[derive(Clone, Debug)]
struct Field {
    name: String,
    first_item: Vec<String>,
}

impl Shape {
    /// The shape of `text`; `None` if there is no object.
    pub(super) fn of(text: &str) -> Option<Self> {
        if !text.trim_start().starts_with(['{', '/']) {
            return None;
        }
        with_tree(text, |tree, _, _| match tree {
            Some(Value::Object(object)) => Some(Self {
                schema: object.get_string("schema").map(|it| it.value.to_string()),
                fields: object
                    .properties
                    .iter()
                    .map(|property| Field {
                        name: property.name.as_str().to_owned(),
                        first_item: names_in_first_item(&property.value),
                    })
                    .collect(),
            }),
            _ => None,
        })
    }

    /// The text of the field `schema`.
    pub(super) fn schema(&self) -> Option<&str> {
        self.schema.as_deref()
    }

    /// Whether `schema` names some version of the artifact, or names nothing of drift's and `otherwise` holds.
    pub(super) fn is_artifact(&self, artifact: &str, otherwise: impl FnOnce(&Self) -> bool) -> bool {
        match self.schema().and_then(|schema| schema.strip_prefix("drift/")) {
            Some(rest) => rest.split('/').next() == Some(artifact),
            None => otherwise(self),
        }
    }

    /// How many of these names stand at the top.
    pub(super) fn count_of(&self, names: &[&str]) -> usize {
        let at_top = |name: &&&str| self.fields.iter().any(|field| field.name == **name);
        names.iter().filter(at_top).count()
    }

    /// Whether the field is a list whose first object has one of these names.
    pub(super) fn lists_objects_with(&self, field: &str, names: &[&str]) -> bool {
        self.fields
            .iter()
            .any(|it| it.name == field && it.first_item.iter().any(|name| names.contains(&name.as_str())))
    }
}

fn names_in_first_item(value: &Value<'_>) -> Vec<String> {
    let Value::Array(array) = value else {
        return Vec::new();
    };
    let first = array.elements.iter().find_map(|item| match item {
        Value::Object(object) => Some(object),
        _ => None,
    });
    let names = first.into_iter().flat_map(|object| &object.properties);
    names.map(|property| property.name.as_str().to_owned()).collect()
}

/// Reads `text` from its root; what is wrong with its syntax goes to `problems` first.
pub(super) fn read(text: &str, problems: &mut Problems, read: impl FnOnce(Node<'_>, &mut Problems)) {
    with_tree(text, |tree, errors, lost_from| {
        for error in errors {
            let at = problems.place("", error.span.clone());
            problems.add(ProblemKind::Unreadable, error.message.as_str(), error.help, at);
        }
        problems.lost_from = lost_from;
        if let Some(tree) = tree {
            let root = problems.place("", span_of(tree));
            read(Node::new(tree, root), problems);
        }
    });
}

/// The bytes of a value.
pub(super) fn span_of(value: &Value<'_>) -> Range<usize> {
    use jsonc_parser::common::Ranged;
    let range = value.range();
    range.start..range.end
}

/// Calls `then` with the tree, the syntax errors on the way to it, and the byte from which on the text is not in it.
fn with_tree<T>(text: &str, then: impl FnOnce(Option<&Value<'_>>, &[SyntaxError], Option<usize>) -> T) -> T {
    let mut errors = Vec::new();
    let mut options = strict();
    let broken_at = loop {
        match parse_to_ast(text, &CollectOptions::default(), &options) {
            Ok(result) => {
                errors.extend(errors.is_empty().then(|| strict_error(text)).flatten());
                return then(result.value.as_ref(), &errors, None);
            }
            Err(error) => {
                errors.push(syntax_error(&error));
                if !forgive(error.kind(), &mut options) {
                    break end_of_readable(&error);
                }
            }
        }
    };
    let (mended, lost_from) = mended_prefix(text, broken_at);
    match parse_to_ast(&mended, &CollectOptions::default(), &options) {
        Ok(result) => then(result.value.as_ref(), &errors, Some(lost_from)),
        Err(_) => then(None, &errors, Some(0)),
    }
}

fn strict() -> ParseOptions {
    ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    }
}

/// Lets the next attempt read past this kind of error; false if there is no reading past it.
fn forgive(kind: &ParseErrorKind, options: &mut ParseOptions) -> bool {
    let switch = match kind {
        ParseErrorKind::CommentsNotAllowed => &mut options.allow_comments,
        ParseErrorKind::TrailingCommasNotAllowed => &mut options.allow_trailing_commas,
        ParseErrorKind::ExpectedComma => &mut options.allow_missing_commas,
        ParseErrorKind::SingleQuotedStringsNotAllowed => &mut options.allow_single_quoted_strings,
        ParseErrorKind::ExpectedStringObjectProperty => &mut options.allow_loose_object_property_names,
        _ => return false,
    };
    !std::mem::replace(switch, true)
}

fn syntax_error(error: &ParseError) -> SyntaxError {
    let help = match error.kind() {
        ParseErrorKind::CommentsNotAllowed => "take the comments out: JSON has none",
        ParseErrorKind::TrailingCommasNotAllowed => "take the comma out",
        ParseErrorKind::ExpectedComma => "put a comma between the two",
        ParseErrorKind::SingleQuotedStringsNotAllowed | ParseErrorKind::ExpectedStringObjectProperty => {
            "put it in double quotes"
        }
        ParseErrorKind::UnterminatedArray | ParseErrorKind::UnterminatedObject => {
            "the text ends before the bracket that opens here is closed; what stands before the end is read"
        }
        _ => "what stands before this place is read, and nothing after it",
    };
    let range = error.range();
    SyntaxError {
        span: range.start..range.end,
        message: format!("not valid JSON: {}", lower_first(&error.kind().to_string())),
        help,
    }
}

/// What only the strict reader objects to: control characters in texts, numbers like `01`.
fn strict_error(text: &str) -> Option<SyntaxError> {
    let error = serde_json::from_str::<IgnoredAny>(text).err()?;
    let start = offset_of(text, error.line(), error.column());
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    Some(SyntaxError {
        span: start..start,
        message: format!("not valid JSON: {}", lower_first(message)),
        help: "",
    })
}

/// The byte that serde_json calls by line and column; its columns count bytes from 1.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    (before + column.saturating_sub(1)).min(text.len())
}

fn lower_first(text: &str) -> String {
    let mut rest = text.chars();
    let first = rest.next().map(|c| c.to_ascii_lowercase());
    first.into_iter().chain(rest).collect()
}

/// Where reading stopped. An unclosed bracket is reported where it opens, and stops reading at the end.
fn end_of_readable(error: &ParseError) -> usize {
    match error.kind() {
        ParseErrorKind::UnterminatedArray
        | ParseErrorKind::UnterminatedObject
        | ParseErrorKind::NestingDepthExceeded => error.range().end,
        _ => error.range().start,
    }
}

/// The text up to the last whole value before `broken_at`, with the brackets that are open there closed, and the
/// byte from which on it is lost.
fn mended_prefix(text: &str, broken_at: usize) -> (String, usize) {
    let readable = text.get(..broken_at).unwrap_or_default().as_bytes();
    let mut open = Vec::new();
    let (mut at, mut cut) = (0, 0);
    while let Some(&byte) = readable.get(at) {
        let end = end_of_token(readable, at);
        match byte {
            b'{' => open.push('}'),
            b'[' => open.push(']'),
            b'}' | b']' => drop(open.pop()),
            _ => {}
        }
        match byte {
            b'{' | b'[' | b'}' | b']' => cut = end,
            b',' => cut = at,
            _ => {}
        }
        at = end;
    }
    let mended = text[..cut].chars().chain(open.into_iter().rev()).collect();
    (mended, cut)
}

/// The offset after the string or comment that begins at `start`; after the byte, where it is neither.
fn end_of_token(bytes: &[u8], start: usize) -> usize {
    let rest = &bytes[start + 1..];
    let length = match (bytes[start], rest.first()) {
        (b'"', _) => length_of_string(rest),
        (b'/', Some(b'/')) => rest.iter().position(|&byte| byte == b'\n'),
        (b'/', Some(b'*')) => rest.windows(2).position(|pair| pair == b"*/").map(|at| at + 1),
        _ => return start + 1,
    };
    length.map_or(bytes.len(), |length| start + length + 2)
}

fn length_of_string(bytes: &[u8]) -> Option<usize> {
    let mut escaped = false;
    bytes.iter().position(|&byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    })
}

#[cfg(test)]
mod tests {
    use super::{Shape, mended_prefix};

    #[test]
    fn a_prefix_is_closed_after_its_last_whole_value() {
        let mended = |text: &str| mended_prefix(text, text.len()).0;
        assert_eq!(mended(r#"{"a": [1, 2"#), r#"{"a": [1]}"#);
        assert_eq!(mended(r#"{"a": [{"b": "}"}"#), r#"{"a": [{"b": "}"}]}"#);
        assert_eq!(mended(r#"{"a": 1, "b"#), r#"{"a": 1}"#);
        assert_eq!(mended("{ // \"\n \"a\": 1, /* ] */"), "{ // \"\n \"a\": 1}");
        assert_eq!(mended(r#"{"a\\\"": 1,"#), r#"{"a\\\"": 1}"#);
        assert_eq!(mended("x"), "");
    }

    #[test]
    fn a_shape_is_seen_through_broken_syntax() {
        let shape = Shape::of(r#"{"schema": "drift/intent/1", "units": [1, {"id": 2}], "#).unwrap();
        assert_eq!(shape.schema(), Some("drift/intent/1"));
        assert!(shape.lists_objects_with("units", &["id"]));
        assert!(Shape::of("# Plan").is_none());
    }
}
