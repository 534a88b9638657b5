//! `self-approved`: who wrote the commits also approved the plan.

use super::wording::source_name;
use super::{Check, Findings, Found};
use crate::model::{Approval, Comparison, Level, Options, PlanLocation, Rule, Standing, StandingKind};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D012",
        name: "self-approved",
        summary: "an artifact was approved by an author of the range's commits",
        default_level: Level::Allow,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
An approval by somebody who also wrote commits of the range; people are told apart by their addresses.

## Why it matters
For somebody who works alone this is the normal case, so it is a remark at every risk level. In a team it tells how
much the approval is worth.

## Example
```text
note[D012]: `commit_plan.json` was approved by Ann <ann@example.com>, who wrote commits of the range
  help: let somebody else approve it
```

## How to settle it
Let somebody else approve. A team that wants four eyes sets `self-approved: deny` in .drift/config.yaml.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    for standing in &comparison.standings {
        let Some(approval) = approval(standing) else { continue };
        let approver = address(&approval.approved_by);
        if comparison.authors.iter().any(|author| address(author) == approver) {
            let name = source_name(comparison.plan, standing.source);
            let message = format!(
                "`{name}` was approved by {}, who wrote commits of the range",
                approval.approved_by
            );
            let found = Found::new(PlanLocation::whole(standing.source), message).detail(name);
            findings.add(found.help("let somebody else approve it"));
        }
    }
}

fn approval(standing: &Standing) -> Option<&Approval> {
    match &standing.kind {
        StandingKind::Approved { approval, .. } | StandingKind::Changed { approval, .. } => Some(approval),
        StandingKind::Unjudged | StandingKind::Unapproved => None,
    }
}

/// What stands between the angle brackets in lower case, or all of a text without them.
fn address(person: &str) -> String {
    let inner = person.rsplit_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inner.map_or(person, |(address, _)| address).trim().to_lowercase()
}
