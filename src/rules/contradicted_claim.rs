//! `contradicted-claim`: a summary or a verification says what git shows otherwise.

use super::advice::Advice;
use super::wording::source_name;
use super::{Check, Findings, Found};
use crate::model::{Claim, ClaimKind, ClaimStatus, Comparison, Level, Options, RangeEnd, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D607",
        name: "contradicted-claim",
        summary: "a summary claims what git shows otherwise",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
What a summary or a verification beside the plan says of the work, where git shows an exact difference: files that it lists
and no commit touched, or that its commits touched and it does not list; commits that are not in the range, or that touch none of
the files of the unit they are said to stand for; "no deviations", where there are some; a self-check that found files which are
not there; a verification (or a mission's acceptance matrix) that passed while expectations do not hold; a work package that the
mission's status calls done or approved, and that no commit stands for, nor touches a file of. What can't be known stays unchecked: an id that a rebase or
a squash may have rewritten, or anything in a shallow clone.

## Why it matters
Summaries are what people read instead of the change. Of 307 that claimed "no deviations", a third did deviate.

## Example
```markdown
## Deviations from Plan
None - plan executed exactly as written.
```
```text
warning[D607]: `04-01-SUMMARY.md` claims no deviations: 1 file that it does not declare was touched: `src/session.rs`
  help: correct the summary; a deviation that is said openly is no worse than a hidden one
```

## How to settle it
Correct the summary: name the file, say the deviation, put the right id. A deviation that it declares (`[Rule 1 - Bug] …` with
its files) is shown beside the finding on the file, and never makes it weigh more.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    for it in &comparison.claims {
        let ClaimStatus::Contradicted(differences) = &it.status else {
            continue;
        };
        let claim = &comparison.plan.claims[it.claim];
        let source = source_name(comparison.plan, claim.location.source);
        let format = comparison
            .plan
            .sources
            .get(claim.location.source)
            .map_or("", |it| it.format);
        let message = format!("`{source}` claims {}: {}", what(claim), differences.join("; "));
        let found = Found::new(&claim.location, message).detail(detail(comparison, claim));
        findings.add(found.help(advice.or_accept(settles(&claim.kind, format))));
    }
}

fn what(claim: &Claim) -> String {
    match &claim.kind {
        ClaimKind::Files { .. } => "which files it changed".to_owned(),
        ClaimKind::Commit { id, unit: Some(unit) } => format!("commit `{id}` for task {unit}"),
        ClaimKind::Commit { id, unit: None } => format!("commit `{id}`"),
        ClaimKind::Head { id, end } => match end {
            RangeEnd::Before => format!("that the work began at `{id}`"),
            RangeEnd::After => format!("that the work ended at `{id}`"),
        },
        ClaimKind::NoDeviations => "no deviations".to_owned(),
        ClaimKind::Deviation { title, .. } => format!("the deviation \"{title}\""),
        ClaimKind::SelfCheck { .. } => "that its self-check passed".to_owned(),
        ClaimKind::Verified => "that the plan's goals are reached".to_owned(),
        ClaimKind::Done { unit, state, .. } => format!("that unit `{unit}` is {state}"),
    }
}

/// What tells the claim from others: its kind, its unit and its text; no id of a commit.
fn detail(comparison: &Comparison<'_>, claim: &Claim) -> String {
    let source = source_name(comparison.plan, claim.location.source);
    let kind = match &claim.kind {
        ClaimKind::Files { .. } => "files",
        ClaimKind::Commit { unit, .. } => unit.as_deref().unwrap_or("commit"),
        ClaimKind::Head { .. } => "head",
        ClaimKind::NoDeviations => "no deviations",
        ClaimKind::Deviation { title, .. } => title,
        ClaimKind::SelfCheck { .. } => "self-check",
        ClaimKind::Verified => "verified",
        ClaimKind::Done { unit, .. } => unit,
    };
    format!("{source} {kind}")
}

fn settles(kind: &ClaimKind, format: &str) -> &'static str {
    match kind {
        ClaimKind::NoDeviations => "correct the summary; a deviation that is said openly is no worse than a hidden one",
        ClaimKind::Files { .. } => "correct the list",
        ClaimKind::Commit { .. } | ClaimKind::Head { .. } => "correct the id",
        ClaimKind::SelfCheck { .. } | ClaimKind::Deviation { .. } => "correct the summary, or add what is missing",
        ClaimKind::Verified if format == "spec_kitty" => "verify again, and correct the verdict",
        ClaimKind::Verified => "verify again, or accept there what need not be so (`overrides`)",
        ClaimKind::Done { .. } => "correct the status, or commit what is missing",
    }
}
