//! `missing-negative-case`: a clause about errors or security that nobody tries to break.

use super::advice::Advice;
use super::contract::{named, place, weight};
use super::wording::count;
use super::{Check, Findings, Found};
use crate::model::{Clause, ClauseDelta, Comparison, Contract, Level, Options, Rule};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D506",
        name: "missing-negative-case",
        summary: "a clause about errors or security has no negative case, in the contract or in its tests",
        default_level: Level::Warn,
        denies_from: None,
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A clause of kind `error` or `security` of a Gatekeeper contract without `negativeCases`; and one, in any contract, whose
tests say nothing of failure: no expected error, no status of 400 or more, no name or text with a word such as *invalid*,
*refuses* or *missing*. `minNegativeTestsForError` says how many such tests are wanted (1, where nothing is said; 0: none).
With `mode` STRICT it denies, with CREATIVE it warns.

## Why it matters
A test that everything goes well shows nothing of what happens when it does not.

## Example
```json
{"id": "CL-LOGIN-002", "kind": "error", "title": "A wrong password is refused", "negativeCases": []}
```
```text
error[D506]: clause `CL-LOGIN-002` (A wrong password is refused) is about errors and names no negative case
  help: write down what must be refused, in `negativeCases` in a new run, or accept it: `drift accept D506-aac911c6133c --because …`
```

## How to settle it
Write down the cases that must be refused, and a test for each.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    for delta in &comparison.contracts {
        let lane = &comparison.plan.lanes[delta.lane];
        for (clause, delta) in lane.clauses.iter().zip(&delta.clauses) {
            let is_undescribed = clause.negative_cases.as_ref().is_some_and(Vec::is_empty);
            if clause.needs_negative_case() && is_undescribed {
                findings.add(undescribed(comparison, &lane.contract, clause));
            } else if let Some(needed) = delta.lacks_negative {
                findings.add(untested(comparison, &lane.contract, clause, delta, needed));
            }
        }
    }
}

fn about(clause: &Clause) -> &'static str {
    if clause.kind.as_deref() == Some("security") {
        "security"
    } else {
        "errors"
    }
}

fn undescribed(comparison: &Comparison<'_>, contract: &Contract, clause: &Clause) -> Found {
    let advice = Advice::of(comparison);
    let message = format!(
        "{} is about {} and names no negative case",
        named(clause),
        about(clause)
    );
    let help = advice.edit("write down what must be refused, in `negativeCases`");
    Found::new(&clause.location, message)
        .detail(&*clause.id)
        .help(advice.or_accept(&help))
        .weight(weight(contract))
}

fn untested(
    comparison: &Comparison<'_>,
    contract: &Contract,
    clause: &Clause,
    delta: &ClauseDelta,
    needed: usize,
) -> Found {
    let tests = match delta.tests.len() {
        1 => "its test says nothing of failure".to_owned(),
        all => format!("of its {} too few say anything of failure", count(all, "test")),
    };
    let wanted = if needed > 1 {
        format!(" ({needed} are wanted)")
    } else {
        String::new()
    };
    let message = format!("{} is about {}, and {tests}{wanted}", named(clause), about(clause));
    let places = delta.tests.iter().take(3);
    let places = places.map(|&it| (place(comparison, it), comparison.source_test(it).full_name()));
    Found::new(&clause.location, message)
        .detail(&*clause.id)
        .help(Advice::of(comparison).or_accept("test what must be refused, and how it is refused"))
        .related_all(places.collect())
        .weight(weight(contract))
}
