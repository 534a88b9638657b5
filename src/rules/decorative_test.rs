//! `decorative-test`: a test of a contract that can't fail.

use super::advice::Advice;
use super::contract::{contract_of, place, test, weight};
use super::{Check, Findings, Found};
use crate::model::{Comparison, Decorative, Level, Options, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D507",
        name: "decorative-test",
        summary: "a test of a contract can't fail: it is empty, asserts nothing, or asserts constants",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A test in a file that the plan names, or one that names a clause, which is empty, in which nothing asserts (nor in a helper
of the same file that it calls), whose assertions hold whatever the code does (`expect(true).toBe(true)`), or which only
compares with a snapshot that it writes itself. Tests that were so at the base are left out. With `mode` STRICT it denies,
with CREATIVE it warns.

## Why it matters
Such a test is green for ever. Coverage counts it, and the clause that it names is shown by nothing.

## Example
```ts
// @clause CL-LOGIN-002
it('refuses a wrong password', () => { expect(true).toBe(true) })
```
```text
error[D507]: test `refuses a wrong password` of `tests/login.test.ts` can't fail: it asserts only constants
  help: let it assert what the clause promises, or accept it: `drift accept D507-ac188f54b796 --because …`
```

## How to settle it
Let the test look at what the code does. Where a helper of another file asserts, say so by one assertion on its result.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    for &it in &comparison.test_code.decorative {
        let source = comparison.source_test(it);
        let why = match source.decorative {
            Some(Decorative::Empty) => "it is empty",
            Some(Decorative::OnlyConstants) => "it asserts only constants",
            Some(Decorative::OnlySnapshots) => "it only compares with a snapshot that it writes itself",
            Some(Decorative::NoAssertion) | None => "nothing in it asserts",
        };
        let message = format!("{} can't fail: {why}", test(comparison, it));
        let found = Found::new(place(comparison, it), message)
            .path(&comparison.test_file(it.file).path)
            .detail(source.full_name())
            .help(advice.or_accept("let it assert what the clause promises"))
            .weight(weight(contract_of(comparison, it.file)));
        findings.add(found);
    }
}
