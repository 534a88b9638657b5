//! What must be found nowhere, looked for in all contents of a tree: one file in memory at a time.

use super::GitError;
use super::objects::{blob_size, is_binary, read_blob};
use super::raw_change::is_regular;
use super::tree_walk::{Selection, TreeFile, walk};
use crate::model::{PathPattern, PatternSet, RepoPath, Search, Searched};
use gix::ObjectId;
use gix::bstr::ByteSlice;
use regex::bytes::{Regex, RegexBuilder};
use std::collections::BTreeMap;

/// The largest automaton that a plan's expression may become, in bytes.
const MAX_AUTOMATON: usize = 10 << 20;
/// The most places of one search that are named.
const MAX_PLACES: usize = 5;
/// The most bytes that one search reads.
const MAX_READ: u64 = 1 << 30;
/// The file that holds the expressions themselves; the system that writes it never looks into it.
const OWN_FILE: &[u8] = b"acceptance-matrix.json";

/// What became of each search in `tree`. Binary files, and those of more than `max_bytes`, are left out.
pub(super) fn all(
    repo: &gix::Repository,
    tree: ObjectId,
    searches: &[Search],
    max_bytes: u64,
) -> Result<BTreeMap<Search, Searched>, GitError> {
    let mut found = BTreeMap::new();
    for search in searches {
        if !found.contains_key(search) {
            found.insert(search.clone(), one(repo, tree, search, max_bytes)?);
        }
    }
    Ok(found)
}

fn one(repo: &gix::Repository, tree: ObjectId, search: &Search, max_bytes: u64) -> Result<Searched, GitError> {
    let expression = RegexBuilder::new(&search.expression)
        .multi_line(true)
        .size_limit(MAX_AUTOMATON)
        .build();
    let Ok(expression) = expression else {
        return Ok(Searched::Impossible(format!(
            "`{}` is no expression that drift reads",
            search.expression
        )));
    };
    let files = files(repo, tree, search)?;
    if files.is_empty() {
        let roots = search.roots.join(", ");
        return Ok(Searched::Impossible(format!("the target has no file at {roots}")));
    }
    let mut looking = Looking::default();
    for file in &files {
        let size = blob_size(repo, file.id)?;
        if size > max_bytes {
            continue;
        }
        looking.read += size;
        if looking.read > MAX_READ {
            return Ok(Searched::Impossible(
                "the files hold more than drift searches".to_owned(),
            ));
        }
        read_blob(repo, file.id, &mut looking.content)?;
        looking.look(&expression, &RepoPath::new(file.path.clone()));
        if looking.more {
            break;
        }
    }
    Ok(looking.outcome())
}

/// The regular files that the search is about, in path order.
fn files(repo: &gix::Repository, tree: ObjectId, search: &Search) -> Result<Vec<TreeFile>, GitError> {
    let patterns: Vec<PathPattern> = search
        .roots
        .iter()
        .filter_map(|it| PathPattern::parse(it).ok())
        .collect();
    let mut selection = Selection::default();
    if patterns.is_empty() {
        selection.add(b"", usize::MAX);
    }
    for pattern in &patterns {
        selection.add(pattern.fixed_prefix().as_bytes(), usize::MAX);
    }
    let patterns = PatternSet::new(patterns);
    let mut files = Vec::new();
    walk(repo, tree, &selection, &mut |file: TreeFile| {
        let is_asked = patterns.is_empty() || !patterns.all_matching(&file.path).is_empty();
        let name = file.path.rsplit_once_str("/").map_or(&file.path[..], |(_, name)| name);
        if is_asked && is_regular(file.mode) && name != OWN_FILE {
            files.push(file);
        }
    })?;
    Ok(files)
}

/// A search under way.
#[derive(Default)]
struct Looking {
    content: Vec<u8>,
    read: u64,
    files: usize,
    places: Vec<String>,
    more: bool,
}

impl Looking {
    /// Looks into the content that was read last.
    fn look(&mut self, expression: &Regex, path: &RepoPath) {
        if is_binary(&self.content) {
            return;
        }
        self.files += 1;
        let mut matches = expression.find_iter(&self.content).filter(|it| !it.is_empty());
        let Some(first) = matches.next() else { return };
        if self.places.len() == MAX_PLACES {
            self.more = true;
            return;
        }
        let line = self.content[..first.start()]
            .iter()
            .filter(|&&byte| byte == b'\n')
            .count()
            + 1;
        self.places.push(format!("{path}:{line}"));
    }

    fn outcome(self) -> Searched {
        if self.places.is_empty() {
            return Searched::Absent { files: self.files };
        }
        Searched::Found {
            places: self.places,
            more: self.more,
        }
    }
}
