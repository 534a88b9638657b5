//! `leftover-fixup`: a `fixup!` commit was never folded in.

use super::advice::Advice;
use super::wording::{commit, quoted, shell_word};
use super::{Check, Findings, Found};
use crate::model::{Comparison, Level, Options, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D208",
        name: "leftover-fixup",
        summary: "a fixup!, squash! or amend! commit was never folded in",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A commit whose subject begins with `fixup!`, `squash!` or `amend!`.

## Why it matters
Whoever wrote it meant to fold it in before anybody else sees it.

## Example
```json
{"id": "U1", "title": "Add login", "files": ["src/login.rs"]}
```
```text
warning[D208]: commit `3c6ef36` ("fixup! Add login") was never folded into "Add login"
  help: fold it in: `git rebase -i --autosquash main`, or accept it: `drift accept D208-adc9796b6abe --because …`
```

## How to settle it
Fold it in: `git rebase -i --autosquash BASE`.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    let base = comparison.history.map_or("BASE", |history| &history.base_ref);
    let help = advice.or_accept(&format!(
        "fold it in: `git rebase -i --autosquash {}`",
        shell_word(base)
    ));
    for (delta, own) in comparison.commits.iter().zip(comparison.history_commits()) {
        let Some(target) = &delta.fixup_of else { continue };
        let message = format!("commit {} was never folded into {}", commit(own), quoted(target));
        findings.add(Found::new(own.id, message).detail(own.subject()).help(&*help));
    }
}
