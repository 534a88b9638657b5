//! Files that real runners wrote: what is read from them equals what the runners themselves say.

use super::{fixture, good};
use drift::results::DIALECTS;
use std::collections::BTreeSet;
use std::path::Path;

/// One file of the corpus.
struct Sample {
    /// Below tests/fixtures/results.
    file: &'static str,
    dialect: &'static str,
    /// A file beside it, and the runner's own summary as it stands there.
    summary: (&'static str, &'static str),
    /// Tests, passed, failed, errored, skipped, flaky.
    counts: [usize; 6],
    /// What the summary counts otherwise, and why.
    otherwise: &'static str,
}

const SAMPLES: &[Sample] = &[
    Sample {
        file: "cargo-1.95.0/all.txt",
        dialect: "libtest",
        summary: (
            "all.txt",
            "test result: FAILED. 4 passed; 2 failed; 2 ignored; 0 measured; 0 filtered out",
        ),
        counts: [16, 9, 3, 1, 3, 0],
        otherwise: "a binary that aborts has no summary: one passed and one errored; then 1 passed, 1 failed; doctests 3 passed, 1 ignored",
    },
    Sample {
        file: "cargo-1.95.0/colour.txt",
        dialect: "libtest",
        summary: (
            "colour.txt",
            "4 passed; 2 failed; 2 ignored; 0 measured; 0 filtered out",
        ),
        counts: [16, 9, 3, 1, 3, 0],
        otherwise: "as above",
    },
    Sample {
        file: "cargo-1.95.0/nocapture.txt",
        dialect: "libtest",
        summary: (
            "nocapture.txt",
            "test result: FAILED. 4 passed; 2 failed; 2 ignored; 0 measured; 0 filtered out",
        ),
        counts: [16, 9, 3, 1, 3, 0],
        otherwise: "as above",
    },
    Sample {
        file: "cargo-1.95.0/nocapture_threads.txt",
        dialect: "libtest",
        summary: (
            "nocapture_threads.txt",
            "test result: FAILED. 4 passed; 2 failed; 2 ignored",
        ),
        counts: [12, 6, 3, 1, 2, 0],
        otherwise: "a test prints a line like a result: it counts as passed, and an errored result tells of the disagreement",
    },
    Sample {
        file: "libtest-json-1.97.0-nightly/libtest.json",
        dialect: "libtest-json",
        summary: ("libtest.json", "\"passed\": 4, \"failed\": 2, \"ignored\": 2"),
        counts: [16, 9, 3, 1, 3, 0],
        otherwise: "as in cargo-1.95.0/all.txt",
    },
    Sample {
        file: "cargo-nextest-0.9.143/junit.xml",
        dialect: "junit",
        summary: ("summary.txt", "10 tests run: 7 passed (1 flaky), 3 failed, 2 skipped"),
        counts: [10, 7, 3, 0, 0, 1],
        otherwise: "skipped tests are not in the file",
    },
    Sample {
        file: "pytest-9.2.0/junit.xml",
        dialect: "junit",
        summary: (
            "summary.txt",
            "2 failed, 12 passed, 1 skipped, 1 xfailed, 3 errors, 1 rerun",
        ),
        counts: [18, 11, 2, 3, 2, 0],
        otherwise: "a test that passed and broke afterwards is one case; what fails as expected is skipped",
    },
    Sample {
        file: "jest-30.5.2/junit.xml",
        dialect: "junit",
        summary: (
            "summary.txt",
            "Tests:       2 failed, 1 skipped, 1 todo, 6 passed, 10 total",
        ),
        counts: [11, 7, 2, 1, 1, 0],
        otherwise: "the file that can't be parsed is a test that errored; what is to do looks passed",
    },
    Sample {
        file: "jest-30.5.2/ctrf.json",
        dialect: "ctrf",
        summary: (
            "summary.txt",
            "Tests:       2 failed, 1 skipped, 1 todo, 6 passed, 10 total",
        ),
        counts: [10, 6, 2, 0, 2, 1],
        otherwise: "",
    },
    Sample {
        file: "vitest-4.1.12/junit.xml",
        dialect: "junit",
        summary: ("summary.txt", "Tests  2 failed | 6 passed | 1 skipped | 1 todo (10)"),
        counts: [11, 6, 3, 0, 2, 0],
        otherwise: "the file that can't be loaded is a test that failed",
    },
    Sample {
        file: "mocha-11.8.0/junit.xml",
        dialect: "junit",
        summary: ("summary.txt", "6 passing"),
        counts: [9, 6, 3, 0, 0, 0],
        otherwise: "2 pending tests are not in the file",
    },
    Sample {
        file: "node-20.20.2/junit.xml",
        dialect: "junit",
        summary: (
            "summary.txt",
            "ℹ tests 11\nℹ suites 2\nℹ pass 5\nℹ fail 3\nℹ cancelled 0\nℹ skipped 1\nℹ todo 2",
        ),
        counts: [11, 5, 3, 0, 3, 0],
        otherwise: "",
    },
    Sample {
        file: "node-20.20.2/out.tap",
        dialect: "tap",
        summary: (
            "out.tap",
            "# tests 11\n# suites 2\n# pass 5\n# fail 3\n# cancelled 0\n# skipped 1\n# todo 2",
        ),
        counts: [11, 5, 3, 0, 3, 0],
        otherwise: "",
    },
    Sample {
        file: "playwright-1.65.1/junit.xml",
        dialect: "junit",
        summary: ("summary.txt", "  4 skipped\n  12 passed"),
        counts: [24, 14, 2, 4, 4, 0],
        otherwise: "2 flaky ones are passed; what throws is an error",
    },
    Sample {
        file: "playwright-1.65.1/ctrf.json",
        dialect: "ctrf",
        summary: ("summary.txt", "  4 skipped\n  12 passed"),
        counts: [24, 14, 6, 0, 4, 2],
        otherwise: "2 flaky ones are passed",
    },
    Sample {
        file: "surefire-2.22.3/TEST-sample.SampleTest.xml",
        dialect: "junit",
        summary: ("summary.txt", "Tests run: 11, Failures: 2, Errors: 1, Skipped: 2"),
        counts: [11, 6, 2, 1, 2, 0],
        otherwise: "",
    },
    Sample {
        file: "surefire-2.22.3/TEST-sample.BrokenSetUpTest.xml",
        dialect: "junit",
        summary: ("summary.txt", "Tests run: 1, Failures: 0, Errors: 1, Skipped: 0"),
        counts: [1, 0, 0, 1, 0, 0],
        otherwise: "",
    },
    Sample {
        file: "surefire-2.22.3/TEST-sample.RetriedTest.xml",
        dialect: "junit",
        summary: (
            "summary_retried.txt",
            "Tests run: 5, Failures: 1, Errors: 1, Skipped: 1, Flakes: 1",
        ),
        counts: [5, 2, 1, 1, 1, 1],
        otherwise: "",
    },
    Sample {
        file: "ctest-4.4.4/junit.xml",
        dialect: "junit",
        summary: ("summary.txt", "50% tests passed, 3 tests failed out of 6"),
        counts: [7, 2, 2, 1, 2, 0],
        otherwise: "the disabled test is a seventh; the one that was skipped counts as passed",
    },
    Sample {
        file: "phpunit-9.6.7/junit.xml",
        dialect: "junit",
        summary: (
            "summary.txt",
            "Tests: 9, Assertions: 5, Errors: 1, Failures: 1, Skipped: 1, Incomplete: 1, Risky: 1.",
        ),
        counts: [9, 4, 1, 2, 2, 0],
        otherwise: "what is risky is an error, what is incomplete is skipped",
    },
    Sample {
        file: "prove-3.44/sample.tap",
        dialect: "tap",
        summary: ("summary.txt", "t/sample.t (Wstat: 256 (exited 1) Tests: 11 Failed: 1)"),
        counts: [13, 8, 1, 0, 4, 0],
        otherwise: "one of the 11 stands for 3 subtests",
    },
    Sample {
        file: "prove-3.44/short.tap",
        dialect: "tap",
        summary: ("summary.txt", "You planned 3 tests but ran 1."),
        counts: [2, 1, 0, 1, 0, 0],
        otherwise: "",
    },
    Sample {
        file: "prove-3.44/bails.tap",
        dialect: "tap",
        summary: ("bails.tap", "Bail out!  the database is down"),
        counts: [2, 1, 0, 1, 0, 0],
        otherwise: "",
    },
    Sample {
        file: "prove-3.44/verbose.txt",
        dialect: "tap",
        summary: ("summary.txt", "Files=4, Tests=13,"),
        counts: [18, 10, 1, 2, 5, 0],
        otherwise: "two more for the subtests, two for the plans that were not met, one for the program that is skipped",
    },
    Sample {
        file: "prove-3.44/junit.xml",
        dialect: "junit",
        summary: ("summary.txt", "Files=4, Tests=13,"),
        counts: [18, 11, 1, 6, 0, 0],
        otherwise: "three programs end with an error, two have counted what was planned and never ran; what is to do and passes is an error to this formatter",
    },
    Sample {
        file: "go-1.27.3/out.json",
        dialect: "go",
        summary: ("summary.txt", "example.com/sample/broken [build failed]"),
        counts: [18, 10, 5, 2, 1, 0],
        otherwise: "",
    },
    Sample {
        file: "go-1.19.8/out.json",
        dialect: "go",
        summary: ("out.json", "example.com/sample/broken [build failed]"),
        counts: [18, 10, 5, 2, 1, 0],
        otherwise: "",
    },
    Sample {
        file: "gotestsum-1.8.2/junit.xml",
        dialect: "junit",
        summary: ("summary.txt", "DONE 17 tests, 1 skipped, 7 failures, 1 error"),
        counts: [18, 9, 7, 1, 1, 0],
        otherwise: "",
    },
    Sample {
        file: "rspec-3.12.0/rspec.json",
        dialect: "rspec",
        summary: ("summary.txt", "12 examples, 2 failures, 3 pending"),
        counts: [12, 7, 2, 0, 3, 0],
        otherwise: "",
    },
    Sample {
        file: "rspec-3.12.0/broken.json",
        dialect: "rspec",
        summary: (
            "summary_broken.txt",
            "0 examples, 0 failures, 1 error occurred outside of examples",
        ),
        counts: [1, 0, 0, 1, 0, 0],
        otherwise: "",
    },
    Sample {
        file: "from-documentation/sample.trx",
        dialect: "trx",
        summary: (
            "sample.trx",
            "total=\"6\" executed=\"5\" passed=\"2\" failed=\"2\" error=\"0\" timeout=\"1\"",
        ),
        counts: [6, 2, 2, 1, 1, 0],
        otherwise: "",
    },
    Sample {
        file: "from-documentation/aborted.trx",
        dialect: "trx",
        summary: ("aborted.trx", "total=\"1\" executed=\"1\" passed=\"1\""),
        counts: [2, 1, 0, 1, 0, 0],
        otherwise: "the run failed, and no test did",
    },
    Sample {
        file: "from-documentation/dotnet.xml",
        dialect: "junit",
        summary: ("dotnet.xml", "tests=\"4\" skipped=\"1\" failures=\"1\" errors=\"0\""),
        counts: [4, 2, 1, 0, 1, 0],
        otherwise: "",
    },
    Sample {
        file: "from-documentation/gradle.xml",
        dialect: "junit",
        summary: ("gradle.xml", "tests=\"4\" skipped=\"1\" failures=\"1\""),
        counts: [3, 1, 1, 0, 1, 0],
        otherwise: "a case that is there twice is one, and the worst of both",
    },
    Sample {
        file: "from-documentation/gtest.xml",
        dialect: "junit",
        summary: ("gtest.xml", "tests=\"5\" failures=\"1\" disabled=\"1\" skipped=\"1\""),
        counts: [5, 2, 1, 0, 2, 0],
        otherwise: "",
    },
    Sample {
        file: "from-documentation/braces.tap",
        dialect: "tap",
        summary: ("braces.tap", "1..4"),
        counts: [6, 3, 1, 1, 1, 0],
        otherwise: "two points stand for three subtests; one of them failed though its subtest did not",
    },
    Sample {
        file: "from-documentation/version14.tap",
        dialect: "tap",
        summary: ("version14.tap", "1..6"),
        counts: [7, 3, 2, 0, 2, 0],
        otherwise: "one point stands for two subtests",
    },
];

#[test]
fn what_is_read_equals_what_the_runners_say() {
    let mut wrong = Vec::new();
    for sample in SAMPLES {
        let folder = Path::new(sample.file).parent().unwrap().to_str().unwrap();
        let (file, words) = sample.summary;
        let summary = String::from_utf8_lossy(&fixture(&format!("{folder}/{file}"))).into_owned();
        assert!(summary.contains(words), "{folder}/{file} does not say `{words}`");
        let results = good(fixture(sample.file));
        let counts = results.counts();
        let found = [
            counts.tests,
            counts.passed,
            counts.failed,
            counts.errored,
            counts.skipped,
            counts.flaky,
        ];
        if (results.dialect.as_str(), found) != (sample.dialect, sample.counts) {
            let shown = super::shown(&results);
            wrong.push(format!(
                "{}: {} {found:?}, not {} {:?} ({words}; {})\n{shown}",
                sample.file, results.dialect, sample.dialect, sample.counts, sample.otherwise
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_of_the_corpus_is_held_to_a_summary_and_every_dialect_has_one() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/results");
    let known: BTreeSet<&str> = SAMPLES.iter().map(|sample| sample.file).collect();
    let results = ["xml", "json", "tap", "trx"];
    for folder in std::fs::read_dir(&root).unwrap() {
        let folder = folder.unwrap().path();
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        assert!(folder.join("README.md").is_file(), "{name} has no README.md");
        for file in std::fs::read_dir(&folder).unwrap() {
            let file = file.unwrap().path();
            let path = format!("{name}/{}", file.file_name().unwrap().to_str().unwrap());
            let is_result = file
                .extension()
                .is_some_and(|it| results.contains(&it.to_str().unwrap()));
            assert!(
                !is_result || known.contains(path.as_str()),
                "{path} is not held to anything"
            );
        }
    }
    for dialect in DIALECTS {
        assert!(
            SAMPLES.iter().any(|sample| sample.dialect == dialect.name),
            "{}",
            dialect.name
        );
    }
}

#[test]
fn a_named_dialect_is_held_to() {
    for sample in SAMPLES {
        for dialect in DIALECTS {
            let read = drift::results::read(&mut fixture(sample.file).as_slice(), Some(dialect.name));
            match read {
                Ok(results) => assert_eq!(
                    (results.dialect.as_str(), dialect.name),
                    (sample.dialect, sample.dialect),
                    "{}",
                    sample.file
                ),
                Err(error) => {
                    assert_ne!(dialect.name, sample.dialect, "{}: {error}", sample.file);
                    assert_eq!(error.dialect, Some(dialect.name));
                    assert!(!error.help.is_empty());
                }
            }
        }
    }
}

/// The files, for other tests.
pub fn files() -> impl Iterator<Item = &'static str> {
    SAMPLES.iter().map(|sample| sample.file)
}
