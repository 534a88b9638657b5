//! `misplaced-file`: a declared file was left, and one of the same name was edited elsewhere.

use super::advice::Advice;
use super::precedence::{Unmet, UnmetSpeaker};
use super::wording::{declared_path, declarer, declaring_unit};
use super::{Check, Findings, Found};
use crate::model::{Comparison, Level, Options, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D106",
        name: "misplaced-file",
        summary: "a declared file was left, and an undeclared one of the same name was touched",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A declared file that was not touched, while an undeclared file with the same name was touched in another folder. The
other file is `undeclared-file` in its own right, as any file that nobody declared.

## Why it matters
Most often the plan had the wrong folder, and both findings are settled by one correction. Sometimes the work went into
a copy, and the real file is still as it was.

## Example
```json
{"id": "U1", "title": "Add login", "files": ["src/login.rs"]}
```
```text
warning[D106]: unit `U1` declares `src/login.rs`, which was left, while `app/login.rs` was touched
  help: move the work, or correct the path in `commit_plan.json` (`units[].files`) in a new run, or accept it: `drift accept D106-6b3a90a42dab --because …`
```

## How to settle it
Correct the path in the plan, or move the work to where it was planned.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    let unmet = Unmet::of(comparison);
    for untouched in &comparison.untouched {
        let declared = untouched.declared;
        let Some(elsewhere) = &untouched.misplaced_to else {
            continue;
        };
        if unmet.speaker(declared) != UnmetSpeaker::Misplaced {
            continue;
        }
        let who = declarer(comparison, declared);
        let path = declared_path(comparison, declared);
        let message = format!("{who} declares `{path}`, which was left, while `{elsewhere}` was touched");
        let scope = advice.scope_of(Some(declared.lane));
        let edit = advice.edit(&format!("move the work, or correct the path in {scope}"));
        let found = Found::new(&comparison.declaration(declared).location, message)
            .path(&path)
            .unit_if(declaring_unit(comparison, declared))
            .related(elsewhere, "touched instead");
        findings.add(found.help(advice.or_accept(&edit)));
    }
}
