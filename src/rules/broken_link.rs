//! `broken-link`: a file does not refer to what the plan says it must be wired to.

use super::advice::Advice;
use super::precedence::missing_artifacts;
use super::{Check, Findings, Found};
use crate::model::{Comparison, ExpectationKind, Level, Options, Outcome, RepoPath, RiskLevel, Rule};
use std::collections::HashSet;

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D603",
        name: "broken-link",
        summary: "a file does not refer to what it must be wired to at the target",
        default_level: Level::Warn,
        denies_from: Some(RiskLevel::High),
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A link of the plan (`must_haves.key_links` of a GSD plan) that the target does not show: the pattern matches in neither
file, or the one does not name the other, or a file is not there. A file that is `missing-artifact` already is not
named again.

## Why it matters
Code that nothing calls passes every test of its own and does nothing.

## Example
```yaml
must_haves:
  key_links:
    - from: src/main.rs
      to: src/login.rs
      pattern: login::
```
```text
warning[D603]: `src/main.rs` must refer to `src/login.rs`: nothing in it matches `login::`
  help: wire the two together, or correct the link in a new run, or accept it: `drift accept D603-d85a6818d4d2 --because …`
```

## How to settle it
Wire the two together, or correct the link in the plan.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    let help = advice.or_accept(&advice.edit("wire the two together, or correct the link"));
    let said_elsewhere: HashSet<&str> = missing_artifacts(comparison).iter().map(|it| it.path).collect();
    for it in &comparison.expectations {
        let expectation = &comparison.plan.expectations[it.expectation];
        let ExpectationKind::Link { from, to, pattern, .. } = &expectation.kind else {
            continue;
        };
        let why = match &it.outcome {
            Outcome::MissingFile { path, .. } if said_elsewhere.contains(path.as_str()) => continue,
            Outcome::MissingFile { path, .. } => format!("`{path}` does not exist"),
            Outcome::Unmet(reasons) => reasons.join("; "),
            Outcome::Met | Outcome::Unchecked(_) => continue,
        };
        let (from, to) = (from.to_text(), to.to_text());
        let message = format!("`{from}` must refer to `{to}`: {why}");
        let detail = format!("{to} {}", pattern.as_deref().unwrap_or_default());
        let found = Found::new(&expectation.location, message).path(&RepoPath::from(from.as_str()));
        findings.add(found.detail(detail.trim()).help(&*help));
    }
}
