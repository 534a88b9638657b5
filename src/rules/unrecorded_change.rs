//! `unrecorded-change`: a promised entry of a changelog, or a tag, that is not there.

use super::advice::Advice;
use super::wording::shell_word;
use super::{Check, Findings, Found};
use crate::model::{Comparison, ExpectationKind, Level, Options, Outcome, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D606",
        name: "unrecorded-change",
        summary: "a promised changelog entry or tag is not there",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
Two promises of a plan that git can answer: an entry in a changelog, where no changelog was touched in the range; and a tag
that does not exist, or that names a commit which is neither in the range nor after it. A promise that names no tag is a
sentence, and is counted as unchecked.

## Why it matters
Who looks for a change later looks in the changelog and at the tags. What is not there was, for them, not made.

## Example
```markdown
## 7. Versioning & Traceability
- Entry in `CHANGELOG.md`, tag `types-v1`
```
```text
warning[D606]: the promised changelog entry is missing: `CHANGELOG.md` was not changed in the range
  help: write the entry, or correct the plan
```

## How to settle it
Write the entry, or set the tag: `git tag types-v1`. A clone without tags has to fetch them first: `git fetch --tags`.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    for it in &comparison.expectations {
        let expectation = &comparison.plan.expectations[it.expectation];
        let Outcome::Unmet(reasons) = &it.outcome else { continue };
        let (what, detail, settles) = match &expectation.kind {
            ExpectationKind::ChangelogEntry { path } => {
                let name = path.as_ref().map_or("changelog".to_owned(), |path| path.to_text());
                (
                    "changelog entry".to_owned(),
                    name,
                    "write the entry, or correct the plan".to_owned(),
                )
            }
            ExpectationKind::Tag { name } => (
                format!("tag `{name}`"),
                name.clone(),
                format!(
                    "set it with `git tag {}`, or fetch it with `git fetch --tags`",
                    shell_word(name)
                ),
            ),
            _ => continue,
        };
        let message = format!("the promised {what} is missing: {}", reasons.join("; "));
        let found = Found::new(&expectation.location, message).detail(detail);
        findings.add(found.help(advice.or_accept(&settles)));
    }
}
