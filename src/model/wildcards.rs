//! What a pattern with wildcards matches.
//!
//! The usual shapes (`**/yarn.lock`, `**/*.pem`, `**/id_rsa*`, `**/generated/**`, `docs/**`) are compared as they are: making
//! automata of a hundred of them takes longer than a small check as a whole. Everything else is a glob of globset.

use super::pattern::PatternError;
use bstr::ByteSlice;
use globset::{Candidate, Glob, GlobBuilder, GlobSet, GlobSetBuilder};
use std::sync::{Arc, OnceLock};

/// The wildcards of one pattern, ready to be asked.
#[derive(Clone, Debug)]
pub(super) enum Wildcards {
    /// `**/name`, with a `*` in front of the name, behind it, or both.
    Name { text: String, before: bool, behind: bool },
    /// `**/begin*end`
    NameAround { begin: String, end: String },
    /// `**/folder/**`
    FolderAnywhere(String),
    /// `folder/**`
    Below(String),
    /// Any other.
    Glob(Arc<LazyGlob>),
}

/// A glob whose automaton is made when it is first asked about a path that can match: of a plan's globs most never are.
#[derive(Debug)]
pub(super) struct LazyGlob {
    glob: Glob,
    automaton: OnceLock<Option<GlobSet>>,
}

impl Wildcards {
    /// Reads `text`, all below it where it is a folder; `None` where it can only be meant literally (`[[...slug]]`).
    /// `crossing`: whether `*` and `?` match slashes too.
    pub(super) fn read(text: &str, folder_only: bool, crossing: bool) -> Result<Option<Self>, PatternError> {
        let own = if folder_only {
            format!("{text}/**")
        } else {
            text.to_owned()
        };
        let simple = if crossing {
            Self::simple_crossing(&own)
        } else {
            Self::simple(&own)
        };
        match simple {
            Some(simple) => Ok(Some(simple)),
            None => {
                let read = LazyGlob::read(&own, crossing).or_else(|error| match crossing {
                    // To fnmatch a bracket that nothing closes is a letter.
                    true => LazyGlob::read(&own.replace('[', "[[]").replace('{', "[{]"), crossing),
                    false => Err(error),
                });
                Ok(read?.map(|glob| Self::Glob(Arc::new(glob))))
            }
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
            Some(name) if name.trim_matches('*').contains('*') => {
                let (begin, end) = name.split_once('*')?;
                let is_name = |part: &str| is_plain(part) && !part.contains('/');
                (is_name(begin) && is_name(end)).then(|| Self::NameAround {
                    begin: begin.to_owned(),
                    end: end.to_owned(),
                })
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

    /// The one usual shape whose `*` crosses folders: all below a folder.
    fn simple_crossing(text: &str) -> Option<Self> {
        let folder = text.strip_suffix("/**").or_else(|| text.strip_suffix("/*"))?;
        is_plain(folder).then(|| Self::Below(folder.to_owned()))
    }

    /// Whether `path` matches.
    pub(super) fn match_path(&self, path: &[u8]) -> bool {
        match self {
            Self::Name { text, before, behind } => {
                let name = file_name(path);
                match (before, behind) {
                    (false, false) => name == text.as_bytes(),
                    (true, false) => name.ends_with(text.as_bytes()),
                    (false, true) => name.starts_with(text.as_bytes()),
                    (true, true) => name.contains_str(text),
                }
            }
            Self::NameAround { begin, end } => {
                let rest = file_name(path).strip_prefix(begin.as_bytes());
                rest.is_some_and(|rest| rest.ends_with(end.as_bytes()))
            }
            Self::FolderAnywhere(folder) => {
                let mut places = path.find_iter(folder);
                places.any(|at| (at == 0 || path[at - 1] == b'/') && path.get(at + folder.len()) == Some(&b'/'))
            }
            Self::Below(folder) => {
                let rest = path.strip_prefix(folder.as_bytes());
                rest.is_some_and(|rest| rest.starts_with(b"/"))
            }
            Self::Glob(glob) => glob.match_path(path),
        }
    }
}

impl LazyGlob {
    /// The glob of a text; `None` where it can only be meant literally.
    fn read(text: &str, crossing: bool) -> Result<Option<Self>, PatternError> {
        let Some(glob) = parse(text, crossing)? else {
            return Ok(None);
        };
        let lazy = Self {
            glob,
            automaton: OnceLock::new(),
        };
        // Only alternatives can make an automaton too large, and that is an error of the pattern.
        if text.contains('{') && lazy.automaton().is_none() {
            return Err(PatternError::TooComplex);
        }
        Ok(Some(lazy))
    }

    fn match_path(&self, path: &[u8]) -> bool {
        let text = self.glob.glob();
        let fixed = &text[..text.find(['*', '?', '[', '{']).unwrap_or(text.len())];
        // An inner `/**` stands for a single slash too.
        path.starts_with(fixed.trim_end_matches('/').as_bytes())
            && self
                .automaton()
                .is_some_and(|it| it.is_match_candidate(&Candidate::from_bytes(path)))
    }

    fn automaton(&self) -> Option<&GlobSet> {
        let make = || GlobSetBuilder::new().add(self.glob.clone()).build().ok();
        self.automaton.get_or_init(make).as_ref()
    }
}

/// The part of `path` behind its last slash.
fn file_name(path: &[u8]) -> &[u8] {
    &path[path.rfind_byte(b'/').map_or(0, |slash| slash + 1)..]
}

/// Whether nothing in the text could mean anything but itself.
fn is_plain(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-/ +@".contains(&byte);
    !text.is_empty() && text.bytes().all(plain)
}

/// The parts of a glob; `None` where it can only be meant literally.
fn parse(text: &str, crossing: bool) -> Result<Option<Glob>, PatternError> {
    let glob = GlobBuilder::new(text)
        .literal_separator(!crossing)
        .backslash_escape(false)
        .empty_alternates(true)
        .build();
    match glob {
        Ok(glob) => Ok(Some(glob)),
        // A bracket that is no range still names the path that is spelled so.
        Err(_) if !text.contains(['*', '?', '{']) => Ok(None),
        Err(_) => Err(PatternError::Malformed),
    }
}

#[cfg(test)]
mod tests {
    use super::{LazyGlob, Wildcards};
    use globset::Candidate;

    #[test]
    fn the_usual_shapes_match_what_globs_match() {
        let patterns = [
            "**/a.lock",
            "**/*.lock",
            "**/a*",
            "**/a*b",
            "**/a*.lock",
            "**/a*a",
            "**/a**b",
            "**/a*b*",
            "**/*a*b",
            "**/a*/b",
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
            let wildcards = Wildcards::read(pattern, false, false).unwrap().unwrap();
            let glob = LazyGlob::read(pattern, false).unwrap().unwrap();
            for path in paths {
                let expected = glob
                    .automaton()
                    .unwrap()
                    .is_match_candidate(&Candidate::from_bytes(path));
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
    fn a_path_outside_of_the_fixed_part_is_told_without_an_automaton() {
        let glob = LazyGlob::read("src/*/[a-c].rs", false).unwrap().unwrap();
        assert!(!glob.match_path(b"lib/x/a.rs"));
        assert!(glob.automaton.get().is_none());
        assert!(glob.match_path(b"src/x/a.rs"));
        assert!(!glob.match_path(b"src/x/y/a.rs"));
        let crossing = LazyGlob::read("src/**/?.rs", false).unwrap().unwrap();
        assert!(crossing.match_path(b"src/a.rs") && crossing.match_path(b"src/x/y/a.rs"));
    }

    #[test]
    fn what_every_policy_begins_with_needs_no_automaton() {
        for text in [
            "**/yarn.lock",
            "**/*.pem",
            "**/id_rsa*",
            "**/*.generated.*",
            "**/.env.*.example",
            "**/generated/**",
            ".github/workflows/**",
        ] {
            assert!(
                !matches!(Wildcards::read(text, false, false), Ok(Some(Wildcards::Glob(_)))),
                "{text}"
            );
        }
    }
}
