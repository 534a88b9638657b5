//! `mixed-units`: one commit stands for several units.

use super::advice::Advice;
use super::wording::{commit, unit_names, units};
use super::{Check, Findings, Found};
use crate::model::{Comparison, Level, Options, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D205",
        name: "mixed-units",
        summary: "one commit stands for several units",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A commit that the pairing gives to more than one unit.

## Why it matters
The units can be reviewed, reverted and bisected only together, although they were planned apart.

## Example
```json
{"units": [{"id": "U1", "title": "Add login"}, {"id": "U2", "title": "Document login"}]}
```
```text
warning[D205]: commit `9e3779b` ("Add login with docs") does units `U1` and `U2` at once
  help: split the commit, or plan these as one unit in a new run, or accept it: `drift accept D205-5e26e5f6655f --because …`
```

## How to settle it
Split the commit (`git rebase -i BASE`, mark it `edit`, `git reset HEAD^`), or plan the two as one unit.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    let help = advice.or_accept(&advice.edit("split the commit, or plan these as one unit"));
    for (delta, own) in comparison.commits.iter().zip(comparison.history_commits()) {
        if delta.units.len() < 2 {
            continue;
        }
        let message = format!(
            "commit {} does {} at once",
            commit(own),
            units(comparison, &delta.units)
        );
        let mut names = unit_names(comparison, &delta.units);
        names.sort();
        let mut found = Found::new(own.id, message).unit(names.join(", ")).detail(own.subject());
        for &unit in &delta.units {
            found = found.related(
                comparison.unit_location(unit),
                format!("unit `{}`", comparison.plan.unit_name(unit)),
            );
        }
        findings.add(found.help(&*help));
    }
}
