//! `bad-signature`: an approval is signed, and the signature does not verify.

use super::wording::{shell_word, source_name};
use super::{Check, Findings, Found};
use crate::model::{ApprovalState, Comparison, Level, Options, PlanLocation, RiskLevel, Rule, StandingKind};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D013",
        name: "bad-signature",
        summary: "the signature of an approval does not verify",
        default_level: Level::Warn,
        denies_from: Some(RiskLevel::Low),
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
An approval whose commit on the run's record carries a signature that git can't verify. An approval without a signature
is no finding: the report says that it is unsigned.

## Why it matters
A broken signature is worse than none: either the record was changed, or the key is not known here.

## Example
```text
error[D013]: the approval of `commit_plan.json` by Ann <ann@example.com> is badly signed: no principal matched
  help: make the key known here, or run `drift approve --sign commit_plan.json`
```

## How to settle it
`git log --show-signature refs/drift/runs/HANDLE` says what git thinks of it. If the key is missing here, add it
(`gpg.ssh.allowedSignersFile`); if the record was changed, approve again with `drift approve --sign`.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    for standing in &comparison.standings {
        let StandingKind::Approved {
            approval,
            state: ApprovalState::BadSignature(why),
        } = &standing.kind
        else {
            continue;
        };
        let name = source_name(comparison.plan, standing.source);
        let message = format!(
            "the approval of `{name}` by {} is badly signed: {why}",
            approval.approved_by
        );
        let help = format!(
            "make the key known here, or run `drift approve --sign {}`",
            shell_word(&name)
        );
        findings.add(
            Found::new(PlanLocation::whole(standing.source), message)
                .detail(name)
                .help(help),
        );
    }
}
