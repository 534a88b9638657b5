//! A YAML text → its tree, each value with its place.
//!
//! The tree is built from the parser's events: aliases are not followed, so that there is no bomb to defuse, a key that
//! is there twice is seen twice, and no word turns into a boolean or a number.

use serde_yaml::granit_parser::{Event, Options, Parser, ScalarStyle, Span};

/// A place in the text: line and column, both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// A value and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) value: Value,
    pub(super) place: Place,
}

/// What stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// Nothing, `~`, or `null`.
    Nothing,
    /// A text, as it is written; `true` and `1` are texts too.
    Text(String),
    /// What YAML reads as an alias (`*x`) or a tag (`!x`), as it is written.
    Sign(String),
    /// A list.
    List(Vec<Node>),
    /// A map, in the order of the text.
    Map(Vec<(Node, Node)>),
}

/// Why a text is no YAML.
pub(super) struct Unreadable {
    pub(super) place: Place,
    pub(super) message: String,
}

/// A collection whose end is still to come.
enum Open {
    List(Place, Vec<Node>),
    Map(Place, Vec<(Node, Node)>, Option<Node>),
}

/// The tree of the first document; `None` where there is none.
pub(super) fn parse(text: &str) -> Result<Option<Node>, Unreadable> {
    let mut options = Options::default();
    options.emit_unresolved_aliases = true;
    options.set_emit_comments(false);
    let mut open = Vec::new();
    for next in Parser::new_from_str_with_options(text, options) {
        let (event, span) = next.map_err(|error| Unreadable {
            place: place_of(*error.marker()),
            message: error.info(),
        })?;
        let complete = step(event, span, text, &mut open);
        if let Some(root) = complete.and_then(|node| put(node, &mut open)) {
            return Ok(Some(root));
        }
    }
    Ok(None)
}

/// The value that is complete with this event, if any.
fn step(event: Event<'_>, span: Span, text: &str, open: &mut Vec<Open>) -> Option<Node> {
    let place = place_of(span.tag_start().unwrap_or(span.start));
    let value = match event {
        Event::Scalar(.., Some(_)) => Value::Sign(tag_text(span, text)),
        Event::Scalar(scalar, ScalarStyle::Plain, ..) if matches!(&*scalar, "" | "~" | "null") => Value::Nothing,
        Event::Scalar(scalar, ..) => Value::Text(scalar.into_owned()),
        Event::Alias(_) | Event::UnresolvedAlias(_) => Value::Sign(span.slice(text).unwrap_or_default().to_owned()),
        Event::SequenceStart(..) => {
            open.push(Open::List(place, Vec::new()));
            return None;
        }
        Event::MappingStart(..) => {
            open.push(Open::Map(place, Vec::new(), None));
            return None;
        }
        Event::SequenceEnd | Event::MappingEnd => return Some(open.pop()?.close()),
        _ => return None,
    };
    Some(Node { value, place })
}

/// The tag as it is written.
fn tag_text(span: Span, text: &str) -> String {
    let tag = span.tag_span().and_then(|tag| tag.slice(text));
    tag.unwrap_or("!").to_owned()
}

/// Puts a complete value where it belongs; returns it if it is the root.
fn put(node: Node, open: &mut [Open]) -> Option<Node> {
    match open.last_mut() {
        None => return Some(node),
        Some(Open::List(_, items)) => items.push(node),
        Some(Open::Map(_, entries, key)) => match key.take() {
            Some(key) => entries.push((key, node)),
            None => *key = Some(node),
        },
    }
    None
}

impl Open {
    fn close(self) -> Node {
        match self {
            Self::List(place, items) => Node {
                value: Value::List(items),
                place,
            },
            Self::Map(place, entries, _) => Node {
                value: Value::Map(entries),
                place,
            },
        }
    }
}

fn place_of(marker: serde_yaml::granit_parser::Marker) -> Place {
    Place {
        line: marker.line(),
        column: marker.col() + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::{Node, Value, parse};

    fn shown(node: &Node) -> String {
        let value = match &node.value {
            Value::Nothing => "-".into(),
            Value::Text(text) => format!("{text:?}"),
            Value::Sign(text) => format!("sign {text}"),
            Value::List(items) => format!("{:?}", items.iter().map(shown).collect::<Vec<_>>()),
            Value::Map(entries) => {
                let each = entries
                    .iter()
                    .map(|(key, value)| format!("{}={}", shown(key), shown(value)));
                format!("{{{}}}", each.collect::<Vec<_>>().join(" "))
            }
        };
        format!("{}:{} {value}", node.place.line, node.place.column)
    }

    fn tree(text: &str) -> String {
        match parse(text) {
            Ok(root) => root.as_ref().map_or("nothing".into(), shown),
            Err(error) => format!("{}:{} error", error.place.line, error.place.column),
        }
    }

    #[test]
    fn words_stay_words() {
        assert_eq!(
            tree("a: off\nb: 01\n\"c\": null"),
            r#"1:1 {1:1 "a"=1:4 "off" 2:1 "b"=2:4 "01" 3:1 "c"=3:6 -}"#
        );
    }

    #[test]
    fn aliases_and_tags_are_not_followed() {
        assert_eq!(tree("- !a/b\n- *x"), r#"1:1 ["1:3 sign !a/b", "2:3 sign *x"]"#);
    }

    #[test]
    fn keys_that_are_there_twice_are_seen_twice() {
        assert_eq!(tree("a: 1\na: 2"), r#"1:1 {1:1 "a"=1:4 "1" 2:1 "a"=2:4 "2"}"#);
    }

    #[test]
    fn broken_texts_are_errors_and_empty_ones_are_not() {
        assert_eq!(tree("a: [1"), "1:4 error");
        assert_eq!(tree("# nothing\n"), "nothing");
        assert_eq!(tree(&"[".repeat(100_000)).rsplit(' ').next(), Some("error"));
    }
}
