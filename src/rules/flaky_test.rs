//! `flaky-test`: a test that both failed and passed on one tree.

use super::advice::Advice;
use super::promises::{about, called, promise};
use super::wording::{count, listed};
use super::{Check, Findings, Found};
use crate::model::{Comparison, FlakyTest, Level, Location, Options, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D307",
        name: "flaky-test",
        summary: "a required test both failed and passed on the target's tree",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A required test that its runner calls flaky (an attempt failed, a later one passed), or that ended in both ways in two
executions of the target's tree. Tests that nobody requires are a remark.

## Why it matters
What passes only sometimes shows little, and running it until it passes shows nothing.

## Example
```text
warning[D307]: the required test `T1` (`login > rejects`) both failed and passed on the same tree
  help: find out what it depends on besides the code, or accept it: `drift accept D307-73fb4ca9b25b --because …`
```

## How to settle it
Find out what it depends on besides the code: time, order, the network, chance.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    let help = "find out what it depends on besides the code";
    let mut others = Vec::new();
    for flaky in &comparison.tests.flaky {
        let Some(place) = flaky.test else {
            others.push(flaky.name.as_str());
            continue;
        };
        let test = promise(comparison, place);
        let message = format!(
            "the required test {}{} {}",
            called(test),
            case(flaky, test.is_pattern()),
            how(flaky)
        );
        findings.add(about(comparison, place.0, test, message).help(advice.or_accept(help)));
    }
    if !others.is_empty() {
        let message = format!(
            "{} that no contract requires both failed and passed: {}",
            count(others.len(), "test"),
            listed(&others)
        );
        findings.add(
            Found::new(Location::Range, message)
                .detail("not required")
                .help(help)
                .remark(),
        );
    }
}

fn case(flaky: &FlakyTest, is_pattern: bool) -> String {
    if is_pattern {
        format!(" with its case `{}`", flaky.name)
    } else {
        String::new()
    }
}

fn how(flaky: &FlakyTest) -> &'static str {
    match flaky.is_marked {
        true => "passed only in a later attempt",
        false => "both failed and passed on the same tree",
    }
}
