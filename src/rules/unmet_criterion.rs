//! `unmet-criterion`: an acceptance criterion that nobody ticked.

use super::advice::Advice;
use super::{Check, Findings, Found};
use crate::model::{Comparison, ExpectationKind, Level, Options, Outcome, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D604",
        name: "unmet-criterion",
        summary: "an acceptance criterion is not ticked",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
An acceptance criterion with an empty box (`- [ ] …`), in the plan itself and in the plan's own file at the target. A
criterion without a box is a sentence, which nothing can show: it is counted as unchecked.

## Why it matters
A criterion says when the work is done. One that nobody ticked was not looked at, or does not hold, and the reader of the
report has to know which.

## Example
```markdown
## 4. Acceptance Criteria
- [ ] All public functions have types
```
```text
warning[D604]: "All public functions have types" is not ticked
  help: tick it in `stage-2.md` once it holds, and commit that
```

## How to settle it
Look whether it holds. If it does, tick the box and commit the file; a ticked box asks for no new approval. If it does
not, the work goes on. If it is no longer wanted, the plan has to say so.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    for it in &comparison.expectations {
        let expectation = &comparison.plan.expectations[it.expectation];
        let (ExpectationKind::Criterion { text, .. }, Outcome::Unmet(_)) = (&expectation.kind, &it.outcome) else {
            continue;
        };
        let name = super::wording::source_name(comparison.plan, expectation.location.source);
        let help = advice.or_accept(&format!("tick it in `{name}` once it holds, and commit that"));
        let found = Found::new(
            &expectation.location,
            format!("{} is not ticked", super::wording::quoted(text)),
        );
        findings.add(found.detail(text.as_str()).help(help));
    }
}
