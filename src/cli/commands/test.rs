//! `drift test`.

use super::evidence::counts_object;
use super::{Session, print};
use crate::cli::exit::Exit;
use crate::cli::progress::Progress;
use crate::model::{Ended, Evidence, Origin, Shortfall, TestCounts, TestOutcome, printable, printable_json};
use crate::ops::test::Event;
use crate::ops::test::{self, Progress as Happened, SuiteOutcome, Tested};
use crate::ops::trust::command_line;
use serde_json::json;

/// How many tests that did not pass are shown for a suite, unless --verbose.
const SHOWN: usize = 20;
/// How many required tests without evidence are named.
const LACKING_SHOWN: usize = 8;

/// Run the suites of the run's test contract, and keep what came of them as evidence
///
/// Runs the commands of the frozen contract from the top of the worktree, once `drift trust` has been given. A suite has
/// passed if its command ended with 0, at least one test ran, none failed, and the tests left the worktree as it was. The
/// evidence counts for the content that was tested: also for a later commit that holds the same.
///
/// Exit codes: 0 all passed, 1 something did not pass, 2 a suite could not be run, 3 there is nothing to run, 130 interrupted.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The suites, by their ids [default: all]
    suites: Vec<String>,
}

pub fn run(args: &Args, session: &Session<'_>) -> anyhow::Result<Exit> {
    let ui = session.ui;
    let mut progress: Option<Progress> = None;
    let mut watch = |happened: Happened<'_>| match happened {
        Happened::Remark(remark) => ui.talk(&format!("warning: {}\n", printable(remark))),
        Happened::Begins(suite) => {
            let command = printable(&command_line(suite));
            ui.talk(&format!("running {}: {command}\n", printable(&suite.id)));
            progress = Some(Progress::of(suite, ui));
        }
        Happened::Happens(_, event) => {
            if let Some(progress) = &mut progress {
                match event {
                    Event::Printed { bytes, error } => progress.printed(bytes, error),
                    Event::Runs(elapsed) => progress.runs(elapsed),
                }
            }
        }
        Happened::Ended(outcome) => {
            if let Some(mut progress) = progress.take() {
                progress.end();
            }
            if outcome.left_behind > 0 {
                let (id, count) = (printable(&outcome.suite.id), outcome.left_behind);
                let noun = if count == 1 { "process" } else { "processes" };
                ui.talk(&format!("warning: {id} left {count} {noun} behind, ended now\n"));
            }
        }
    };
    let tested = test::test(&session.world, session.run(), &args.suites, &mut watch);
    if let Some(mut progress) = progress.take() {
        progress.end();
    }
    let tested = tested?;
    if tested.suites.is_empty() && !tested.interrupted {
        ui.talk(&format!(
            "{}: the test contract names no suite, so nothing was run\n",
            tested.handle
        ));
        return Ok(Exit::Unchecked);
    }
    let text = match session.globals.format.as_str() {
        "json" => printable_json(&serde_json::to_string_pretty(&object(&tested))?) + "\n",
        _ => summary(&tested, session.globals.verbose),
    };
    print::to_output(&text, session)?;
    if tested.interrupted {
        ui.complain("interrupted: the suite that ran left no evidence\n");
    }
    Ok(exit(&tested))
}

fn exit(tested: &Tested) -> Exit {
    if tested.interrupted {
        return Exit::Interrupted;
    }
    if tested.suites.iter().any(|suite| suite.evidence.is_err()) {
        return Exit::Error;
    }
    match tested.suites.iter().all(|suite| suite.shortfalls().is_empty()) {
        true => Exit::Done,
        false => Exit::Drifted,
    }
}

fn summary(tested: &Tested, verbose: bool) -> String {
    let name = |suite: &SuiteOutcome| printable(&suite.suite.id);
    let widest = tested
        .suites
        .iter()
        .map(|suite| name(suite).chars().count())
        .max()
        .unwrap_or(0);
    let mut out = String::new();
    for suite in &tested.suites {
        let word = match (&suite.evidence, suite.shortfalls().is_empty()) {
            (Err(_), _) => "not run",
            (_, true) => "passed",
            (_, false) => "not passed",
        };
        out.push_str(&format!("{:<widest$}  {word:<10}  {}\n", name(suite), told(suite)));
        if let Ok(evidence) = &suite.evidence {
            out.push_str(&troubles(evidence, verbose));
        }
    }
    let mut evidence = tested.suites.iter().filter_map(|suite| suite.evidence.as_ref().ok());
    if evidence.any(|evidence| evidence.tree.dirty) {
        out.push_str("tested with changes that are not committed: this counts once a commit holds the same\n");
    }
    let (required, lacking) = (tested.required, &tested.lacking);
    if required > 0 {
        let words = if required == 1 { "test has" } else { "tests have" };
        let with_evidence = required.saturating_sub(lacking.len());
        out.push_str(&format!(
            "{with_evidence} of {required} required {words} evidence for this tree{}\n",
            without(lacking)
        ));
    }
    out
}

/// The required tests that lack evidence: `; none for T2, T3, …`.
fn without(lacking: &[String]) -> String {
    let shown: Vec<String> = lacking.iter().take(LACKING_SHOWN).map(|id| printable(id)).collect();
    match lacking.len() {
        0 => String::new(),
        all if all > LACKING_SHOWN => format!("; none for {}, …", shown.join(", ")),
        _ => format!("; none for {}", shown.join(", ")),
    }
}

/// In one line, what a suite came to.
fn told(suite: &SuiteOutcome) -> String {
    let evidence = match &suite.evidence {
        Ok(evidence) => evidence,
        Err(why) => return printable(why),
    };
    let shortfalls = suite.shortfalls();
    // The counts say that tests failed, and an end by time or signal is told as what it is.
    let is_cut_off = |it: &Shortfall| matches!(it, Shortfall::TimedOut(_) | Shortfall::Signalled(_));
    let has_ended_early = shortfalls.iter().any(is_cut_off);
    let told = shortfalls
        .iter()
        .filter(|it| !(has_ended_early && matches!(it, Shortfall::Failed(_))));
    let mut parts: Vec<String> = told.map(|it| words(it, evidence)).collect();
    let counts = evidence.counts();
    if counts.tests > 0 {
        parts.insert(0, counted(counts));
    }
    let seconds = match &evidence.origin {
        Origin::Executed(execution) => execution.duration_ms as f64 / 1000.0,
        Origin::Added { .. } => 0.0,
    };
    format!("{} ({seconds:.1} s)", parts.join("; "))
}

fn counted(counts: TestCounts) -> String {
    let noun = if counts.tests == 1 { "test" } else { "tests" };
    let named = [
        (counts.passed, "passed"),
        (counts.failed, "failed"),
        (counts.errored, "errored"),
        (counts.skipped, "skipped"),
        (counts.flaky, "flaky"),
    ];
    let parts = named
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"));
    format!("{} {noun}: {}", counts.tests, parts.collect::<Vec<_>>().join(", "))
}

fn words(shortfall: &Shortfall, evidence: &Evidence) -> String {
    match shortfall {
        Shortfall::NoResults(why) => printable(why),
        Shortfall::NoTests => "no test ran".into(),
        Shortfall::Failed(_) => match &evidence.origin {
            Origin::Executed(execution) => match execution.ended {
                Ended::Exited(0) => "its command ended with 0 none the less".into(),
                Ended::Exited(code) => format!("exit code {code}"),
                _ => "not all passed".into(),
            },
            Origin::Added { .. } => "not all passed".into(),
        },
        Shortfall::ExitCode(code) if evidence.results.is_err() => format!("exit code {code}"),
        Shortfall::ExitCode(code) => format!("exit code {code}, though no test failed"),
        Shortfall::Signalled(signal) => format!("ended by signal {signal}"),
        Shortfall::TimedOut(seconds) => format!("ended after {seconds} s, all that its contract allows"),
        Shortfall::TreeChanged => changed(evidence),
    }
}

fn changed(evidence: &Evidence) -> String {
    let paths = match &evidence.origin {
        Origin::Executed(execution) => execution.changed_paths.as_slice(),
        Origin::Added { .. } => &[],
    };
    let shown: Vec<String> = paths.iter().take(3).map(|path| printable(path)).collect();
    let more = if paths.len() > 3 { ", …" } else { "" };
    format!(
        "the tests changed the worktree: {}{more} (what tests write has to be ignored by git, or lie below .drift/)",
        shown.join(", ")
    )
}

/// The tests that did not pass, with the first line of why.
fn troubles(evidence: &Evidence, verbose: bool) -> String {
    let Ok(results) = &evidence.results else {
        return String::new();
    };
    let is_trouble = |outcome: TestOutcome| outcome > TestOutcome::Skipped;
    let bad: Vec<_> = results
        .tests
        .iter()
        .filter(|test| is_trouble(test.outcome) || test.flaky)
        .collect();
    let most = if verbose { bad.len() } else { SHOWN };
    let mut out = String::new();
    for test in bad.iter().take(most) {
        let word = if test.flaky { "flaky" } else { test.outcome.name() };
        out.push_str(&format!("  {word:<8} {}\n", printable(&test.full_name())));
        let why = test
            .message
            .as_deref()
            .and_then(|message| message.lines().find(|line| !line.trim().is_empty()));
        if let Some(why) = why {
            out.push_str(&format!("           {}\n", printable(why.trim())));
        }
    }
    if bad.len() > most {
        out.push_str(&format!("  and {} more; --verbose lists them\n", bad.len() - most));
    }
    let left_out = evidence.left_out.tests;
    if left_out > 0 {
        out.push_str(&format!(
            "  {left_out} tests more than a record keeps by name are counted only\n"
        ));
    }
    out
}

fn object(tested: &Tested) -> serde_json::Value {
    let suite = |it: &SuiteOutcome| {
        let evidence = it.evidence.as_ref().ok();
        let counts = evidence.map(|evidence| evidence.counts()).unwrap_or_default();
        let reasons: Vec<String> = match &it.evidence {
            Ok(evidence) => it
                .shortfalls()
                .iter()
                .map(|shortfall| words(shortfall, evidence))
                .collect(),
            Err(why) => vec![why.clone()],
        };
        json!({
            "suite": it.suite.id,
            "ran": evidence.is_some(),
            "passed": reasons.is_empty(),
            "reasons": reasons,
            "evidence": evidence.map(|evidence| evidence.id.clone()),
            "tree": evidence.map(|evidence| evidence.tree.before.to_string()),
            "dirty": evidence.map(|evidence| evidence.tree.dirty),
            "counts": counts_object(counts),
        })
    };
    json!({
        "run": tested.handle,
        "interrupted": tested.interrupted,
        "suites": tested.suites.iter().map(suite).collect::<Vec<_>>(),
        "required": {
            "tests": tested.required,
            "withEvidence": tested.required.saturating_sub(tested.lacking.len()),
            "lacking": tested.lacking,
        },
    })
}
