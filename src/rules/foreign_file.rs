//! `foreign-file`: a commit also touched files that only other units declare.

use super::advice::Advice;
use super::precedence::wrong_lane_paths;
use super::wording::{commit_places, count, unit_names, units};
use super::{Check, Findings, Found};
use crate::model::{Comparison, Level, Options, RepoPath, Rule};
use std::collections::HashMap;

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D206",
        name: "foreign-file",
        summary: "commits of one unit also touched a file that only other units declare",
        default_level: Level::Allow,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A file that its own unit's commits touched, and commits of another unit too. Where only the others touched it, it is
`wrong-lane`.

## Why it matters
Taking back one unit then takes a part of the other with it, and a review by unit does not show the whole file. It is a
remark: the plan knows the file, and most often one unit adds what the next one wires.

## Example
```json
{"units": [{"id": "U1", "files": ["src/login.rs"]}, {"id": "U2", "files": ["src/session.rs"]}]}
```
```text
note[D206]: `src/session.rs` was touched by 2 commits of unit `U1`, but is not declared there
  help: move the part to the unit that declares it, or declare it for both in a new run, or accept it: `drift accept D206-ed2c85add85f --because …`
```

## How to settle it
Move the part into a commit of the unit that declares the file, or declare the file for both.
"#,
    },
    run,
};

/// A path, and the units whose commits touched it without declaring it.
type Trespass<'c> = (Vec<usize>, &'c RepoPath);

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    let help = advice.or_accept(&advice.edit("move the part to the unit that declares it, or declare it for both"));
    for ((own_units, path), commits) in trespasses(comparison) {
        let who = units(comparison, &own_units);
        let many = count(commits.len(), "commit");
        let message = format!("`{path}` was touched by {many} of {who}, but is not declared there");
        let names = unit_names(comparison, &own_units).join(", ");
        let found = Found::new(path, message).path(path).unit(names);
        findings.add(found.related_all(commit_places(comparison, &commits)).help(&*help));
    }
}

/// All trespasses in the order of their first commit, each with its commits.
fn trespasses<'c>(comparison: &'c Comparison<'_>) -> Vec<(Trespass<'c>, Vec<usize>)> {
    let said_elsewhere = wrong_lane_paths(comparison);
    let mut known: HashMap<Trespass<'c>, usize> = HashMap::new();
    let mut all: Vec<(Trespass<'c>, Vec<usize>)> = Vec::new();
    for (commit, delta) in comparison.commits.iter().enumerate() {
        let mut own_units = delta.units.clone();
        own_units.sort_unstable();
        for path in delta.foreign.iter().filter(|path| !said_elsewhere.contains(path)) {
            let trespass = (own_units.clone(), path);
            let at = *known.entry(trespass.clone()).or_insert_with(|| {
                all.push((trespass, Vec::new()));
                all.len() - 1
            });
            all[at].1.push(commit);
        }
    }
    all
}
