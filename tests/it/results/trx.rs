//! Visual Studio's XML.

use super::{bad, fixture, good, shown};
use snapbox::{assert_data_eq, str};

#[test]
fn results_meet_the_classes_that_stand_behind_them() {
    assert_data_eq!(
        shown(&good(fixture("from-documentation/sample.trx"))),
        str![[r#"
passed Sample.Tests.CalculatorTests > Adds
failed Sample.Tests.CalculatorTests > Fails: Assert.Equal() Failure: "quotes" <&>
skipped Sample.Tests.CalculatorTests > Skipped: not today
failed Sample.Tests.CalculatorTests > Parametrised
passed Sample.Tests.CalculatorTests > Parametrised > Parametrised (1, größer)
errored Sample.Tests.CalculatorTests > Parametrised > Parametrised (2, "x")

"#]]
    );
    assert_eq!(
        good(fixture("from-documentation/sample.trx")).tests[0].duration_ms,
        Some(5)
    );
}

#[test]
fn a_run_that_broke_is_not_lost() {
    assert_data_eq!(
        shown(&good(fixture("from-documentation/aborted.trx"))),
        str![[r#"
passed Sample.Tests.CalculatorTests > Adds
errored the run is Failed, and no test shows why: The active test run was aborted. Reason: Test host process crashed

"#]]
    );
    assert_eq!(
        good("<TestRun><ResultSummary><Counters total='2'/></ResultSummary></TestRun>")
            .counts()
            .errored,
        1
    );
    assert_eq!(
        good("<TestRun><Results><UnitTestResult testName='a'/></Results></TestRun>")
            .counts()
            .errored,
        1
    );
    assert!(
        bad("<TestRun><Results><UnitTestResult testName='a' outcome='Passed'/>")
            .what
            .contains("cut off")
    );
}
