//! The files of a tree and their contents, as far as somebody asks about them.

use super::GitError;
use super::objects::{blob_size, is_binary, read_blob};
use super::raw_change::is_regular;
use super::tree_walk::{Selection, TreeFile, walk};
use crate::model::{FileMode, PathPattern, PatternSet, RepoPath, TreeListing, TreePath};
use gix::ObjectId;
use std::collections::{BTreeMap, HashMap};

/// What is asked of a tree.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// The files that these name, each on its own: order and `!` play no part.
    pub patterns: Vec<PathPattern>,
    /// All files, whatever the patterns say.
    pub everything: bool,
}

/// The files of `tree` that `question` asks about.
///
/// Only folders that can hold an answer are read: those above a literal path, and those below the folders that a
/// pattern with wildcards begins with, no deeper than it reaches.
pub fn list(repo: &gix::Repository, tree: ObjectId, question: &Question) -> Result<TreeListing, GitError> {
    let complete = question.everything || question.patterns.iter().any(|pattern| pattern.literal() == Some(""));
    let mut selection = Selection::default();
    if complete {
        selection.add(b"", usize::MAX);
    } else {
        for pattern in &question.patterns {
            selection.add(pattern.fixed_prefix().as_bytes(), reach(pattern));
        }
    }
    let patterns = PatternSet::new(question.patterns.iter().cloned());
    let mut files = Vec::new();
    walk(repo, tree, &selection, &mut |file: TreeFile| {
        if complete || !patterns.all_matching(&file.path).is_empty() {
            files.push(TreePath {
                path: RepoPath::new(file.path),
                mode: file.mode,
            });
        }
    })?;
    Ok(TreeListing::new(files, complete))
}

/// The contents of the files at `paths` in `tree`, with invalid UTF-8 replaced. `None` stands for what is no text: no
/// file, a symlink or submodule, a binary file, or one of more than `max_bytes`.
pub fn contents(
    repo: &gix::Repository,
    tree: ObjectId,
    paths: &[RepoPath],
    max_bytes: u64,
) -> Result<BTreeMap<RepoPath, Option<String>>, GitError> {
    let files = files_at(repo, tree, paths.iter().map(RepoPath::as_bytes))?;
    let mut contents = BTreeMap::new();
    for path in paths {
        let text = match files.get(path.as_bytes()) {
            Some(&(mode, id)) if is_regular(mode) => text_of(repo, id, max_bytes)?,
            _ => None,
        };
        contents.insert(path.clone(), text);
    }
    Ok(contents)
}

/// The bytes of the file at `path` in `tree`, for a symlink those of its target; `None` where there is no file, or a
/// folder or submodule.
pub fn blob(repo: &gix::Repository, tree: ObjectId, path: &[u8]) -> Result<Option<Vec<u8>>, GitError> {
    let files = files_at(repo, tree, [path])?;
    let Some(&(mode, id)) = files.get(path) else {
        return Ok(None);
    };
    if mode == FileMode::Submodule {
        return Ok(None);
    }
    let mut content = Vec::new();
    read_blob(repo, id, &mut content)?;
    Ok(Some(content))
}

/// The files that `tree` has at exactly these paths.
pub(super) fn files_at<'a>(
    repo: &gix::Repository,
    tree: ObjectId,
    paths: impl IntoIterator<Item = &'a [u8]>,
) -> Result<HashMap<Vec<u8>, (FileMode, ObjectId)>, GitError> {
    let mut selection = Selection::default();
    paths.into_iter().for_each(|path| selection.add(path, 0));
    let mut files = HashMap::new();
    walk(repo, tree, &selection, &mut |file| {
        files.insert(file.path.into(), (file.mode, file.id));
    })?;
    Ok(files)
}

fn text_of(repo: &gix::Repository, id: ObjectId, max_bytes: u64) -> Result<Option<String>, GitError> {
    if blob_size(repo, id)? > max_bytes {
        return Ok(None);
    }
    let mut content = Vec::new();
    read_blob(repo, id, &mut content)?;
    if is_binary(&content) {
        return Ok(None);
    }
    Ok(Some(String::from_utf8_lossy(&content).into_owned()))
}

/// How many folders below its fixed prefix a pattern can match.
fn reach(pattern: &PathPattern) -> usize {
    let text = pattern.text();
    if pattern.literal().is_some()
        || pattern.is_folder()
        || pattern.crosses_folders()
        || text.contains("**")
        || text.contains('{')
    {
        return usize::MAX;
    }
    let wild = text[pattern.fixed_prefix().len()..].trim_start_matches('/');
    // A character class can stand for a slash.
    1 + wild.matches(['/', '[']).count()
}

#[cfg(test)]
mod tests {
    use super::reach;
    use crate::model::PathPattern;

    #[test]
    fn a_pattern_reaches_as_deep_as_it_has_parts() {
        let reach_of = |text: &str| reach(&PathPattern::parse(text).unwrap());
        assert_eq!(reach_of("*.md"), 1);
        assert_eq!(reach_of("src/*.rs"), 1);
        assert_eq!(reach_of("crates/*/src/*.rs"), 3);
        assert_eq!(reach_of("src/[!a]b"), 2);
        for deep in ["src", "src/*/", "src/**", "src/{a,b/c}"] {
            assert_eq!(reach_of(deep), usize::MAX, "{deep}");
        }
    }
}
