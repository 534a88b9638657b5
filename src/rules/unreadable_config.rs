//! `unreadable-config`: config.yaml, or a value in it, can't be read.

use super::Check;
use crate::model::{FaultKind, Level, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D901",
        name: "unreadable-config",
        summary: "config.yaml, or a value in it, can't be read",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A part of .drift/config.yaml that can't be understood: wrong YAML, a key that there is not, a level that is none, a pattern that
leaves the repository. The default holds in its place.

## Why it matters
Whoever wrote the line believes that it counts. A rule that was to deny goes on warning, and nobody notices.

## Example
```yaml
rules: {undeclared-file: forbid}
```
```text
warning[D901]: `.drift/config.yaml`: `undeclared-file` can't be `forbid`
  help: write one of `allow`, `warn`, `deny`
```

## How to settle it
Correct the line. A range is judged by the file as its base has it, so that the correction counts for what branches off after it.
"#,
    },
    run: |comparison, _, findings| super::faults::report(comparison, FaultKind::UnreadableConfig, findings),
};
