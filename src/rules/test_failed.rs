//! `test-failed`: a required test that failed, or a suite that did not pass.

use super::advice::Advice;
use super::promises::{about, called, required, run_it, suite};
use super::wording::{listed, quoted, shell_word};
use super::{Check, Findings, Found};
use crate::model::{
    Comparison, Level, Location, Options, RiskLevel, Rule, SuiteTrouble, TestDelta, TestOutcome, TestStatus,
};

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D302",
        name: "test-failed",
        summary: "a required test failed, or its suite did not pass as a whole",
        default_level: Level::Warn,
        denies_from: Some(RiskLevel::Medium),
        since: "0.1.0",
        options: &[],
        explanation: r#"
## What it finds
A required test of which a case failed on the target's tree; all cases that its name means have to pass. And an execution
of its suite that did not pass though no test says why: it took too long, a signal or an exit code ended it, it left no
results, no test ran, or the tests changed the tree that they tested. Tests that fail and that no contract requires are a
remark: a note that does not change the verdict.

## Why it matters
The work does not do what was promised, or nobody can know.

## Example
```text
error[D302]: the required test `T1` (`login > rejects`) failed: "expected 401, found 200"
  help: mend it, commit, and run `drift test unit`, or accept it: `drift accept D302-2efaa183f562 --because …`
```

## How to settle it
Mend what is broken and run the suite again. What tests write has to be ignored by git, or to lie below `.drift/`.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, _: &Options, findings: &mut Findings<'_>) {
    let advice = Advice::of(comparison);
    for (delta, test) in required(comparison, TestStatus::Failed) {
        let help = format!("mend it, commit, and run {}", run_it(comparison, delta.lane, test));
        let message = format!("the required test {} {}", called(test), how(delta));
        findings.add(about(comparison, delta.lane, test, message).help(advice.or_accept(&help)));
    }
    for trouble in &comparison.tests.suites {
        let found = of_suite(comparison, trouble);
        let help = advice.or_accept(&help_for(trouble));
        findings.add(if trouble.is_required {
            found.help(help)
        } else {
            found.help(help_for(trouble)).remark()
        });
    }
    for tests in &comparison.tests.unpromised {
        let (count, name) = (tests.names.len(), suite(tests.suite.as_deref()));
        let noun = if count == 1 { "test" } else { "tests" };
        let names = listed(&tests.names);
        let message = format!("{count} {noun} of {name} that no contract requires failed: {names}");
        let detail = format!("not required, {name}");
        findings.add(
            Found::new(Location::Range, message)
                .detail(detail)
                .help("look at what they say: `drift test` shows it")
                .remark(),
        );
    }
}

/// What happened to the worst of its cases.
fn how(delta: &TestDelta) -> String {
    let is_bad = |outcome: TestOutcome| outcome > TestOutcome::Skipped;
    let bad = delta.cases.iter().filter(|case| is_bad(case.outcome)).count();
    let Some(worst) = delta.cases.first() else {
        return "failed".to_owned();
    };
    let verb = match worst.outcome {
        TestOutcome::Errored => "could not be judged",
        _ => "failed",
    };
    let why = worst
        .message
        .as_deref()
        .map(|message| format!(": {}", quoted(message)))
        .unwrap_or_default();
    match delta.cases.len() {
        1 => format!("{verb}{why}"),
        all => format!("failed in {bad} of {all} cases, `{}`{why}", worst.name),
    }
}

fn of_suite(comparison: &Comparison<'_>, trouble: &SuiteTrouble) -> Found {
    let name = suite(trouble.suite.as_deref());
    let message = format!("{name} did not pass: {}", trouble.reasons.join("; "));
    let suites = comparison.plan.lanes.iter().flat_map(|lane| &lane.suites);
    let own = suites
        .into_iter()
        .find(|it| Some(it.id.as_str()) == trouble.suite.as_deref());
    let place = own.map_or(Location::Range, |suite| Location::from(&suite.location));
    Found::new(place, message).detail(name)
}

fn help_for(trouble: &SuiteTrouble) -> String {
    match &trouble.suite {
        Some(suite) => format!("mend it, and run `drift test {}`", shell_word(suite)),
        None => "add results that are whole: `drift evidence add FILE`".to_owned(),
    }
}
