//! `malformed-tag`: a comment that was meant to name a clause and does not.

use super::contract::{contract_of, line, test, weight};
use super::{Check, Findings, Found};
use crate::model::{ClauseTag, Comparison, Level, Options, Rule, TagFault};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D503",
        name: "malformed-tag",
        summary: "a comment was meant to name a clause, and its form is not that of a tag",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A comment that is nearly a tag: an id of another form than `CL-<TYPE>-<SEQUENCE>`, no `@`, more words behind the id, a
block comment, or a tag behind code. It also finds tests with several tags where the contract's `allowMultiple` is false.
It looks at test files that the plan names, and at those that the range touched and that name a clause of the plan; what
they had at the base already is left out. With `mode` STRICT it denies, with CREATIVE it warns.

## Why it matters
A tag counts by its exact form, so that every tool reads the same: one that is nearly right counts for nothing, silently.

## Example
```ts
// @clause CL-login-2
it('refuses a wrong password', () => { … })
```
```text
warning[D503]: `tests/login.test.ts` line 10: `CL-login-2` is no id of a clause
  help: write `// @clause CL-<TYPE>-<SEQUENCE>` with capitals and three digits or more, such as `// @clause CL-AUTH-001`
```

## How to settle it
Write each tag as a line comment of its own: `// @clause CL-LOGIN-002`, or behind `#`, `--`, `;`, `%`, `'` or `<!--` where
the language's comments begin so.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let contract = |file: usize| weight(contract_of(comparison, file));
    for &(index, tag) in &comparison.test_code.malformed_tags {
        let file = comparison.test_file(index);
        let tag = &file.tags[tag];
        let (what, help) = words(tag);
        let message = format!("`{}` line {}: {what}", file.path, tag.line);
        let found = Found::new(line(file, tag.line), message)
            .path(&file.path)
            .detail(&*tag.id);
        findings.add(found.help(help).weight(contract(index)));
    }
    for &it in &comparison.test_code.crowded {
        let file = comparison.test_file(it.file);
        let source = comparison.source_test(it);
        let message = format!(
            "{} names several clauses, and the contract allows one",
            test(comparison, it)
        );
        let found = Found::new(line(file, source.lines.first), message)
            .path(&file.path)
            .detail(source.full_name());
        findings.add(found.help("split the test, one clause each").weight(contract(it.file)));
    }
}

/// What is wrong, and what settles it.
fn words(tag: &ClauseTag) -> (String, String) {
    let id = if tag.id.is_empty() { "CL-AUTH-001" } else { &tag.id };
    let form = format!("write `// @clause {id}`, alone on its line");
    match tag.fault {
        Some(TagFault::Id) => (
            format!("`{}` is no id of a clause", tag.id),
            "write `// @clause CL-<TYPE>-<SEQUENCE>` with capitals and three digits or more, such as `// @clause CL-AUTH-001`".into(),
        ),
        Some(TagFault::NoId) => ("the tag names no clause".into(), form),
        Some(TagFault::NoAt) => ("`@` is missing in front of `clause`".into(), form),
        Some(TagFault::Spelling) => ("the tag is spelt otherwise than `@clause`".into(), form),
        Some(TagFault::Trailing) => ("more stands behind the tag's id".into(), format!("{form}; one tag a line")),
        Some(TagFault::Block) => ("the tag stands in a block or documentation comment".into(), form),
        Some(TagFault::BehindCode) | None => ("the tag stands behind code".into(), form),
    }
}
