//! `missing-unit`: no commit stands for a planned unit.

use super::advice::Advice;
use super::wording::{count, quoted};
use super::{Check, Findings, Found};
use crate::model::{Comparison, Level, Options, RiskLevel, Rule, UnitStatus};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D201",
        name: "missing-unit",
        summary: "no commit stands for a planned unit",
        default_level: Level::Warn,
        denies_from: Some(RiskLevel::High),
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A unit for which the pairing found no commit in the range. Units that only look, decide or ask are not missed. The files
that only this unit declares are part of the finding, and get none of their own.

## Why it matters
Something that was approved was not done, or was done in a commit that can't be told to be it.

## Example
```json
{"units": [{"id": "U1", "title": "Add login"}, {"id": "U2", "title": "Document login"}]}
```
```text
warning[D201]: unit `U2` ("Document login") has none of the range's 2 commits
  help: do it, name it in its commit (`Drift-Unit: U2`), or take it out of the plan in a new run, or accept it: `drift accept D201-3324811b422f --because …`
```

## How to settle it
Do the unit, or take it out of the plan. If a commit does it and was not recognised, add the trailer to its message:
`git commit --amend --trailer "Drift-Unit: U2"`.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    let looked_at = match comparison.commits.len() {
        0 => "no commit yet".to_owned(),
        all => format!("none of the range's {}", count(all, "commit")),
    };
    for (unit, delta) in comparison.units.iter().enumerate() {
        if delta.status != UnitStatus::Missing {
            continue;
        }
        let name = comparison.plan.unit_name(unit);
        let title = quoted(&comparison.plan.units[unit].title);
        let message = format!("unit `{name}` ({title}) has {looked_at}");
        let drop = advice.edit("take it out of the plan");
        let help = format!("do it, name it in its commit (`Drift-Unit: {name}`), or {drop}");
        let found = Found::new(comparison.unit_location(unit), message).unit(name);
        findings.add(found.help(advice.or_accept(&help)));
    }
}
