//! YAML with the author's spelling of every scalar and the place of every value: [`node`] is what it is read into, and
//! [`loose`] reads what is no YAML, line by line.

pub(in crate::formats) mod loose;
pub(in crate::formats) mod node;

use node::{Node, Value};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::Spanned;
use std::fmt;
use std::ops::Range;

/// Why a frontmatter is no YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::formats) struct YamlError {
    /// What is wrong, without the place.
    pub message: String,
    /// Where, as a byte offset into the plan's text.
    pub offset: usize,
    /// Whether a key stands there for the second time, so that the rest can be read all the same.
    pub duplicate_key: bool,
}

/// The fields in the bytes `span` of `text`; an empty span has none. A key that stands twice is an error.
pub(in crate::formats) fn read(text: &str, span: Range<usize>) -> Result<Node, YamlError> {
    read_with(text, span, serde_yaml::options::DuplicateKeyPolicy::Error)
}

/// The same, where a key may stand twice: all its values are in the map, in their order.
pub(in crate::formats) fn read_repeated(text: &str, span: Range<usize>) -> Result<Node, YamlError> {
    read_with(text, span, serde_yaml::options::DuplicateKeyPolicy::LastWins)
}

fn read_with(
    text: &str,
    span: Range<usize>,
    duplicate_keys: serde_yaml::options::DuplicateKeyPolicy,
) -> Result<Node, YamlError> {
    let yaml = &text[span.clone()];
    let mut options = serde_yaml::Options::default();
    options.duplicate_keys = duplicate_keys;
    options.strict_booleans = true;
    options.with_snippet = false;
    options.alias_limits.max_total_replayed_events = 10_000;
    match serde_yaml::from_str_with_options::<Parsed>(yaml, options) {
        Ok(parsed) => Ok(located(parsed, yaml, span.start)),
        Err(error) => Err(describe(&error, yaml, span.start)),
    }
}

fn describe(error: &serde_yaml::Error, yaml: &str, start: usize) -> YamlError {
    let error = error.without_snippet();
    let place = error.location();
    let line = place.map_or(1, |it| usize::try_from(it.line()).unwrap_or(1)).max(1);
    let before: usize = yaml.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let message = error.to_string();
    let bare = message.split(" at line ").next().unwrap_or(&message);
    let duplicate_key = matches!(error, serde_yaml::Error::DuplicateMappingKey { .. });
    YamlError {
        message: if duplicate_key {
            "the same key stands twice".to_owned()
        } else {
            bare.to_owned()
        },
        offset: start + before,
        duplicate_key,
    }
}

/// A value as the parser hands it over.
struct Parsed {
    value: ParsedValue,
    /// Offset and length in bytes, where the parser knows them.
    place: Option<(usize, usize)>,
}

enum ParsedValue {
    Null,
    /// A string, quoted or not.
    Text(String),
    /// A number or a truth value: the spelling is in the source.
    Spelled(String),
    List(Vec<Parsed>),
    Map(Vec<(Parsed, Parsed)>),
}

/// The tree of `parsed` with offsets into the whole text.
fn located(parsed: Parsed, yaml: &str, start: usize) -> Node {
    let place = parsed.place.map(|(offset, length)| offset..offset + length);
    let place = place.filter(|span| yaml.get(span.clone()).is_some()).unwrap_or(0..0);
    let value = match parsed.value {
        ParsedValue::Null => Value::Null,
        ParsedValue::Text(text) => Value::Text(text),
        ParsedValue::Spelled(otherwise) => Value::Text(spelling(&yaml[place.clone()]).unwrap_or(otherwise)),
        ParsedValue::List(items) => Value::List(items.into_iter().map(|it| located(it, yaml, start)).collect()),
        ParsedValue::Map(entries) => {
            let both = |(key, value)| (located(key, yaml, start), located(value, yaml, start));
            Value::Map(entries.into_iter().map(both).collect())
        }
    };
    Node {
        value,
        span: start + place.start..start + place.end,
    }
}

fn spelling(source: &str) -> Option<String> {
    Some(source.trim())
        .filter(|text| !text.is_empty())
        .map(ToOwned::to_owned)
}

impl<'de> Deserialize<'de> for Parsed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<ParsedValue>::deserialize(deserializer)?;
        let span = spanned.defined.span();
        let number = |it: Option<u64>| it.and_then(|it| usize::try_from(it).ok());
        Ok(Self {
            value: spanned.value,
            place: number(span.byte_offset()).zip(number(span.byte_len())),
        })
    }
}

impl<'de> Deserialize<'de> for ParsedValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = ParsedValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<ParsedValue, E> {
        Ok(ParsedValue::Null)
    }

    fn visit_none<E>(self) -> Result<ParsedValue, E> {
        Ok(ParsedValue::Null)
    }

    fn visit_str<E>(self, text: &str) -> Result<ParsedValue, E> {
        Ok(ParsedValue::Text(text.to_owned()))
    }

    fn visit_bool<E>(self, truth: bool) -> Result<ParsedValue, E> {
        Ok(ParsedValue::Spelled(truth.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<ParsedValue, E> {
        Ok(ParsedValue::Spelled(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<ParsedValue, E> {
        Ok(ParsedValue::Spelled(number.to_string()))
    }

    fn visit_i128<E>(self, number: i128) -> Result<ParsedValue, E> {
        Ok(ParsedValue::Spelled(number.to_string()))
    }

    fn visit_u128<E>(self, number: u128) -> Result<ParsedValue, E> {
        Ok(ParsedValue::Spelled(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<ParsedValue, E> {
        Ok(ParsedValue::Spelled(number.to_string()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<ParsedValue, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(ParsedValue::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<ParsedValue, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(ParsedValue::Map(map))
    }
}

#[cfg(test)]
mod tests {
    use super::{read, read_repeated};

    fn field(yaml: &str, key: &str) -> String {
        read(yaml, 0..yaml.len())
            .unwrap()
            .text_of(key)
            .unwrap_or_default()
            .to_owned()
    }

    #[test]
    fn ids_keep_their_spelling() {
        for id in [
            "01",
            "09",
            "1",
            "01-D",
            "1.10",
            "64A",
            "yes",
            "0x1F",
            "1e3",
            "fix-secrets",
            "02.1",
        ] {
            assert_eq!(field(&format!("phase: x\nplan: {id}\n"), "plan"), id);
        }
        assert_eq!(field("plan: \"09\"\n", "plan"), "09");
        assert_eq!(field("plan: '01' # first\n", "plan"), "01");
    }

    #[test]
    fn values_know_their_place() {
        let text = "---\nfiles:\n  - é.rs # new\n  - \"b c\"\n---\n";
        let root = read(text, 4..text.len() - 4).unwrap();
        let files = root.get("files").unwrap().items();
        let shown: Vec<&str> = files.iter().map(|file| &text[file.span.clone()]).collect();
        assert_eq!(shown, ["é.rs", "\"b c\""]);
    }

    #[test]
    fn a_second_key_is_an_error_and_can_be_read_all_the_same() {
        let yaml = "a: 1\nb: 2\na: 3\n";
        let error = read(yaml, 0..yaml.len()).unwrap_err();
        assert!(error.duplicate_key);
        assert_eq!(&yaml[error.offset..], "a: 3\n");
        assert_eq!(read_repeated(yaml, 0..yaml.len()).unwrap().text_of("a"), Some("3"));
    }

    #[test]
    fn what_is_no_yaml_says_where() {
        let yaml = "phase: 1\ntitle: a: b\n";
        let error = read(yaml, 0..yaml.len()).unwrap_err();
        assert!(!error.duplicate_key);
        assert_eq!(&yaml[error.offset..], "title: a: b\n");
    }

    #[test]
    fn a_bomb_is_refused() {
        let mut yaml = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for level in 1..12 {
            let alias = format!("*a{}", level - 1);
            yaml.push_str(&format!("a{level}: &a{level} [{}]\n", [alias.as_str(); 9].join(", ")));
        }
        assert!(read(&yaml, 0..yaml.len()).is_err());
    }
}
