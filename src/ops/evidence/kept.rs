//! The evidence that a run's record keeps: read, and added to.

use crate::git::{RecordChange, Repository};
use crate::model::{Evidence, Handle, PlannedTest, Shortfall, TestCounts, TestOutcome, TestResult, Transition};
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

/// Adds `evidence` to the record, as one transition; nothing is said to be kept before it is on disk. Its ids are made such
/// that they sort behind those of the same second, because the newer of two executions counts.
pub fn keep(
    repository: &Repository,
    world: &World,
    handle: &Handle,
    evidence: &mut [Evidence],
) -> Result<(), OpsError> {
    let old = repository.read_record_folder(handle, FOLDER)?;
    let mut files: BTreeMap<String, Option<Vec<u8>>> = BTreeMap::new();
    for one in evidence.iter_mut() {
        one.id = behind_others(&one.id, &old);
        let text = EvidenceFile::of(one).to_text();
        files.insert(format!("{FOLDER}/{}.json", one.id), Some(text.into_bytes()));
    }
    files.extend(outgrown(old, &files).into_iter().map(|name| (name, None)));
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

/// `id`, which ends in eight digits of chance, with the first two of them counting the evidence of the same thing and second
/// that is there already.
fn behind_others(id: &str, old: &BTreeMap<String, Vec<u8>>) -> String {
    let Some((same, chance)) = id.rsplit_once('-') else {
        return id.to_owned();
    };
    let is_same = |name: &&String| name.rsplit_once('-').is_some_and(|(it, _)| it == same);
    let number = old.keys().filter(is_same).count().min(0xff);
    format!("{same}-{number:02x}{}", chance.get(2..).unwrap_or_default())
}

/// The oldest files, where with the new ones there would be too many.
fn outgrown(old: BTreeMap<String, Vec<u8>>, new: &BTreeMap<String, Option<Vec<u8>>>) -> Vec<String> {
    let time = |text: &[u8]| {
        let file = serde_json::from_slice::<EvidenceFile>(text).ok();
        file.map_or_else(String::new, |file| file.started_at)
    };
    let mut bytes: usize =
        old.values().map(Vec::len).sum::<usize>() + new.values().flatten().map(Vec::len).sum::<usize>();
    let mut count = old.len() + new.len();
    if count <= MOST_FILES && bytes <= MOST_KEPT {
        return Vec::new();
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
    removed
}

fn in_a_few_words(evidence: &Evidence) -> String {
    let name = evidence.suite.as_deref().unwrap_or("results");
    let counts = evidence.counts();
    let noun = if counts.tests == 1 { "test" } else { "tests" };
    match (&evidence.results, evidence.shortfalls().first()) {
        (Ok(_), None) if counts.passed == counts.tests => format!("{name} passed, {} {noun}", counts.tests),
        (Ok(_), None) => format!("{name} passed, {} of {} {noun}", counts.passed, counts.tests),
        (Ok(_), Some(why)) => {
            let (bad, all) = (counts.failed + counts.errored, counts.tests);
            let why = match why {
                _ if bad > 0 => format!("{bad} of {all} {noun} failed"),
                Shortfall::TreeChanged => "its tests changed the worktree".to_owned(),
                Shortfall::ExitCode(code) => format!("exit code {code}, though no test failed"),
                Shortfall::Signalled(signal) => format!("ended by signal {signal}"),
                Shortfall::TimedOut(seconds) => format!("ended after {seconds} s"),
                Shortfall::NoTests | Shortfall::NoResults(_) | Shortfall::Failed(_) => "no test ran".to_owned(),
            };
            format!("{name} did not pass, {why}")
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
