//! A path inside the repository, as git stores it.

use super::printable;
use bstr::{BStr, BString, ByteSlice};
use std::fmt;

/// A path relative to the top of the repository: bytes, with `/` between the parts, not necessarily UTF-8.
///
/// It orders as git does, by bytes. `Display` escapes what is not printable, so that a path can't
/// break out of the line that it is printed on; [`RepoPath::as_bytes`] is exact.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct RepoPath(BString);

impl RepoPath {
    /// The path made of exactly these bytes.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(BString::from(bytes.into()))
    }

    /// The exact bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The path as text, if it is UTF-8.
    pub fn as_str(&self) -> Option<&str> {
        self.0.to_str().ok()
    }

    /// The last part of the path.
    pub fn file_name(&self) -> &BStr {
        match self.0.rfind_byte(b'/') {
            Some(at) => self.0[at + 1..].as_bstr(),
            None => self.0.as_bstr(),
        }
    }

    /// The folder that holds the path, without the trailing slash; empty at the top.
    pub fn folder(&self) -> &BStr {
        match self.0.rfind_byte(b'/') {
            Some(at) => self.0[..at].as_bstr(),
            None => b"".as_bstr(),
        }
    }

    /// The exact bytes in lower-case hexadecimal, where the path is not UTF-8.
    pub fn hex_unless_utf8(&self) -> Option<String> {
        match self.0.to_str() {
            Ok(_) => None,
            Err(_) => Some(self.0.iter().map(|byte| format!("{byte:02x}")).collect()),
        }
    }

    /// The path as it stands in JSON: verbatim where it is UTF-8, else with each stray byte as `\xNN`.
    pub fn to_json_text(&self) -> String {
        let mut text = String::with_capacity(self.0.len());
        for chunk in self.0.utf8_chunks() {
            text.push_str(chunk.valid());
            text.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02x}")));
        }
        text
    }
}

impl From<&str> for RepoPath {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl fmt::Display for RepoPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for chunk in self.0.utf8_chunks() {
            f.write_str(&printable(chunk.valid()))?;
            for byte in chunk.invalid() {
                write!(f, "\\x{byte:02x}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for RepoPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

#[cfg(test)]
mod tests {
    use super::RepoPath;

    #[test]
    fn a_path_cannot_break_out_of_its_line() {
        let path = RepoPath::new(b"a\nb\x1b[31m\xff\xe2\x80\xae".to_vec());
        assert_eq!(path.to_string(), r"a\nb\u{1b}[31m\xff\u{202e}");
    }

    #[test]
    fn name_and_folder_split_at_the_last_slash() {
        let path = RepoPath::from("a/b/c.rs");
        assert_eq!((path.file_name(), path.folder()), ("c.rs".into(), "a/b".into()));
        assert_eq!(RepoPath::from("top").folder(), "");
    }

    #[test]
    fn stray_bytes_are_escaped_in_json_and_exact_in_hex() {
        let path = RepoPath::new(b"caf\xe9".to_vec());
        assert_eq!(path.to_json_text(), r"caf\xe9");
        assert_eq!(path.hex_unless_utf8().as_deref(), Some("636166e9"));
        assert_eq!(RepoPath::from("é").hex_unless_utf8(), None);
    }
}
