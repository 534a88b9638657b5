//! `unapproved-artifact`: a run is judged by a plan that nobody approved.

use super::wording::{shell_word, source_name};
use super::{Check, Findings, Found};
use crate::model::{Comparison, Level, Options, PlanLocation, RiskLevel, Rule, StandingKind};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D010",
        name: "unapproved-artifact",
        summary: "an artifact of the run was never approved",
        default_level: Level::Warn,
        denies_from: Some(RiskLevel::Low),
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
An artifact of a run without any approval in the run's record. A plan that is given with `--plan` and belongs to no run
has no approval to judge, and this rule is silent about it.

## Why it matters
To agree with a plan means something only if somebody agreed to the plan.

## Example
```text
error[D010]: nobody approved `commit_plan.json`
  help: read it and run `drift approve commit_plan.json`
```

## How to settle it
`drift approve` shows the scope in files of today's tree, and writes the approval to the run's record.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let unapproved = comparison
        .standings
        .iter()
        .filter(|it| it.kind == StandingKind::Unapproved);
    for standing in unapproved {
        let name = source_name(comparison.plan, standing.source);
        let found = Found::new(
            PlanLocation::whole(standing.source),
            format!("nobody approved `{name}`"),
        );
        findings.add(
            found
                .help(format!("read it and run `drift approve {}`", shell_word(&name)))
                .detail(name),
        );
    }
}
