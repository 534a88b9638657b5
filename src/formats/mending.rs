//! Broken JSON → JSON that can be parsed, with every byte that is kept at its place, and what was lost on the way.
//!
//! Small faults (comments, commas, quotes) lose nothing. A broken item of a list is left out, so that it does not hide
//! the others; where there is no such item, the text is read up to the fault.

use jsonc_parser::ast::Value;
use jsonc_parser::errors::{ParseError, ParseErrorKind};
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use serde::de::IgnoredAny;
use std::borrow::Cow;
use std::ops::Range;

/// How many bytes all attempts together may read.
const BUDGET: usize = 64 * 1024 * 1024;
/// The most attempts, however short the text is.
const MAX_ATTEMPTS: usize = 32;

/// What is wrong with the syntax, and where.
#[derive(Debug)]
pub(super) struct SyntaxError {
    pub(super) span: Range<usize>,
    pub(super) message: String,
    pub(super) help: &'static str,
}

/// A text that can be parsed, unless nothing of it could be saved.
pub(super) struct Mended<'t> {
    text: Cow<'t, str>,
    options: ParseOptions,
    /// What was wrong.
    pub(super) errors: Vec<SyntaxError>,
    /// The bytes that are not read.
    pub(super) lost: Vec<Range<usize>>,
}

/// Why one attempt failed: each fault on the way, and the place that reading did not get past.
struct Broken {
    errors: Vec<SyntaxError>,
    at: usize,
}

impl Mended<'_> {
    /// The tree; `None` where the text is blank or beyond mending.
    pub(super) fn parse(&self) -> Option<Value<'_>> {
        let result = parse_to_ast(&self.text, &CollectOptions::default(), &self.options);
        result.ok().and_then(|result| result.value)
    }
}

/// Mends `text` as far as it needs it.
pub(super) fn mend(text: &str) -> Mended<'_> {
    let mut mended = Mended {
        text: text.into(),
        options: strict(),
        errors: Vec::new(),
        lost: Vec::new(),
    };
    let attempts = (BUDGET / text.len().max(1)).clamp(2, MAX_ATTEMPTS);
    for left in (0..attempts).rev() {
        match forgiving(&mended.text) {
            Ok((options, errors)) => {
                mended.options = options;
                mended.errors.extend(errors);
                break;
            }
            Err(broken) => mended.leave_out(broken, left < 2),
        }
    }
    if mended.errors.is_empty() {
        mended.errors.extend(strict_error(text));
    }
    mended
}

impl Mended<'_> {
    /// Takes the item around the fault out of the text; else, or where time runs out, all that follows the fault.
    fn leave_out(&mut self, broken: Broken, all_that_follows: bool) {
        let item = item_around(&self.text, broken.at).filter(|_| !all_that_follows);
        let (text, lost, help) = match item {
            Some(item) => (
                without_item(&self.text, &item),
                item,
                "this item is left out, and the others are read",
            ),
            None => {
                let (text, end) = closed_prefix(&self.text, broken.at);
                (
                    text,
                    end..usize::MAX,
                    "what stands before this place is read, and nothing after it",
                )
            }
        };
        // One fault is often several to a parser: the first is the one to look at.
        let first = broken.errors.into_iter().filter(|error| lost.start <= error.span.end);
        let first = first.min_by_key(|error| error.span.start);
        self.errors.extend(first.map(|error| SyntaxError { help, ..error }));
        self.text = text.into();
        self.lost.push(lost);
    }
}

/// Parses the text strictly, and where that fails with as many indulgences as it takes.
fn forgiving(text: &str) -> Result<(ParseOptions, Vec<SyntaxError>), Broken> {
    let mut errors = Vec::new();
    let mut options = strict();
    while let Err(error) = parse_to_ast(text, &CollectOptions::default(), &options) {
        errors.push(syntax_error(&error));
        if !forgive(error.kind(), &mut options) {
            let at = end_of_readable(&error);
            return Err(Broken { errors, at });
        }
    }
    Ok((options, errors))
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
        _ => "",
    };
    let range = error.range();
    SyntaxError {
        span: range.start..range.end,
        message: format!("not valid JSON: {}", lower_first(&error.kind().to_string())),
        help,
    }
}

/// What only the strict reader objects to: control characters in strings, numbers like `01`.
fn strict_error(text: &str) -> Option<SyntaxError> {
    let error = serde_json::from_str::<IgnoredAny>(text).err()?;
    let at = offset_of(text, error.line(), error.column());
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    Some(SyntaxError {
        span: at..at,
        message: format!("not valid JSON: {}", lower_first(message)),
        help: "",
    })
}

/// The byte that serde_json calls by line and column; its columns count bytes from 1.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let lines_before = text.split_inclusive('\n').take(line.saturating_sub(1));
    let start: usize = lines_before.map(str::len).sum();
    (start + column.saturating_sub(1)).min(text.len())
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

/// The innermost object around `at` that is an item of a list, up to the bracket that closes it.
fn item_around(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut open: Vec<usize> = Vec::new();
    let mut here = 0;
    while here < at.min(bytes.len()) {
        match bytes[here] {
            b'{' | b'[' => open.push(here),
            b'}' | b']' => drop(open.pop()),
            _ => {}
        }
        here = end_of_token(bytes, here);
    }
    let is_item = |pair: &&[usize]| bytes[pair[0]] == b'[' && bytes[pair[1]] == b'{';
    let start = open.windows(2).rfind(is_item)?[1];
    let end = end_of_object(bytes, start).filter(|end| *end > at)?;
    Some(start..end)
}

/// The offset after the bracket that closes the object at `start`.
fn end_of_object(bytes: &[u8], start: usize) -> Option<usize> {
    let mut depth = 0usize;
    let mut here = start;
    while here < bytes.len() {
        match bytes[here] {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        here = end_of_token(bytes, here);
        if depth == 0 {
            return Some(here);
        }
    }
    None
}

/// The text with a number in the item's place, and space to its end.
fn without_item(text: &str, item: &Range<usize>) -> String {
    let space = " ".repeat(item.len() - 1);
    [&text[..item.start], "0", &space, &text[item.end..]].concat()
}

/// The text up to the last whole value before `at`, with the brackets that are open there closed; and where it ends.
fn closed_prefix(text: &str, at: usize) -> (String, usize) {
    let bytes = text.get(..at).unwrap_or_default().as_bytes();
    let mut open = Vec::new();
    let (mut here, mut cut) = (0, 0);
    while let Some(&byte) = bytes.get(here) {
        let end = end_of_token(bytes, here);
        match byte {
            b'{' => open.push('}'),
            b'[' => open.push(']'),
            b'}' | b']' => drop(open.pop()),
            _ => {}
        }
        match byte {
            b'{' | b'[' | b'}' | b']' => cut = end,
            b',' => cut = here,
            _ => {}
        }
        here = end;
    }
    let closed = text[..cut].chars().chain(open.into_iter().rev()).collect();
    (closed, cut)
}

/// The offset after the string or comment that begins at `start`; after the byte, where it is neither. A string ends
/// with its line, so that a quote that is missing or too many does no harm beyond.
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
        let ends = byte == b'\n' || (byte == b'"' && !escaped);
        escaped = byte == b'\\' && !escaped;
        ends
    })
}

#[cfg(test)]
mod tests {
    use super::{closed_prefix, mend};

    #[test]
    fn a_prefix_is_closed_after_its_last_whole_value() {
        let closed = |text: &str| closed_prefix(text, text.len()).0;
        assert_eq!(closed(r#"{"a": [1, 2"#), r#"{"a": [1]}"#);
        assert_eq!(closed(r#"{"a": [{"b": "}"}"#), r#"{"a": [{"b": "}"}]}"#);
        assert_eq!(closed(r#"{"a": 1, "b"#), r#"{"a": 1}"#);
        assert_eq!(closed("{ // \"\n \"a\": 1, /* ] */"), "{ // \"\n \"a\": 1}");
        assert_eq!(closed(r#"{"a\\\"": 1,"#), r#"{"a\\\"": 1}"#);
        assert_eq!(closed("x"), "");
    }

    /// The mended text, and the beginnings of what was said.
    fn mended(text: &str) -> (String, Vec<usize>) {
        let mended = mend(text);
        (
            mended.text.to_string(),
            mended.errors.iter().map(|it| it.span.start).collect(),
        )
    }

    #[test]
    fn what_is_whole_is_left_alone() {
        let text = r#"{"a": [{"b": "x"}]}"#;
        assert_eq!(mended(text), (text.into(), vec![]));
    }

    #[test]
    fn a_broken_item_is_left_out_and_said_once() {
        let (text, errors) = mended(r#"[{"a": 1}, {"b": "say "hi" now"}, {"c" 3}, {"d": 4}]"#);
        assert_eq!(text.replace(' ', ""), r#"[{"a":1},0,0,{"d":4}]"#);
        assert_eq!(errors.len(), 2);
        assert_eq!(text.find("{\"d\""), Some(43));
    }

    #[test]
    fn a_missing_quote_ends_with_its_line() {
        let (text, _) = mended("[\n{\"a\": \"x},\n{\"b\": 2}\n]");
        assert!(text.ends_with(']'), "{text}");
        let (text, _) = mended("[\n{\"a\": \"x,\n\"c\": 1},\n{\"b\": 2}\n]");
        assert!(text.contains("{\"b\": 2}"), "{text}");
    }

    #[test]
    fn many_faults_end_in_time() {
        let text = format!("[{}]", "{\"a\" 1},".repeat(100_000));
        let mended = mend(&text);
        assert!(mended.parse().is_some());
        assert!(mended.errors.len() <= super::MAX_ATTEMPTS);
    }
}
