//! `duplicate-id`: two units of one plan share an id.

use super::wording::quoted;
use super::{Check, Findings, Found};
use crate::model::{Comparison, Level, Options, Rule};
use std::collections::HashMap;

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D007",
        name: "duplicate-id",
        summary: "two units of one plan share an id",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A unit whose id an earlier unit of the same plan has already. Units of different plans may share ids.

## Why it matters
`dependsOn` and the trailer `Drift-Unit: U1` can't say which of the two is meant; both are taken for the first.

## Example
```json
{"units": [{"id": "U1", "title": "Add login"}, {"id": "U1", "title": "Add logout"}]}
```
```text
warning[D007]: the id `U1` of "Add logout" is taken by "Add login"
  help: give one of the two an id of its own
```

## How to settle it
Give the later unit an id of its own, and look where the old id is referred to.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let plan = comparison.plan;
    let mut first_with = HashMap::new();
    for (unit, it) in plan.units.iter().enumerate() {
        let first = *first_with.entry((it.lane, it.id.as_str())).or_insert(unit);
        if first == unit {
            continue;
        }
        let name = plan.unit_name(unit);
        let (own, other) = (quoted(&it.title), quoted(&plan.units[first].title));
        let message = format!("the id `{name}` of {own} is taken by {other}");
        let found = Found::new(&it.location, message).unit(name).detail(&*it.title);
        let found = found.related(&plan.units[first].location, "the first unit with this id");
        findings.add(found.help("give one of the two an id of its own"));
    }
}
