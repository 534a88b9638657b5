//! `unreadable-plan`: a plan, or a part of it, can't be read at all.

use super::{Check, problems};
use crate::model::{Level, ProblemKind, RiskLevel, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D001",
        name: "unreadable-plan",
        summary: "a plan, or a part of it, can't be read",
        default_level: Level::Warn,
        denies_from: Some(RiskLevel::Low),
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A text that no reader takes for a plan, or that breaks off: wrong syntax, an empty file, a file that is no text.

## Why it matters
What can't be read is not compared. A run that looks clean because its plan was skipped is worse than one that fails,
so this rule denies at every risk level.

## Example
```json
{"schema": "drift/commit_plan/1", "units": [
```
```text
error[D001]: `plan.json`: the text ends within the list `units`
  help: close it with `]}`
```

## How to settle it
Repair the text at the place that the finding names; `drift validate` reads it again. If it was never meant as a plan,
take it out of `--plan`.
"#,
    },
    run: |comparison, _, findings| problems::report(comparison, ProblemKind::Unreadable, findings),
};
