//! "Did you mean …": the path of a tree that is most like one that it does not have.
//!
//! Two places are looked at, whatever the tree's size: paths of the same name elsewhere, and similar names in the same
//! folder. A misspelled folder keeps its files' names, and a misspelled name keeps its folder. A bare name
//! means the only path of that name.

use crate::model::{PathPattern, RepoPath, TreeListing};
use bstr::ByteSlice;
use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};

/// The most paths that one question compares.
const MAX_CANDIDATES: usize = 500;
/// The longest path that is compared, in bytes.
const MAX_LENGTH: usize = 300;
/// The least likeness of two paths of one name.
const LEAST_ALIKE_ELSEWHERE: f64 = 0.4;
/// The least likeness of two names in one folder.
const LEAST_ALIKE_BESIDE: f64 = 0.6;

/// Answers for one tree; the index is made when the first question comes.
pub(super) struct Nearest<'a> {
    listing: &'a TreeListing,
    index: OnceCell<Index<'a>>,
}

/// The files and folders of a tree, by name and by the folder that holds them.
#[derive(Default)]
struct Index<'a> {
    files: Names<'a>,
    folders: Names<'a>,
}

#[derive(Default)]
struct Names<'a> {
    by_name: HashMap<Vec<u8>, Vec<&'a [u8]>>,
    by_folder: HashMap<&'a [u8], Vec<&'a [u8]>>,
}

impl<'a> Nearest<'a> {
    pub fn new(listing: &'a TreeListing) -> Self {
        Self {
            listing,
            index: OnceCell::new(),
        }
    }

    /// The path that `pattern` may mean: for a file a file, for a folder or wildcard a folder. `None` where nothing is
    /// like it, or where the listing does not hold the whole tree.
    pub fn to(&self, pattern: &PathPattern) -> Option<RepoPath> {
        let prefix = pattern.fixed_prefix().as_bytes();
        if !self.listing.complete || prefix.is_empty() || prefix.len() > MAX_LENGTH {
            return None;
        }
        let index = self.index.get_or_init(|| Index::new(self.listing));
        let is_file = pattern.literal().is_some() && !pattern.is_folder();
        let names = if is_file { &index.files } else { &index.folders };
        let found = names.most_alike(prefix)?;
        (found != prefix).then(|| RepoPath::new(found))
    }
}

impl<'a> Index<'a> {
    fn new(listing: &'a TreeListing) -> Self {
        let mut index = Self::default();
        let mut folders = BTreeSet::new();
        for file in &listing.files {
            let path = file.path.as_bytes();
            index.files.add(path);
            folders.extend(path.find_iter(b"/").map(|at| &path[..at]));
        }
        folders.into_iter().for_each(|path| index.folders.add(path));
        index
    }
}

impl<'a> Names<'a> {
    fn add(&mut self, path: &'a [u8]) {
        let (folder, name) = split(path);
        self.by_name.entry(name.to_ascii_lowercase()).or_default().push(path);
        self.by_folder.entry(folder).or_default().push(path);
    }

    fn most_alike(&self, path: &[u8]) -> Option<&'a [u8]> {
        let (folder, name) = split(path);
        let elsewhere = self
            .by_name
            .get(&name.to_ascii_lowercase())
            .map_or(&[][..], Vec::as_slice);
        if let ([only], b"") = (elsewhere, folder) {
            return Some(only);
        }
        let elsewhere = elsewhere.iter().take(MAX_CANDIDATES).map(|it| (alike(path, it), *it));
        let beside = self.by_folder.get(folder).into_iter().flatten();
        let beside = beside
            .take(MAX_CANDIDATES)
            .map(|it| (alike(stem(name), stem(split(it).1)), *it));
        let candidates = elsewhere
            .filter(|(score, _)| *score >= LEAST_ALIKE_ELSEWHERE)
            .chain(beside.filter(|(score, _)| *score >= LEAST_ALIKE_BESIDE));
        let best = candidates.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)));
        best.map(|(_, path)| path)
    }
}

/// How alike two paths are, 0 to 1, whatever their case.
fn alike(a: &[u8], b: &[u8]) -> f64 {
    if b.len() > MAX_LENGTH || a.len().max(b.len()) > 3 * a.len().min(b.len()) {
        return 0.0;
    }
    let lower = |bytes: &[u8]| bytes.to_str_lossy().to_ascii_lowercase();
    strsim::normalized_damerau_levenshtein(&lower(a), &lower(b))
}

/// The name without its last ending.
fn stem(name: &[u8]) -> &[u8] {
    match name.rfind_byte(b'.') {
        None | Some(0) => name,
        Some(dot) => &name[..dot],
    }
}

/// The folder, without its slash, and the name.
fn split(path: &[u8]) -> (&[u8], &[u8]) {
    match path.rfind_byte(b'/') {
        Some(at) => (&path[..at], &path[at + 1..]),
        None => (b"", path),
    }
}

#[cfg(test)]
mod tests {
    use super::Nearest;
    use crate::model::{FileMode, PathPattern, TreeListing, TreePath};

    fn nearest(text: &str, complete: bool) -> Option<String> {
        let file = |path: &str| TreePath {
            path: path.into(),
            mode: FileMode::Regular,
        };
        let files = [
            "src/auth/login.rs",
            "src/auth/token.rs",
            "src/web/mod.rs",
            "README.md",
            "tests/a.rs",
        ];
        let listing = TreeListing::new(files.map(file).into(), complete);
        let found = Nearest::new(&listing).to(&PathPattern::parse(text).unwrap());
        found.map(|path| path.to_string())
    }

    #[test]
    fn a_misspelled_name_or_folder_finds_its_file() {
        assert_eq!(nearest("src/auth/logn.rs", true).as_deref(), Some("src/auth/login.rs"));
        assert_eq!(nearest("src/auht/token.rs", true).as_deref(), Some("src/auth/token.rs"));
        assert_eq!(nearest("readme.md", true).as_deref(), Some("README.md"));
        assert_eq!(nearest("test/", true).as_deref(), Some("tests"));
        assert_eq!(nearest("src/ath/**", true).as_deref(), Some("src/auth"));
    }

    #[test]
    fn a_bare_name_means_the_only_file_of_that_name() {
        assert_eq!(nearest("token.rs", true).as_deref(), Some("src/auth/token.rs"));
        assert_eq!(nearest("packages/frontend/components/token.rs", true), None);
    }

    #[test]
    fn nothing_alike_and_an_incomplete_listing_give_nothing() {
        assert_eq!(nearest("docs/guide.md", true), None);
        assert_eq!(nearest("src/auth/*.toml", true), None);
        assert_eq!(nearest("src/auth/logn.rs", false), None);
    }
}
