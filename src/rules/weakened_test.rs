//! `weakened-test`: tests that show less than they did.

use super::advice::Advice;
use super::promises::{about, called, promise, suite, when};
use super::wording::{count, listed};
use super::{Check, Findings, Found};
use crate::model::{
    Comparison, EvidenceRef, Level, Location, LostAssertions, Options, RepoPath, RiskLevel, Rule, SuiteTests, Weakened,
};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D306",
        name: "weakened-test",
        summary: "a required test lost its file, some of its cases, or some of its assertions",
        default_level: Level::Warn,
        denies_from: Some(RiskLevel::High),
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
The file of a required test that was deleted in the range. Cases of a required test that earlier evidence of the run has,
and that the evidence for the target's tree has no more. A required test whose source asserts less at the target than at
the base, in the languages whose tests drift reads. Tests that nobody requires and that are gone are a remark.

## Why it matters
The easiest way to make a test pass is to take out what fails.

## Example
```text
warning[D306]: the required test `T1` (`login > *`) lost a case since the evidence of 2026-01-02T03:04:05Z, on commit `12345678`: `login > rejects`
  help: bring it back, or say why it is not needed, or accept it: `drift accept D306-8f87870102b4 --because …`
```

## How to settle it
Bring it back. A test that moved or was renamed on purpose is accepted with that as the reason.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    for weakened in &comparison.tests.weakened {
        let found = match weakened {
            Weakened::FileDeleted { test, path } => deleted(comparison, *test, path),
            Weakened::CasesGone { test, names, before } => cases(comparison, *test, names, before),
            Weakened::FewerAssertions(lost) => assertions(comparison, lost),
            Weakened::OthersGone { tests, before } => {
                findings.add(others(tests, before));
                continue;
            }
        };
        findings.add(found.help(advice.or_accept("bring it back, or say why it is not needed")));
    }
}

fn deleted(comparison: &Comparison<'_>, place: (usize, usize), path: &RepoPath) -> Found {
    let test = promise(comparison, place);
    let message = format!("`{path}`, the file of the required test {}, was deleted", called(test));
    about(comparison, place.0, test, message).path(path)
}

fn cases(comparison: &Comparison<'_>, place: (usize, usize), names: &[String], before: &EvidenceRef) -> Found {
    let test = promise(comparison, place);
    let lost = if names.len() == 1 {
        "a case".to_owned()
    } else {
        count(names.len(), "case")
    };
    let message = format!(
        "the required test {} lost {lost} since the evidence {}: {}",
        called(test),
        when(before),
        listed(names)
    );
    about(comparison, place.0, test, message)
}

fn assertions(comparison: &Comparison<'_>, lost: &LostAssertions) -> Found {
    let test = promise(comparison, lost.test);
    let message = format!(
        "the required test {} asserts less than at the base: {} instead of {} in `{}`",
        called(test),
        count(lost.after, "assertion"),
        lost.before,
        lost.name
    );
    about(comparison, lost.test.0, test, message).path(&lost.path)
}

fn others(tests: &SuiteTests, before: &EvidenceRef) -> Found {
    let name = suite(tests.suite.as_deref());
    let message = format!(
        "{} of {name} that ran before (the evidence {}) {} gone: {}",
        count(tests.names.len(), "test"),
        when(before),
        if tests.names.len() == 1 { "is" } else { "are" },
        listed(&tests.names)
    );
    let help = "look at whether that was meant";
    Found::new(Location::Range, message)
        .detail(format!("not required, {name}"))
        .help(help)
        .remark()
}
