//! `untouched-file`: a declared file that the work left alone.

use super::advice::Advice;
use super::precedence::{Unmet, UnmetSpeaker};
use super::wording::{declared_path, declarer, declaring_unit};
use super::{Check, Findings, Found};
use crate::model::{Comparison, Declared, Level, Options, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D105",
        name: "untouched-file",
        summary: "a declared file was not touched",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A declared file, or a folder or pattern as a whole, in which the range changes nothing. A file of the same name that was
edited elsewhere makes it `misplaced-file`, a declared action that did not happen `wrong-action`, and a declaration that
never fitted the tree `stale-plan`.

## Why it matters
Either something was left undone, or the plan promised more than was needed. The report can't tell which; the author
can.

## Example
```json
{"id": "U1", "title": "Add login", "files": ["src/login.rs", "docs/login.md"]}
```
```text
warning[D105]: unit `U1` declares `docs/login.md`, which was not touched
  help: do what is missing, or take it out of `commit_plan.json` (`units[].files`) in a new run, or accept it: `drift accept D105-05c581eeda67 --because …`
```

## How to settle it
Do what is missing, or take the file out of the plan.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    let unmet = Unmet::of(comparison);
    let spoken = comparison.untouched.iter().map(|it| it.declared);
    for declared in spoken.filter(|&it| unmet.speaker(it) == UnmetSpeaker::Untouched) {
        let scope = advice.scope_of(Some(declared.lane));
        let edit = advice.edit(&format!("do what is missing, or take it out of {scope}"));
        let found = Found::new(
            &comparison.declaration(declared).location,
            message(comparison, declared),
        )
        .path(&declared_path(comparison, declared))
        .unit_if(declaring_unit(comparison, declared));
        findings.add(found.help(advice.or_accept(&edit)));
    }
}

fn message(comparison: &Comparison<'_>, declared: Declared) -> String {
    let pattern = &comparison.declaration(declared).pattern;
    let (text, who) = (pattern.to_text(), declarer(comparison, declared));
    if pattern.literal().is_some() && !pattern.is_folder() {
        format!("{who} declares `{text}`, which was not touched")
    } else {
        format!("{who} declares `{text}`, and no file of it was touched")
    }
}
