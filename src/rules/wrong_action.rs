//! `wrong-action`: what happened to a file is not what the plan says should happen.

use super::advice::Advice;
use super::precedence::{Unmet, UnmetSpeaker};
use super::wording::{declarer, declaring_unit};
use super::{Check, Findings, Found};
use crate::model::{ActionMismatch, ActionMismatchKind, Comparison, Level, Options, RiskLevel, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D107",
        name: "wrong-action",
        summary: "a file was not created, modified, deleted or renamed as declared",
        default_level: Level::Warn,
        denies_from: Some(RiskLevel::High),
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A declared CREATE, MODIFY, DELETE or RENAME that git shows otherwise. Both ends of the range are looked at: a CREATE of
what the base has already is as wrong as one that the target does not have.

## Why it matters
A file that was to be created and existed is overwritten; one that was to be deleted and stays is dead code that
somebody relies on being gone.

## Example
```json
{"id": "U1", "title": "Drop the old login", "files": [{"path": "src/old.rs", "action": "DELETE"}]}
```
```text
warning[D107]: unit `U1` declares DELETE of `src/old.rs`, and the target still has it
  help: do what is declared, or correct the action in `commit_plan.json` (`units[].files`) in a new run, or accept it: `drift accept D107-913a1c07def2 --because …`
```

## How to settle it
Do what is declared, or correct the action in the plan.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    let unmet = Unmet::of(comparison);
    let spoken = comparison.actions.iter();
    for mismatch in spoken.filter(|it| unmet.speaker(it.declared) == UnmetSpeaker::WrongAction) {
        let scope = advice.scope_of(Some(mismatch.declared.lane));
        let edit = advice.edit(&format!("do what is declared, or correct the action in {scope}"));
        let place = &comparison.declaration(mismatch.declared).location;
        let found = Found::new(place, message(comparison, mismatch))
            .path(&mismatch.path)
            .unit_if(declaring_unit(comparison, mismatch.declared))
            .related(&mismatch.path, "the file");
        findings.add(found.help(advice.or_accept(&edit)));
    }
}

fn message(comparison: &Comparison<'_>, mismatch: &ActionMismatch) -> String {
    use ActionMismatchKind as Kind;
    let (action, instead) = match mismatch.kind {
        Kind::CreateButExisted => ("CREATE", "the base has it already"),
        Kind::NotCreated => ("CREATE", "the target does not have it"),
        Kind::ModifyButAbsent => ("MODIFY", "the base does not have it"),
        Kind::ModifyButDeleted => ("MODIFY", "the target does not have it any more"),
        Kind::NotDeleted => ("DELETE", "the target still has it"),
        Kind::DeleteButAbsent => ("DELETE", "the base does not have it"),
        Kind::NotRenamed => ("RENAME", "it is where it was"),
    };
    let who = declarer(comparison, mismatch.declared);
    format!("{who} declares {action} of `{}`, and {instead}", mismatch.path)
}
