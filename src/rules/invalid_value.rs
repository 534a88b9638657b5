//! `invalid-value`: a field of a plan holds what it can't hold.

use super::{Check, problems};
use crate::model::{Level, ProblemKind, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D003",
        name: "invalid-value",
        summary: "a field of a plan holds a value that it can't have",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A value of the wrong type, an unknown word where only some are possible, a path that leaves the repository, a reference
to a unit or a test that does not exist.

## Why it matters
The value is set aside, and with it what it should have declared. The rest of the plan is read and compared all the
same, so one bad entry never hides the others.

## Example
```json
{"schema": "drift/intent/1", "slug": "login", "riskLevel": "HIGH"}
```
```text
warning[D003]: `intent.json`: `riskLevel` can't be `HIGH`
  help: did you mean `high`?
```

## How to settle it
Write a value that the field can have; `drift schema NAME` says which those are.
"#,
    },
    run: |comparison, _, findings| problems::report(comparison, ProblemKind::InvalidValue, findings),
};
