//! `stale-evidence`: a required test whose evidence is of another tree.

use super::advice::Advice;
use super::promises::{about, called, required, run_it, when};
use super::{Check, Findings};
use crate::model::{Comparison, EvidenceRef, Level, Options, RiskLevel, Rule, TestStatus};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D304",
        name: "stale-evidence",
        summary: "a required test was run on another tree than the target's only",
        default_level: Level::Warn,
        denies_from: Some(RiskLevel::High),
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A required test with evidence of other trees, and none of the target's. Evidence counts by content: equal trees count
whatever the commit, so that an amend, a rebase onto nothing new or a squash keeps it, and so does what changes below
`.drift/` only.

## Why it matters
Something was changed after the tests ran, and nobody knows what that did to them.

## Example
```text
warning[D304]: the required test `T1` (`login > rejects`) was run on another tree only (of 2026-01-02T03:04:05Z, on commit `12345678`)
  help: run it on what is there now: `drift test unit`, or accept it: `drift accept D304-e862f78d1ba6 --because …`
```

## How to settle it
Run the suite again with the target checked out. Where the tests ran with changes that were not committed yet, commit
these: the evidence then counts for their commit.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    for (delta, test) in required(comparison, TestStatus::Stale) {
        let of = delta
            .elsewhere
            .as_ref()
            .map(|it| format!(" ({})", when(it)))
            .unwrap_or_default();
        let message = format!("the required test {} was run on another tree only{of}", called(test));
        let run_it = run_it(comparison, delta.lane, test);
        let help = match &delta.elsewhere {
            Some(of) if is_uncommitted(comparison, of) => {
                format!("commit what was tested, or run it on what is committed: {run_it}")
            }
            _ => format!("run it on what is there now: {run_it}"),
        };
        findings.add(about(comparison, delta.lane, test, message).help(advice.or_accept(&help)));
    }
}

/// Whether it is of what lay in the worktree on top of the target, and no commit has yet.
fn is_uncommitted(comparison: &Comparison<'_>, evidence: &EvidenceRef) -> bool {
    let target = comparison.history.map(|history| history.target.to_string());
    evidence.dirty && evidence.commit.is_some() && evidence.commit == target
}
