//! `reverted-unit`: a unit was done, and then undone within the range.

use super::advice::Advice;
use super::wording::commit_places;
use super::{Check, Findings, Found};
use crate::model::{Comparison, Level, Options, Rule};
use std::collections::HashMap;

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D209",
        name: "reverted-unit",
        summary: "all commits of a unit are reverted within the range",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A unit each of whose commits is taken back by a later commit of the range.

## Why it matters
By its commits the unit looks done, and nothing of it is left.

## Example
```json
{"id": "U1", "title": "Add login", "files": ["src/login.rs"]}
```
```text
warning[D209]: unit `U1` was done and then reverted
  help: do it again, or take it out of the plan in a new run, or accept it: `drift accept D209-fc03e9cb81f3 --because …`
```

## How to settle it
Do it again, or take it out of the plan, and out of the history: `git rebase -i BASE` drops both commits.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    let help = advice.or_accept(&advice.edit("do it again, or take it out of the plan"));
    let reverts = reverts(comparison);
    for (unit, delta) in comparison.units.iter().enumerate().filter(|(_, delta)| delta.reverted) {
        let name = comparison.plan.unit_name(unit);
        let message = format!("unit `{name}` was done and then reverted");
        let found = Found::new(comparison.unit_location(unit), message).unit(name);
        let by: Vec<usize> = delta
            .commits
            .iter()
            .filter_map(|it| reverts.get(it))
            .flatten()
            .copied()
            .collect();
        findings.add(found.related_all(commit_places(comparison, &by)).help(&*help));
    }
}

/// Each commit that is taken back, with the commits that do it.
fn reverts(comparison: &Comparison<'_>) -> HashMap<usize, Vec<usize>> {
    let mut reverts: HashMap<usize, Vec<usize>> = HashMap::new();
    for (commit, delta) in comparison.commits.iter().enumerate() {
        if let Some(undone) = delta.reverts {
            reverts.entry(undone).or_default().push(commit);
        }
    }
    reverts
}
