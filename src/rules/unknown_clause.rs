//! `unknown-clause`: a tag that names a clause which no contract of the plan has.

use super::advice::Advice;
use super::contract::{contract_of, line, weight};
use super::{Check, Findings, Found};
use crate::model::{Comparison, Level, Options, Rule, nearest};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D502",
        name: "unknown-clause",
        summary: "a tag in a test names a clause that no contract of the plan has",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A `@clause` tag whose id is no clause of the plan, in a test file that the plan names, or that the range touched and that
names a clause of the plan elsewhere. Tags that the file had at the base already are left out: they belong to an earlier
contract. With `mode` STRICT it denies, with CREATIVE it warns.

## Why it matters
A misspelt tag shows nothing, and the clause that was meant looks tested to whoever reads the test.

## Example
```ts
// @clause CL-LOGIN-020
it('refuses a wrong password', () => { … })
```
```text
warning[D502]: `tests/login.test.ts` line 10 names the clause `CL-LOGIN-020`, which no contract has
  help: did you mean `CL-LOGIN-002`?
```

## How to settle it
Correct the id, or add the clause to the contract and approve it again.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let clauses: Vec<&str> = comparison
        .plan
        .lanes
        .iter()
        .flat_map(|lane| lane.clauses.iter().map(|clause| clause.id.as_str()))
        .collect();
    let advice = Advice::of(comparison);
    for &(index, tag) in &comparison.test_code.unknown_tags {
        let file = comparison.test_file(index);
        let tag = &file.tags[tag];
        let message = format!(
            "`{}` line {} names the clause `{}`, which no contract has",
            file.path, tag.line, tag.id
        );
        let help = match nearest(&tag.id, clauses.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => advice.or_accept(&advice.edit("correct the id, or add the clause to the contract")),
        };
        let found = Found::new(line(file, tag.line), message)
            .path(&file.path)
            .detail(&*tag.id);
        findings.add(found.help(help).weight(weight(contract_of(comparison, index))));
    }
}
