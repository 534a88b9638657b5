//! `artifact-content`: a file exists and does not hold what the plan says it must.

use super::advice::Advice;
use super::{Check, Findings, Found};
use crate::model::{Comparison, ExpectationKind, Level, Options, Outcome, PathPattern, RepoPath, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D602",
        name: "artifact-content",
        summary: "a file does not hold what it must hold at the target",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A file that exists at the target and lacks a text that it should contain, a symbol that it should export, or the least
number of lines. Texts are looked for literally; `a|b` is met by either. Also a text that must be found nowhere, or in no
file of some folders, and that stands there (`grep_absence` of a spec-kitty acceptance matrix).

## Why it matters
A file that exists may still be a stub. The expectation is the plan's own, and it may be too literal: look before you
bend the code to it.

## Example
```yaml
must_haves:
  artifacts:
    - path: src/login.rs
      contains: fn login
```
```text
warning[D602]: `src/login.rs` is not what it must be: it does not contain `fn login`
  help: write what is missing, or correct the expectation in a new run, or accept it: `drift accept D602-d694d96ec941 --because …`
```

## How to settle it
Write what is missing, or correct the expectation.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    let help = advice.or_accept(&advice.edit("write what is missing, or correct the expectation"));
    for it in &comparison.expectations {
        let expectation = &comparison.plan.expectations[it.expectation];
        let Outcome::Unmet(reasons) = &it.outcome else { continue };
        if let ExpectationKind::Absent { shown, .. } = &expectation.kind {
            let why = Some(&expectation.provides).filter(|it| !it.is_empty());
            let why = why.map_or(String::new(), |why| format!(" ({why})"));
            let message = format!("what must be absent{why} is there: {}", reasons.join("; "));
            findings.add(
                Found::new(&expectation.location, message)
                    .detail(format!("absent {shown}"))
                    .help(&*help),
            );
            continue;
        }
        let Some((path, wanted)) = subject(&expectation.kind) else {
            continue;
        };
        let path = path.to_text();
        let message = format!("`{path}` is not what it must be: {}", reasons.join("; "));
        let found = Found::new(&expectation.location, message).path(&RepoPath::from(path.as_str()));
        findings.add(found.detail(wanted).help(&*help));
    }
}

/// The file, and what is wanted of it, as long as that is a matter of its content.
fn subject(kind: &ExpectationKind) -> Option<(&PathPattern, String)> {
    match kind {
        ExpectationKind::Contains { path, alternatives } => {
            Some((path, format!("contains {}", alternatives.join("|"))))
        }
        ExpectationKind::Exports { path, names } => Some((path, format!("exports {}", names.join(", ")))),
        ExpectationKind::MinLines { path, lines } => Some((path, format!("{lines} lines"))),
        _ => None,
    }
}
