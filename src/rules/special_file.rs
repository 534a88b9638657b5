//! `special-file`: a symlink, a submodule, or a changed mode.

use super::advice::Advice;
use super::wording::commit_places;
use super::{Check, Findings, Found};
use crate::model::{Comparison, Level, Options, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D112",
        name: "special-file",
        summary: "a symlink, a submodule, or a changed file mode is part of the range",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A touched path that became, was or is a symlink or a submodule, or that changed its executable bit or its type,
declared or not.

## Why it matters
A path says little about such a change: a symlink leads elsewhere, a submodule brings the content of another
repository, an executable bit makes a script run. A diff shows one line of it, or none.

## Example
```json
{"id": "U1", "title": "Add the parser", "files": ["vendor/"]}
```
```text
warning[D112]: `vendor/parser` is a new submodule
  help: take it back if it was not meant, or accept it: `drift accept D112-99917a5a02f2 --because …`
```

## How to settle it
Look at where it leads, and take it back if it was not meant: `git update-index --chmod=-x PATH` undoes a stray
executable bit. If it was meant, accept it.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    let help = advice.or_accept("take it back if it was not meant");
    for file in &comparison.files {
        let Some(special) = &file.special else { continue };
        let path = &comparison.change(file).path;
        let found = Found::new(path, format!("`{path}` {special}"))
            .path(path)
            .detail(&**special)
            .help(&*help);
        findings.add(found.related_all(commit_places(comparison, &file.commits)));
    }
}
