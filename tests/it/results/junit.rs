//! JUnit's rules.

use super::{bad, good, shown};
use drift::model::TestOutcome;
use snapbox::{assert_data_eq, str};

#[test]
fn suites_nest_have_no_name_and_may_be_the_root() {
    let results = good(
        "<ns:testsuite xmlns:ns='x' name='root'><testsuite><testsuite name='inner'><testsuite name=' '>
         <testcase name='a' classname='C'/></testsuite><testcase name='b'/></testsuite></testsuite>
         <testcase/><properties><testcase name='no test'/></properties></ns:testsuite>",
    );
    assert_data_eq!(
        shown(&results),
        str![[r#"
passed root > inner > C > a
passed root > inner > b
passed root > 

"#]]
    );
}

#[test]
fn a_group_that_only_repeats_is_left_out() {
    let results = good(
        "<testsuites name='all'><testsuite name='a.Suite'><testcase classname='a.Suite' name='one'/>
         <testcase classname='two' name='outer two'/><testcase classname='Other' name='three'/></testsuite></testsuites>",
    );
    assert_data_eq!(
        shown(&results),
        str![[r#"
passed a.Suite > one
passed a.Suite > outer two
passed a.Suite > Other > three

"#]]
    );
}

#[test]
fn each_way_to_end_is_read() {
    let results = good(
        "<testsuite>
         <testcase name='passed'><system-out>x</system-out></testcase>
         <testcase name='failed'><failure message='why' type='T'>trace</failure></testcase>
         <testcase name='generic'><failure message='Failed'>=== RUN x\nthe text</failure></testcase>
         <testcase name='errored'><error><![CDATA[in <CDATA>]]> &amp; &#x41;</error></testcase>
         <testcase name='both'><failure message='f'/><error message='e'/></testcase>
         <testcase name='skipped'><skipped message='later'/></testcase>
         <testcase name='notrun' status='notrun'/>
         <testcase name='disabled' status='disabled'/>
         <testcase name='suppressed' status='run' result='suppressed'/>
         <testcase name='status only' status='failed'/>
         <testcase name='to do'><skipped type='todo' message='later'/><failure message='as meant'/></testcase>
         <testcase name='missing' status='notrun'><skipped message='Unable to find executable'/></testcase>
         <testcase name='warned'><warning>No tests found</warning></testcase>
         </testsuite>",
    );
    assert_data_eq!(
        shown(&results),
        str![[r#"
passed passed
failed failed: why
failed generic: the text
errored errored: in <CDATA> & A
errored both: e
skipped skipped: later
skipped notrun
skipped disabled
skipped suppressed
failed status only
skipped to do: later
errored missing: Unable to find executable
errored warned: No tests found

"#]]
    );
}

#[test]
fn a_failed_attempt_marks_what_passed_as_flaky_and_what_failed_as_failed() {
    let results = good(
        "<testsuite><testcase name='a'><flakyFailure message='x'><stackTrace>y</stackTrace></flakyFailure></testcase>
         <testcase name='b'><flakyError/></testcase><testcase name='c'><failure message='z'/><rerunFailure/></testcase>
         <testcase name='d'><rerunError/></testcase>
         <testcase name='e'><flakyFailure/></testcase><testcase name='e'/></testsuite>",
    );
    assert_data_eq!(
        shown(&results),
        str![[r#"
passed flaky a
passed flaky b
failed c: z
passed flaky d
passed flaky e

"#]]
    );
}

#[test]
fn the_worst_of_repeated_cases_counts() {
    let results = good(
        "<testsuite name='s'><testcase name='a' time='1'><failure message='first'/></testcase><testcase name='a' time='2'/>
         <testcase name='b' file='x'/><testcase name='b' file='y'><error/></testcase></testsuite>",
    );
    assert_data_eq!(
        shown(&results),
        str![[r#"
failed s > a: first
passed s > b
errored s > b

"#]]
    );
    assert_eq!(results.tests[0].duration_ms, Some(3000));
}

#[test]
fn suites_of_one_name_on_two_hosts_hold_different_cases() {
    let results = good(
        "<testsuites><testsuite name='s' hostname='one'><testcase name='a'/></testsuite>
         <testsuite name='s' hostname='two'><testcase name='a'><failure/></testcase></testsuite>
         <testsuite name='s' hostname='one'><testcase name='a'/></testsuite></testsuites>",
    );
    assert_data_eq!(
        shown(&results),
        str![[r#"
passed s > a
failed s > a

"#]]
    );
}

#[test]
fn failures_outside_of_tests_are_not_lost() {
    let results = good(
        "<testsuites errors='1' failures='1'><testsuite name='broken' errors='1' tests='0'/>
         <testsuite name='set-up'><error message='no database'/><testcase name='a'/></testsuite>
         <testsuite name='counted' failures='2' errors='0'><testcase name='b'><failure/></testcase></testsuite>
         <testsuite name='both' failures='1' errors='1'><testcase name='counted twice'><failure/></testcase></testsuite>
         <testsuite name='attempts' failures='2'><testcase name='c'><failure/><rerunFailure/></testcase></testsuite></testsuites>",
    );
    assert_data_eq!(
        shown(&results),
        str![[r#"
errored broken > 1 failed without a test that shows it
errored set-up > error outside of a test: no database
passed set-up > a
failed counted > b
errored counted > 1 failed without a test that shows it
failed both > counted twice
failed attempts > c

"#]]
    );
    let results = good("<testsuites errors='1'><testsuite name='a'><testcase name='b'/></testsuite></testsuites>");
    assert_eq!(
        results.counts().errored,
        1,
        "a package that was not built is in gotestsum's total only"
    );
}

#[test]
fn control_characters_and_unknown_entities_stay_readable() {
    let results = good(
        "<testsuite><testcase name='a\u{1}\u{8}&#0;&#x1b;[31m&nbsp;&lol;'><failure message='x\u{0}&#27;[1mred'/></testcase></testsuite>",
    );
    assert_eq!(results.tests[0].name, "a\u{1}\u{8}\0\u{1b}[31m&nbsp;&lol;");
    assert_eq!(results.tests[0].message.as_deref(), Some("xred"));
}

#[test]
fn a_file_is_the_cases_or_the_suites() {
    let results = good("<testsuite file='s.js'><testcase name='a' file='c.js'/><testcase name='b'/></testsuite>");
    let files: Vec<_> = results.tests.iter().map(|test| test.file.as_deref()).collect();
    assert_eq!(files, [Some("c.js"), Some("s.js")]);
}

#[test]
fn what_is_cut_off_is_unreadable_at_every_place() {
    let whole = "<?xml version='1.0'?>\n<testsuites>\n<testsuite name='a'>\n<testcase name='b'><failure>&lt;c</failure></testcase>\n</testsuite>\n</testsuites>";
    assert_eq!(good(whole).tests[0].outcome, TestOutcome::Failed);
    let root = whole.find("<testsuites>").unwrap() + "<testsuites".len();
    for cut in root..whole.len() {
        let error = bad(&whole[..cut]);
        assert_eq!(error.dialect, Some("junit"), "{cut}: {error}");
        assert!(
            error.what.contains("cut off") && error.line.is_some() && error.byte.is_some(),
            "{cut}: {error}"
        );
    }
    assert_eq!(bad("<testsuites>\n<testsuite>\n</testsuites>").line, Some(3));
}

#[test]
fn two_reports_in_one_file_are_an_error() {
    let error = bad("<testsuite/>\n<testsuite/>");
    assert!(
        error.what.contains("follows after the end") && error.help.contains("file of its own"),
        "{error}"
    );
    assert!(
        bad("<testsuite></testsuite></testsuite>")
            .what
            .contains("not well-formed")
    );
}
