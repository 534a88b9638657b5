//! `changed-after-approval`: an artifact is no longer what was approved.

use super::wording::{shell_word, source_name};
use super::{Check, Findings, Found};
use crate::model::{Comparison, Level, Options, PlanLocation, RiskLevel, Rule, StandingKind};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D011",
        name: "changed-after-approval",
        summary: "an artifact is no longer what was approved",
        default_level: Level::Warn,
        denies_from: Some(RiskLevel::Low),
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
An artifact whose content differs from the content that was approved, or that is gone. Only what matters counts:
another indentation or order of keys is no change.

## Why it matters
Whoever may change the plan afterwards can make any work fit it.

## Example
```text
error[D011]: `commit_plan.json` was changed since Ann <ann@example.com> approved it
  help: put the approved text back, or run `drift approve commit_plan.json`
```

## How to settle it
If the change is meant, `drift approve` shows what became wider since the last approval and approves it. If not, put
the approved text back: the run's record (`drift show`) has it. An acceptance holds for this one content and not for
the next.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    for standing in &comparison.standings {
        let StandingKind::Changed { approval, found } = &standing.kind else {
            continue;
        };
        let name = source_name(comparison.plan, standing.source);
        let what = if found.is_empty() { "is gone" } else { "was changed" };
        let message = format!("`{name}` {what} since {} approved it", approval.approved_by);
        let help = format!(
            "put the approved text back, or run `drift approve {}`",
            shell_word(&name)
        );
        // The hash belongs to the name: accepting one change does not accept the next.
        let detail = format!("{name} {found}");
        findings.add(
            Found::new(PlanLocation::whole(standing.source), message)
                .detail(detail)
                .help(help),
        );
    }
}
