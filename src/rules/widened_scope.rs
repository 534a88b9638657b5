//! `widened-scope`: the plan or the policy was loosened inside the range that it judges.

use super::advice::Advice;
use super::{Check, Findings, Found};
use crate::model::{Comparison, Level, Location, Options, PlanLocation, RepoPath, RiskLevel, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D015",
        name: "widened-scope",
        summary: "the plan or the policy was loosened inside the range that it judges",
        default_level: Level::Warn,
        denies_from: Some(RiskLevel::Medium),
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
Each thing that became allowed within the range itself: a path added to the scope, one taken from what is forbidden, a
rule's level lowered in .drift/config.yaml. Narrowing is never a finding.

## Why it matters
Work that moves its own limits always stays within them. The change may be right, and then it deserves its own look.

## Example
```text
error[D015]: `commit_plan.json` was loosened inside the range (`src/**` was added)
  help: bring the change to the base first, on its own, or accept it: `drift accept D015-9a6d08743de7 --because …`
```

## How to settle it
Bring the wider scope to the base first, reviewed on its own, or have it approved again before the work goes on. A
change that is in the open and right can be accepted; each one is accepted for itself.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    let help = advice.or_accept("bring the change to the base first, on its own");
    for widening in &comparison.widened {
        for change in &widening.changes {
            let message = format!("`{}` was loosened inside the range ({change})", widening.file);
            let file = RepoPath::from(widening.file.as_str());
            let found = Found::new(place(comparison, &widening.file), message).path(&file);
            findings.add(found.detail(&**change).help(&*help));
        }
    }
}

/// The source of that name, or the file itself where the plan does not hold it.
fn place(comparison: &Comparison<'_>, file: &str) -> Location {
    let source = comparison.plan.sources.iter().position(|source| source.name == file);
    source.map_or_else(
        || (&RepoPath::from(file)).into(),
        |source| PlanLocation::whole(source).into(),
    )
}
