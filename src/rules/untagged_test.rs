//! `untagged-test`: a test of the contract's own files that names no clause.

use super::advice::Advice;
use super::contract::{contract_of, place, test, weight_of_other_tests};
use super::{Check, Findings, Found};
use crate::model::{Comparison, Level, Options, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D504",
        name: "untagged-test",
        summary: "a test in a file that the plan names as its tests shows no clause",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A test without a `@clause` tag, in or above it, in a test file that the plan names or declares. Tests that the base had
already are left out, and those that `testMapping` allows to be untagged (`allowUntagged`, `untaggedAllowlist`). With
`mode` STRICT it denies, with CREATIVE it warns; where the contract says no mode, it is a note.

## Why it matters
In a strict contract everything that is tested was promised. A test beyond it either belongs to a clause that nobody
wrote down, or to another piece of work.

## Example
```ts
it('remembers the user', () => { … })
```
```text
error[D504]: test `login > remembers the user` of `tests/login.test.ts` names no clause
  help: write `// @clause CL-…` on the line above it, or name it in `untaggedAllowlist` in a new run, or accept it: `drift accept D504-652552b47401 --because …`
```

## How to settle it
Name the clause that the test shows. If there is none, add one to the contract, or allow the test by its name.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    let help = advice.edit("write `// @clause CL-…` on the line above it, or name it in `untaggedAllowlist`");
    for &it in &comparison.test_code.untagged {
        let message = format!("{} names no clause", test(comparison, it));
        let found = Found::new(place(comparison, it), message)
            .path(&comparison.test_file(it.file).path)
            .detail(comparison.source_test(it).full_name())
            .help(advice.or_accept(&help))
            .weight(weight_of_other_tests(contract_of(comparison, it.file)));
        findings.add(found);
    }
}
