//! `derived-file`: a lock, generated or snapshot file changed along with what it follows from.

use super::precedence::{ScopeSpeaker, files_of};
use super::wording::{commit_places, was_changed};
use super::{Check, Findings, Found};
use crate::model::{Comparison, Level, Options, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D113",
        name: "derived-file",
        summary: "an undeclared lock, generated or snapshot file changed along with its source",
        default_level: Level::Allow,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
An undeclared file that follows from others: its name is in `derived` of .drift/config.yaml or it is
`linguist-generated`, and its source is in scope. Without its source in scope it is `undeclared-file`.

## Why it matters
Nobody declares `Cargo.lock`, and nobody should have to, so this is a remark at every risk level. A new dependency or a
rewritten snapshot still deserves a look.

## Example
```json
{"id": "U1", "title": "Add login", "files": ["Cargo.toml", "src/login.rs"]}
```
```text
note[D113]: `Cargo.lock` was changed by 1 commit; it follows from files in scope
```

## How to settle it
There is nothing to do. Where derived files have to be planned, set `derived-file: warn` or declare them.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    for file in files_of(comparison, ScopeSpeaker::Derived) {
        let path = &comparison.change(file).path;
        let message = format!(
            "`{path}` {}; it follows from files in scope",
            was_changed(comparison, file)
        );
        let found = Found::new(path, message).path(path);
        findings.add(found.related_all(commit_places(comparison, &file.commits)));
    }
}
