//! `overlapping-scope`: two parties that work at the same time own one path.

use super::wording::declarer;
use super::{Check, Findings, Found};
use crate::model::{Comparison, Level, Location, Options, Overlap, OverlapParty, RepoPath, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D009",
        name: "overlapping-scope",
        summary: "two units or runs that work at the same time own one path",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A path that two concurrent units declare although neither depends on the other, or that another open run declares too.

## Why it matters
Both will edit it, and whoever merges second resolves the conflict without knowing what the first had in mind. It also
takes away the means to say whose change a change is.

## Example
```json
{"units": [{"id": "U1", "files": ["src/api.rs"]}, {"id": "U2", "files": ["src/api.rs"]}]}
```
```text
warning[D009]: unit `U1` and unit `U2` both own `src/api.rs` at the same time
  help: give the path to one of them, or let one wait for the other
```

## How to settle it
Give the path to one of them, or let one wait for the other (`dependsOn`). Between runs: finish or narrow one of them;
`drift list` shows which are open.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    for overlap in &comparison.overlaps {
        findings.add(found(comparison, overlap));
    }
}

fn found(comparison: &Comparison<'_>, overlap: &Overlap) -> Found {
    let (first, second) = (name(comparison, &overlap.first), name(comparison, &overlap.second));
    let message = format!("{first} and {second} both own `{}` at the same time", overlap.pattern);
    let places = [place(comparison, &overlap.first), place(comparison, &overlap.second)];
    let mut places = places.into_iter().flatten();
    let mut found = Found::new(places.next().unwrap_or(Location::Range), message)
        .path(&RepoPath::from(overlap.pattern.as_str()))
        .detail(format!("{first}, {second}"));
    for other in places {
        found = found.related(other, format!("{second} declares it here"));
    }
    found.help("give the path to one of them, or let one wait for the other")
}

fn name(comparison: &Comparison<'_>, party: &OverlapParty) -> String {
    match party {
        OverlapParty::Declared(declared) => declarer(comparison, *declared),
        OverlapParty::Sibling(run) => format!("run `{run}`"),
    }
}

fn place(comparison: &Comparison<'_>, party: &OverlapParty) -> Option<Location> {
    match party {
        OverlapParty::Declared(declared) => Some((&comparison.declaration(*declared).location).into()),
        OverlapParty::Sibling(_) => None,
    }
}
