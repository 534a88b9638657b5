//! Path patterns: how plans and policies name files.
//!
//! A pattern is a globset glob with `literal_separator`: `*` and `?` stay inside one folder, `**` crosses. A trailing
//! `/` means all below; a pattern without wildcards is a file, or a folder with all below it; a pattern that is
//! literally the path matches it, wildcards or not (`app/[slug]/page.tsx`); `!` in front takes paths out again.
//!
//! Planning systems that name files as Python's fnmatch does have wildcards that cross folders, and no `!`:
//! [`PathPattern::parse_crossing`].

use super::wildcards::Wildcards;
use bstr::ByteSlice;
use foldhash::{HashMap, HashMapExt};

/// The longest pattern that is read, in bytes.
const MAX_LENGTH: usize = 4096;
/// The most `{` that one pattern may hold: each multiplies the automaton behind it.
const MAX_BRACES: usize = 16;

/// One pattern, checked and compiled.
#[derive(Clone, Debug)]
pub struct PathPattern {
    text: String,
    excludes: bool,
    folder_only: bool,
    crosses_folders: bool,
    glob: Option<Wildcards>,
}

/// Why a text is no pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// There is nothing but space.
    #[error("the pattern is empty")]
    Empty,
    /// It begins with `/`, `~` or a drive.
    #[error("the path is absolute; name it from the top of the repository")]
    Absolute,
    /// `..` goes above the top.
    #[error("the path leaves the repository")]
    Outside,
    /// It is longer than 4,096 bytes or has more than 16 braces.
    #[error("the pattern is too long or has too many braces")]
    TooComplex,
    /// The glob can't be read.
    #[error("the wildcards can't be read: an unclosed `[` or `{{`, or a range that runs backwards")]
    Malformed,
}

impl PathPattern {
    /// Reads a pattern. `\` and `./` are normalised; a pattern without any wildcard never fails for its characters.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        let trimmed = text.trim();
        match trimmed.strip_prefix('!') {
            Some(rest) => Self::read(rest, true, false),
            None => Self::read(trimmed, false, false),
        }
    }

    /// Reads a pattern whose `*`, `?` and brackets match slashes too, as those of Python's fnmatch do: `src/*` is all
    /// below `src`. A `!` in front is a letter like any other.
    pub fn parse_crossing(text: &str) -> Result<Self, PatternError> {
        Self::read(text.trim(), false, true)
    }

    fn read(text: &str, excludes: bool, crosses_folders: bool) -> Result<Self, PatternError> {
        let (normal, folder_only) = normalise(text)?;
        let wild = normal.contains(['*', '?', '[', '{']);
        let glob = if wild {
            Wildcards::read(&normal, folder_only, crosses_folders)?
        } else {
            None
        };
        Ok(Self {
            text: normal,
            excludes,
            folder_only,
            crosses_folders,
            glob,
        })
    }

    /// The pattern, normalised: without `!`, `./` and the trailing slash. Empty: the whole repository.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The pattern as a plan writes it: with `!` and the trailing slash.
    pub fn to_text(&self) -> String {
        let bang = if self.excludes { "!" } else { "" };
        let slash = if self.folder_only { "/" } else { "" };
        if self.text.is_empty() {
            return format!("{bang}./");
        }
        format!("{bang}{}{slash}", self.text)
    }

    /// Whether it takes paths out (`!`).
    pub fn excludes(&self) -> bool {
        self.excludes
    }

    /// Whether it was written with a trailing slash, so that it is a folder.
    pub fn is_folder(&self) -> bool {
        self.folder_only
    }

    /// Whether its `*` and `?` match slashes too.
    pub fn crosses_folders(&self) -> bool {
        self.crosses_folders
    }

    /// The path or folder that the pattern spells, if it has no wildcards.
    pub fn literal(&self) -> Option<&str> {
        self.glob.is_none().then_some(self.text.as_str())
    }

    /// The file name that the pattern spells, if it has neither folder nor wildcard.
    pub fn bare_name(&self) -> Option<&str> {
        self.literal()
            .filter(|text| !self.folder_only && !text.is_empty() && !text.contains('/'))
    }

    /// The leading folders without wildcards: nothing outside of them can match. Empty: anything can.
    pub fn fixed_prefix(&self) -> &str {
        match self.text.find(['*', '?', '[', '{']) {
            None => &self.text,
            Some(wild) => self.text[..wild].rfind('/').map_or("", |slash| &self.text[..slash]),
        }
    }

    /// Whether the pattern names `path`, `!` or not.
    pub fn matches(&self, path: &[u8]) -> bool {
        self.names_literally(path) || self.matches_by_wildcards(path)
    }

    fn matches_by_wildcards(&self, path: &[u8]) -> bool {
        self.glob.as_ref().is_some_and(|glob| glob.match_path(path))
    }

    fn names_literally(&self, path: &[u8]) -> bool {
        if self.text.is_empty() {
            return true;
        }
        match path.strip_prefix(self.text.as_bytes()) {
            Some([]) => !self.folder_only,
            Some([b'/', ..]) => self.glob.is_none() || self.folder_only,
            _ => false,
        }
    }
}

/// The pattern without `./`, `\`, doubled and trailing slashes, and whether a slash stood at the end.
fn normalise(text: &str) -> Result<(String, bool), PatternError> {
    if text.trim().is_empty() {
        return Err(PatternError::Empty);
    }
    if text.len() > MAX_LENGTH || text.matches('{').count() > MAX_BRACES {
        return Err(PatternError::TooComplex);
    }
    if is_normal(text) {
        return Ok((text.to_owned(), false));
    }
    let slashed = text.replace('\\', "/");
    if slashed.starts_with(['/', '~']) || has_drive(&slashed) {
        return Err(PatternError::Absolute);
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in slashed.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().ok_or(PatternError::Outside)?;
            }
            part => parts.push(part),
        }
    }
    let folder_only = slashed.ends_with('/') || matches!(slashed.as_str(), "." | "./");
    Ok((parts.join("/"), folder_only))
}

/// Whether nothing is left to normalise, which is so of nearly all patterns: no part is empty, `.` or `..`.
fn is_normal(text: &str) -> bool {
    let is_name = |part: &str| !part.is_empty() && !part.bytes().all(|byte| byte == b'.');
    !text.contains('\\') && !text.starts_with('~') && !has_drive(text) && text.split('/').all(is_name)
}

/// Whether the text begins like `C:/`.
fn has_drive(text: &str) -> bool {
    matches!(text.as_bytes(), [letter, b':', b'/', ..] if letter.is_ascii_alphabetic())
}

/// Many patterns, asked at once: literal ones by hash, so that 3,000 files against 3,000 paths stay cheap.
#[derive(Clone, Debug, Default)]
pub struct PatternSet {
    patterns: Vec<PathPattern>,
    literal: HashMap<Vec<u8>, Vec<usize>>,
    wild: Vec<usize>,
}

impl PatternSet {
    /// The set of `patterns`, whose order counts: later ones win.
    pub fn new(patterns: impl IntoIterator<Item = PathPattern>) -> Self {
        let patterns: Vec<_> = patterns.into_iter().collect();
        let mut literal: HashMap<Vec<u8>, Vec<usize>> = HashMap::with_capacity(patterns.len());
        let mut wild = Vec::new();
        for (index, pattern) in patterns.iter().enumerate() {
            literal
                .entry(pattern.text.as_bytes().to_owned())
                .or_default()
                .push(index);
            if pattern.glob.is_some() {
                wild.push(index);
            }
        }
        Self {
            patterns,
            literal,
            wild,
        }
    }

    /// The set of the texts that are patterns; those that are not are left out.
    pub fn lossy<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        Self::new(texts.into_iter().filter_map(|text| PathPattern::parse(text).ok()))
    }

    /// The patterns, in order.
    pub fn patterns(&self) -> &[PathPattern] {
        &self.patterns
    }

    /// Whether there is no pattern at all.
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// The indices of all patterns that name `path`, in order, the excluding ones too.
    pub fn all_matching(&self, path: &[u8]) -> Vec<usize> {
        let mut found: Vec<usize> = self
            .spelled(path)
            .filter(|&index| self.patterns[index].names_literally(path))
            .collect();
        let by_wildcards = |index: &&usize| self.patterns[**index].matches_by_wildcards(path);
        found.extend(self.wild.iter().filter(by_wildcards));
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The last pattern that names `path`, unless that one takes it out.
    pub fn matching(&self, path: &[u8]) -> Option<usize> {
        let last = *self.all_matching(path).last()?;
        (!self.patterns[last].excludes).then_some(last)
    }

    /// The patterns that name `path` and are not taken back by a later `!`.
    pub fn declaring(&self, path: &[u8]) -> Vec<usize> {
        let mut found = self.all_matching(path);
        let taken_back = found.iter().rposition(|&index| self.patterns[index].excludes);
        if let Some(at) = taken_back {
            found.drain(..=at);
        }
        found
    }

    /// Whether the set names `path`.
    pub fn contains(&self, path: &[u8]) -> bool {
        self.matching(path).is_some()
    }

    /// The patterns spelled like the path or like one of the folders above it.
    fn spelled<'a>(&'a self, path: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
        let folders = path.find_iter(b"/").map(move |at| &path[..at]);
        std::iter::once(&b""[..])
            .chain(folders)
            .chain(std::iter::once(path))
            .filter_map(|part| self.literal.get(part))
            .flatten()
            .copied()
    }
}

#[cfg(test)]
mod tests {
    use super::{PathPattern, PatternError, PatternSet};

    fn matches(pattern: &str, path: &str) -> bool {
        PathPattern::parse(pattern).unwrap().matches(path.as_bytes())
    }

    #[test]
    fn a_literal_is_a_file_or_a_folder_with_all_below() {
        assert!(matches("src/a.rs", "src/a.rs"));
        assert!(matches("src", "src/deep/a.rs"));
        assert!(!matches("src", "src2/a.rs"));
        assert!(matches("src/", "src/a.rs"));
        assert!(!matches("src/", "src"));
        assert!(matches(".", "anything/at/all"));
    }

    #[test]
    fn a_star_stays_inside_one_folder() {
        assert!(matches("src/*.rs", "src/a.rs"));
        assert!(!matches("src/*.rs", "src/deep/a.rs"));
        assert!(matches("src/**", "src/deep/a.rs"));
        assert!(matches("**/a.rs", "a.rs"));
        assert!(matches("src/*/", "src/a/b/c"));
        assert!(matches("src/{a,b}.rs", "src/b.rs"));
    }

    #[test]
    fn a_crossing_star_leaves_its_folder() {
        let matches =
            |pattern: &str, path: &str| PathPattern::parse_crossing(pattern).unwrap().matches(path.as_bytes());
        assert!(matches("src/*.rs", "src/deep/a.rs"));
        assert!(matches("src/*", "src/deep/a.rs"));
        assert!(matches("tests/test_a*.py", "tests/test_a/deep/b.py"));
        assert!(matches("docs/**/*.md", "docs/a.md"));
        assert!(matches("docs/**/*.md", "docs/deep/down/a.md"));
        assert!(matches("src/?.rs", "src/a.rs"));
        assert!(matches("src/", "src/deep/a.rs"));
        assert!(matches("src/a.rs", "src/a.rs"));
        assert!(matches("a/[x/*", "a/[x/deep/b"));
        assert!(!matches("src/*", "src2/a.rs"));
        assert!(!matches("src/*", "src"));
        assert!(!matches("src/**", "src2/a.rs"));
        assert!(!matches("src/a", "src/ab"));
        assert!(!PathPattern::parse_crossing("!src").unwrap().excludes());
    }

    #[test]
    fn brackets_match_the_path_that_is_spelled_so() {
        assert!(matches("app/[slug]/page.tsx", "app/[slug]/page.tsx"));
        assert!(matches("app/[slug]/page.tsx", "app/s/page.tsx"));
        assert!(matches("app/[[...slug]]/page.tsx", "app/[[...slug]]/page.tsx"));
        assert!(matches("app/[z-a]/x", "app/[z-a]/x"));
    }

    #[test]
    fn writing_is_normalised() {
        assert!(matches(r".\src\a.rs", "src/a.rs"));
        assert!(matches("./src//a.rs", "src/a.rs"));
        assert!(matches("src/x/../a.rs", "src/a.rs"));
        assert_eq!(PathPattern::parse("!./src/").unwrap().to_text(), "!src/");
    }

    #[test]
    fn what_cannot_be_a_pattern_says_why() {
        let error = |text: &str| PathPattern::parse(text).unwrap_err();
        assert_eq!(error("  "), PatternError::Empty);
        assert_eq!(error("/etc/passwd"), PatternError::Absolute);
        assert_eq!(error(r"C:\x"), PatternError::Absolute);
        assert_eq!(error("~/x"), PatternError::Absolute);
        assert_eq!(error("../x"), PatternError::Outside);
        assert_eq!(error("a/../../x"), PatternError::Outside);
        assert_eq!(error(&"{a,".repeat(5000)), PatternError::TooComplex);
        assert_eq!(error("src/{a"), PatternError::Malformed);
    }

    #[test]
    fn later_patterns_win() {
        let set = PatternSet::lossy(["src/**", "!src/gen/", "src/gen/keep.rs"]);
        let named = |path: &str| set.contains(path.as_bytes());
        assert!(named("src/a.rs"));
        assert!(!named("src/gen/a.rs"));
        assert!(named("src/gen/keep.rs"));
        assert_eq!(set.declaring(b"src/gen/keep.rs"), [2]);
    }

    #[test]
    fn a_set_says_what_each_pattern_says() {
        let texts = ["a", "a/b", "a/*.rs", "**/c", "a/b/", "[x]", "."];
        let set = PatternSet::lossy(texts);
        for path in ["a", "a/b", "a/b/c", "a/x.rs", "c", "[x]", "x", "other"] {
            let each: Vec<usize> = (0..texts.len()).filter(|&it| matches(texts[it], path)).collect();
            assert_eq!(set.all_matching(path.as_bytes()), each, "{path}");
        }
    }

    #[test]
    fn the_fixed_prefix_ends_before_the_first_wildcard() {
        let prefix = |text: &str| PathPattern::parse(text).unwrap().fixed_prefix().to_owned();
        assert_eq!(prefix("src/a/*.rs"), "src/a");
        assert_eq!(prefix("**/x"), "");
        assert_eq!(prefix("src/a.rs"), "src/a.rs");
    }
}
