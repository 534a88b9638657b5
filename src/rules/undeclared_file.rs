//! `undeclared-file`: a file was touched that no part of the plan declares.

use super::advice::Advice;
use super::precedence::{ScopeSpeaker, files_of};
use super::wording::{commit_places, declarer, was_changed};
use super::{Check, Findings, Found};
use crate::model::{Comparison, Declared, FileDelta, Level, Options, RepoPath, RiskLevel, Rule};
use std::collections::HashMap;

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D101",
        name: "undeclared-file",
        summary: "a file was touched that the plan does not declare",
        default_level: Level::Warn,
        denies_from: Some(RiskLevel::High),
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A touched path that nothing in the plan declares: no unit, no scope of the work as a whole, no other plan that was given.
Lock files and other derived files of what is in scope, and the planning system's own files, are none of these. Both
sides of a rename count.

## Why it matters
It is the plainest form of drift, and the most usual: in four of ten plans some file was forgotten. Most of them are
harmless; the one that is not looks the same.

## Example
```json
{"units": [{"id": "U1", "title": "Add login", "files": ["src/login.rs"]}]}
```
```text
warning[D101]: `src/session.rs` was added by 1 commit; nothing declares it
  help: declare it in `commit_plan.json` (`units[].files`) in a new run, or accept it: `drift accept D101-6c09ac80e27f --because …`
```

## How to settle it
If the file belongs to the work, declare it. If not, take the change to a branch of its own. If it follows from other
files, list it under `derived` in .drift/config.yaml. If its commits name another plan, check both plans together, with
`--plan` for each. Else accept it, and say why.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    let instead_of = namesakes(comparison);
    for file in files_of(comparison, ScopeSpeaker::Undeclared) {
        let (path, message) = message(comparison, file);
        let mut found = Found::new(path, message)
            .path(path)
            .related_all(commit_places(comparison, &file.commits))
            .help(advice.or_accept(&advice.declare(file)));
        if let Some(&declared) = instead_of.get(path) {
            let words = format!(
                "{} declares a file of the same name, which was left",
                declarer(comparison, declared)
            );
            found = found.related(&comparison.declaration(declared).location, words);
        }
        findings.add(found);
    }
}

/// The path that nobody declares, and what to say of it: of a rename into the scope that is the old side.
fn message<'a>(comparison: &Comparison<'a>, file: &FileDelta) -> (&'a RepoPath, String) {
    let change = comparison.change(file);
    let path = &change.path;
    let into_scope = file.rename.is_some_and(|it| it.to_declared && !it.from_declared);
    match &change.previous_path {
        Some(from) if into_scope => (
            from,
            format!("`{from}` was renamed to `{path}`; nothing declares the old path"),
        ),
        _ => (
            path,
            format!(
                "`{path}` {}{}; nothing declares it",
                was_changed(comparison, file),
                of_other_plans(comparison, file)
            ),
        ),
    }
}

/// Which other plans all its commits name in their subjects; empty where one of them names none.
fn of_other_plans(comparison: &Comparison<'_>, file: &FileDelta) -> String {
    let named = file
        .commits
        .iter()
        .map(|&commit| comparison.commits[commit].other_plan.as_deref());
    let Some(mut plans) = named.collect::<Option<Vec<_>>>() else {
        return String::new();
    };
    plans.sort_unstable();
    plans.dedup();
    match plans.as_slice() {
        [] => String::new(),
        [only] => format!(" of another plan, `{only}`"),
        several => format!(" of other plans, `{}`", several.join("`, `")),
    }
}

/// Undeclared paths, each with a declaration of the same file name that nothing met.
fn namesakes<'c>(comparison: &'c Comparison<'_>) -> HashMap<&'c RepoPath, Declared> {
    let untouched = comparison.untouched.iter();
    untouched
        .filter_map(|it| Some((it.misplaced_to.as_ref()?, it.declared)))
        .collect()
}
