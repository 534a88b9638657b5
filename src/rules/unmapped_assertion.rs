//! `unmapped-assertion`: an assertion that belongs to no clause.

use super::advice::Advice;
use super::contract::{contract_of, line, weight_of_other_tests};
use super::wording::count;
use super::{Check, Findings, Found};
use crate::model::{Comparison, Level, Options, Rule, TestRef, UnmappedAssertions};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D505",
        name: "unmapped-assertion",
        summary: "an assertion in a file that the plan names as its tests belongs to no clause",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
Assertions with no `@clause` tag in the fifty lines above them, in a test file that the plan names or declares: outside of
all tests, in a helper for instance, or far down in a long test. Assertions of a test without any tag are part of
`untagged-test`. Where the base had the test or file already, it is left out. With `mode` STRICT it denies, with CREATIVE
it warns; where the contract says no mode, it is a note.

## Why it matters
What an assertion holds should be what a clause promises. Fifty lines below its tag nobody sees any more which.

## Example
```ts
// @clause CL-LOGIN-001
it('does a great many things', () => { …60 lines… expect(last).toBe(1) })
```
```text
error[D505]: 1 assertion in test `login > does a great many things` of `tests/login.test.ts` has no tag in the 50 lines above it
  help: split the test, or write a tag above the assertions, or accept it: `drift accept D505-70dab1fef410 --because …`
```

## How to settle it
Split the test by clauses, or write the clause's tag once more, on a line of its own above the assertions.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    for it in &comparison.test_code.unmapped {
        findings.add(found(comparison, it));
    }
}

fn found(comparison: &Comparison<'_>, it: &UnmappedAssertions) -> Found {
    let file = comparison.test_file(it.file);
    let assertions = count(it.lines.len(), "assertion");
    let (has, them) = if it.lines.len() == 1 {
        ("has", "it")
    } else {
        ("have", "them")
    };
    let test = it.test.map(|test| TestRef { file: it.file, test });
    let place = test.map_or_else(
        || format!("outside of all tests of `{}`", file.path),
        |test| format!("in {}", super::contract::test(comparison, test)),
    );
    let message = format!("{assertions} {place} {has} no tag in the 50 lines above {them}");
    let advice = Advice::of(comparison);
    let help = match test {
        Some(_) => "split the test, or write a tag above the assertions",
        None => "move them into the tests that they belong to",
    };
    let first = it.lines.first().map_or(1, |lines| lines.first);
    let more = it
        .lines
        .iter()
        .skip(1)
        .take(2)
        .map(|lines| (line(file, lines.first), "and here".to_owned()));
    let name = test.map_or_else(String::new, |test| comparison.source_test(test).full_name());
    Found::new(line(file, first), message)
        .path(&file.path)
        .detail(name)
        .help(advice.or_accept(help))
        .related_all(more.collect())
        .weight(weight_of_other_tests(contract_of(comparison, it.file)))
}
