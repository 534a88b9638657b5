//! `split-unit`: several commits stand for one unit.

use super::wording::{commit_places, count};
use super::{Check, Findings, Found};
use crate::model::{Comparison, Level, OptionSpec, Options, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D204",
        name: "split-unit",
        summary: "several commits stand for one unit",
        default_level: Level::Allow,
        denies_from: None,
        since: "0.1.0",
        options: &[OptionSpec {
            name: "commits",
            default: &["1"],
            doc: "the most commits that one unit may have",
        }],
        explanation: r#"
## What it finds
A unit with more commits than the option allows; a `fixup!` that was never folded in is not counted.

## Why it matters
Small commits are good commits: a test, then the code, then a correction. So this is a remark at every risk level. A
team that squashes wants to see it.

## Example
```json
{"id": "U1", "title": "Add login", "files": ["src/login.rs", "tests/login.rs"]}
```
```text
note[D204]: unit `U1` was done in 2 commits
```

## How to settle it
There is nothing to do. Where one unit has to be one commit, set `split-unit: warn` and fold the commits together.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, options: &Options, findings: &mut Findings<'_>) {
    let most = options.number("commits").unwrap_or(usize::MAX);
    for (unit, delta) in comparison.units.iter().enumerate() {
        let is_own = |&&index: &&usize| comparison.commits.get(index).is_some_and(|it| it.fixup_of.is_none());
        let commits: Vec<usize> = delta.commits.iter().filter(is_own).copied().collect();
        if commits.len() <= most {
            continue;
        }
        let name = comparison.plan.unit_name(unit);
        let message = format!("unit `{name}` was done in {}", count(commits.len(), "commit"));
        let found = Found::new(comparison.unit_location(unit), message).unit(name);
        findings.add(found.related_all(commit_places(comparison, &commits)));
    }
}
