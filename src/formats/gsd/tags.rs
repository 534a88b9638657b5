//! The tags of a plan's body. A plan looks like XML and is none: code, JSX and generics stand between its tags, and
//! some tags are never closed. So only known tags count, and only where a plan's author would put them.

use super::fences;
use super::prose::decoded;
use std::ops::Range;

/// Tags that hold other tags.
const CONTAINERS: &[&str] = &["task", "feature"];

/// Tags that hold words.
const LEAVES: &[&str] = &[
    "acceptance_criteria",
    "action",
    "automated",
    "behavior",
    "context",
    "decision",
    "description",
    "done",
    "execution_context",
    "files",
    "green",
    "how-to-verify",
    "implementation",
    "implements",
    "instruction",
    "instructions",
    "interfaces",
    "name",
    "objective",
    "options",
    "output",
    "read_first",
    "red",
    "refactor",
    "resume-signal",
    "rollback",
    "steps",
    "success_criteria",
    "threat_model",
    "title",
    "verification",
    "verify",
    "what-built",
];

/// The tag around all tasks; it has no meaning of its own but ends what was left open.
const TASKS: &str = "tasks";

/// How many tags are looked through for the one that closes another.
const LOOKAHEAD: usize = 400;

/// The most bytes that an opening tag may have.
const MAX_TAG: usize = 2_000;

/// A tag with its content.
#[derive(Clone, Debug)]
pub(super) struct Element<'t> {
    /// The tag's name.
    pub name: &'static str,
    /// Names and values of its attributes, in order.
    pub attributes: Vec<(&'t str, String)>,
    /// The opening tag.
    pub opening: Range<usize>,
    /// What stands between the tags.
    pub content: Range<usize>,
    /// Whether its closing tag is there.
    pub closed: bool,
    /// The tags inside; only `task` and `feature` have some.
    pub children: Vec<Element<'t>>,
}

impl Element<'_> {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(own, _)| *own == name);
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// The children with one of these names, in order.
    pub fn children_named<'e>(&'e self, names: &'e [&str]) -> impl Iterator<Item = &'e Element<'e>> {
        self.children.iter().filter(|child| names.contains(&child.name))
    }
}

/// The elements of `text` from `start` on: tasks and features with their children, and the leaves between them.
pub(super) fn read(text: &str, start: usize) -> Vec<Element<'_>> {
    let tokens = tokens(text, start);
    let mut elements = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let (element, next) = match tokens[at].kind {
            Kind::Open if CONTAINERS.contains(&tokens[at].name) => container(&tokens, at, text.len()),
            Kind::Open if tokens[at].name != TASKS => leaf(&tokens, at, text.len()),
            _ => {
                at += 1;
                continue;
            }
        };
        elements.push(element);
        at = next;
    }
    elements
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Open,
    Close,
    SelfClosing,
}

/// One tag.
#[derive(Clone, Debug)]
struct Token<'t> {
    kind: Kind,
    name: &'static str,
    attributes: Vec<(&'t str, String)>,
    span: Range<usize>,
}

/// The element that the tag at `at` opens and ends, without content.
fn empty<'t>(token: &Token<'t>) -> Element<'t> {
    Element {
        name: token.name,
        attributes: token.attributes.clone(),
        opening: token.span.clone(),
        content: token.span.end..token.span.end,
        closed: true,
        children: Vec::new(),
    }
}

/// The task or feature that opens at `at`, and the position after it. What is left open ends where the next begins.
fn container<'t>(tokens: &[Token<'t>], at: usize, end: usize) -> (Element<'t>, usize) {
    let mut element = empty(&tokens[at]);
    let mut next = at + 1;
    element.closed = false;
    while let Some(token) = tokens.get(next) {
        let ends_here = token.name == TASKS || CONTAINERS.contains(&token.name);
        if ends_here && token.kind != Kind::SelfClosing {
            element.closed = token.kind == Kind::Close && token.name == element.name;
            break;
        }
        match token.kind {
            Kind::Open => {
                let (child, after) = leaf(tokens, next, end);
                element.children.push(child);
                next = after;
            }
            Kind::SelfClosing => {
                element.children.push(empty(token));
                next += 1;
            }
            Kind::Close => next += 1,
        }
    }
    element.content.end = tokens.get(next).map_or(end, |token| token.span.start);
    let after = next + usize::from(element.closed);
    (element, after)
}

/// The leaf that opens at `at`, and the position after it. One that nobody closed ends at the next tag.
fn leaf<'t>(tokens: &[Token<'t>], at: usize, end: usize) -> (Element<'t>, usize) {
    let mut element = empty(&tokens[at]);
    let close = closing(tokens, at);
    element.closed = close.is_some();
    let next = close.unwrap_or(at + 1);
    element.content.end = tokens.get(next).map_or(end, |token| token.span.start);
    let after = next + usize::from(element.closed);
    (element, after)
}

/// The tag that closes the leaf at `at`: the first of its name before the task around it ends. Whole tasks between
/// them are an example that the leaf quotes.
fn closing(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate().skip(at + 1).take(LOOKAHEAD) {
        match (token.kind, token.name) {
            (Kind::Close, name) if name == tokens[at].name && depth == 0 => return Some(index),
            (Kind::Open, "task") => depth += 1,
            (Kind::Close, "task" | TASKS) if depth == 0 => return None,
            (Kind::Close, "task") => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The known tags outside of fenced code.
fn tokens(text: &str, start: usize) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut at = start;
    for fence in fences::find(text, start) {
        tokens_in(text, at..fence.span.start, &mut found);
        at = fence.span.end;
    }
    tokens_in(text, at..text.len(), &mut found);
    found
}

/// The tags in `span`. An opening tag counts at the beginning of a line or right after another tag; a closing one
/// there too, and at the end of a line or right before another tag.
fn tokens_in<'t>(text: &'t str, span: Range<usize>, found: &mut Vec<Token<'t>>) {
    let part = &text[..span.end];
    let mut at = span.start;
    let mut after_tag = span.start;
    while let Some(offset) = part[at..].find('<') {
        let open = at + offset;
        at = open + 1;
        let Some(token) = tag_at(part, open) else {
            continue;
        };
        let before = part[after_tag..open].trim_end_matches([' ', '\t', '\r']);
        let stands_first = before.is_empty() || before.ends_with('\n');
        if stands_first || (token.kind == Kind::Close && stands_last(part, token.span.end)) {
            after_tag = token.span.end;
            at = token.span.end;
            found.push(token);
        }
    }
}

/// Whether nothing but space follows on the line, or another tag.
fn stands_last(text: &str, at: usize) -> bool {
    let rest = text[at..].trim_start_matches([' ', '\t', '\r']);
    rest.is_empty() || rest.starts_with(['\n', '<'])
}

/// The known tag that begins at `at`.
fn tag_at(text: &str, at: usize) -> Option<Token<'_>> {
    let rest = &text[at + 1..];
    let (kind, rest) = match rest.strip_prefix('/') {
        Some(rest) => (Kind::Close, rest),
        None => (Kind::Open, rest),
    };
    let length = rest.find(|c: char| !(c.is_ascii_lowercase() || matches!(c, '_' | '-')))?;
    let name = known(&rest[..length])?;
    let (attributes, inside) = attributes(&rest[length..])?;
    let start = text.len() - rest.len() + length;
    let self_closing = kind == Kind::Open && text[..start + inside].ends_with('/');
    Some(Token {
        kind: if self_closing { Kind::SelfClosing } else { kind },
        name,
        attributes,
        span: at..start + inside + 1,
    })
}

fn known(name: &str) -> Option<&'static str> {
    let all = CONTAINERS.iter().chain(LEAVES).chain(std::iter::once(&TASKS));
    all.copied().find(|own| *own == name)
}

/// The attributes at the beginning of `text`, and where the `>` after them stands.
fn attributes(text: &str) -> Option<(Vec<(&str, String)>, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        at += text[at..].len() - text[at..].trim_start().len();
        let rest = &text[at..];
        if rest.starts_with('>') {
            return Some((found, at));
        }
        if at > MAX_TAG || rest.is_empty() {
            return None;
        }
        if rest.starts_with('/') {
            at += 1;
            continue;
        }
        let length = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/' | '<'))?;
        if length == 0 {
            return None;
        }
        let (value, taken) = value(&rest[length..])?;
        found.push((&rest[..length], decoded(value)));
        at += length + taken;
    }
}

/// The value after an attribute's name, and how many bytes it takes; an attribute without one has an empty value.
fn value(text: &str) -> Option<(&str, usize)> {
    let Some(rest) = text.strip_prefix('=') else {
        return Some(("", 0));
    };
    for quote in ['"', '\''] {
        if let Some(inner) = rest.strip_prefix(quote) {
            let length = inner.find([quote, '\n'])?;
            return inner[length..]
                .starts_with(quote)
                .then(|| (&inner[..length], length + 3));
        }
    }
    let length = rest.find(|c: char| c.is_whitespace() || c == '>')?;
    Some((&rest[..length], length + 1))
}

#[cfg(test)]
mod tests {
    use super::{Element, read};

    fn show(text: &str) -> String {
        fn line(text: &str, element: &Element<'_>, out: &mut String) {
            let open = if element.closed { "" } else { "!" };
            out.push_str(&format!("{open}{}", element.name));
            if element.children.is_empty() {
                out.push_str(&format!("={:?} ", text[element.content.clone()].trim()));
            } else {
                out.push('(');
                element.children.iter().for_each(|child| line(text, child, out));
                out.push_str(") ");
            }
        }
        let mut out = String::new();
        read(text, 0).iter().for_each(|element| line(text, element, &mut out));
        out.trim().to_owned()
    }

    #[test]
    fn tasks_hold_their_children() {
        let text = "<objective>\nGo\n</objective>\n<tasks>\n<task type=\"auto\"><name>One</name><files>a.rs</files>\n  <done>Yes</done>\n</task>\n</tasks>\n";
        assert_eq!(
            show(text),
            r#"objective="Go" task(name="One" files="a.rs" done="Yes" )"#
        );
    }

    #[test]
    fn code_between_the_tags_is_text() {
        let text = "<task>\n<action>\nUse Vec<u64> and\n<div><title>x</title></div>\nsay `<files>` and <verify> here\n</action>\n<files>a</files>\n</task>\n";
        let found = read(text, 0);
        assert_eq!(found[0].children.len(), 2, "{}", show(text));
        assert!(text[found[0].children[0].content.clone()].contains("<title>x</title>"));
    }

    #[test]
    fn fenced_tags_do_not_count() {
        let text = "```xml\n<task>\n<name>no</name>\n</task>\n```\n<task>\n<name>yes</name>\n</task>\n";
        assert_eq!(show(text), r#"task(name="yes" )"#);
    }

    #[test]
    fn a_quoted_task_belongs_to_the_leaf_that_quotes_it() {
        let text = "<task>\n<action>\nWrite:\n<task>\n<action>x</action>\n</task>\nDone.\n</action>\n</task>\n<task><name>b</name></task>";
        let found = read(text, 0);
        assert_eq!(found.len(), 2, "{}", show(text));
        assert!(text[found[0].children[0].content.clone()].contains("Done."));
    }

    #[test]
    fn what_is_left_open_ends_at_the_next_tag() {
        let text = "<task>\n<name>One\n<files>a</files>\n<task>\n<name>Two</name>\n</task>\n";
        assert_eq!(show(text), r#"!task(!name="One" files="a" ) task(name="Two" )"#);
    }

    #[test]
    fn attributes_come_in_any_order_and_writing() {
        let text =
            "<task tdd='true' id=\"a > b\"\n  title=\"x &amp; y\" gate=blocking checked>\n</task><task id=\"2\"/>";
        let found = read(text, 0);
        let of = |name: &str| found[0].attribute(name);
        assert_eq!(
            [of("tdd"), of("id"), of("title"), of("gate")],
            [Some("true"), Some("a > b"), Some("x & y"), Some("blocking")]
        );
        assert_eq!(of("checked"), None);
    }
}
