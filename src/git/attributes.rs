//! What the .gitattributes files of a tree say about its paths.
//!
//! The files of the tree count, and nothing else: what lies in the worktree, in `info/attributes` or in the user's
//! settings can't change a verdict.

use super::listing::files_at;
use super::raw_change::is_regular;
use super::{GitError, objects};
use crate::model::RepoPath;
use gix::ObjectId;
use gix::attrs::search::{MetadataCollection, Outcome};
use gix::attrs::{Search, StateRef};
use gix::bstr::{BString, ByteSlice};
use gix::glob::pattern::Case;
use std::collections::BTreeSet;
use std::path::Path;

/// The attribute by which forges fold a file away in reviews.
const GENERATED: &str = "linguist-generated";
/// The most that git reads of one .gitattributes file, in bytes.
const MAX_FILE: u64 = 100 * 1024 * 1024;
/// Lines from this length on are not read by git either.
const MAX_LINE: usize = 2048;

/// Those of `paths` that `tree` itself calls generated: `linguist-generated` is set or `true`, by the .gitattributes
/// files of the folders above them. Deeper files and later lines win, macros count. In the order of `paths`.
pub fn generated(repo: &gix::Repository, tree: ObjectId, paths: &[RepoPath]) -> Result<Vec<RepoPath>, GitError> {
    let files = attribute_files(repo, tree, paths)?;
    if !files.iter().any(|file| file.content.contains_str(GENERATED)) {
        return Ok(Vec::new());
    }
    let mut rules = Rules::new(&files)?;
    Ok(paths
        .iter()
        .filter(|path| rules.name_generated(path))
        .cloned()
        .collect())
}

/// One .gitattributes file.
struct AttributeFile {
    path: BString,
    content: Vec<u8>,
}

/// The .gitattributes files above `paths`, outer folders before inner ones.
fn attribute_files(repo: &gix::Repository, tree: ObjectId, paths: &[RepoPath]) -> Result<Vec<AttributeFile>, GitError> {
    let folders = paths.iter().flat_map(|path| folders_above(path.as_bytes()));
    let wanted: BTreeSet<Vec<u8>> = folders.map(|folder| [folder, b".gitattributes"].concat()).collect();
    let found = files_at(repo, tree, wanted.iter().map(Vec::as_slice))?;
    let mut files = Vec::new();
    for (path, (mode, id)) in found {
        if is_regular(mode) && objects::blob_size(repo, id)? <= MAX_FILE {
            let mut content = Vec::new();
            objects::read_blob(repo, id, &mut content)?;
            let path = path.into();
            files.push(AttributeFile { path, content });
        }
    }
    files.sort_by(|a, b| (a.path.len(), &a.path).cmp(&(b.path.len(), &b.path)));
    Ok(files)
}

/// The folders around `path`, each with its slash; the top is empty.
fn folders_above(path: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::once(&path[..0]).chain(path.find_iter(b"/").map(|slash| &path[..=slash]))
}

/// The lines of several .gitattributes files, ready to be asked.
struct Rules {
    search: Search,
    outcome: Outcome,
}

impl Rules {
    fn new(files: &[AttributeFile]) -> Result<Self, GitError> {
        let mut search = Search::default();
        let mut names = MetadataCollection::default();
        for file in files {
            let lines = file.content.lines_with_terminator();
            let content = lines.filter(|line| line.len() < MAX_LINE).collect::<Vec<_>>().concat();
            let source = gix::path::from_bstring(file.path.clone()).map_err(GitError::gix("reading .gitattributes"))?;
            let at_the_top = file.path == ".gitattributes";
            search
                .add_patterns_buffer(&content, source, Some(Path::new("")), &mut names, at_the_top)
                .map_err(GitError::gix("reading .gitattributes"))?;
        }
        let mut outcome = Outcome::default();
        outcome.initialize_with_selection(&names, [GENERATED]);
        Ok(Self { search, outcome })
    }

    fn name_generated(&mut self, path: &RepoPath) -> bool {
        self.outcome.reset();
        let path = path.as_bytes().as_bstr();
        self.search
            .pattern_matching_relative_path(path, Case::Sensitive, Some(false), &mut self.outcome);
        self.outcome.iter_selected().any(|found| match found.assignment.state {
            StateRef::Set => true,
            StateRef::Value(value) => value.as_bstr() == "true",
            StateRef::Unset | StateRef::Unspecified => false,
        })
    }
}
