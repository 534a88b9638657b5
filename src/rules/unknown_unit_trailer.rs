//! `unknown-unit-trailer`: a commit says that it stands for a unit which the plan does not have.

use super::advice::Advice;
use super::wording::{commit, unit_names};
use super::{Check, Findings, Found};
use crate::model::{Comparison, Level, Options, Plan, Rule, nearest};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D402",
        name: "unknown-unit-trailer",
        summary: "a Drift-Unit trailer names no unit of the plan, or more than one",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A `Drift-Unit` trailer whose value is the id of no unit, or of units in several plans.

## Why it matters
The trailer is the surest sign of what a commit stands for. One that leads nowhere leaves the commit to guessing.

## Example
```json
{"units": [{"id": "U1", "title": "Add login", "files": ["src/login.rs"]}]}
```
```text
warning[D402]: commit `9e3779b` ("Add login") says `Drift-Unit: U7`, and the plan has no such unit
  help: did you mean `U1`? Reword the commit, or accept it: `drift accept D402-8dab0688ec23 --because …`
```

## How to settle it
Reword the commit: `git commit --amend` for the last one, `git rebase -i BASE` and `reword` for others.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    if comparison.plan.units.is_empty() {
        return;
    }
    let advice = Advice::of(comparison);
    let all: Vec<usize> = (0..comparison.plan.units.len()).collect();
    let names = unit_names(comparison, &all);
    for (delta, own) in comparison.commits.iter().zip(comparison.history_commits()) {
        for value in &delta.unknown_trailers {
            let several = has_several(comparison.plan, value);
            let fact = if several {
                "several plans have such a unit"
            } else {
                "the plan has no such unit"
            };
            let message = format!("commit {} says `Drift-Unit: {value}`, and {fact}", commit(own));
            let meant = nearest(value, names.iter().map(String::as_str));
            let help = match meant {
                _ if several => "name the plan too, as in `plan/unit`, and reword the commit".to_owned(),
                Some(meant) => format!("did you mean `{meant}`? Reword the commit"),
                None => "reword the commit, or take the trailer out".to_owned(),
            };
            let found = Found::new(own.id, message)
                .unit(value)
                .detail(own.subject())
                .help(advice.or_accept(&help));
            findings.add(found);
        }
    }
}

fn has_several(plan: &Plan, value: &str) -> bool {
    let same = plan.units.iter().filter(|unit| unit.id.eq_ignore_ascii_case(value));
    same.count() > 1
}
