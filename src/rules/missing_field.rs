//! `missing-field`: a plan lacks a field that must be there.

use super::{Check, problems};
use crate::model::{Level, ProblemKind, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D004",
        name: "missing-field",
        summary: "a plan lacks a field that must be there",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A field that the plan's format asks for and that is not there.

## Why it matters
Without its goal, its id or its files a plan can't be held against anything, or only in part.

## Example
```json
{"schema": "drift/commit_plan/1", "units": [{"id": "U1", "files": ["src/login.rs"]}]}
```
```text
warning[D004]: `commit_plan.json`: a unit needs a `title`
  help: add `"title": "…"`
```

## How to settle it
Add the field. The templates that `drift new` writes have all of them.
"#,
    },
    run: |comparison, _, findings| problems::report(comparison, ProblemKind::MissingField, findings),
};
