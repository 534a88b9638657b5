//! The file that git hands over with a commit's message: what of it becomes the message, and what git takes out again.
//!
//! Everything is done on bytes: the message may be in any encoding, and its line endings are its own.

use bstr::ByteSlice;
use std::ops::Range;

/// What git takes for the beginning of a comment where `core.commentChar` is `auto`.
const CANDIDATES: &[u8] = b"#;@!$%^&|:";
/// What follows the comment sign on the line below which nothing counts.
const SCISSORS: &[u8] = b" ------------------------ >8 ------------------------";

/// What begins a comment, as `core.commentChar` or `core.commentString` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CommentPrefix {
    /// These bytes.
    Fixed(Vec<u8>),
    /// The sign that git chose, so that no line of the message begins with it.
    Auto,
}

impl CommentPrefix {
    /// The value of the setting; `None`: it is not set.
    pub fn from_setting(value: Option<&[u8]>) -> Self {
        match value {
            Some(b"auto") => Self::Auto,
            Some(prefix) if !prefix.is_empty() => Self::Fixed(prefix.to_owned()),
            _ => Self::Fixed(b"#".to_vec()),
        }
    }
}

/// A message file.
#[derive(Clone, Debug)]
pub struct Message<'a> {
    bytes: &'a [u8],
    prefix: Vec<u8>,
    /// Where the scissors, or the end, are.
    end: usize,
    /// Whether lines that begin with the prefix are git's own remarks, which it takes out again.
    has_comments: bool,
}

impl<'a> Message<'a> {
    /// The message in `bytes`. `has_comments`: a person is to edit it, so that git wrote remarks below it.
    pub fn new(bytes: &'a [u8], prefix: &CommentPrefix, has_comments: bool) -> Self {
        let prefix = match prefix {
            CommentPrefix::Fixed(prefix) => prefix.clone(),
            CommentPrefix::Auto => vec![chosen_sign(bytes)],
        };
        let end = scissors(bytes, &prefix).unwrap_or(bytes.len());
        Self {
            bytes,
            prefix,
            end,
            has_comments,
        }
    }

    /// The lines that become the message, without their line feeds; remarks left out, whoever wrote them.
    pub fn lines(&self) -> impl Iterator<Item = &'a [u8]> {
        let lines = self.bytes[..self.end].lines();
        lines.filter(|line| !line.starts_with(&self.prefix))
    }

    /// The message, decoded as far as possible.
    pub fn text(&self) -> String {
        let lines: Vec<&[u8]> = self.lines().collect();
        let whole = lines.join(&b'\n');
        let text = whole.to_str_lossy();
        format!("{}\n", text.trim_matches('\n'))
    }

    /// Whether nothing is left of it but the trailers of this name.
    pub fn holds_only(&self, trailer: &str) -> bool {
        let mut said = self.lines().filter(|line| !line.trim().is_empty()).peekable();
        said.peek().is_some() && said.all(|line| is_trailer(line, trailer))
    }

    /// Whether nobody wrote anything yet.
    pub fn is_empty(&self) -> bool {
        self.lines().all(|line| line.trim().is_empty())
    }

    /// Whether some line has the trailer already.
    pub fn mentions(&self, trailer: &str) -> bool {
        self.lines().any(|line| is_trailer(line, trailer))
    }

    /// Where the message proper ends: behind its last line that is neither empty nor a remark of git's.
    pub fn body(&self) -> Range<usize> {
        let mut end = 0;
        let mut at = 0;
        for line in self.bytes[..self.end].split_inclusive(|byte| *byte == b'\n') {
            at += line.len();
            let is_remark = self.has_comments && line.starts_with(&self.prefix);
            if !is_remark && !line.trim().is_empty() {
                end = at;
            }
        }
        0..end
    }

    /// The bytes of the whole file.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }
}

/// Whether the line is a trailer of this name.
pub(super) fn is_trailer(line: &[u8], name: &str) -> bool {
    let key = line.split_once_str(":").map(|(key, _)| key.trim_end());
    key.is_some_and(|key| key.eq_ignore_ascii_case(name.as_bytes()))
}

/// The sign of git's remarks, which are the last lines of the file.
fn chosen_sign(bytes: &[u8]) -> u8 {
    let by_scissors = bytes.lines().find_map(|line| match line.split_first() {
        Some((sign, rest)) if rest == SCISSORS => Some(*sign),
        _ => None,
    });
    let last = || bytes.lines().rev().find(|line| !line.trim().is_empty());
    let by_last = || last().and_then(|line| line.first().copied());
    let sign = by_scissors.or_else(by_last);
    sign.filter(|sign| CANDIDATES.contains(sign)).unwrap_or(b'#')
}

/// Where the line begins below which git drops everything.
fn scissors(bytes: &[u8], prefix: &[u8]) -> Option<usize> {
    let mut at = 0;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let is_scissors = line
            .strip_prefix(prefix)
            .is_some_and(|rest| rest.trim_end_with(|c| matches!(c, '\r' | '\n')) == SCISSORS);
        if is_scissors {
            return Some(at);
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{CommentPrefix, Message};

    fn text(bytes: &[u8], setting: Option<&[u8]>) -> String {
        Message::new(bytes, &CommentPrefix::from_setting(setting), true).text()
    }

    #[test]
    fn remarks_and_what_is_below_the_scissors_are_no_message() {
        let file =
            "Add x\n\nWhy.\n# a remark\n# ------------------------ >8 ------------------------\n+ Drift-Unit: U9\n";
        assert_eq!(text(file.as_bytes(), None), "Add x\n\nWhy.\n");
        let other = file.replace('#', ";");
        assert_eq!(text(other.as_bytes(), Some(b";")), "Add x\n\nWhy.\n");
        assert_eq!(text(other.as_bytes(), Some(b"auto")), "Add x\n\nWhy.\n");
        assert_eq!(text(b"Add x\n// note\n", Some(b"//")), "Add x\n");
        assert_eq!(text(b"# title\n; remark\n", Some(b"auto")), "# title\n");
    }

    #[test]
    fn messages_in_other_encodings_are_read_as_far_as_they_go() {
        assert_eq!(
            text(b"caf\xe9\r\n\r\nDrift-Unit: U1\r\n", None),
            "caf\u{fffd}\n\nDrift-Unit: U1\n"
        );
        assert_eq!(text(b"", None), "\n");
    }

    #[test]
    fn an_untouched_template_is_empty_and_a_lone_trailer_is_no_message() {
        let message = |bytes| Message::new(bytes, &CommentPrefix::from_setting(None), true);
        assert!(message(b"\n# Please\n").is_empty());
        assert!(message(b"\n\ndrift-unit : U1\n# Please\n").holds_only("Drift-Unit"));
        assert!(!message(b"\n# Please\n").holds_only("Drift-Unit"));
        assert!(!message(b"x\n\nDrift-Unit: U1\n").holds_only("Drift-Unit"));
        assert!(message(b"x\n\nDRIFT-UNIT: U1\n").mentions("Drift-Unit"));
        assert!(!message(b"x\n# Drift-Unit: U1\n").mentions("Drift-Unit"));
    }
}
