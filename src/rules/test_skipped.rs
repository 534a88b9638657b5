//! `test-skipped`: a required test that was left out on purpose.

use super::advice::Advice;
use super::promises::{about, called, required, run_it};
use super::wording::quoted;
use super::{Check, Findings};
use crate::model::{Comparison, Level, Options, Rule, TestDelta, TestOutcome, TestStatus};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D303",
        name: "test-skipped",
        summary: "a required test was skipped",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A required test of which a case was skipped on the target's tree (ignored, disabled, to do), and no case failed.

## Why it matters
A test that is skipped shows nothing, and looks nearly as good as one that passed.

## Example
```text
warning[D303]: the required test `T1` (`login > rejects`) was skipped: "needs a network"
  help: let it run, and then `drift test unit`, or accept it: `drift accept D303-6eb97e7d8914 --because …`
```

## How to settle it
Let it run, or accept it with the reason why it can't.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    for (delta, test) in required(comparison, TestStatus::Skipped) {
        let message = format!("the required test {} was skipped{}", called(test), how(delta));
        let help = format!("let it run, and then {}", run_it(comparison, delta.lane, test));
        findings.add(about(comparison, delta.lane, test, message).help(advice.or_accept(&help)));
    }
}

fn how(delta: &TestDelta) -> String {
    let skipped = delta.cases.iter().filter(|case| case.outcome == TestOutcome::Skipped);
    let why = delta.cases.first().and_then(|case| case.message.as_deref());
    let why = why.map(|why| format!(": {}", quoted(why))).unwrap_or_default();
    match delta.cases.len() {
        1 => why,
        all => format!(" in {} of {all} cases{why}", skipped.count()),
    }
}
