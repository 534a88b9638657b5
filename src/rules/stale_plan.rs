//! `stale-plan`: a declaration that does not fit the tree it was written for.

use super::advice::Advice;
use super::precedence::{Unmet, UnmetSpeaker};
use super::wording::{declared_path, declarer, declaring_unit};
use super::{Check, Findings, Found};
use crate::model::{Comparison, Level, Options, Rule, Stale, StaleKind};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D008",
        name: "stale-plan",
        summary: "a declaration does not fit the tree that the plan starts from",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
MODIFY, DELETE or RENAME of a file that the base does not have, CREATE of one that it has, and a pattern or folder that
names no file at all; each with the most similar path that exists. Where the work touched the file none the less,
`wrong-action` speaks instead.

## Why it matters
The plan was written from memory, or for a tree that has moved on. It is cheapest to see before the work begins:
`drift validate` looks for it.

## Example
```json
{"path": "src/login/tokn.rs", "action": "MODIFY"}
```
```text
warning[D008]: unit `U1` declares MODIFY of `src/login/tokn.rs`, which the base does not have
  help: did you mean `src/login/token.rs`? Correct the path in a new run
```

## How to settle it
Correct the path or the action. If the base moved, take the plan through once more: other parts may be stale too.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    let unmet = Unmet::of(comparison);
    let spoken = comparison
        .stale
        .iter()
        .filter(|it| unmet.speaker(it.declared) == UnmetSpeaker::Stale);
    for stale in spoken {
        let declaration = comparison.declaration(stale.declared);
        let found = Found::new(&declaration.location, message(comparison, stale))
            .path(&declared_path(comparison, stale.declared))
            .unit_if(declaring_unit(comparison, stale.declared));
        findings.add(found.help(advice.edit(&help(stale))));
    }
}

fn message(comparison: &Comparison<'_>, stale: &Stale) -> String {
    let pattern = comparison.declaration(stale.declared).pattern.to_text();
    let who = declarer(comparison, stale.declared);
    let action = comparison
        .action(stale.declared)
        .map_or("anything", |action| action.name());
    match stale.kind {
        StaleKind::Absent => format!("{who} declares {action} of `{pattern}`, which the base does not have"),
        StaleKind::Present => format!("{who} declares {action} of `{pattern}`, which the base has already"),
        StaleKind::NoMatch => format!("{who} declares `{pattern}`, which names no file"),
    }
}

fn help(stale: &Stale) -> String {
    match (stale.kind, &stale.nearest) {
        (StaleKind::Present, _) => "declare MODIFY, or another path".to_owned(),
        (_, Some(nearest)) => format!("did you mean `{nearest}`? Correct the path"),
        (StaleKind::Absent, None) => "declare CREATE, or correct the path".to_owned(),
        (StaleKind::NoMatch, None) => "correct the pattern, or take it out".to_owned(),
    }
}
