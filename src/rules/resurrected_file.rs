//! `resurrected-file`: a file that had been deleted is back.

use super::advice::Advice;
use super::wording::{commit_places, was_changed};
use super::{Check, Findings, Found};
use crate::model::{Action, Comparison, FileClass, FileDelta, Level, Options, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D109",
        name: "resurrected-file",
        summary: "a file that had been deleted is back",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A file that the range adds although it had been deleted before. A declared CREATE means it; derived files and the
planning system's own come and go.

## Why it matters
A branch that was cut before the deletion, or a conflict resolved for the wrong side, brings dead code back, together
with the bug that it was deleted for.

## Example
```json
{"id": "U1", "title": "Add login", "files": ["src/"]}
```
```text
warning[D109]: `src/old.rs` was added by 1 commit; it had been deleted before
  help: delete it again, or declare CREATE of it in `commit_plan.json` (`units[].files`) in a new run, or accept it: `drift accept D109-7f8a06567188 --because …`
```

## How to settle it
Delete it again, or declare CREATE of it.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    for file in comparison
        .files
        .iter()
        .filter(|file| file.resurrected && !is_meant(comparison, file))
    {
        let path = &comparison.change(file).path;
        let message = format!("`{path}` {}; it had been deleted before", was_changed(comparison, file));
        let scope = advice.scope_of(file.units.first().map(|&unit| comparison.plan.units[unit].lane));
        let edit = advice.edit(&format!("delete it again, or declare CREATE of it in {scope}"));
        let found = Found::new(path, message).path(path).help(advice.or_accept(&edit));
        findings.add(found.related_all(commit_places(comparison, &file.commits)));
    }
}

fn is_meant(comparison: &Comparison<'_>, file: &FileDelta) -> bool {
    let creates = |&declared| comparison.action(declared) == Some(Action::Create);
    matches!(file.class, FileClass::Derived | FileClass::Bookkeeping) || file.declared_by.iter().any(creates)
}
