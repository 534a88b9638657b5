//! `wrong-lane`: a file was touched by commits of another unit or plan than the one that declares it.

use super::advice::Advice;
use super::precedence::{ScopeSpeaker, files_of};
use super::wording::{commit_places, count, declarer, units};
use super::{Check, Findings, Found};
use crate::model::{Comparison, FileDelta, Level, Options, RiskLevel, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D104",
        name: "wrong-lane",
        summary: "a file was touched by commits of another unit or plan than the one that declares it",
        default_level: Level::Warn,
        denies_from: Some(RiskLevel::High),
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A touched path that the plan declares, where every commit that touched it stands for a unit or plan that does not.

## Why it matters
Where several hands work side by side, a file has one owner at a time. Of the plans that drift, a third do it into a
file that a sibling plan had declared.

## Example
```json
{"units": [{"id": "U1", "files": ["src/login.rs"]}, {"id": "U2", "files": ["src/logout.rs"]}]}
```
```text
warning[D104]: `src/logout.rs` belongs to unit `U2` and was touched by 1 commit of unit `U1`
  help: move the change to the owner's commit, or declare it in `plan.json` (`units[].files`) in a new run, or accept it: `drift accept D104-849d70e81914 --because …`
```

## How to settle it
Move the change into a commit of the unit that owns the file. If the commit was paired with the wrong unit, say so in
its message with a `Drift-Unit:` trailer. If both need the file, declare it for both.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    for file in files_of(comparison, ScopeSpeaker::WrongLane) {
        let path = &comparison.change(file).path;
        let found = Found::new(path, message(comparison, file)).path(path);
        let declarations = file.declared_by.iter().take(1).map(|&declared| {
            (
                (&comparison.declaration(declared).location).into(),
                "declared here".to_owned(),
            )
        });
        let found = found.related_all(declarations.collect());
        let help = advice.or_accept(&format!(
            "move the change to the owner's commit, or {}",
            advice.declare(file)
        ));
        findings.add(found.related_all(commit_places(comparison, &file.commits)).help(help));
    }
}

/// Whose the file is, and who touched it.
fn message(comparison: &Comparison<'_>, file: &FileDelta) -> String {
    let path = &comparison.change(file).path;
    let mut owners: Vec<String> = file.declared_by.iter().map(|&it| declarer(comparison, it)).collect();
    owners.dedup();
    let owner = match owners.as_slice() {
        [] => "another plan".to_owned(),
        [one] => one.clone(),
        [first, others @ ..] => format!("{first} and {}", count(others.len(), "other")),
    };
    let by = match file.units.as_slice() {
        [] => String::new(),
        touching => format!(" of {}", units(comparison, touching)),
    };
    format!(
        "`{path}` belongs to {owner} and was touched by {}{by}",
        count(file.commits.len(), "commit")
    )
}
