//! `forbidden-file`: a file was touched that the plan or the policy forbids.

use super::advice::Advice;
use super::precedence::{ScopeSpeaker, files_of};
use super::wording::{commit_places, source_name, was_changed};
use super::{Check, Findings, Found};
use crate::model::{Comparison, FileDelta, Level, Options, RiskLevel, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D102",
        name: "forbidden-file",
        summary: "a file was touched that the plan or the policy forbids",
        default_level: Level::Warn,
        denies_from: Some(RiskLevel::Low),
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A touched path, on either side of a rename, that `forbiddenFiles` of the plan or `forbidden` of .drift/config.yaml
names. A declaration elsewhere does not lift it.

## Why it matters
Somebody said in so many words that this is not to be touched.

## Example
```json
{"schema": "drift/intent/1", "forbiddenFiles": ["infra/"]}
```
```text
error[D102]: `infra/main.tf` was changed by 1 commit; `intent.json` forbids it
  help: take the change back, or have the plan changed and approved, or accept it: `drift accept D102-5380da48ea66 --because …`
```

## How to settle it
Take the change back. If it is needed, whoever forbade it lifts that first: in the plan, with a new approval, or in
.drift/config.yaml on the base.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    for file in files_of(comparison, ScopeSpeaker::Forbidden) {
        let path = &comparison.change(file).path;
        let (who, lift) = forbidding(comparison, file);
        let message = format!("`{path}` {}; {who} forbids it", was_changed(comparison, file));
        let mut found = Found::new(path, message).path(path);
        if let Some(place) = &file.forbidden_by {
            found = found.related(place, "forbidden here");
        }
        let help = advice.or_accept(&format!("take the change back, or {lift}"));
        findings.add(found.related_all(commit_places(comparison, &file.commits)).help(help));
    }
}

/// Who forbids the file, and how that would be lifted.
fn forbidding(comparison: &Comparison<'_>, file: &FileDelta) -> (String, String) {
    match &file.forbidden_by {
        Some(place) => {
            let source = source_name(comparison.plan, place.source);
            (format!("`{source}`"), "have the plan changed and approved".to_owned())
        }
        None => (
            "the repository's policy".to_owned(),
            "change `forbidden` in .drift/config.yaml on the base".to_owned(),
        ),
    }
}
