//! Required tests whose source asserts less at the target than at the base.

use super::OpsError;
use crate::git::Repository;
use crate::model::{
    Change, ChangeKind, History, LostAssertions, Plan, PlannedTest, RepoPath, SourceTest, TestFile, TestOutcome,
    TestResult,
};
use crate::test_code;

/// The most changed files that are read; those that are called like tests come first.
const MOST_FILES: usize = 200;

/// One finding a test that the source has at both ends. Languages that drift has no grammar for are passed over.
pub(super) fn between(
    repository: &Repository,
    plan: &Plan,
    history: &History,
) -> Result<Vec<LostAssertions>, OpsError> {
    let required = required(plan);
    if required.is_empty() {
        return Ok(Vec::new());
    }
    let changed_both = |change: &&Change| !matches!(change.kind, ChangeKind::Added | ChangeKind::Deleted);
    let mut changes: Vec<&Change> = history.changes.iter().filter(changed_both).collect();
    changes.sort_by_key(|change| !test_code::is_test_file(&change.path));
    let mut lost = Vec::new();
    for change in changes.into_iter().take(MOST_FILES) {
        let after = read(repository, &history.target.to_string(), &change.path)?;
        let is_asked = |test: &SourceTest| required.iter().any(|(_, promise)| names(promise, test, &change.path));
        if !after.as_ref().is_some_and(|file| file.tests.iter().any(is_asked)) {
            continue;
        }
        let old_path = change.previous_path.as_ref().unwrap_or(&change.path);
        let before = read(repository, &history.merge_base.to_string(), old_path)?;
        if let Some((before, after)) = before.zip(after) {
            lost.extend(in_file(&required, &before, &after));
        }
    }
    Ok(lost)
}

/// The required tests with their places in the plan.
fn required(plan: &Plan) -> Vec<((usize, usize), &PlannedTest)> {
    let lanes = plan.lanes.iter().enumerate();
    let tests = lanes.flat_map(|(lane, it)| it.tests.iter().enumerate().map(move |(test, it)| ((lane, test), it)));
    tests.filter(|(_, test)| test.required).collect()
}

/// What the file holds; `None` where it is not there, or in no language whose tests drift reads.
fn read(repository: &Repository, revision: &str, path: &RepoPath) -> Result<Option<TestFile>, OpsError> {
    let Some(text) = path.as_str() else { return Ok(None) };
    let bytes = match repository.read_rev_path(revision, text) {
        Err(crate::git::GitError::NoSuchPath { .. }) => return Ok(None),
        read => read?,
    };
    let file = test_code::read(path, &bytes);
    Ok(file.reading.sees_tests().then_some(file))
}

fn in_file(
    required: &[((usize, usize), &PlannedTest)],
    before: &TestFile,
    after: &TestFile,
) -> impl Iterator<Item = LostAssertions> {
    let mut found = Vec::new();
    for now in &after.tests {
        let Some(then) = before.tests.iter().find(|test| test.full_name() == now.full_name()) else {
            continue;
        };
        let promise = required.iter().find(|(_, promise)| names(promise, now, &after.path));
        if let Some((place, _)) = promise.filter(|_| now.assertions < then.assertions) {
            found.push(LostAssertions {
                test: *place,
                path: after.path.clone(),
                name: now.full_name(),
                before: then.assertions,
                after: now.assertions,
            });
        }
    }
    found.into_iter()
}

/// Whether the promise means this test, as a runner would name it.
fn names(promise: &PlannedTest, test: &SourceTest, path: &RepoPath) -> bool {
    promise.names(&TestResult {
        groups: test.groups.clone(),
        name: test.name.clone(),
        file: path.as_str().map(str::to_owned),
        outcome: TestOutcome::Passed,
        flaky: false,
        duration_ms: None,
        message: None,
    })
}
