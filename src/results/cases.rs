//! The tests as they are read: each case once, and no more than fits.

use super::ResultsError;
use crate::model::{TestOutcome, TestResult};
use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::hash::BuildHasher;

/// The most bytes of a message that are kept.
const MESSAGE: usize = 1024;

/// The most bytes that the tests of one text may take in memory.
const ROOM: usize = 256 * 1024 * 1024;

/// What one test takes besides its texts.
const ROOM_OF_ONE: usize = size_of::<TestResult>() + 64;

/// The tests so far.
pub(super) struct Cases {
    tests: Vec<TestResult>,
    /// The first test of each key; two keys of one hash lie at following hashes.
    places: HashMap<u64, Place, FixedState>,
    /// How many bytes there is room for.
    room: usize,
}

impl Default for Cases {
    fn default() -> Self {
        Self {
            tests: Vec::new(),
            places: HashMap::default(),
            room: ROOM,
        }
    }
}

#[derive(Clone, Copy)]
struct Place {
    index: u32,
    section: u32,
}

impl Cases {
    /// Takes in a result. A case that is there already, by its groups, name and file, keeps the worst outcome of all: only
    /// marks of its runner's own make it a flaky one that passed.
    pub(super) fn add(&mut self, test: TestResult) -> Result<(), ResultsError> {
        self.add_in(0, test)
    }

    /// The same, where equal names in different sections of the text are different cases.
    pub(super) fn add_in(&mut self, section: u32, mut test: TestResult) -> Result<(), ResultsError> {
        test.message = test.message.map(shortened).filter(|message| !message.is_empty());
        test.groups.shrink_to_fit();
        let mut hash = FixedState::default().hash_one((section, &test.groups, &test.name, &test.file));
        while let Some(place) = self.places.get(&hash) {
            let Some(known) = self.tests.get_mut(place.index as usize) else {
                break;
            };
            if place.section == section && is_same(known, &test) {
                merge(known, test);
                return Ok(());
            }
            hash = hash.wrapping_add(1);
        }
        let taken = ROOM_OF_ONE + texts(&test);
        let Some(room) = self.room.checked_sub(taken) else {
            let what = "the results hold more tests than drift keeps (256 MiB of them)";
            return Err(ResultsError::too_large(what));
        };
        self.room = room;
        let index = u32::try_from(self.tests.len()).unwrap_or(u32::MAX);
        self.places.insert(hash, Place { index, section });
        self.tests.push(test);
        Ok(())
    }

    /// Takes in what no test stands for: an errored result whose name tells what happened.
    pub(super) fn add_trouble(
        &mut self,
        groups: Vec<String>,
        name: impl Into<String>,
        message: Option<String>,
    ) -> Result<(), ResultsError> {
        self.add_trouble_in(0, groups, name, message)
    }

    /// The same, in a section of the text.
    pub(super) fn add_trouble_in(
        &mut self,
        section: u32,
        groups: Vec<String>,
        name: impl Into<String>,
        message: Option<String>,
    ) -> Result<(), ResultsError> {
        let trouble = TestResult {
            groups,
            name: name.into(),
            file: None,
            outcome: TestOutcome::Errored,
            flaky: false,
            duration_ms: None,
            message,
        };
        self.add_in(section, trouble)
    }

    /// How many cases there are.
    pub(super) fn len(&self) -> usize {
        self.tests.len()
    }

    /// The cases from the one with this number on.
    pub(super) fn since(&self, first: usize) -> &[TestResult] {
        self.tests.get(first..).unwrap_or_default()
    }

    /// Puts a group before what is inside of it, where its name is known only at its end: in the cases from `first` on, as
    /// their group number `depth`.
    pub(super) fn insert_group(&mut self, first: usize, depth: usize, name: &str) {
        for test in self.tests.iter_mut().skip(first) {
            test.groups.insert(depth.min(test.groups.len()), name.to_owned());
        }
    }

    /// The case with this number, to be completed; its groups and name must stay.
    pub(super) fn get_mut(&mut self, index: usize) -> Option<&mut TestResult> {
        self.tests.get_mut(index)
    }

    pub(super) fn into_tests(self) -> Vec<TestResult> {
        self.tests
    }
}

fn is_same(known: &TestResult, test: &TestResult) -> bool {
    known.name == test.name && known.groups == test.groups && known.file == test.file
}

fn merge(known: &mut TestResult, test: TestResult) {
    known.flaky |= test.flaky;
    if test.outcome > known.outcome {
        known.outcome = test.outcome;
        known.message = test.message;
    }
    known.flaky &= known.outcome == TestOutcome::Passed;
    known.duration_ms = match (known.duration_ms, test.duration_ms) {
        (Some(one), Some(other)) => Some(one.saturating_add(other)),
        (one, other) => one.or(other),
    };
}

fn texts(test: &TestResult) -> usize {
    let groups: usize = test.groups.iter().map(|group| group.len() + size_of::<String>()).sum();
    let options = [&test.file, &test.message].into_iter().flatten();
    groups + test.name.len() + options.map(String::len).sum::<usize>()
}

/// The message without blank edges and escape sequences, cut at a character.
pub(super) fn shortened(message: String) -> String {
    let mut text = super::lines::plain(message.trim()).into_owned();
    if text.len() > MESSAGE {
        let room = MESSAGE - '…'.len_utf8();
        let cut = (0..=room).rev().find(|at| text.is_char_boundary(*at));
        text.truncate(cut.unwrap_or_default());
        text.push('…');
    }
    text.shrink_to_fit();
    text
}

#[cfg(test)]
mod tests {
    use super::{Cases, MESSAGE};
    use crate::model::{TestOutcome, TestResult};

    fn test(name: &str, outcome: TestOutcome, flaky: bool) -> TestResult {
        TestResult {
            groups: vec!["group".into()],
            name: name.into(),
            file: None,
            outcome,
            flaky,
            duration_ms: Some(2),
            message: (outcome > TestOutcome::Passed).then(|| outcome.name().to_owned()),
        }
    }

    fn merged(results: &[(TestOutcome, bool)]) -> TestResult {
        let mut cases = Cases::default();
        for (outcome, flaky) in results {
            cases.add(test("a", *outcome, *flaky)).unwrap();
        }
        let [case] = cases.into_tests().try_into().unwrap();
        case
    }

    #[test]
    fn the_worst_result_of_a_case_counts() {
        use TestOutcome::{Errored, Failed, Passed, Skipped};
        let worst = merged(&[(Passed, false), (Errored, false), (Failed, false)]);
        assert_eq!((worst.outcome, worst.message.as_deref()), (Errored, Some("errored")));
        assert_eq!(worst.duration_ms, Some(6));
        assert_eq!(merged(&[(Skipped, false), (Passed, false)]).outcome, Skipped);
    }

    #[test]
    fn a_mark_of_flakiness_stays_only_with_what_passed() {
        use TestOutcome::{Failed, Passed};
        let flaky = merged(&[(Passed, true), (Passed, false)]);
        assert_eq!((flaky.outcome, flaky.flaky), (Passed, true));
        let failed = merged(&[(Passed, true), (Failed, false)]);
        assert_eq!((failed.outcome, failed.flaky), (Failed, false));
    }

    #[test]
    fn equal_names_in_different_sections_are_different_cases() {
        let mut cases = Cases::default();
        for section in [1, 2, 2] {
            cases.add_in(section, test("a", TestOutcome::Passed, false)).unwrap();
        }
        assert_eq!(cases.into_tests().len(), 2);
    }

    #[test]
    fn a_message_is_cut_at_a_character() {
        let mut long = test("a", TestOutcome::Failed, false);
        long.message = Some(format!("\u{1b}[31mä{}", "ä".repeat(MESSAGE)));
        let mut cases = Cases::default();
        cases.add(long).unwrap();
        let message = cases.into_tests().remove(0).message.unwrap();
        assert!(message.len() <= MESSAGE && message.starts_with('ä') && message.ends_with("ä…"));
    }

    #[test]
    fn more_than_there_is_room_for_is_an_error() {
        let mut cases = Cases {
            room: 1 << 20,
            ..Cases::default()
        };
        let name = "x".repeat(1 << 10);
        let added = (0..1000).try_for_each(|n| cases.add(test(&format!("{n}{name}"), TestOutcome::Passed, false)));
        assert!(added.unwrap_err().what.contains("256 MiB"));
        assert!(cases.tests.len() > 500);
    }
}
