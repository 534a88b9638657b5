//! `unknown-field`: a plan has a field that its format does not know.

use super::{Check, problems};
use crate::model::{Level, ProblemKind, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D002",
        name: "unknown-field",
        summary: "a plan has a field that its format does not know",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A field name that the plan's format does not have, with the nearest name that it has.

## Why it matters
A misspelled field says nothing: `forbidenFiles` forbids no file, and nobody notices until something was touched.

## Example
```json
{"schema": "drift/intent/1", "slug": "login", "forbidenFiles": ["infra/"]}
```
```text
warning[D002]: `intent.json`: an intent has no field `forbidenFiles`
  help: did you mean `forbiddenFiles`?
```

## How to settle it
Write the name that is meant, or take the field out. `drift schema NAME` prints the fields; an editor that follows
`$schema` completes them.
"#,
    },
    run: |comparison, _, findings| problems::report(comparison, ProblemKind::UnknownField, findings),
};
