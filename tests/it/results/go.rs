//! `go test -json`.

use super::{bad, fixture, good, shown};
use snapbox::{assert_data_eq, str};

#[test]
fn packages_that_break_are_not_lost() {
    let expected = str![[r#"
errored example.com/sample/broken > the package could not be built: # example.com/sample/broken [example.com/sample/broken.test]
passed example.com/sample > TestPasses
failed example.com/sample > TestFails: sample_test.go:9: got 4, want "5" <&>
skipped example.com/sample > TestSkipped: sample_test.go:10: not today
passed example.com/sample > TestTable/plain
passed example.com/sample > TestTable/with_spaces
passed example.com/sample > TestTable/quotes"'<&>
passed example.com/sample > TestTable/größer
passed example.com/sample > TestTable
passed example.com/sample > TestNested/outer/holds
failed example.com/sample > TestNested/outer/does_not: sample_test.go:19: nested
failed example.com/sample > TestNested/outer
failed example.com/sample > TestNested
passed example.com/sample > ExampleAdd
passed example.com/sample/exits > TestFirst
errored example.com/sample/exits > TestExits: it began, and no result followed
passed example.com/sample/panics > TestFirst
failed example.com/sample/panics > TestPanics: panic: broken [recovered, repanicked]

"#]];
    assert_data_eq!(shown(&good(fixture("go-1.27.3/out.json"))), expected);
}

fn event(action: &str, rest: &str) -> String {
    format!("{{\"Action\":\"{action}\",\"Package\":\"p\"{rest}}}\n")
}

#[test]
fn a_package_that_fails_without_a_failed_test_is_errored() {
    let text = event("pass", ",\"Test\":\"TestA\"")
        + &event("output", ",\"Output\":\"exit status 3\\n\"")
        + &event("fail", "");
    assert_data_eq!(
        shown(&good(text)),
        str![[r#"
passed p > TestA
errored p > the package failed outside of its tests: exit status 3

"#]]
    );
}

#[test]
fn a_package_without_an_end_is_no_smaller_package() {
    let begin = event("start", "") + &event("run", ",\"Test\":\"TestA\"") + &event("pass", ",\"Test\":\"TestA\"");
    assert_data_eq!(
        shown(&good(&begin)),
        str![[r#"
passed p > TestA
errored p > the package's tests never ended

"#]]
    );
    assert!(bad(begin.trim_end_matches("}\n")).what.contains("cut off"));
    assert_eq!(good(begin + &event("pass", "")).counts().errored, 0);
}

#[test]
fn what_older_versions_say_of_a_build_in_plain_text_counts() {
    let text = event("pass", ",\"Test\":\"TestA\"") + &event("pass", "") + "FAIL\tq [setup failed]\n";
    assert_data_eq!(
        shown(&good(text)),
        str![[r#"
passed p > TestA
errored q > the package failed: setup failed

"#]]
    );
}

#[test]
fn of_several_runs_of_one_test_the_worst_counts() {
    let text = event("pass", ",\"Test\":\"TestA\"")
        + &event("fail", ",\"Test\":\"TestA\"")
        + &event("pass", ",\"Test\":\"TestA\"")
        + &event("fail", "");
    assert_data_eq!(
        shown(&good(text)),
        str![[r#"
failed p > TestA

"#]]
    );
}
