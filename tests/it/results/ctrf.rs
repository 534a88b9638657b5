//! The Common Test Report Format.

use super::{bad, good, shown};
use snapbox::{assert_data_eq, str};

fn report(summary: &str, tests: &str) -> String {
    format!(
        r#"{{"reportFormat": "CTRF", "results": {{"tool": {{"name": "x"}}, "summary": {{{summary}}}, "tests": [{tests}]}}}}"#
    )
}

#[test]
fn each_status_is_read() {
    let tests = r#"{"name": "a", "status": "passed", "duration": 1.6, "suite": ["outer", "inner"], "flaky": true},
        {"name": "b", "status": "failed", "suite": "outer > inner", "message": "why", "retryAttempts": [{"status": "failed"}]},
        {"name": "c", "status": "skipped"}, {"name": "d", "status": "pending"}, {"name": "e", "status": "other"},
        {"name": "f", "status": "other", "rawStatus": "todo"}, {"name": "g", "status": "failed", "flaky": true}"#;
    let results = good(report("\"tests\": 7", tests));
    assert_data_eq!(
        shown(&results),
        str![[r#"
passed flaky outer > inner > a
failed outer > inner > b: why
skipped c
skipped d
errored e
skipped f
failed g

"#]]
    );
    assert_eq!(results.tests[0].duration_ms, Some(2));
}

#[test]
fn what_the_summary_counts_and_no_test_shows_is_errored() {
    let test = r#"{"name": "a", "status": "passed", "duration": 1}"#;
    assert_eq!(good(report("\"tests\": 2", test)).counts().errored, 1);
    assert_eq!(good(report("\"tests\": 1, \"failed\": 1", test)).counts().errored, 1);
    assert_eq!(good(report("", "")).tests, []);
}

#[test]
fn what_is_cut_off_is_unreadable_at_every_place() {
    let whole = report("\"tests\": 1", r#"{"name": "a", "status": "passed"}"#);
    let begin = whole.find("\"tool\"").unwrap() + 6;
    for cut in begin..whole.len() {
        let error = bad(&whole[..cut]);
        assert_eq!((error.dialect, error.line), (Some("ctrf"), Some(1)), "{cut}: {error}");
    }
    assert!(bad(report("", r#"{"name": 5}"#)).what.contains("expected a string"));
}
