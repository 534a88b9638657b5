//! `out-of-order-unit`: a unit was done before one that it depends on.

use super::advice::Advice;
use super::wording::commit_places;
use super::{Check, Findings, Found};
use crate::model::{Comparison, Level, Options, RiskLevel, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D203",
        name: "out-of-order-unit",
        summary: "a unit was done before one that it depends on",
        default_level: Level::Warn,
        denies_from: Some(RiskLevel::High),
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A unit whose commits come before those of a unit that it depends on. Only what the plan declares (`dependsOn`) counts;
the order of the list does not.

## Why it matters
Commits between the two do not work: `git bisect` and a partial revert meet them. Where tests were to come first, it
shows that they came last.

## Example
```json
{"units": [{"id": "U1", "title": "Add the table"}, {"id": "U2", "title": "Read it", "dependsOn": ["U1"]}]}
```
```text
warning[D203]: unit `U2` depends on unit `U1` and was done before it
  help: reorder the commits, or take the dependency out of the plan in a new run, or accept it: `drift accept D203-c203f4625f61 --because …`
```

## How to settle it
Reorder the commits (`git rebase -i BASE`), or take the dependency out if there is none.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    let edit = advice.edit("reorder the commits, or take the dependency out of the plan");
    let help = advice.or_accept(&edit);
    for (unit, delta) in comparison.units.iter().enumerate() {
        let name = comparison.plan.unit_name(unit);
        for &needed in &delta.out_of_order {
            let first = comparison.plan.unit_name(needed);
            let message = format!("unit `{name}` depends on unit `{first}` and was done before it");
            let found = Found::new(comparison.unit_location(unit), message)
                .unit(&*name)
                .detail(&*first);
            let found = found.related(comparison.unit_location(needed), format!("unit `{first}`"));
            findings.add(
                found
                    .related_all(commit_places(comparison, &delta.commits))
                    .help(&*help),
            );
        }
    }
}
