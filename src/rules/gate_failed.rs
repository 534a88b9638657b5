//! `gate-failed`: the results as a whole do not keep a bound of the contract.

use super::advice::Advice;
use super::wording::count;
use super::{Check, Findings, Found};
use crate::model::{Comparison, GateFailure, GateKind, Lane, Level, Options, PlanLocation, RiskLevel, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D305",
        name: "gate-failed",
        summary: "the results do not keep a gate of the contract",
        default_level: Level::Warn,
        denies_from: Some(RiskLevel::Medium),
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A gate of the contract that the evidence for the target's tree does not keep: `minPassRate` (the share of executed tests,
0 to 1, that passed), `maxSkipped`, `maxFlaky`. All tests of the contract's suites count, those that it does not name too.
Without evidence for that tree there is nothing to hold a gate against, and the rules about required tests speak.

## Why it matters
The contract says how much may be left open, and more is.

## Example
```json
{"gates": {"minPassRate": 1.0}}
```
```text
error[D305]: 38 of 40 tests passed (95 %), and the contract asks for 100 %
  help: mend what fails, or change `minPassRate` in a new run, or accept it: `drift accept D305-cb82c3c6eb91 --because …`
```

## How to settle it
Mend the tests. A gate that was too strict is changed in the contract, where everybody sees it.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    for failure in &comparison.tests.gates {
        let help = format!("mend what {}, or change `{}`", cause(failure.kind), failure.kind.name());
        let found = Found::new(contract(&comparison.plan.lanes[failure.lane]), message(failure));
        findings.add(
            found
                .detail(detail(comparison, failure))
                .help(advice.or_accept(&advice.edit(&help))),
        );
    }
}

/// The contract of the lane: where its suites or tests stand.
fn contract(lane: &Lane) -> PlanLocation {
    let suites = lane.suites.iter().map(|suite| suite.location.source);
    let first = suites.chain(lane.tests.iter().map(|test| test.location.source)).next();
    first.map_or_else(
        || lane.location.clone(),
        |source| PlanLocation {
            source,
            ..PlanLocation::default()
        },
    )
}

fn detail(comparison: &Comparison<'_>, failure: &GateFailure) -> String {
    let lanes = &comparison.plan.lanes;
    match lanes.len() {
        1 => failure.kind.name().to_owned(),
        _ => format!("{}: {}", lanes[failure.lane].name, failure.kind.name()),
    }
}

fn message(failure: &GateFailure) -> String {
    let was = |found: usize| if found == 1 { "was" } else { "were" };
    match failure.kind {
        GateKind::PassRate {
            limit,
            passed,
            executed,
        } => format!(
            "{passed} of {} passed ({} %), and the contract asks for {} %",
            count(executed, "test"),
            percent(passed as f64 / executed.max(1) as f64),
            percent(limit)
        ),
        GateKind::Skipped { limit, found } => {
            format!(
                "{} {} skipped, and the contract allows {limit}",
                count(found, "test"),
                was(found)
            )
        }
        GateKind::Flaky { limit, found } => {
            format!(
                "{} both failed and passed, and the contract allows {limit}",
                count(found, "test")
            )
        }
    }
}

fn cause(kind: GateKind) -> &'static str {
    match kind {
        GateKind::PassRate { .. } => "fails",
        GateKind::Skipped { .. } => "is skipped",
        GateKind::Flaky { .. } => "is flaky",
    }
}

/// The share in percent, rounded down to a tenth, so that 99.96 is never called 100.
fn percent(share: f64) -> String {
    let tenths = (share * 1000.0 + 1e-6).floor();
    let text = format!("{:.1}", tenths / 10.0);
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}
