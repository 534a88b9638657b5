//! The fields of a frontmatter as a tree that keeps the author's spelling: `01` stays `01`.

use std::ops::Range;

/// A value and where it stands in the plan's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::formats) struct Node {
    /// The value.
    pub value: Value,
    /// The bytes of a scalar; for lists and maps where they begin.
    pub span: Range<usize>,
}

/// What a field can hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::formats) enum Value {
    /// Nothing.
    Null,
    /// A scalar: plain ones exactly as written, quoted ones without quotes and escapes.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and values, in the order of the text.
    Map(Vec<(Node, Node)>),
}

impl Node {
    /// The scalar, if it is one and not empty.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    /// The entries of a list; a lone value is a list of one, and nothing is an empty list.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::List(items) => items,
            Value::Null => &[],
            Value::Text(text) if text.trim().is_empty() => &[],
            Value::Text(_) | Value::Map(_) => std::slice::from_ref(self),
        }
    }

    /// The keys and values of a map; none for anything else.
    pub fn entries(&self) -> &[(Node, Node)] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The value of `key` in a map, whether it is written with `_`, `-` or neither; of several the last.
    pub fn get(&self, key: &str) -> Option<&Node> {
        let wanted = plain_key(key);
        let is_wanted = |(name, _): &&(Node, Node)| name.text().is_some_and(|name| plain_key(name) == wanted);
        self.entries().iter().rev().find(is_wanted).map(|(_, value)| value)
    }

    /// The scalar under `key`.
    pub fn text_of(&self, key: &str) -> Option<&str> {
        self.get(key)?.text()
    }
}

/// A key without what spellings differ in: case, `_` and `-`.
pub(in crate::formats) fn plain_key(key: &str) -> String {
    let letters = key.chars().filter(|c| !matches!(c, '_' | '-'));
    letters.flat_map(char::to_lowercase).collect()
}
