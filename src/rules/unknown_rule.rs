//! `unknown-rule`: config.yaml names a rule, or an option of one, that there is not.

use super::Check;
use crate::model::{FaultKind, Level, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D902",
        name: "unknown-rule",
        summary: "config.yaml names a rule, or an option of one, that there is not",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A name under `rules` in .drift/config.yaml that no rule has, or an option that its rule does not have.

## Why it matters
The line is without effect. Most often it is a name misspelt; sometimes a rule of a later version of drift.

## Example
```yaml
rules: {undeclared-fils: deny}
```
```text
warning[D902]: `.drift/config.yaml`: no rule is called `undeclared-fils`
  help: did you mean `undeclared-file`?
```

## How to settle it
Correct the name; `drift explain` lists the rules. Where another version of drift knows the rule, let all use that one.
"#,
    },
    run: |comparison, _, findings| super::faults::report(comparison, FaultKind::UnknownRule, findings),
};
