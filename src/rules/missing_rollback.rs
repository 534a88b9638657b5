//! `missing-rollback`: a plan that has to say how it is taken back, and does not.

use super::advice::Advice;
use super::wording::quoted;
use super::{Check, Findings, Found};
use crate::model::{Comparison, Level, Options, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D605",
        name: "missing-rollback",
        summary: "a plan does not say how its changes are taken back",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A stage contract whose rollback plan is missing, is empty, or says what its template says (`TBD`, "Steps to revert changes if
needed"). Formats that know no rollback plan are not asked for one.

## Why it matters
How a change is taken back is cheap to say before it is made, and hard to find out while something is broken.

## Example
```markdown
## 6. Rollback Plan
TBD
```
```text
warning[D605]: the stage "Type Safety Hardening" does not say how it is taken back
  help: write the steps under `Rollback Plan`; `drift check --format rollback` prints the reverts of a range
```

## How to settle it
Write the steps. Once there are commits, `drift check --format rollback` or `drift report --format rollback` prints the
reverts in their order, merges included; what git can't take back (data, releases, settings) has to be written by hand.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    let help = "write the steps under `Rollback Plan`; `drift check --format rollback` prints the reverts of a range";
    for lane in &comparison.plan.lanes {
        if let Some(rollback) = lane.rollback.as_ref().filter(|it| it.value.trim().is_empty()) {
            let message = format!("the stage {} does not say how it is taken back", quoted(&lane.name));
            let found = Found::new(&rollback.location, message).detail(lane.name.as_str());
            findings.add(found.help(advice.or_accept(&advice.edit(help))));
        }
    }
}
