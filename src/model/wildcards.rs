//! What a pattern with wildcards matches.
//!
//! The usual shapes (`**/yarn.lock`, `**/*.pem`, `**/id_rsa*`, `**/generated/**`, `docs/**`) are compared as they are: making
//! automata of a hundred of them takes longer than a small check as a whole. Everything else is a glob of globset.

use super::pattern::PatternError;
use bstr::ByteSlice;
use globset::{Candidate, GlobBuilder, GlobSet, GlobSetBuilder};
use std::sync::Arc;

/// The wildcards of one pattern, ready to be asked.
#[derive(Clone, Debug)]
pub(super) enum Wildcards {
    /// `**/name`, with a `*` in front of the name, behind it, or both.
    Name { text: String, before: bool, behind: bool },
    /// `**/folder/**`
    FolderAnywhere(String),
    /// `folder/**`
    Below(String),
    /// Any other.
    Glob(Arc<GlobSet>),
}

impl Wildcards {
    /// Reads `text`, all below it where it is a folder; `None` where it can only be meant literally (`[[...slug]]`).
    pub(super) fn read(text: &str, folder_only: bool) -> Result<Option<Self>, PatternError> {
        let own = if folder_only {
            format!("{text}/**")
        } else {
            text.to_owned()
        };
        match Self::simple(&own) {
            Some(simple) => Ok(Some(simple)),
            None => Ok(compile(&own)?.map(|glob| Self::Glob(Arc::new(glob)))),
        }
    }

    /// The shapes that need no automaton.
    fn simple(text: &str) -> Option<Self> {
        let below = text.strip_suffix("/**");
        match text.strip_prefix("**/") {
            Some(_) if below.is_some() => {
                let folder = below?.strip_prefix("**/").filter(|folder| is_plain(folder))?;
                Some(Self::FolderAnywhere(folder.to_owned()))
            }
            Some(name) => {
                let (before, rest) = name.strip_prefix('*').map_or((false, name), |rest| (true, rest));
                let (behind, rest) = rest.strip_suffix('*').map_or((false, rest), |rest| (true, rest));
                let is_name = is_plain(rest) && !rest.contains('/');
                is_name.then(|| Self::Name {
                    text: rest.to_owned(),
                    before,
                    behind,
                })
            }
            None => below.filter(|it| is_plain(it)).map(|it| Self::Below(it.to_owned())),
        }
    }

    /// Whether `path` matches.
    pub(super) fn match_path(&self, path: &[u8]) -> bool {
        match self {
            Self::Name { text, before, behind } => {
                let name = &path[path.rfind_byte(b'/').map_or(0, |slash| slash + 1)..];
                match (before, behind) {
                    (false, false) => name == text.as_bytes(),
                    (true, false) => name.ends_with(text.as_bytes()),
                    (false, true) => name.starts_with(text.as_bytes()),
                    (true, true) => name.contains_str(text),
                }
            }
            Self::FolderAnywhere(folder) => {
                let mut places = path.find_iter(folder);
                places.any(|at| (at == 0 || path[at - 1] == b'/') && path.get(at + folder.len()) == Some(&b'/'))
            }
            Self::Below(folder) => {
                let rest = path.strip_prefix(folder.as_bytes());
                rest.is_some_and(|rest| rest.starts_with(b"/"))
            }
            Self::Glob(glob) => glob.is_match_candidate(&Candidate::from_bytes(path)),
        }
    }
}

/// Whether nothing in the text could mean anything but itself.
fn is_plain(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-/ +@".contains(&byte);
    !text.is_empty() && text.bytes().all(plain)
}

/// The automaton for a glob; `None` where it can only be meant literally.
fn compile(text: &str) -> Result<Option<GlobSet>, PatternError> {
    let glob = GlobBuilder::new(text)
        .literal_separator(true)
        .backslash_escape(false)
        .empty_alternates(true)
        .build();
    let Ok(glob) = glob else {
        // A bracket that is no range still names the path that is spelled so.
        return if text.contains(['*', '?', '{']) {
            Err(PatternError::Malformed)
        } else {
            Ok(None)
        };
    };
    GlobSetBuilder::new()
        .add(glob)
        .build()
        .map(Some)
        .map_err(|_| PatternError::TooComplex)
}

#[cfg(test)]
mod tests {
    use super::{Wildcards, compile};
    use globset::Candidate;

    #[test]
    fn the_usual_shapes_match_what_globs_match() {
        let patterns = [
            "**/a.lock",
            "**/*.lock",
            "**/a*",
            "**/*a*",
            "**/a/**",
            "**/a/b/**",
            "a/**",
            "a/b/**",
            "**/*",
            "**/**",
            "**/a/*",
            "**/*/a",
            "**/a/b",
            "**/***",
            "*/**",
            "**/a.*",
            "**/*.a.*",
            "**/a**",
            "**/**a",
            "a b/**",
        ];
        let paths: [&[u8]; 22] = [
            b"a",
            b"b",
            b"a/b",
            b"a/a.lock",
            b"a.lock",
            b"x.lock",
            b".lock",
            b"lock",
            b"b/a",
            b"b/a/c",
            b"ba/c",
            b"a/b/c",
            b"x/a/b/c",
            b"xa/b/c",
            b"a.b",
            b"b.a.c",
            b"x/y.a.",
            b"a/a/a",
            b"\xff/a/\xff",
            b"a\n",
            b"a b/c",
            b"x/aa/b",
        ];
        for pattern in patterns {
            let wildcards = Wildcards::read(pattern, false).unwrap().unwrap();
            let glob = compile(pattern).unwrap().unwrap();
            for path in paths {
                let expected = glob.is_match_candidate(&Candidate::from_bytes(path));
                assert_eq!(
                    wildcards.match_path(path),
                    expected,
                    "{pattern} {}",
                    path.escape_ascii()
                );
            }
        }
    }

    #[test]
    fn what_every_policy_begins_with_needs_no_automaton() {
        for text in [
            "**/yarn.lock",
            "**/*.pem",
            "**/id_rsa*",
            "**/*.generated.*",
            "**/generated/**",
            ".github/workflows/**",
        ] {
            assert!(
                !matches!(Wildcards::read(text, false), Ok(Some(Wildcards::Glob(_)))),
                "{text}"
            );
        }
    }
}
