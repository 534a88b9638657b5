//! `drift evidence`.

use crate::support::drift::{drift, project, state};
use snapbox::{assert_data_eq, str};

const JUNIT: &str = "<testsuite name='login'><testcase name='passes'/><testcase name='fails &lt;&amp;&gt;'><failure message='no &#x1b;[31mway&#10;at all'/></testcase>
<testcase name='skipped'><skipped/></testcase><testcase name='shaky'><flakyFailure/></testcase></testsuite>";

#[test]
fn a_file_is_shown_with_its_counts_and_what_did_not_pass() {
    let repo = project();
    repo.write("out/junit.xml", JUNIT);
    let before = state(&repo);
    let said = drift(&repo, &["evidence", "read", "out/junit.xml"]).ends(0);
    assert_data_eq!(
        said.out,
        str![[r#"
out/junit.xml: junit, 4 tests: 2 passed, 1 failed, 1 skipped, 1 flaky
  failed   login > fails <&>
           no way
  flaky    login > shaky

"#]]
    );
    drift(&repo, &["evidence", "read", "-v", "out/junit.xml"])
        .ends(0)
        .says(&["  passed   login > passes\n", "  skipped  login > skipped\n"]);
    assert_eq!(state(&repo), before, "nothing is kept");
}

#[test]
fn json_has_each_test() {
    let repo = project();
    repo.write("junit.xml", JUNIT);
    let said = drift(&repo, &["evidence", "read", "--format", "json", "junit.xml"]).ends(0);
    let files: serde_json::Value = said.json();
    assert_eq!(files[0]["counts"]["failed"], 1);
    assert_eq!(files[0]["tests"][1]["name"], "fails <&>");
    assert_eq!(files[0]["tests"][3]["flaky"], true);
    drift(&repo, &["evidence", "read", "--format", "markdown", "junit.xml"])
        .ends(0)
        .says(&["| junit.xml | junit | 4 | 2 | 1 | 0 | 1 | 1 |"]);
}

#[test]
fn what_cannot_be_read_is_an_error_and_the_rest_is_shown() {
    let repo = project();
    repo.write("good.xml", JUNIT);
    repo.write("cut.xml", "<testsuite>\n<testcase name='a'>");
    repo.write("empty.xml", "<testsuites/>");
    drift(&repo, &["evidence", "read", "cut.xml", "good.xml"])
        .ends(2)
        .says(&["good.xml: junit, 4 tests"])
        .complains(&[
            "error: cut.xml: the results are cut off: 2 elements are not closed (junit, line 2)",
            "hint: let the runner end",
        ]);
    drift(&repo, &["evidence", "read", "empty.xml"])
        .ends(3)
        .says(&["empty.xml: junit, 0 tests"])
        .complains(&["no tests"]);
    drift(&repo, &["evidence", "read", "missing.xml"])
        .ends(2)
        .complains(&["missing.xml does not exist"]);
    drift(&repo, &["evidence", "read", "README.md"])
        .ends(2)
        .complains(&["no dialect", "hint: drift reads junit, libtest"]);
    drift(&repo, &["evidence", "read", "--dialect", "tap", "good.xml"])
        .ends(2)
        .complains(&["this is written in junit (tap)"]);
    drift(&repo, &["evidence", "read"]).ends(2);
    drift(&repo, &["evidence", "read", "-"])
        .ends(2)
        .complains(&["standard input: there is nothing in it"]);
    drift(&repo, &["evidence", "read", "--base", "HEAD", "good.xml"])
        .ends(2)
        .complains(&["has no use for `--base`"]);
}
