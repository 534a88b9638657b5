//! `oversized-plan`: a plan or unit too large to be held against a history with any confidence.

use super::wording::{count, source_name};
use super::{Check, Findings, Found};
use crate::model::{Comparison, Level, OptionSpec, Options, Rule};
use std::collections::HashMap;

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D014",
        name: "oversized-plan",
        summary: "a plan has very many units, or a unit very many files",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[
            OptionSpec {
                name: "units",
                default: &["30"],
                doc: "the most units that one plan may have",
            },
            OptionSpec {
                name: "files",
                default: &["20"],
                doc: "the most entries that the files of one unit may have",
            },
            OptionSpec {
                name: "manifestFiles",
                default: &["10"],
                doc: "the most files that the manifest of a Gatekeeper plan may have",
            },
        ],
        explanation: r#"
## What it finds
A plan with more units, or a unit with more declared files, than the options allow. A folder or pattern counts as one
entry. The manifest of a Gatekeeper plan has a bound of its own.

## Why it matters
Nobody approves fifty units with open eyes, and a unit of forty files is several units. In public repositories a plan
has two or three units, and of a thousand units two declare more than fifteen files.

## Example
```json
{"id": "U1", "title": "Add login", "files": ["src/a.rs", "src/b.rs", "and 20 more"]}
```
```text
warning[D014]: unit `U1` declares 22 files; more than 20 are hard to review
  help: split the unit, or declare a folder where all of it changes alike
```

## How to settle it
Split the plan into runs, or the unit into units. Where many files change in one manner, declare their folder.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, options: &Options, findings: &mut Findings<'_>) {
    let most = |option: &str| options.number(option).unwrap_or(usize::MAX);
    check_lanes(comparison, most("units"), findings);
    check_units(comparison, most("files"), most("manifestFiles"), findings);
}

fn check_lanes(comparison: &Comparison<'_>, most: usize, findings: &mut Findings<'_>) {
    let plan = comparison.plan;
    let mut sizes = HashMap::new();
    plan.units
        .iter()
        .for_each(|unit| *sizes.entry(unit.lane).or_insert(0) += 1);
    for (index, lane) in plan.lanes.iter().enumerate() {
        let size = sizes.get(&index).copied().unwrap_or(0);
        if size > most {
            let name = source_name(plan, lane.location.source);
            let message = format!(
                "`{name}` plans {}; more than {most} are hard to review",
                count(size, "unit")
            );
            let found = Found::new(&lane.location, message).detail(&*lane.name);
            findings.add(found.help("split the work into several runs"));
        }
    }
}

fn check_units(comparison: &Comparison<'_>, most: usize, most_in_manifest: usize, findings: &mut Findings<'_>) {
    let plan = comparison.plan;
    for (unit, it) in plan.units.iter().enumerate() {
        let format = plan.sources.get(it.location.source).map_or("", |source| source.format);
        let most = if format == "gatekeeper" { most_in_manifest } else { most };
        if it.files.len() > most {
            let name = plan.unit_name(unit);
            let size = count(it.files.len(), "file");
            let message = format!("unit `{name}` declares {size}; more than {most} are hard to review");
            let found = Found::new(&it.location, message).unit(name);
            findings.add(found.help("split the unit, or declare a folder where all of it changes alike"));
        }
    }
}
