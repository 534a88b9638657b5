//! A plan's text before anybody knows its format: decoded, and within bounds.

use super::json::Shape;
use crate::model::{RepoPath, Source, artifact_hash};
use std::borrow::Cow;
use std::cell::OnceCell;

/// The largest plan that is read, in bytes.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// A text as it was handed over.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// How the user named it: a path, or `REV:PATH`.
    pub name: String,
    /// The path inside the repository, where it has one.
    pub repo_path: Option<RepoPath>,
    /// The content.
    pub bytes: Vec<u8>,
}

/// A decoded text: what formats recognise and read.
#[derive(Clone, Debug)]
pub struct Text {
    /// How the user named it.
    pub name: String,
    /// The path inside the repository, where it has one.
    pub repo_path: Option<RepoPath>,
    /// The content, without a byte order mark; empty where it is larger than [`MAX_BYTES`].
    pub text: String,
    /// Whether nobody named it: it was read beside what was named, to understand that.
    pub is_companion: bool,
    /// Whether the content was not the Unicode that it claims to be, so that some of it was replaced by U+FFFD.
    pub had_invalid_utf8: bool,
    bytes: Vec<u8>,
    shape: OnceCell<Option<Shape>>,
}

impl Text {
    /// Decodes the input: UTF-8, or UTF-16 where a byte order mark says so.
    pub fn new(input: Input) -> Self {
        let (text, had_invalid_utf8) = match input.bytes.len() {
            0..=MAX_BYTES => decode(&input.bytes),
            _ => (Cow::default(), false),
        };
        Self {
            text: text.into_owned(),
            had_invalid_utf8,
            is_companion: false,
            name: input.name,
            repo_path: input.repo_path,
            bytes: input.bytes,
            shape: OnceCell::new(),
        }
    }

    /// The same of a text that nobody named, and that helps to understand one that was.
    pub fn companion(input: Input) -> Self {
        Self {
            is_companion: true,
            ..Self::new(input)
        }
    }

    /// The source that a plan read from this text has.
    pub fn source(&self, format: &'static str, is_json: bool) -> Source {
        Source {
            name: self.name.clone(),
            repo_path: self.repo_path.clone(),
            format,
            text: self.text.clone(),
            hash: artifact_hash(is_json, &self.bytes),
        }
    }

    /// The size of the content as it was handed over, in bytes.
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    /// What precedes the file's own name: the folder with its `/`, or `REV:`; empty where there is neither.
    pub fn folder(&self) -> &str {
        let end = self.name.rfind(['/', '\\']).or_else(|| self.name.rfind(':'));
        end.map_or("", |at| &self.name[..=at])
    }

    /// The names at the top, if it is a JSON object or was meant to be one.
    pub(super) fn shape(&self) -> Option<&Shape> {
        self.shape.get_or_init(|| Shape::of(&self.text)).as_ref()
    }
}

fn decode(bytes: &[u8]) -> (Cow<'_, str>, bool) {
    match bytes {
        [0xff, 0xfe, rest @ ..] => decode_utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => decode_utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] | rest => {
            let text = String::from_utf8_lossy(rest);
            let replaced = matches!(text, Cow::Owned(_));
            (text, replaced)
        }
    }
}

fn decode_utf16(bytes: &[u8], read: fn([u8; 2]) -> u16) -> (Cow<'_, str>, bool) {
    let pairs = bytes.chunks(2).map(|pair| match pair {
        [one, two] => read([*one, *two]),
        _ => 0xfffd,
    });
    let mut replaced = false;
    let or_replacement = |it: Result<char, _>| {
        it.unwrap_or_else(|_| {
            replaced = true;
            char::REPLACEMENT_CHARACTER
        })
    };
    let text: String = char::decode_utf16(pairs).map(or_replacement).collect();
    (text.into(), replaced || bytes.len() % 2 == 1)
}

#[cfg(test)]
mod tests {
    use super::{Input, MAX_BYTES, Text};

    fn text(bytes: &[u8]) -> Text {
        Text::new(Input {
            name: "plan".into(),
            repo_path: None,
            bytes: bytes.to_vec(),
        })
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        assert_eq!(text(b"\xef\xbb\xbf{}").text, "{}");
        assert_eq!(text(b"\xff\xfe{\0}\0").text, "{}");
        assert_eq!(text(b"\xfe\xff\0{\0}").text, "{}");
    }

    #[test]
    fn stray_bytes_are_replaced_and_said_to_be() {
        let latin1 = text(b"caf\xe9");
        assert_eq!((latin1.text.as_str(), latin1.had_invalid_utf8), ("caf\u{fffd}", true));
        let odd = text(b"\xff\xfea\0b");
        assert_eq!((odd.text.as_str(), odd.had_invalid_utf8), ("a\u{fffd}", true));
        assert!(!text("é".as_bytes()).had_invalid_utf8);
    }

    #[test]
    fn what_is_too_large_is_not_decoded() {
        let large = text(&vec![b' '; MAX_BYTES + 1]);
        assert_eq!((large.text.as_str(), large.size()), ("", MAX_BYTES + 1));
    }

    #[test]
    fn the_folder_is_what_precedes_the_name() {
        let folder = |name: &str| {
            let input = Input {
                name: name.into(),
                ..Input::default()
            };
            Text::new(input).folder().to_owned()
        };
        assert_eq!(folder(".drift/runs/a/intent.json"), ".drift/runs/a/");
        assert_eq!(folder("main:.drift/intent.json"), "main:.drift/");
        assert_eq!(folder("main:intent.json"), "main:");
        assert_eq!(folder(r"C:\a\intent.json"), r"C:\a\");
        assert_eq!(folder("intent.json"), "");
    }
}
