//! The evidence that a run's record keeps: read, and added to.

use crate::git::{RecordChange, Repository};
use crate::model::{Evidence, Handle, PlannedTest, TestCounts, TestOutcome, TestResult, Transition};
use crate::ops::runs;
use crate::ops::{OpsError, World};
use crate::report::wire::v1::EvidenceFile;
use std::collections::BTreeMap;

/// The folder in the record.
const FOLDER: &str = "evidence";
/// The most bytes that the tests of one evidence may take in its file.
const MOST_BYTES: usize = 2 * 1024 * 1024;
/// The most evidence files, and the most bytes of them, that the newest state of a record has; what is older stays in its
/// log.
const MOST_FILES: usize = 200;
const MOST_KEPT: usize = 64 * 1024 * 1024;

/// All the evidence of a run, the oldest first.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// What could be read.
    pub evidence: Vec<Evidence>,
    /// What could not: a line each.
    pub unreadable: Vec<String>,
}

/// The evidence that the record of `handle` keeps.
pub fn of_run(repository: &Repository, handle: &Handle) -> Result<Kept, OpsError> {
    let mut kept = Kept::default();
    for (name, text) in repository.read_record_folder(handle, FOLDER)? {
        let file = serde_json::from_slice::<EvidenceFile>(&text).map_err(|error| error.to_string());
        match file.and_then(EvidenceFile::evidence) {
            Ok(evidence) => kept.evidence.push(evidence),
            Err(why) => kept
                .unreadable
                .push(format!("{FOLDER}/{name} of {handle} can't be read: {why}")),
        }
    }
    kept.evidence
        .sort_by(|a, b| (&a.started_at, &a.id).cmp(&(&b.started_at, &b.id)));
    Ok(kept)
}

/// A name that no other evidence of the run has: what it is of, the second, and chance.
pub fn id(of: &str, time: &str, chance: &str) -> String {
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() || c == '-' || c == '_' {
            c
        } else {
            '-'
        }
    };
    let of: String = of.chars().map(plain).take(40).collect();
    let time: String = time.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("{of}-{time}-{}", chance.get(..8).unwrap_or(chance))
}

/// Adds `evidence` to the record, as one transition; nothing is said to be kept before it is on disk.
pub fn keep(repository: &Repository, world: &World, handle: &Handle, evidence: &[Evidence]) -> Result<(), OpsError> {
    let mut files: BTreeMap<String, Option<Vec<u8>>> = BTreeMap::new();
    for one in evidence {
        let text = EvidenceFile::of(one).to_text();
        files.insert(format!("{FOLDER}/{}.json", one.id), Some(text.into_bytes()));
    }
    files.extend(
        outgrown(repository, handle, &files)?
            .into_iter()
            .map(|name| (name, None)),
    );
    let words: Vec<String> = evidence.iter().map(in_a_few_words).collect();
    repository.update_record(handle, &mut |record| {
        let current = runs::assemble(handle, record, BTreeMap::new())?;
        current.refuse_unless_under_way()?;
        Ok::<_, OpsError>(Some(RecordChange {
            detail: words.join("; "),
            files: files.clone(),
            ..RecordChange::new(Transition::Tested, world.now)
        }))
    })?;
    Ok(())
}

/// The oldest files, where with the new ones there would be too many.
fn outgrown(
    repository: &Repository,
    handle: &Handle,
    new: &BTreeMap<String, Option<Vec<u8>>>,
) -> Result<Vec<String>, OpsError> {
    let old = repository.read_record_folder(handle, FOLDER)?;
    let time = |text: &[u8]| {
        let file = serde_json::from_slice::<EvidenceFile>(text).ok();
        file.map_or_else(String::new, |file| file.started_at)
    };
    let mut bytes: usize =
        old.values().map(Vec::len).sum::<usize>() + new.values().flatten().map(Vec::len).sum::<usize>();
    let mut count = old.len() + new.len();
    if count <= MOST_FILES && bytes <= MOST_KEPT {
        return Ok(Vec::new());
    }
    let mut by_age: Vec<(String, String, usize)> = old
        .into_iter()
        .map(|(name, text)| (time(&text), name, text.len()))
        .collect();
    by_age.sort();
    let mut removed = Vec::new();
    for (_, name, size) in by_age {
        if count <= MOST_FILES && bytes <= MOST_KEPT {
            break;
        }
        count -= 1;
        bytes -= size;
        removed.push(format!("{FOLDER}/{name}"));
    }
    Ok(removed)
}

fn in_a_few_words(evidence: &Evidence) -> String {
    let name = evidence.suite.as_deref().unwrap_or("results");
    match (&evidence.results, evidence.shortfalls().is_empty()) {
        (Ok(_), true) => format!("{name} passed, {} tests", evidence.counts().passed),
        (Ok(_), false) => {
            let counts = evidence.counts();
            format!(
                "{name} did not pass, {} of {} tests failed",
                counts.failed + counts.errored,
                counts.tests
            )
        }
        (Err(_), _) => format!("{name} left no results"),
    }
}

/// The evidence with no more tests by name than a record keeps: first those that the contract names, then those that did
/// not pass. The others are counted.
pub fn bounded(mut evidence: Evidence, promised: &[&PlannedTest]) -> Evidence {
    let Ok(results) = &mut evidence.results else {
        return evidence;
    };
    if results.tests.iter().map(size_of).sum::<usize>() <= MOST_BYTES {
        return evidence;
    }
    let rank = |test: &TestResult| match test.outcome {
        _ if promised.iter().any(|it| it.names(test)) => 0,
        TestOutcome::Passed if !test.flaky => 2,
        _ => 1,
    };
    let mut order: Vec<(u8, usize)> = results.tests.iter().map(rank).zip(0..).collect();
    order.sort_unstable();
    let mut bytes = 0;
    let fits = |&(_, index): &(u8, usize)| {
        bytes += size_of(&results.tests[index]);
        bytes <= MOST_BYTES
    };
    let mut kept: Vec<usize> = order.into_iter().take_while(fits).map(|(_, index)| index).collect();
    kept.sort_unstable();
    let mut left_out = TestCounts::default();
    let mut tests = Vec::with_capacity(kept.len());
    let mut wanted = kept.into_iter().peekable();
    for (index, test) in std::mem::take(&mut results.tests).into_iter().enumerate() {
        if wanted.next_if_eq(&index).is_some() {
            tests.push(test);
        } else {
            left_out.add(&test);
        }
    }
    results.tests = tests;
    evidence.left_out = left_out;
    evidence
}

/// About how many bytes a test takes in its file.
fn size_of(test: &TestResult) -> usize {
    let groups: usize = test.groups.iter().map(|group| group.len() + 3).sum();
    let texts = [&test.file, &test.message]
        .into_iter()
        .flatten()
        .map(String::len)
        .sum::<usize>();
    64 + groups + test.name.len() + texts
}
