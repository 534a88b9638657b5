//! The hash that an approval holds: over what an artifact says, not over how an editor laid it out.

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::fmt;

/// SHA-256, in lower-case hexadecimal, over what matters of an artifact.
///
/// For JSON that is the canonical form (RFC 8785) without a `$schema` at the top, so that indentation and the order of
/// keys ask for no new approval. For every other format, and for JSON that can't be read without doubt (broken, or with
/// a key twice), it is the bytes without a byte order mark and with `\r\n` as `\n`.
pub fn artifact_hash(format_is_json: bool, bytes: &[u8]) -> String {
    let text = without_byte_order_mark(bytes);
    let canonical = if format_is_json { canonical_json(text) } else { None };
    let hashed = canonical.unwrap_or_else(|| with_unix_line_endings(text));
    Sha256::digest(hashed)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn canonical_json(text: &[u8]) -> Option<Vec<u8>> {
    let Unambiguous(mut value) = serde_json::from_slice(text).ok()?;
    if let Some(fields) = value.as_object_mut() {
        fields.remove("$schema");
    }
    serde_json_canonicalizer::to_vec(&value).ok()
}

fn without_byte_order_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

fn with_unix_line_endings(text: &[u8]) -> Vec<u8> {
    let ends_in_line_feed = |at: usize| text.get(at + 1) == Some(&b'\n');
    let kept = |&(at, byte): &(usize, &u8)| *byte != b'\r' || !ends_in_line_feed(at);
    text.iter().enumerate().filter(kept).map(|(_, &byte)| byte).collect()
}

/// A JSON value in which no object has a key twice.
///
/// Readers disagree on which of two equal keys counts, so two texts that one reader takes for equal could mean different
/// things to another: such a text has no canonical form here.
struct Unambiguous(Value);

impl<'de> Deserialize<'de> for Unambiguous {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        UnambiguousValue.deserialize(deserializer).map(Self)
    }
}

#[derive(Clone, Copy)]
struct UnambiguousValue;

impl<'de> DeserializeSeed<'de> for UnambiguousValue {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for UnambiguousValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON without repeated keys")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = items.next_element_seed(self)? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            let value = entries.next_value_seed(self)?;
            if fields.insert(key, value).is_some() {
                return Err(A::Error::custom("a key stands here twice"));
            }
        }
        Ok(Value::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::artifact_hash;

    fn json(text: &str) -> String {
        artifact_hash(true, text.as_bytes())
    }

    #[test]
    fn reformatting_json_keeps_the_hash() {
        let plain = json(r#"{"goal":"é","limits":{"files":3,"lines":10.0},"list":[true,null,-1]}"#);
        let pretty = "\u{feff}{\r\n  \"list\": [true, null, -1],\r\n  \"limits\": {\"lines\": 10, \"files\": 3},\r\n  \
                      \"goal\": \"\\u00e9\"\r\n}\r\n";
        assert_eq!(json(pretty), plain);
    }

    #[test]
    fn only_the_schema_at_the_top_is_left_out() {
        assert_eq!(json(r#"{"$schema":"x","a":1}"#), json(r#"{"a":1}"#));
        assert_ne!(json(r#"{"a":{"$schema":"x"}}"#), json(r#"{"a":{}}"#));
    }

    #[test]
    fn a_widened_scope_changes_the_hash() {
        assert_ne!(json(r#"{"allowedFiles":["a"]}"#), json(r#"{"allowedFiles":["a","b"]}"#));
        assert_ne!(
            json(r#"{"allowedFiles":["a","b"]}"#),
            json(r#"{"allowedFiles":["b","a"]}"#)
        );
    }

    #[test]
    fn json_with_a_key_twice_is_hashed_by_its_bytes() {
        let twice = r#"{"allowedFiles":["everything"],"allowedFiles":["a"]}"#;
        assert_ne!(json(twice), json(r#"{"allowedFiles":["a"]}"#));
        assert_eq!(json(twice), artifact_hash(false, twice.as_bytes()));
    }

    #[test]
    fn text_and_broken_json_ignore_only_line_endings_and_the_byte_order_mark() {
        for is_json in [true, false] {
            let hash = |text: &str| artifact_hash(is_json, text.as_bytes());
            assert_eq!(hash("\u{feff}{a\r\nb"), hash("{a\nb"));
            assert_ne!(hash("{a\rb"), hash("{a\nb"));
            assert_ne!(hash("{a b"), hash("{a  b"));
        }
    }

    #[test]
    fn the_hash_is_sha_256_of_the_canonical_form() {
        let known = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"; // printf '{}' | sha256sum
        assert_eq!(json(" { } "), known);
    }
}
