//! `message-mismatch`: the commits of a unit call themselves something else than the plan does.

use super::advice::Advice;
use super::wording::{commit_places, count, listed};
use super::{Check, Findings, Found};
use crate::model::{Comparison, Level, Options, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D401",
        name: "message-mismatch",
        summary: "no commit of a unit carries the type or scope that the plan gives it",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A unit that is planned with a `type` or a `scope`, and whose commits, in subjects of the form `type(scope): text`, all
carry another one. Subjects without that form say nothing, and one fitting commit is enough: a `test:` before the `feat:`
is as planned.

## Why it matters
Release notes and version numbers are made from types and scopes: a `feat` that is called `fix` is missing in both.

## Example
```json
{"units": [{"id": "U1", "title": "Add login", "type": "feat", "files": ["src/login.rs"]}]}
```
```text
warning[D401]: unit `U1` is planned with the type `feat`, and its commit says `fix`
  help: reword the commit, or correct the plan in a new run, or accept it: `drift accept D401-2bc2f8aef56b --because …`
```

## How to settle it
Reword the commit: `git commit --amend` for the last one, `git rebase -i BASE` and `reword` for others.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    for (unit, delta) in comparison.units.iter().enumerate() {
        for mismatch in &delta.mismatches {
            let name = comparison.plan.unit_name(unit);
            let field = mismatch.field.name();
            let who = match mismatch.commits.len() {
                1 => "its commit says".to_owned(),
                many => format!("its {} say", count(many, "commit")),
            };
            let message = format!(
                "unit `{name}` is planned with the {field} `{}`, and {who} {}",
                mismatch.planned,
                listed(&mismatch.found)
            );
            let Some(first) = mismatch.commits.first() else {
                continue;
            };
            let reword = match mismatch.commits.len() {
                1 => "reword the commit, or correct the plan",
                _ => "reword one of the commits, or correct the plan",
            };
            let found = Found::new(comparison.history_commits()[*first].id, message)
                .unit(name)
                .detail(field)
                .related(comparison.unit_location(unit), format!("the {field} is planned here"))
                .related_all(commit_places(comparison, &mismatch.commits[1..]));
            findings.add(found.help(advice.or_accept(&advice.edit(reword))));
        }
    }
}
