//! What earlier evidence says beside the one that counts: tests that are gone, and tests that ended in two ways.

use super::test_words::reference;
use super::tests::{Promise, Sorted, execution_key, may_hold, meant};
use crate::model::{
    ChangeKind, Evidence, FlakyTest, History, LostAssertions, RepoPath, SuiteTests, TestOutcome, TestResult, Weakened,
};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// All ways in which the tests show less than they did.
pub(super) fn weakened(
    promises: &[Promise<'_>],
    sorted: &Sorted<'_>,
    history: &History,
    lost: &[LostAssertions],
) -> Vec<Weakened> {
    let required = || promises.iter().filter(|promise| promise.test.required);
    let mut found: Vec<Weakened> = required().filter_map(|it| deleted_file(*it, sorted, history)).collect();
    found.extend(required().filter_map(|it| cases_gone(*it, sorted)));
    found.extend(lost.iter().cloned().map(Weakened::FewerAssertions));
    found.extend(
        sorted
            .counting
            .iter()
            .filter_map(|it| others_gone(it, promises, sorted)),
    );
    found
}

/// The file that held the test, if it was deleted and the test is not executed any more.
fn deleted_file(promise: Promise<'_>, sorted: &Sorted<'_>, history: &History) -> Option<Weakened> {
    let is_executed = sorted.counting.iter().any(|it| !meant(it, promise.test).is_empty());
    if is_executed {
        return None;
    }
    let before = sorted.elsewhere.iter().chain(&sorted.of_target);
    let mut files: BTreeSet<&str> = before
        .flat_map(|it| meant(it, promise.test))
        .filter_map(|it| it.file.as_deref())
        .collect();
    // As pytest names its tests: `tests/test_login.py::test_rejects`.
    files.extend(promise.test.name.split_once("::").map(|(file, _)| file));
    let deleted = history
        .changes
        .iter()
        .filter(|change| change.kind == ChangeKind::Deleted);
    let path = deleted
        .map(|change| &change.path)
        .find(|path| files.iter().any(|file| is_file(path, file)))?;
    Some(Weakened::FileDeleted {
        test: promise.place,
        path: path.clone(),
    })
}

/// Whether results that call a file `file` mean `path`: as a whole, or from somewhere below the top.
fn is_file(path: &RepoPath, file: &str) -> bool {
    let file = file.strip_prefix("./").unwrap_or(file);
    let Some(whole) = path.as_str() else { return false };
    !file.is_empty() && (whole == file || whole.strip_suffix(file).is_some_and(|above| above.ends_with('/')))
}

/// The newest evidence of another tree that is of the same execution.
fn earlier<'a>(of: &Evidence, sorted: &Sorted<'a>) -> Option<&'a Evidence> {
    let is_same = |it: &&&Evidence| execution_key(it) == execution_key(of) && it.started_at <= of.started_at;
    sorted
        .elsewhere
        .iter()
        .rev()
        .filter(is_same)
        .find(|it| it.results.is_ok())
        .copied()
}

/// Cases that a required test had, where others of its cases are still executed; where none is, it was not run.
fn cases_gone(promise: Promise<'_>, sorted: &Sorted<'_>) -> Option<Weakened> {
    for now in &sorted.counting {
        let names: HashSet<String> = meant(now, promise.test)
            .into_iter()
            .map(TestResult::full_name)
            .collect();
        let Some(before) = earlier(now, sorted).filter(|_| !names.is_empty()) else {
            continue;
        };
        let gone = meant(before, promise.test).into_iter().map(TestResult::full_name);
        let gone: Vec<String> = gone.filter(|name| !names.contains(name)).collect();
        if !gone.is_empty() {
            return Some(Weakened::CasesGone {
                test: promise.place,
                names: gone,
                before: reference(before),
            });
        }
    }
    None
}

/// Tests that nobody requires, that ran before, and that are not there any more.
fn others_gone(now: &Evidence, promises: &[Promise<'_>], sorted: &Sorted<'_>) -> Option<Weakened> {
    let before = earlier(now, sorted)?;
    let (results, earlier) = (now.results.as_ref().ok()?, before.results.as_ref().ok()?);
    // Where not every test is kept by name, nobody knows what is gone.
    if now.left_out.tests + before.left_out.tests > 0 {
        return None;
    }
    let there: HashSet<(&[String], &str)> = results.tests.iter().map(key).collect();
    let is_required = |test: &TestResult| {
        promises
            .iter()
            .any(|it| it.test.required && may_hold(before, it.test) && it.test.names(test))
    };
    let ran = |test: &&TestResult| test.outcome != TestOutcome::Skipped;
    let gone = earlier
        .tests
        .iter()
        .filter(ran)
        .filter(|test| !there.contains(&key(test)) && !is_required(test));
    let names: Vec<String> = gone.map(TestResult::full_name).collect();
    (!names.is_empty()).then(|| Weakened::OthersGone {
        tests: SuiteTests {
            suite: now.suite.clone(),
            names,
        },
        before: reference(before),
    })
}

fn key(test: &TestResult) -> (&[String], &str) {
    (test.groups.as_slice(), test.name.as_str())
}

/// A test of an execution: the suite, the file that was added, and the whole name.
type Case<'e> = (Option<&'e str>, Option<&'e str>, String);

/// The tests that both failed and passed on the target's tree, or that their runner calls so.
pub(super) fn flaky(promises: &[Promise<'_>], sorted: &Sorted<'_>) -> Vec<FlakyTest> {
    let mut found: BTreeMap<String, FlakyTest> = BTreeMap::new();
    // Whether each case of an execution passed, and whether it did not.
    let mut outcomes: BTreeMap<Case<'_>, (bool, bool)> = BTreeMap::new();
    let kept = sorted
        .of_target
        .iter()
        .filter_map(|it| Some((*it, it.results.as_ref().ok()?)));
    let kept: Vec<_> = kept.collect();
    let several = kept.len() > 1;
    for (evidence, results) in kept {
        for test in &results.tests {
            if test.flaky {
                found.insert(test.full_name(), of(evidence, test, promises, true));
            }
            // One execution alone holds one result of each test.
            if !several || test.outcome == TestOutcome::Skipped {
                continue;
            }
            let (suite, file) = execution_key(evidence);
            let both = outcomes.entry((suite, file, test.full_name())).or_default();
            match test.outcome {
                TestOutcome::Passed => both.0 = true,
                _ => both.1 = true,
            }
            if both.0 && both.1 {
                let flaky = || of(evidence, test, promises, false);
                found.entry(test.full_name()).or_insert_with(flaky);
            }
        }
    }
    found.into_values().collect()
}

fn of(evidence: &Evidence, test: &TestResult, promises: &[Promise<'_>], is_marked: bool) -> FlakyTest {
    let means = |it: &&Promise<'_>| it.test.required && may_hold(evidence, it.test) && it.test.names(test);
    FlakyTest {
        test: promises.iter().find(means).map(|promise| promise.place),
        name: test.full_name(),
        is_marked,
    }
}
