//! `unplanned-delete`: a file is gone, and the plan does not say so.

use super::advice::Advice;
use super::precedence::{ScopeSpeaker, files_of};
use super::wording::{commit_places, was_changed};
use super::{Check, Findings, Found};
use crate::model::{Comparison, Level, Options, RiskLevel, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D108",
        name: "unplanned-delete",
        summary: "a file was deleted, and the plan neither says so nor names it",
        default_level: Level::Warn,
        denies_from: Some(RiskLevel::High),
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A deleted file that no declaration names by its own path or with DELETE or RENAME. A folder or pattern that covers it
allows to work there, and not to clear it out. Derived files and the planning system's own are not asked.

## Why it matters
What was added can be seen in review; what is missing is easily overlooked. A merge that was resolved in a hurry drops
files in just this way.

## Example
```json
{"id": "U1", "title": "Tidy the parser's errors", "files": ["src/parser/"]}
```
```text
warning[D108]: `src/parser/span.rs` was deleted by 1 commit; nothing declares that
  help: bring it back, or declare its deletion in `commit_plan.json` (`units[].files`) in a new run, or accept it: `drift accept D108-c7bae90ae97a --because …`
```

## How to settle it
Bring the file back (`git restore --source=BASE PATH`), or declare its deletion.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    for file in files_of(comparison, ScopeSpeaker::UnplannedDelete) {
        let path = &comparison.change(file).path;
        let message = format!("`{path}` {}; nothing declares that", was_changed(comparison, file));
        let scope = advice.scope_of(file.units.first().map(|&unit| comparison.plan.units[unit].lane));
        let edit = advice.edit(&format!("bring it back, or declare its deletion in {scope}"));
        let found = Found::new(path, message).path(path).help(advice.or_accept(&edit));
        findings.add(found.related_all(commit_places(comparison, &file.commits)));
    }
}
