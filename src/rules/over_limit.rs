//! `over-limit`: the range is larger than the plan allows.

use super::advice::Advice;
use super::{Check, Findings, Found};
use crate::model::{Comparison, Level, LimitExceeded, LimitKind, Options, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D111",
        name: "over-limit",
        summary: "the range has more files, lines or commits than the plan allows",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A number of `limits` that the range exceeds: touched files, inserted and deleted lines, or commits.

## Why it matters
A limit is the author's idea of how large the work is. Far beyond it, the work is another one, even where each file was
declared.

## Example
```json
{"schema": "drift/intent/1", "limits": {"files": 10}}
```
```text
warning[D111]: the range touches 12 files; the plan allows 10
  help: split the work, or raise the limit in a new run, or accept it: `drift accept D111-01e8f8176fc5 --because …`
```

## How to settle it
Split the work, or raise the limit.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    for exceeded in &comparison.limits {
        let help = advice.or_accept(&advice.edit("split the work, or raise the limit"));
        let found = Found::new(&exceeded.location, message(exceeded)).detail(exceeded.kind.name());
        findings.add(found.help(help));
    }
}

fn message(exceeded: &LimitExceeded) -> String {
    let LimitExceeded { kind, limit, found, .. } = exceeded;
    let does = match kind {
        LimitKind::Files => "touches",
        LimitKind::Lines => "inserts and deletes",
        LimitKind::Commits => "has",
    };
    format!("the range {does} {found} {}; the plan allows {limit}", kind.name())
}
