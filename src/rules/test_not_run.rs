//! `test-not-run`: a required test without evidence.

use super::advice::Advice;
use super::promises::{about, called, required, run_it};
use super::{Check, Findings};
use crate::model::{Comparison, Level, Options, PlannedTest, RiskLevel, Rule, TestDelta, TestStatus};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D301",
        name: "test-not-run",
        summary: "a required test was not run on the target's tree, nor on any other",
        default_level: Level::Warn,
        denies_from: Some(RiskLevel::Medium),
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A required test of the contract that no evidence of the run has: nobody ran its suite, or its name is not among the
tests that ran on the target's tree. Where its suite left no results at all, `test-failed` says so instead; where there
are results of another tree only, `stale-evidence` does.

## Why it matters
The test was promised as the sign that the work does what it should. Without it nobody knows.

## Example
```json
{"id": "T1", "suite": "unit", "name": "login::rejects_a_wrong_password"}
```
```text
error[D301]: the required test `T1` (`login::rejects_a_wrong_password`) was not run
  help: `drift test unit`, or accept it: `drift accept D301-5b8b457fc1a9 --because …`
```

## How to settle it
Run the suite with `drift test`, or add results from elsewhere with `drift evidence add`. Where the name is wrong, the
finding names the most similar test that ran.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    // The trouble of its suite is a finding of its own.
    let explained = |delta: &TestDelta| delta.missed_by.as_ref().is_some_and(|it| it.in_trouble);
    for (delta, test) in required(comparison, TestStatus::NotRun).filter(|(delta, _)| !explained(delta)) {
        let help = advice.or_accept(&help(comparison, delta, test));
        findings.add(about(comparison, delta.lane, test, message(delta, test)).help(help));
    }
}

fn message(delta: &TestDelta, test: &PlannedTest) -> String {
    match &delta.missed_by {
        Some(missed) if missed.tests == 1 => {
            format!("the required test {} is not the one test that ran", called(test))
        }
        Some(missed) => format!(
            "the required test {} is not among the {} tests that ran",
            called(test),
            missed.tests
        ),
        None => format!("the required test {} was not run", called(test)),
    }
}

fn help(comparison: &Comparison<'_>, delta: &TestDelta, test: &PlannedTest) -> String {
    let Some(missed) = &delta.missed_by else {
        return run_it(comparison, delta.lane, test);
    };
    let was_there = if delta.elsewhere.is_some() {
        "earlier evidence has it: bring it back"
    } else {
        "write the test"
    };
    match &missed.nearest {
        Some(nearest) => format!(
            "did you mean `{nearest}`? Else {was_there}, and run {}",
            run_it(comparison, delta.lane, test)
        ),
        None => format!("{was_there}, and run {}", run_it(comparison, delta.lane, test)),
    }
}
