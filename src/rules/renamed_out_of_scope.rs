//! `renamed-out-of-scope`: a declared file was renamed to where nothing is declared.

use super::advice::Advice;
use super::precedence::{ScopeSpeaker, files_of};
use super::wording::commit_places;
use super::{Check, Findings, Found};
use crate::model::{Comparison, Level, Options, RiskLevel, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D110",
        name: "renamed-out-of-scope",
        summary: "a declared file was renamed to a path that nothing declares",
        default_level: Level::Warn,
        denies_from: Some(RiskLevel::Medium),
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A rename whose old path is in scope and whose new path is not.

## Why it matters
From its new place the file escapes every later look at the scope, and the file that was approved is gone.

## Example
```json
{"id": "U1", "title": "Split the login", "files": ["src/login/"]}
```
```text
error[D110]: `src/login/form.rs` is in scope and was renamed to `web/form.rs`, which nothing declares
  help: rename it back, or declare it in `commit_plan.json` (`units[].files`) in a new run, or accept it: `drift accept D110-c55ca07b9bef --because …`
```

## How to settle it
Keep the file within the scope, or declare where it goes.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    for file in files_of(comparison, ScopeSpeaker::RenamedOutOfScope) {
        let change = comparison.change(file);
        let path = &change.path;
        let from = change.previous_path.as_ref().unwrap_or(path);
        let message = format!("`{from}` is in scope and was renamed to `{path}`, which nothing declares");
        let help = advice.or_accept(&format!("rename it back, or {}", advice.declare(file)));
        let found = Found::new(path, message)
            .path(path)
            .detail(from.to_json_text())
            .help(help);
        findings.add(found.related_all(commit_places(comparison, &file.commits)));
    }
}
