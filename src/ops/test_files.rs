//! Which test files can show the clauses of a plan's contracts, and reading them at the target.
//!
//! A plan without clauses asks nothing. What the plan names and what the range touched is read first; the rest of the
//! tree is only searched for tags where a clause is still without a test.

use super::OpsError;
use crate::git::Repository;
use crate::model::{
    Declaration, History, ObjectId, PatternSet, Plan, ReadTestFile, ReadTestFiles, RepoPath, TestFile, TestFileRole,
};
use crate::test_code;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// The most files of the tree that are searched for tags.
const MOST_SEARCHED: usize = 5_000;
/// How many files are held in memory at a time.
const AT_A_TIME: usize = 256;

/// The test files of the plan's contracts; `None` where it has no clause.
pub(super) fn read(repository: &Repository, plan: &Plan, history: &History) -> Result<Option<ReadTestFiles>, OpsError> {
    if plan.lanes.iter().all(|lane| lane.clauses.is_empty()) {
        return Ok(None);
    }
    let tree: Vec<RepoPath> = match history.target_tree.complete {
        true => history.target_tree.files.iter().map(|file| file.path.clone()).collect(),
        false => {
            let listing = repository.tree_listing(history.target, None)?;
            listing.files.into_iter().map(|file| file.path).collect()
        }
    };
    let (named, touched) = chosen(plan, history, &tree);
    let in_names = plan.lanes.iter().any(|lane| lane.contract.mapping.in_names);
    let may_name = |text: &str| test_code::may_have_tags(text.as_bytes()) || in_names && text.contains("[CL-");
    let mut files = Vec::new();
    read_as(repository, history, &named, TestFileRole::Named, &|_| true, &mut files)?;
    read_as(
        repository,
        history,
        &touched,
        TestFileRole::Touched,
        &may_name,
        &mut files,
    )?;
    let mut left_out = 0;
    if lacks_a_test(plan, &files) {
        let seen: HashSet<&RepoPath> = named.iter().chain(&touched).collect();
        let others = tree
            .iter()
            .filter(|path| test_code::is_test_file(path) && !seen.contains(path));
        let mut others: Vec<RepoPath> = others.cloned().collect();
        left_out = others.len().saturating_sub(MOST_SEARCHED);
        others.truncate(MOST_SEARCHED);
        search(repository, history.target, &others, &may_name, &mut files)?;
    }
    files.sort_by(|a, b| a.file.path.cmp(&b.file.path));
    Ok(Some(ReadTestFiles { files, left_out }))
}

/// The files that the plan names, and those that the range touched, at the target.
///
/// The plan names its test files, and test files that it declares by their path; a test file that is declared by a folder
/// or a pattern is named where the range touched it.
fn chosen(plan: &Plan, history: &History, tree: &[RepoPath]) -> (Vec<RepoPath>, Vec<RepoPath>) {
    let with_clauses = |lane: usize| !plan.lanes[lane].clauses.is_empty();
    let tests = plan.lanes.iter().flat_map(|lane| &lane.test_files);
    let tests = PatternSet::new(tests.map(|it| it.pattern.clone()));
    let declarations = plan.declarations().filter(|(declared, _)| with_clauses(declared.lane));
    let declared: Vec<&Declaration> = declarations.map(|(_, it)| it).collect();
    let scope = PatternSet::new(declared.iter().map(|it| it.pattern.clone()));
    let spelt: HashSet<&str> = declared.iter().filter_map(|it| it.pattern.literal()).collect();
    let changed: BTreeSet<&RepoPath> = history.changes.iter().map(|change| &change.path).collect();
    let (mut named, mut touched) = (Vec::new(), Vec::new());
    for path in tree {
        let is_test = || test_code::is_test_file(path);
        let is_spelt = || path.as_str().is_some_and(|text| spelt.contains(text));
        let is_changed = changed.contains(path);
        if tests.contains(path.as_bytes())
            || is_spelt() && is_test()
            || is_changed && scope.contains(path.as_bytes()) && is_test()
        {
            named.push(path.clone());
        } else if is_changed {
            touched.push(path.clone());
        }
    }
    (named, touched)
}

/// Reads the files at the target, as far as their text is wanted, and what they were at the base.
fn read_as(
    repository: &Repository,
    history: &History,
    paths: &[RepoPath],
    role: TestFileRole,
    wanted: &dyn Fn(&str) -> bool,
    files: &mut Vec<ReadTestFile>,
) -> Result<(), OpsError> {
    let earlier: HashMap<&RepoPath, &RepoPath> = history
        .changes
        .iter()
        .filter_map(|change| Some((&change.path, change.previous_path.as_ref()?)))
        .collect();
    for some in paths.chunks(AT_A_TIME) {
        let texts = repository.texts_at(history.target, some)?;
        let texts: Vec<(RepoPath, String)> = texts
            .into_iter()
            .filter_map(|(path, text)| Some((path, text.filter(|it| wanted(it))?)))
            .collect();
        let before: Vec<RepoPath> = texts
            .iter()
            .map(|(path, _)| (*earlier.get(path).unwrap_or(&path)).clone())
            .collect();
        let before = repository.texts_at(history.merge_base, &before)?;
        for (path, text) in texts {
            let old = before
                .get(*earlier.get(&path).unwrap_or(&&path))
                .and_then(Option::as_ref);
            files.push(ReadTestFile {
                before: old.map(|old| test_code::read(&path, old.as_bytes())),
                file: test_code::read(&path, text.as_bytes()),
                role,
            });
        }
    }
    Ok(())
}

/// Whether a clause is named by no test so far.
fn lacks_a_test(plan: &Plan, files: &[ReadTestFile]) -> bool {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for it in files {
        for tag in it.file.tests.iter().flat_map(|test| &test.tags) {
            *counts.entry(it.file.tags[*tag].id.as_str()).or_default() += 1;
        }
    }
    let clauses = plan.lanes.iter().flat_map(|lane| {
        let wanted = lane
            .contract
            .coverage
            .per_clause
            .max(lane.contract.coverage.for_must)
            .unwrap_or(1);
        lane.clauses.iter().map(move |clause| (clause.id.as_str(), wanted))
    });
    let mut clauses = clauses;
    clauses.any(|(id, wanted)| counts.get(id).is_none_or(|&count| (count as u64) < wanted))
}

/// Adds the files among these whose text is wanted.
fn search(
    repository: &Repository,
    target: ObjectId,
    paths: &[RepoPath],
    wanted: &dyn Fn(&str) -> bool,
    files: &mut Vec<ReadTestFile>,
) -> Result<(), OpsError> {
    for some in paths.chunks(AT_A_TIME) {
        for (path, text) in repository.texts_at(target, some)? {
            let Some(text) = text.filter(|text| wanted(text)) else {
                continue;
            };
            let file: TestFile = test_code::read(&path, text.as_bytes());
            files.push(ReadTestFile {
                file,
                before: None,
                role: TestFileRole::Elsewhere,
            });
        }
    }
    Ok(())
}
