//! Rust's own test runner, as text and as JSON.

use super::{bad, fixture, good, shown};
use snapbox::{assert_data_eq, str};

#[test]
fn binaries_and_doctests_are_told_apart() {
    assert_data_eq!(
        shown(&good(fixture("cargo-1.95.0/all.txt"))),
        str![[r#"
passed sample > tests::adds
failed sample > tests::breaks: Error: ParseIntError { kind: InvalidDigit }
failed sample > tests::fails: assertion `left == right` failed: two and two in "quotes" <&>
passed sample > tests::größer_als_zuvor
skipped sample > tests::ignored_without_a_reason
passed sample > tests::nested::deeper::holds
skipped sample > tests::slow: takes too long
passed sample > tests::panics_as_it_should
passed aborts > first
errored aborts > the process ended without a summary: 1 of 2 tests named: process didn't exit successfully: `/home/user/sample/target/debug/deps/aborts-e3b06cd0df6292c5` (signal: 6, SIGABRT: process abort signal)
passed whole > adds
failed whole > fails_the_first_time: the first attempt fails
skipped sample > src/lib.rs - add (line 17)
passed sample > src/lib.rs - add (line 13)
passed sample > src/lib.rs - add (line 5)
passed sample > src/lib.rs - add (line 9)

"#]]
    );
}

#[test]
fn the_same_tests_have_the_same_names_in_text_and_in_json() {
    let names = |file: &str| {
        let results = good(fixture(file));
        let mut names: Vec<_> = results
            .tests
            .into_iter()
            .map(|test| (test.name, test.outcome))
            .collect();
        names.retain(|(name, _)| !name.contains("the process ended") && name != "takes_the_process_down");
        names.sort();
        names
    };
    assert_eq!(
        names("cargo-1.95.0/colour.txt"),
        names("libtest-json-1.97.0-nightly/libtest.json")
    );
    assert_eq!(
        names("cargo-1.95.0/nocapture.txt"),
        names("libtest-json-1.97.0-nightly/libtest.json")
    );
}

const SUMMARY: &str = "test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n";

#[test]
fn a_result_within_other_output_is_believed_when_it_agrees_with_the_count() {
    let text = format!("running 2 tests\nhello test a::b ... ok\ntest c ... one\ntwook\n\n{SUMMARY}");
    assert_data_eq!(
        shown(&good(text)),
        str![[r#"
passed a::b
passed c

"#]]
    );
    let text = format!("running 2 tests\ntest a ... ok\ntest c ... garbled o\nk\n\n{SUMMARY}");
    assert_data_eq!(
        shown(&good(text)),
        str![[r#"
passed a
passed c

"#]]
    );
}

#[test]
fn a_result_that_the_output_swallowed_is_an_errored_one() {
    let text = format!("running 2 tests\ntest a ... ok\n\n{SUMMARY}");
    assert_data_eq!(
        shown(&good(text)),
        str![[r#"
passed a
errored results lost in the output: 1 passed, 0 failed, 0 ignored are named, and 2, 0, 0 counted

"#]]
    );
}

#[test]
fn what_ran_when_the_process_ended_is_errored_whatever_it_printed() {
    let text = "running 2 tests\ntest a ... ok\ntest b ... all is ok\n";
    assert_data_eq!(
        shown(&good(text)),
        str![[r#"
passed a
errored b: the process ended before the test did

"#]]
    );
    let text = "running 1 test\ntest a ... ok\n";
    assert_eq!(
        good(text).counts().errored,
        1,
        "a process that ends behind its last test has no summary either"
    );
}

#[test]
fn quiet_output_names_no_test_and_says_how_it_would() {
    let error = bad(format!("running 2 tests\n..\n{SUMMARY}"));
    assert!(
        error.what.contains("none is named") && error.help.contains("--quiet"),
        "{error}"
    );
    assert_eq!((error.dialect, error.line), (Some("libtest"), Some(3)));
}

#[test]
fn the_captured_output_of_a_failed_test_is_not_read_as_results() {
    let text = "running 2 tests\ntest a ... FAILED\ntest b ... ok\n\nfailures:\n\n---- a stdout ----\nrunning 7 tests\ntest c ... ok\n\
                test result: ok. 7 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\nthread 'a' panicked at 'old words', src/lib.rs:1:1\n\n\
                failures:\n    a\n\ntest result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out\n\
                \nrunning 1 test\ntest a ... ok\n\ntest result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n";
    assert_data_eq!(
        shown(&good(text)),
        str![[r#"
failed a: 'old words', src/lib.rs:1:1
passed b
passed a

"#]]
    );
}

#[test]
fn a_suite_of_json_without_an_end_is_no_smaller_suite() {
    let begin = "{ \"type\": \"suite\", \"event\": \"started\", \"test_count\": 2 }\n{ \"type\": \"test\", \"event\": \"ok\", \"name\": \"a\" }\n";
    assert_data_eq!(
        shown(&good(begin)),
        str![[r#"
passed a
errored the process ended without a summary: 1 of 2 tests have results

"#]]
    );
    let error = bad(format!("{begin}{{ \"type\": \"test\", \"event\": \"o"));
    assert!(error.what.contains("cut off"), "{error}");
    assert_eq!(error.line, Some(3));
    let end =
        "{ \"type\": \"suite\", \"event\": \"ok\", \"passed\": 2, \"failed\": 0, \"ignored\": 0, \"measured\": 0 }\n";
    assert_eq!(good(format!("{begin}{end}")).counts().errored, 1);
    let nextest = begin.replace(
        "\"test_count\": 2",
        "\"test_count\": 1, \"nextest\": {\"crate\": \"k\", \"test_binary\": \"it\", \"kind\": \"test\"}",
    );
    assert_eq!(good(nextest + &end.replace('2', "1")).tests[0].groups, ["k::it"]);
}
