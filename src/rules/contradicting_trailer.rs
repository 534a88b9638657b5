//! `contradicting-trailer`: a commit says that it stands for one unit, and touches the files of others only.

use super::advice::Advice;
use super::wording::{commit, unit_names, units};
use super::{Check, Findings, Found};
use crate::model::{Comparison, Level, Options, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D403",
        name: "contradicting-trailer",
        summary: "a Drift-Unit trailer names a unit, and the commit touches files of other units only",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A commit whose `Drift-Unit` trailer names a unit that declares files, none of which the commit touches, while it touches
files that other units declare. What the files themselves come to is said by `wrong-lane` and `foreign-file`.

## Why it matters
The trailer is believed before everything else: a wrong one makes two units look other than they are.

## Example
```json
{"units": [{"id": "U1", "files": ["src/login.rs"]}, {"id": "U2", "files": ["src/session.rs"]}]}
```
```text
warning[D403]: commit `9e3779b` ("Add login") says that it stands for unit `U2`, touches none of its files, and touches those of unit `U1`
  help: name `U1` in its `Drift-Unit` trailer, or declare the files for `U2` in a new run, or accept it: `drift accept D403-1599a1766818 --because …`
```

## How to settle it
Reword the commit: `git commit --amend` for the last one, `git rebase -i BASE` and `reword` for others.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    for (delta, own) in comparison.commits.iter().zip(comparison.history_commits()) {
        let Some(contradiction) = &delta.contradiction else {
            continue;
        };
        let message = format!(
            "commit {} says that it stands for {}, touches none of its files, and touches those of {}",
            commit(own),
            units(comparison, &contradiction.named),
            units(comparison, &contradiction.touched)
        );
        let names = |units: &[usize]| unit_names(comparison, units).join(", ");
        let (named, touched) = (names(&contradiction.named), names(&contradiction.touched));
        let help = format!("name `{touched}` in its `Drift-Unit` trailer, or declare the files for `{named}`");
        let mut found = Found::new(own.id, message).unit(named).detail(own.subject());
        for &unit in &contradiction.named {
            let words = format!("unit `{}`", comparison.plan.unit_name(unit));
            found = found.related(comparison.unit_location(unit), words);
        }
        findings.add(found.help(advice.or_accept(&advice.edit(&help))));
    }
}
