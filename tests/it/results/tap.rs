//! The Test Anything Protocol.

use super::{fixture, good, shown};
use snapbox::{assert_data_eq, str};

#[test]
fn subtests_are_groups_however_they_are_written() {
    assert_data_eq!(
        shown(&good(fixture("from-documentation/version14.tap"))),
        str![[r#"
passed passes
passed outer > holds with # and /
failed outer > does not: first line
skipped is to do: not yet
skipped 4
passed 5
failed 6

"#]]
    );
    assert_data_eq!(
        shown(&good(fixture("from-documentation/braces.tap"))),
        str![[r#"
passed passes
passed outer > holds
failed outer > does not: should be equal
passed times out > holds
errored times out: it failed, and none of its subtests did
skipped later: not today

"#]]
    );
    assert_data_eq!(
        shown(&good(fixture("prove-3.44/sample.tap"))),
        str![[r#"
passed passes
failed fails with "quotes" <&> größer
skipped 3: not today
skipped is to do: later
skipped is to do and passes: later
passed is parametrised with 1
passed is parametrised with 2
passed 8
passed has a # in it
passed outer > inner > holds
passed outer > inner > holds too
passed outer > beside
skipped 11: not here

"#]]
    );
}

#[test]
fn prove_names_its_programs() {
    let results = good(fixture("prove-3.44/verbose.txt"));
    let groups: Vec<_> = results.tests.iter().map(|test| test.groups[0].as_str()).collect();
    assert_eq!(groups.iter().filter(|group| **group == "t/sample.t").count(), 13);
    assert_eq!(
        groups[13..],
        ["t/short.t", "t/short.t", "t/skipped.t", "t/dies.t", "t/dies.t"]
    );
}

#[test]
fn a_plan_that_is_missing_or_not_met_is_errored() {
    assert_data_eq!(
        shown(&good("TAP version 13\nok 1 - a\n")),
        str![[r#"
passed a
errored there is no plan: 1 ran, and nobody knows whether these are all

"#]]
    );
    assert_data_eq!(
        shown(&good("1..3\nok 1 - a\nok 2 - b\n")),
        str![[r#"
passed a
passed b
errored the plan was not met: 3 planned, 2 ran

"#]]
    );
    assert_data_eq!(
        shown(&good("1..1\nok 1 - a\nok 2 - b\n")),
        str![[r#"
passed a
passed b
errored the plan was not met: 1 planned, 2 ran

"#]]
    );
    let nested = "1..1\n    # Subtest: outer\n    1..2\n    ok 1 - a\nok 1 - outer\n";
    assert_data_eq!(
        shown(&good(nested)),
        str![[r#"
passed outer > a
errored outer > the plan was not met: 2 planned, 1 ran

"#]]
    );
}

#[test]
fn bail_out_is_one_errored_result() {
    assert_data_eq!(
        shown(&good("1..9\nok 1 - a\nBail out!\n")),
        str![[r#"
passed a
errored Bail out!

"#]]
    );
    assert_data_eq!(
        shown(&good("1..9\nBail out! no database\n")),
        str![[r#"
errored Bail out! no database

"#]]
    );
}

#[test]
fn a_document_that_is_skipped_as_a_whole_says_why() {
    assert_data_eq!(
        shown(&good("1..0 # SKIP not on this system\n")),
        str![[r#"
skipped all tests: not on this system

"#]]
    );
}

#[test]
fn several_documents_follow_each_other() {
    let text = "TAP version 13\n1..1\nok 1 - a\nTAP version 13\n1..2\nok 1 - a\nnot ok 2\n1..1\nok 1\n";
    assert_data_eq!(
        shown(&good(text)),
        str![[r#"
passed a
passed a
failed 2
passed 1

"#]]
    );
}

#[test]
fn a_block_of_yaml_that_is_never_closed_hides_no_result() {
    assert_data_eq!(
        shown(&good("1..2\nnot ok 1 - a\n  ---\n  message: why\nok 2 - b\n")),
        str![[r#"
failed a: why
passed b

"#]]
    );
}
