//! `missing-artifact`: a file that the plan says must exist does not.

use super::advice::Advice;
use super::precedence::{MissingArtifact, missing_artifacts};
use super::{Check, Findings, Found};
use crate::model::{Comparison, Level, Options, RepoPath, RiskLevel, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D601",
        name: "missing-artifact",
        summary: "a file that must exist at the target does not",
        default_level: Level::Warn,
        denies_from: Some(RiskLevel::Medium),
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A file that the plan expects at the target (`must_haves.artifacts` of a GSD plan) and that the target's tree does not
have, with the most similar path that it has. Each file is named once, however much is expected of it.

## Why it matters
It is a promised result, and not a matter of how the work was cut into commits.

## Example
```yaml
must_haves:
  artifacts:
    - path: src/login.rs
      provides: password login
```
```text
error[D601]: `src/login.rs` (password login) must exist and does not
  help: did you mean `src/log_in.rs`? Create the file, or correct the path in a new run, or accept it: `drift accept D601-2721c0baaf61 --because …`
```

## How to settle it
Create the file, or correct the path in the plan.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    for missing in missing_artifacts(comparison) {
        findings.add(found(&advice, &missing));
    }
}

fn found(advice: &Advice<'_>, missing: &MissingArtifact<'_>) -> Found {
    let MissingArtifact {
        path,
        nearest,
        expectations,
    } = missing;
    let provides = expectations
        .iter()
        .map(|it| it.provides.trim())
        .find(|it| !it.is_empty());
    let why = provides.map_or(String::new(), |provides| format!(" ({provides})"));
    let create = match nearest {
        Some(nearest) => format!("did you mean `{nearest}`? Create the file, or correct the path"),
        None => "create the file, or correct the path".to_owned(),
    };
    let place = expectations.first().map(|it| it.location.clone()).unwrap_or_default();
    let mut found = Found::new(place, format!("`{path}`{why} must exist and does not")).path(&RepoPath::from(*path));
    for other in expectations.iter().skip(1) {
        found = found.related(&other.location, "expected here too");
    }
    found.help(advice.or_accept(&advice.edit(&create)))
}
