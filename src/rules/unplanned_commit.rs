//! `unplanned-commit`: a commit stands for no unit of the plan.

use super::advice::Advice;
use super::wording::{commit, count};
use super::{Check, Findings, Found};
use crate::model::{CommitDelta, CommitRole, Comparison, Level, Options, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D202",
        name: "unplanned-commit",
        summary: "a commit stands for no unit of the plan",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A commit that touches more than bookkeeping and derived files and that the pairing gives to no unit. A leftover
`fixup!` and the revert of a whole unit have rules of their own; merges are not asked. Where the subject carries the id of
another plan (`feat(04-02): …` in the range of 04-01) the finding says so: it stays one, since a subject is quickly written.

## Why it matters
It is work that nobody planned: a quick fix on the way, a second topic, or a unit that the plan forgot.

## Example
```json
{"units": [{"id": "U1", "title": "Add login", "files": ["src/login.rs"]}]}
```
```text
warning[D202]: commit `9e3779b` ("Speed up the build") touches 1 file and stands for no unit
  help: name its unit in a `Drift-Unit:` trailer, or plan a unit for it in a new run, or accept it: `drift accept D202-c8ffda09e624 --because …`
```

## How to settle it
Name the unit that it belongs to in a `Drift-Unit:` trailer, plan a unit for it, or move it to a branch of its own. Plans
that are worked on side by side in one range are best checked together, with `--plan` for each.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    let plan_it = advice.edit("plan a unit for it");
    let help = advice.or_accept(&format!("name its unit in a `Drift-Unit:` trailer, or {plan_it}"));
    let check_together = advice.or_accept("check both plans at once (`--plan` for each), or leave it out of the range");
    for (delta, own) in comparison.commits.iter().zip(comparison.history_commits()) {
        let unplanned = delta.role == CommitRole::Unplanned;
        if !unplanned || delta.fixup_of.is_some() || undoes_a_reverted_unit(comparison, delta) {
            continue;
        }
        let touched = count(own.changes.len(), "file");
        let mut message = format!("commit {} touches {touched} and stands for no unit", commit(own));
        let mut help = help.as_str();
        if let Some(other) = &delta.other_plan {
            message.push_str(&format!("; its subject names another plan, `{other}`"));
            help = &check_together;
        }
        findings.add(Found::new(own.id, message).detail(own.subject()).help(help));
    }
}

/// Whether it belongs to the revert of a whole unit, which `reverted-unit` names.
fn undoes_a_reverted_unit(comparison: &Comparison<'_>, delta: &CommitDelta) -> bool {
    let undone = delta.reverts.and_then(|index| comparison.commits.get(index));
    undone.is_some_and(|it| it.units.iter().any(|&unit| comparison.units[unit].reverted))
}
