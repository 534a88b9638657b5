//! `undeclared-surface`: a test asks something from outside that its contract does not declare.

use super::advice::Advice;
use super::contract::{line, weight};
use super::{Check, Findings, Found};
use crate::model::{Comparison, Level, Options, Rule, UndeclaredSurface};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D508",
        name: "undeclared-surface",
        summary: "a test asks a status, endpoint, field or name that the contract's assertionSurface does not have",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
Something that a test asks from outside and that the contract's `assertionSurface` does not list: a status of HTTP, an
endpoint, the code of an error, a field of an answer, a test id, a role, a label or a selector. Only kinds of which the
contract lists something are looked at, only in tests of the contract, and only in the idioms that the grammars show
(`expect(response.status).toBe(418)`, `request(app).post('/login')`, `getByTestId('save')`, …; in Rust none). What the
file asked at the base already is left out. With `mode` STRICT it denies, with CREATIVE it warns.

## Why it matters
The surface is what was agreed to be observable. A test beyond it either tests an accident, or the contract is too narrow.

## Example
```ts
expect(response.status).toBe(418)
```
```text
error[D508]: `tests/login.test.ts` asks for the status code `418`, which the contract's assertionSurface does not have
  help: take it out of the test, or add it to `assertionSurface` in a new run, or accept it: `drift accept D508-1c742dcf6a5b --because …`
```

## How to settle it
Add it to the contract's `assertionSurface` if it is meant to be observable, and approve the contract again; else let the
test ask what is.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    for it in &comparison.test_code.undeclared {
        findings.add(found(comparison, it));
    }
}

fn found(comparison: &Comparison<'_>, it: &UndeclaredSurface) -> Found {
    let file = comparison.test_file(it.file);
    let UndeclaredSurface { kind, value, .. } = it;
    let message = format!(
        "`{}` asks for the {} `{value}`, which the contract's assertionSurface does not have",
        file.path,
        kind.name()
    );
    let advice = Advice::of(comparison);
    let edit = advice.edit("take it out of the test, or add it to `assertionSurface`");
    let help = match &it.nearest {
        Some(nearest) => format!("did you mean `{nearest}`? Else {edit}"),
        None => edit,
    };
    let first = it.lines.first().copied().unwrap_or(1);
    let more = it
        .lines
        .iter()
        .skip(1)
        .take(2)
        .map(|&at| (line(file, at), "and here".to_owned()));
    Found::new(line(file, first), message)
        .path(&file.path)
        .detail(format!("{} {value}", kind.name()))
        .help(advice.or_accept(&help))
        .related_all(more.collect())
        .weight(weight(&comparison.plan.lanes[it.lane].contract))
}
