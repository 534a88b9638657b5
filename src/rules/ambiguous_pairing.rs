//! `ambiguous-pairing`: a commit might nearly as well stand for another unit.

use super::wording::units;
use super::{Check, Findings, Found};
use crate::model::{Comparison, Level, Options, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D207",
        name: "ambiguous-pairing",
        summary: "the commits of a unit fit another unit nearly as well",
        default_level: Level::Allow,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
Units between which the pairing had to choose by little. Each such pair of units is named once.

## Why it matters
What the other rules say of these units rests on that choice. It tells something of the pairing and nothing against the
work, so it is a remark at every risk level.

## Example
```json
{"units": [{"id": "U1", "title": "Fix the parser"}, {"id": "U2", "title": "Fix the parser's tests"}]}
```
```text
note[D207]: the commits of unit `U1` fit unit `U2` nearly as well
  help: name the unit in its commit: `Drift-Unit: U1`
```

## How to settle it
Say it in the commit: `git commit --amend --trailer "Drift-Unit: U1"`. Declared files and telling titles let the next
plan do without.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    for (unit, delta) in comparison.units.iter().enumerate() {
        let named_before = |rival: usize| rival < unit && comparison.units[rival].rivals.contains(&unit);
        let rivals: Vec<usize> = delta
            .rivals
            .iter()
            .copied()
            .filter(|&rival| !named_before(rival))
            .collect();
        if rivals.is_empty() {
            continue;
        }
        let name = comparison.plan.unit_name(unit);
        let message = format!(
            "the commits of unit `{name}` fit {} nearly as well",
            units(comparison, &rivals)
        );
        let mut found = Found::new(comparison.unit_location(unit), message).unit(&*name);
        for &rival in &rivals {
            found = found.related(comparison.unit_location(rival), "nearly as good");
        }
        findings.add(found.help(format!("name the unit in its commit: `Drift-Unit: {name}`")));
    }
}
