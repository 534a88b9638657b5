//! The lines that Rust's test runner and cargo print, told apart.

use super::Source;
use crate::model::TestOutcome;

/// A line that begins or ends something.
pub(super) enum Line {
    /// `running 3 tests`
    Running(u64),
    /// `test result: ok. 3 passed; …`
    Summary(Summary),
    /// `     Running unittests src/lib.rs (target/debug/deps/name-0123456789abcdef)`, `   Doc-tests name`
    Source(Source),
    /// Anything else.
    Other,
}

/// How many tests a binary says that ended how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Summary {
    pub(super) passed: u64,
    pub(super) failed: u64,
    pub(super) ignored: u64,
    /// Benchmarks that ran.
    pub(super) measured: u64,
}

impl Summary {
    pub(super) fn total(self) -> u64 {
        [self.failed, self.ignored, self.measured]
            .into_iter()
            .fold(self.passed, u64::saturating_add)
    }
}

impl Line {
    pub(super) fn of(line: &str) -> Self {
        let found = running(line).map(Self::Running);
        let found = found.or_else(|| summary(line).map(Self::Summary));
        found.or_else(|| source(line).map(Self::Source)).unwrap_or(Self::Other)
    }
}

fn running(line: &str) -> Option<u64> {
    let count = line.strip_prefix("running ")?;
    let count = count.strip_suffix(" tests").or_else(|| count.strip_suffix(" test"))?;
    count.parse().ok()
}

fn summary(line: &str) -> Option<Summary> {
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let count = |word: &str| {
        let found = counts.split(';').find_map(|part| part.trim().strip_suffix(word));
        found.and_then(|number| number.trim_end().parse().ok())
    };
    Some(Summary {
        passed: count("passed")?,
        failed: count("failed")?,
        ignored: count("ignored")?,
        measured: count("measured").unwrap_or_default(),
    })
}

fn source(line: &str) -> Option<Source> {
    let line = line.strip_prefix(' ')?.trim_start();
    if let Some(name) = line.strip_prefix("Doc-tests ") {
        return Some(Source {
            name: Some(name.trim().to_owned()),
            file: None,
        });
    }
    let (what, path) = line.strip_prefix("Running ")?.strip_suffix(')')?.rsplit_once(" (")?;
    let stem = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = stem.strip_suffix(".exe").unwrap_or(stem);
    let name = stem.rsplit_once('-').map_or(stem, |(name, _)| name);
    Some(Source {
        name: Some(name.to_owned()).filter(|name| !name.is_empty()),
        file: what.strip_prefix("unittests ").or(Some(what)).map(str::to_owned),
    })
}

/// The test that a line names, and what stands behind ` ... `. With `--nocapture`, another test's output may stand in
/// front.
pub(super) fn test(line: &str) -> Option<(&str, &str)> {
    if let Some((name, rest)) = line.strip_prefix("test ").and_then(|line| line.split_once(" ... ")) {
        return Some((without_mode(name), rest));
    }
    if let Some(name) = line.strip_prefix("test ").and_then(|line| line.strip_suffix(" ...")) {
        return Some((without_mode(name), ""));
    }
    let (before, rest) = line.rsplit_once(" ... ")?;
    let (_, name) = before.rsplit_once("test ")?;
    let name = without_mode(name);
    (is_path(name) && verdict(rest).is_some()).then_some((name, rest))
}

/// Whether the text can be the path of a test function: what stands within other output is believed only then.
fn is_path(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '#'))
}

/// The name without what the runner adds to it about how the test is meant to end.
fn without_mode(name: &str) -> &str {
    let modes = [" - should panic", " - compile fail", " - compile"];
    modes.iter().find_map(|mode| name.strip_suffix(mode)).unwrap_or(name)
}

/// How a test ended, and why, where the text says nothing else.
pub(super) fn verdict(text: &str) -> Option<(TestOutcome, Option<&str>)> {
    let text = text.trim_end();
    if let Some(reason) = text.strip_prefix("ignored, ") {
        return Some((TestOutcome::Skipped, Some(reason)));
    }
    // `--report-time` adds how long it took.
    let word = match text.rsplit_once(" <") {
        Some((word, time)) if time.ends_with("s>") => word,
        _ => text,
    };
    match word {
        "ok" => Some((TestOutcome::Passed, None)),
        "FAILED" => Some((TestOutcome::Failed, None)),
        "ignored" => Some((TestOutcome::Skipped, None)),
        "FAILED (time limit exceeded)" => Some((TestOutcome::Failed, Some("time limit exceeded"))),
        bench if bench.starts_with("bench:") => Some((TestOutcome::Passed, None)),
        _ => None,
    }
}

/// How a test ended whose own output may stand right in front of the verdict.
pub(super) fn verdict_at_end(text: &str) -> Option<TestOutcome> {
    let text = text.trim_end();
    if let Some((outcome, _)) = verdict(text) {
        return Some(outcome);
    }
    let endings = [("ok", TestOutcome::Passed), ("FAILED", TestOutcome::Failed)];
    endings
        .into_iter()
        .find(|(word, _)| text.ends_with(word))
        .map(|(_, outcome)| outcome)
}

/// What a test's output says about its failure: the panic without the runner's words around it, else all of it.
pub(in crate::results) fn panic_message(output: &str) -> String {
    let Some(at) = output.find("panicked at ") else {
        return output.trim().to_owned();
    };
    let panic = &output[at + "panicked at ".len()..];
    let ends = [
        "\nnote: run with `RUST_BACKTRACE",
        "\nstack backtrace:",
        "\nnote: Some details are omitted",
    ];
    let end = ends
        .iter()
        .filter_map(|end| panic.find(end))
        .min()
        .unwrap_or(panic.len());
    let panic = panic[..end].trim();
    match panic.split_once(":\n") {
        Some((place, message)) if !place.contains('\n') => format!("{message}\nat {place}"),
        _ => panic.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, panic_message, test, verdict, verdict_at_end};
    use crate::model::TestOutcome::{Failed, Passed, Skipped};

    #[test]
    fn a_test_is_found_within_other_output() {
        assert_eq!(test("test a::b - should panic ... ok"), Some(("a::b", "ok")));
        assert_eq!(test("hello test a::b ... FAILED"), Some(("a::b", "FAILED")));
        assert_eq!(test("the test passes ... ok"), Some(("passes", "ok")));
        assert_eq!(test("this test can fail ... ok"), None);
        assert_eq!(test("test a has been running for over 60 seconds"), None);
    }

    #[test]
    fn a_verdict_is_told_from_output() {
        assert_eq!(verdict("ok <0.001s>"), Some((Passed, None)));
        assert_eq!(verdict("ignored, later"), Some((Skipped, Some("later"))));
        assert_eq!(verdict("bench:          10 ns/iter (+/- 1)"), Some((Passed, None)));
        assert_eq!(verdict("outputok"), None);
        assert_eq!(verdict_at_end("outputok"), Some(Passed));
        assert_eq!(verdict_at_end("outputFAILED"), Some(Failed));
    }

    #[test]
    fn a_binary_is_called_by_its_name_without_its_hash() {
        let line = "     Running unittests src/lib.rs (target/debug/deps/my_crate-0123456789abcdef)";
        let Line::Source(source) = Line::of(line) else {
            panic!("no source");
        };
        assert_eq!(source.name.as_deref(), Some("my_crate"));
        assert_eq!(source.file.as_deref(), Some("src/lib.rs"));
    }

    #[test]
    fn a_panic_is_told_without_the_words_around_it() {
        let output =
            "noise\nthread 'a' (12) panicked at src/lib.rs:1:2:\nleft\n right\nnote: run with `RUST_BACKTRACE=1` …";
        assert_eq!(panic_message(output), "left\n right\nat src/lib.rs:1:2");
        assert_eq!(panic_message("Error: x\n"), "Error: x");
    }
}
