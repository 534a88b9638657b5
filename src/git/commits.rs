//! What a commit's own bytes say: read leniently, because history holds whatever somebody once wrote.

use super::error::GitError;
use super::ids;
use crate::model::Signature;
use gix::bstr::ByteSlice;
use std::borrow::Cow;

/// A commit taken apart; the parts are still git's bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RawCommit<'a> {
    /// Its tree.
    pub tree: gix::ObjectId,
    /// Its parents, in order, whether they are there or not.
    pub parents: Vec<gix::ObjectId>,
    author: &'a [u8],
    committer: &'a [u8],
    encoding: Option<&'a [u8]>,
    message: &'a [u8],
}

impl<'a> RawCommit<'a> {
    /// Takes the commit `id` apart. Only a commit without a tree, or with a parent that is no id, can't be read.
    pub fn parse(id: &gix::oid, bytes: &'a [u8]) -> Result<Self, GitError> {
        let broken = || GitError::corrupt(format!("the commit {id} can't be read"));
        let (headers, message) = split_message(bytes);
        let mut lines = headers.lines().peekable();
        let tree = lines.next().and_then(|line| line.strip_prefix(b"tree "));
        let tree = tree.and_then(object_id).ok_or_else(broken)?;
        let mut parents = Vec::new();
        // Only what follows the tree directly is a parent to git.
        while let Some(parent) = lines.peek().and_then(|line| line.strip_prefix(b"parent ")) {
            parents.push(object_id(parent).ok_or_else(broken)?);
            lines.next();
        }
        let rest: Vec<&[u8]> = lines.collect();
        let header = |name: &[u8]| rest.iter().find_map(|line| line.strip_prefix(name));
        Ok(Self {
            tree,
            parents,
            author: header(b"author ").unwrap_or_default(),
            committer: header(b"committer ").unwrap_or_default(),
            encoding: header(b"encoding "),
            message,
        })
    }

    /// Seconds since 1970 at which it was committed; 0 where that can't be read.
    pub fn commit_time(&self) -> i64 {
        time_of(self.committer)
    }

    /// Who wrote it, and when.
    pub fn author(&self) -> Signature {
        self.signature(self.author)
    }

    /// Who committed it, and when.
    pub fn committer(&self) -> Signature {
        self.signature(self.committer)
    }

    /// The whole message, in the encoding that the commit names, as far as it can be decoded.
    pub fn message(&self) -> String {
        self.decode(self.message).into_owned()
    }

    fn signature(&self, line: &[u8]) -> Signature {
        let (name, rest) = line.split_once_str("<").unwrap_or((line, b""));
        let (email, _) = rest.split_once_str(">").unwrap_or((rest, b""));
        Signature {
            name: self.decode(name.trim()).into_owned(),
            email: self.decode(email.trim()).into_owned(),
            time: time_of(line),
        }
    }

    fn decode(&self, bytes: &'a [u8]) -> Cow<'a, str> {
        if self.encoding.is_some_and(is_latin1) {
            return bytes.iter().copied().map(char::from).collect();
        }
        bytes.to_str_lossy()
    }
}

/// Whether the name means ISO 8859-1 or its like: the one-byte encoding in which each byte is its own code point.
fn is_latin1(encoding: &[u8]) -> bool {
    let plain: Vec<u8> = encoding
        .iter()
        .filter(|byte| byte.is_ascii_alphanumeric())
        .map(u8::to_ascii_lowercase)
        .collect();
    matches!(
        plain.as_slice(),
        b"latin1" | b"iso88591" | b"iso885915" | b"cp1252" | b"windows1252"
    )
}

/// The headers, and the message after the empty line.
fn split_message(bytes: &[u8]) -> (&[u8], &[u8]) {
    bytes.split_once_str("\n\n").unwrap_or((bytes, b""))
}

fn object_id(hex: &[u8]) -> Option<gix::ObjectId> {
    gix::ObjectId::from_hex(hex).ok()
}

/// The seconds that follow the last `>`, limited to what 64 bits hold.
fn time_of(line: &[u8]) -> i64 {
    let after = line.rfind_byte(b'>').map_or(&b""[..], |at| &line[at + 1..]);
    let Some(word) = after.fields().next().and_then(|word| word.to_str().ok()) else {
        return 0;
    };
    if let Ok(seconds) = word.parse::<i64>() {
        return seconds;
    }
    match word.parse::<i128>() {
        Ok(seconds) => seconds.clamp(i64::MIN.into(), i64::MAX.into()) as i64,
        Err(_) => 0,
    }
}

impl RawCommit<'_> {
    /// The commit in the model's shape, without its changes.
    pub fn to_model(&self, id: &gix::oid) -> crate::model::Commit {
        crate::model::Commit {
            id: ids::to_model(id),
            parents: self.parents.iter().map(|parent| ids::to_model(parent)).collect(),
            tree: ids::to_model(&self.tree),
            author: self.author(),
            committer: self.committer(),
            message: self.message(),
            changes: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RawCommit;

    const ID: &str = "0123456789012345678901234567890123456789";

    fn parsed(text: &[u8]) -> Option<(String, String, i64, String)> {
        let id = gix::ObjectId::from_hex(ID.as_bytes()).unwrap();
        let commit = RawCommit::parse(&id, text).ok()?;
        let author = commit.author();
        Some((author.name, author.email, author.time, commit.message()))
    }

    fn commit(headers: &str, message: &[u8]) -> Vec<u8> {
        let mut text = format!("tree {ID}\n{headers}\n\n").into_bytes();
        text.extend(message);
        text
    }

    #[test]
    fn parents_times_and_messages_are_read() {
        let text = commit(
            &format!(
                "parent {ID}\nparent {ID}\nauthor A  <a@b> -12 +0100\ncommitter C <c> 7 +0000\ngpgsig x\n parent y"
            ),
            b"subject\n\nbody\n\nmore",
        );
        let id = gix::ObjectId::from_hex(ID.as_bytes()).unwrap();
        let raw = RawCommit::parse(&id, &text).unwrap();
        assert_eq!((raw.parents.len(), raw.commit_time()), (2, 7));
        assert_eq!(
            parsed(&text).unwrap(),
            ("A".into(), "a@b".into(), -12, "subject\n\nbody\n\nmore".into())
        );
    }

    #[test]
    fn messages_in_latin1_are_decoded_and_others_lossily() {
        let named = commit("author A <> 1 +0000\nencoding ISO-8859-1", b"caf\xe9");
        assert_eq!(parsed(&named).unwrap().3, "café");
        assert_eq!(
            parsed(&commit("encoding EUC-JP", b"caf\xe9!")).unwrap().3,
            "caf\u{fffd}!"
        );
        assert_eq!(parsed(&commit("author A", "café".as_bytes())).unwrap().3, "café");
    }

    #[test]
    fn odd_signatures_are_read_as_far_as_they_go() {
        let time = |line: &str| parsed(&commit(&format!("author {line}"), b"")).unwrap().2;
        assert_eq!(time("A <a> 9223372036854775807 +0000"), i64::MAX);
        assert_eq!(time("A <a> 99999999999999999999 +0000"), i64::MAX);
        assert_eq!(time("A <a> yesterday"), 0);
        assert_eq!(time("A <a>"), 0);
        assert_eq!(time("A <a> b> 5"), 5);
        assert_eq!(parsed(&commit("author nobody", b"")).unwrap().0, "nobody");
    }

    #[test]
    fn what_is_no_commit_is_an_error() {
        for text in [&b""[..], b"tree\n", b"tree 12\n\nx", b"object x"] {
            assert!(parsed(text).is_none());
        }
        assert!(parsed(&commit("parent 12", b"")).is_none());
    }
}
