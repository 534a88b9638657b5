//! `sensitive-file`: a file that can do harm was touched and is not declared by its own name.

use super::advice::Advice;
use super::precedence::{ScopeSpeaker, files_of};
use super::wording::{commit_places, was_changed};
use super::{Check, Findings, Found};
use crate::model::{Comparison, Level, Options, RiskLevel, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D103",
        name: "sensitive-file",
        summary: "a file that can do harm was touched without being declared by its own path",
        default_level: Level::Warn,
        denies_from: Some(RiskLevel::Low),
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A touched path that `sensitive` of .drift/config.yaml names (keys, `.env`, CI workflows, …) and that no declaration
spells out. A folder or a pattern is not enough: `**` was not written with `.env` in mind. A plan with
`"dangerMode": true` is not asked.

## Why it matters
A secret that was committed once is known, and a changed workflow runs with the repository's rights.

## Example
```json
{"units": [{"id": "U1", "title": "Add login", "files": ["**"]}]}
```
```text
error[D103]: `.env` was added by 1 commit; it is sensitive, and nothing declares it by its own path
  help: take the change back, or declare it in `commit_plan.json` (`units[].files`) in a new run, or accept it: `drift accept D103-13e0c14582c5 --because …`
```

## How to settle it
Take the change back; a real secret has to be replaced as well. If the change is meant, declare exactly this path, so
that the approval has seen it.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    for file in files_of(comparison, ScopeSpeaker::Sensitive) {
        let path = &comparison.change(file).path;
        let message = format!(
            "`{path}` {}; it is sensitive, and nothing declares it by its own path",
            was_changed(comparison, file)
        );
        let help = advice.or_accept(&format!("take the change back, or {}", advice.declare(file)));
        let found = Found::new(path, message).path(path).help(help);
        findings.add(found.related_all(commit_places(comparison, &file.commits)));
    }
}
