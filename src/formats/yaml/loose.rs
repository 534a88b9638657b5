//! Frontmatter that is no YAML: keys and lists are read line by line, so that the rest of a plan still counts.

use super::node::{Node, Value};
use std::ops::Range;

/// The deepest nesting that is followed.
const MAX_DEPTH: usize = 8;

/// The keys that make a list's entry a map (`- path: a.rs`); any other `words: words` is a sentence.
const ENTRY_KEYS: &[&str] = &[
    "path",
    "provides",
    "contains",
    "contains_also",
    "exports",
    "min_lines",
    "from",
    "to",
    "via",
    "pattern",
    "note",
    "service",
    "why",
    "name",
    "action",
];

/// A line that is neither blank nor a comment.
#[derive(Clone, Copy)]
struct Line<'t> {
    /// The line without its indentation and what follows it.
    text: &'t str,
    indent: usize,
    /// Where `text` begins in the plan's text.
    start: usize,
}

/// The fields in the bytes `span` of `text`: `key: value`, `[lists, inline]`, `- lists` in lines, and maps below keys.
pub(in crate::formats) fn read(text: &str, span: Range<usize>) -> Node {
    let lines = lines(&text[span.clone()], span.start);
    block(&lines, span.start, 0)
}

fn lines(yaml: &str, start: usize) -> Vec<Line<'_>> {
    let mut found = Vec::new();
    let mut at = start;
    for line in yaml.split_inclusive('\n') {
        let text = line.trim();
        let indent = line.len() - line.trim_start().len();
        if !text.is_empty() && !text.starts_with('#') {
            let start = at + indent;
            found.push(Line { text, indent, start });
        }
        at += line.len();
    }
    found
}

/// The list, map or text that `lines` are.
fn block(lines: &[Line<'_>], at: usize, depth: usize) -> Node {
    let Some(first) = lines.first() else {
        return node(Value::Null, at..at);
    };
    let value = if depth >= MAX_DEPTH {
        Value::Null
    } else if is_entry(first.text) {
        Value::List(entries(lines, depth))
    } else if key_value(first.text).is_some() {
        Value::Map(fields(lines, depth))
    } else {
        let words: Vec<&str> = lines.iter().map(|line| line.text).collect();
        Value::Text(words.join(" "))
    };
    node(value, first.start..first.start + first.text.len())
}

fn is_entry(text: &str) -> bool {
    text == "-" || text.starts_with("- ")
}

/// The groups of `lines` that begin at a line for which `begins` holds; lines before the first are left out.
fn groups<'l, 't>(lines: &'l [Line<'t>], begins: impl Fn(&Line<'t>) -> bool) -> Vec<&'l [Line<'t>]> {
    let mut starts: Vec<usize> = (0..lines.len()).filter(|&it| begins(&lines[it])).collect();
    starts.push(lines.len());
    starts.windows(2).map(|pair| &lines[pair[0]..pair[1]]).collect()
}

fn entries(lines: &[Line<'_>], depth: usize) -> Vec<Node> {
    let indent = lines[0].indent;
    let begins = |line: &Line<'_>| line.indent <= indent && is_entry(line.text);
    groups(lines, begins)
        .into_iter()
        .map(|group| entry(group, depth))
        .collect()
}

fn entry(lines: &[Line<'_>], depth: usize) -> Node {
    let first = lines[0];
    let rest = first.text[1..].trim_start();
    // A quote before the key (`- "path: "a.rs"`) is a slip that occurs in generated plans.
    let rest = rest
        .strip_prefix('"')
        .filter(|it| it.starts_with("path: \""))
        .unwrap_or(rest);
    let shift = first.text.len() - rest.len();
    let inner = Line {
        text: rest,
        indent: first.indent + shift,
        start: first.start + shift,
    };
    let is_map = key_value(rest).is_some_and(|(key, _)| ENTRY_KEYS.contains(&key));
    if is_map {
        let mut own = vec![inner];
        own.extend_from_slice(&lines[1..]);
        return block(&own, inner.start, depth + 1);
    }
    scalar(rest, inner.start)
}

fn fields(lines: &[Line<'_>], depth: usize) -> Vec<(Node, Node)> {
    let indent = lines[0].indent;
    let begins = |line: &Line<'_>| line.indent <= indent && !is_entry(line.text) && key_value(line.text).is_some();
    groups(lines, begins)
        .into_iter()
        .filter_map(|group| field(group, depth))
        .collect()
}

fn field(lines: &[Line<'_>], depth: usize) -> Option<(Node, Node)> {
    let first = lines[0];
    let (key, rest) = key_value(first.text)?;
    let name = node(Value::Text(key.to_owned()), first.start..first.start + key.len());
    let start = first.start + first.text.len() - rest.len();
    let value = match rest {
        "" | "|" | ">" | "|-" | ">-" => block(&lines[1..], start, depth + 1),
        open if open.starts_with('[') && !open.contains(']') => {
            let words: Vec<&str> = std::iter::once(rest)
                .chain(lines[1..].iter().map(|line| line.text))
                .collect();
            placed(scalar(&words.join(" "), 0), start..start + rest.len())
        }
        rest => scalar(rest, start),
    };
    Some((name, value))
}

/// A line's key and what follows the colon.
fn key_value(text: &str) -> Option<(&str, &str)> {
    let (key, rest) = text.split_once(':')?;
    let is_key = !key.is_empty()
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    (is_key && (rest.is_empty() || rest.starts_with([' ', '\t']))).then(|| (key, rest.trim()))
}

/// A value on one line: a list in brackets, a quoted text, or words without their comment.
fn scalar(text: &str, start: usize) -> Node {
    let text = text.trim();
    let span = start..start + text.len();
    if let Some(inner) = text.strip_prefix('[') {
        let inner = inner.split(']').next().unwrap_or_default();
        return node(Value::List(inline_items(inner, start + 1)), span);
    }
    if let Some(words) = quoted(text) {
        return node(Value::Text(words), span);
    }
    let bare = text.split(" #").next().unwrap_or_default().trim();
    node(Value::Text(bare.to_owned()), start..start + bare.len())
}

/// What stands in the quotes that `text` begins with. In double quotes `\"` and `\\` mean the second letter; every other
/// `\` stays, since it is what made the text no YAML (`"a\.b"`).
fn quoted(text: &str) -> Option<String> {
    let quote = text.chars().next().filter(|it| matches!(it, '"' | '\''))?;
    let mut words = String::new();
    let mut letters = text[1..].chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == quote {
            return Some(words);
        }
        let escaped = letters.next_if(|next| quote == '"' && letter == '\\' && matches!(next, '"' | '\\'));
        words.push(escaped.unwrap_or(letter));
    }
    None
}

fn inline_items(inner: &str, start: usize) -> Vec<Node> {
    let mut at = start;
    let mut items = Vec::new();
    for part in inner.split(',') {
        let lead = part.len() - part.trim_start().len();
        if !part.trim().is_empty() {
            items.push(scalar(part, at + lead));
        }
        at += part.len() + 1;
    }
    items
}

/// The same value, with `span` as the place of all its parts.
fn placed(value: Node, span: Range<usize>) -> Node {
    let value = match value.value {
        Value::List(items) => Value::List(items.into_iter().map(|item| placed(item, span.clone())).collect()),
        other => other,
    };
    node(value, span)
}

fn node(value: Value, span: Range<usize>) -> Node {
    Node { value, span }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn keys_and_lists_survive_a_line_that_is_no_yaml() {
        let yaml =
            "phase: 04-x\nplan: 01\ntitle: a: b `c`\nfiles_modified:\n  - *.md # all\n  - \"b.rs\"\ntags: [x, 'y']\n";
        let root = read(yaml, 0..yaml.len());
        let texts = |key: &str| -> Vec<&str> {
            root.get(key)
                .unwrap()
                .items()
                .iter()
                .filter_map(|it| it.text())
                .collect()
        };
        assert_eq!(root.text_of("plan"), Some("01"));
        assert_eq!(texts("files_modified"), ["*.md", "b.rs"]);
        assert_eq!(texts("tags"), ["x", "y"]);
        assert_eq!(texts("title"), ["a: b `c`"]);
    }

    #[test]
    fn an_escaped_quote_does_not_end_a_text() {
        let yaml = r#"pattern: "add \"<text>\" a\.md \\s""#;
        assert_eq!(
            read(yaml, 0..yaml.len()).text_of("pattern"),
            Some(r#"add "<text>" a\.md \s"#)
        );
    }

    #[test]
    fn maps_below_keys_and_entries_are_followed() {
        let yaml = "must_haves:\n  truths:\n    - Login: works\n  artifacts:\n    - path: a.rs\n      provides: x: y\n    - path: b.rs\nwave: 1\n";
        let root = read(yaml, 0..yaml.len());
        let must = root.get("must_haves").unwrap();
        assert_eq!(must.get("truths").unwrap().items()[0].text(), Some("Login: works"));
        let paths: Vec<_> = must
            .get("artifacts")
            .unwrap()
            .items()
            .iter()
            .map(|it| it.text_of("path"))
            .collect();
        assert_eq!(paths, [Some("a.rs"), Some("b.rs")]);
        assert_eq!(root.text_of("wave"), Some("1"));
    }
}
