//! `drift evidence`.

use super::Session;
use super::print::{data, to_output};
use crate::cli::exit::Exit;
use crate::model::{TestCounts, TestOutcome, TestResult, TestResults, printable, printable_json};
use crate::ops;
use crate::ops::evidence::{add, read, verify};
use clap::Subcommand;
use serde_json::json;
use std::io;

/// Read, add, export and verify the results of tests that were executed anywhere
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    /// Show what files of test results hold, and keep nothing
    ///
    /// drift recognises the dialect by content; docs/evidence.md says which there are, and what each calls what.
    ///
    ///   drift evidence read target/nextest/ci/junit.xml
    ///   go test -json ./... | drift evidence read -
    #[command(verbatim_doc_comment)]
    Read {
        /// The files; `-` is standard input
        #[arg(value_name = "FILE", required = true)]
        files: Vec<String>,
        /// The dialect, instead of the one that is recognised
        #[arg(long, value_name = "DIALECT", value_parser = clap::builder::PossibleValuesParser::new(ops::evidence::read::dialects()))]
        dialect: Option<String>,
    },
    /// Add results from elsewhere to the run's evidence
    ///
    /// The results count for the commit's content, whatever commit has it later. All files are kept, or none.
    Add {
        /// The files; `-` is standard input
        #[arg(value_name = "FILE", required = true)]
        files: Vec<String>,
        /// The suite of the test contract that they belong to
        #[arg(long, value_name = "ID")]
        suite: Option<String>,
        /// The commit that was tested [default: HEAD]
        #[arg(long, value_name = "REV")]
        commit: Option<String>,
        /// The dialect, instead of the one that is recognised
        #[arg(long, value_name = "DIALECT", value_parser = clap::builder::PossibleValuesParser::new(ops::evidence::read::dialects()))]
        dialect: Option<String>,
    },
    /// Write what the evidence says of the run's reported target, as an in-toto statement
    ///
    /// The statement has the test-result predicate, and the target's commit and tree as its subject.
    Export {
        /// The run, as for --run
        #[arg(value_name = "RUN", conflicts_with = "run")]
        named: Option<String>,
        /// Sign it with the SSH key that git signs with (user.signingKey), as a DSSE envelope
        #[arg(long)]
        sign: bool,
    },
    /// Check a signed statement: its signature, and its subject against this repository
    ///
    /// Exit codes: 0 it holds, 1 it is not what was signed, 2 its signer is not allowed or it can't be read, 3 it is not
    /// signed, or about another commit.
    Verify {
        /// The file that `drift evidence export --sign` wrote
        #[arg(value_name = "FILE")]
        file: String,
        /// Whose signatures count: lines `ADDRESS KEY` [default: git's gpg.ssh.allowedSignersFile]
        #[arg(long, value_name = "FILE")]
        allowed_signers: Option<String>,
        /// The commit that it has to be about, or one of the same content
        #[arg(long, value_name = "REV")]
        commit: Option<String>,
    },
}

impl Args {
    /// Whether it works on a run.
    pub fn needs_run(&self) -> bool {
        matches!(self.verb, Verb::Add { .. } | Verb::Export { .. })
    }
}

pub fn run(args: &Args, session: &Session<'_>) -> anyhow::Result<Exit> {
    match &args.verb {
        Verb::Read { files, dialect } => read_files(files, dialect.as_deref(), session),
        Verb::Add {
            files,
            suite,
            commit,
            dialect,
        } => {
            let wanted = add::Wanted {
                files,
                suite: suite.as_deref(),
                commit: commit.as_deref(),
                dialect: dialect.as_deref(),
            };
            added(&add::add(&session.world, session.run(), &wanted)?, session)
        }
        Verb::Export { named, sign } => {
            let run = named.as_deref().or(session.run());
            data(&ops::evidence::export::export(&session.world, run, *sign)?, session)?;
            Ok(Exit::Done)
        }
        Verb::Verify {
            file,
            allowed_signers,
            commit,
        } => {
            let (allowed, commit) = (allowed_signers.as_deref(), commit.as_deref());
            verified(&verify::verify(&session.world, file, allowed, commit)?, session)
        }
    }
}

fn added(added: &add::Added, session: &Session<'_>) -> anyhow::Result<Exit> {
    let commit = added.commit.to_string();
    if session.globals.format == "json" {
        let file = |(file, counts): &(String, TestCounts)| json!({"file": file, "tests": counts.tests, "failed": counts.failed + counts.errored});
        let files: Vec<_> = added.files.iter().map(file).collect();
        let whole = json!({"run": added.handle, "commit": commit, "dirty": added.is_dirty, "files": files});
        to_output(
            &(printable_json(&serde_json::to_string_pretty(&whole)?) + "\n"),
            session,
        )?;
    } else {
        let line = |(file, counts): &(String, TestCounts)| format!("added {}: {}\n", printable(file), summary(*counts));
        let lines: String = added.files.iter().map(line).collect();
        let commit = commit.get(..8).unwrap_or(&commit).to_owned();
        to_output(
            &format!("{lines}evidence of {} for the commit {commit}\n", added.handle),
            session,
        )?;
    }
    if added.is_dirty {
        session
            .ui
            .talk("warning: the worktree holds something else than HEAD; the results count for HEAD\n");
    }
    Ok(Exit::Done)
}

fn verified(verified: &verify::Verified, session: &Session<'_>) -> anyhow::Result<Exit> {
    let predicate = &verified.statement.predicate;
    let (passed, failed, warned) = (
        predicate.passed_tests.len(),
        predicate.failed_tests.len(),
        predicate.warned_tests.len(),
    );
    let commit = verified.commit.to_string();
    let text = if session.globals.format == "json" {
        let whole = json!({
            "signer": verified.signer,
            "commit": commit,
            "result": predicate.result,
            "passed": passed,
            "failed": failed,
            "warned": warned,
        });
        printable_json(&serde_json::to_string_pretty(&whole)?) + "\n"
    } else {
        format!(
            "signed by {}, about the commit {}: {} ({passed} passed, {failed} failed, {warned} with a warning)\n",
            printable(&verified.signer),
            commit.get(..8).unwrap_or(&commit),
            printable(&predicate.result)
        )
    };
    to_output(&text, session)?;
    Ok(Exit::Done)
}

/// Shows each file that can be read; then the first one that can't be is the error.
fn read_files(files: &[String], dialect: Option<&str>, session: &Session<'_>) -> anyhow::Result<Exit> {
    let mut shown = Vec::new();
    let mut errors = Vec::new();
    for file in files {
        let read = match file.as_str() {
            "-" => read::read_from(&mut io::stdin().lock(), "standard input", dialect),
            file => read::read(&session.world, file, dialect),
        };
        match read {
            Ok(results) => shown.push((file.as_str(), results)),
            Err(error) => errors.push(error),
        }
    }
    if !shown.is_empty() {
        to_output(&rendered(&shown, session)?, session)?;
    }
    if let Some(error) = errors.into_iter().next() {
        return Err(error.into());
    }
    if shown.iter().any(|(_, results)| results.tests.is_empty()) {
        session.ui.talk("no tests, so nothing was shown to pass\n");
        return Ok(Exit::Unchecked);
    }
    Ok(Exit::Done)
}

fn rendered(shown: &[(&str, TestResults)], session: &Session<'_>) -> anyhow::Result<String> {
    match session.globals.format.as_str() {
        "json" => {
            let files: Vec<_> = shown.iter().map(|(file, results)| object(file, results)).collect();
            Ok(printable_json(&serde_json::to_string_pretty(&files)?) + "\n")
        }
        "markdown" => Ok(markdown(shown)),
        _ => Ok(shown.iter().map(|it| block(it, session.globals.verbose)).collect()),
    }
}

fn block((file, results): &(&str, TestResults), verbose: bool) -> String {
    let counts = results.counts();
    let mut text = format!("{}: {}, {}\n", printable(file), results.dialect, summary(counts));
    for test in &results.tests {
        let is_trouble = test.outcome > TestOutcome::Skipped || test.flaky;
        if is_trouble || verbose {
            text.push_str(&line(test));
        }
    }
    text
}

/// One test, and the first line of why it did not pass.
fn line(test: &TestResult) -> String {
    let word = if test.flaky { "flaky" } else { test.outcome.name() };
    let head = format!("  {word:<8} {}\n", printable(&test.full_name()));
    let why = test
        .message
        .as_deref()
        .and_then(|message| message.lines().find(|it| !it.trim().is_empty()));
    let why = why.map(|why| format!("           {}\n", printable(why.trim())));
    head + &why.unwrap_or_default()
}

fn summary(counts: TestCounts) -> String {
    let plural = if counts.tests == 1 { "" } else { "s" };
    let mut parts = vec![format!("{} test{plural}", counts.tests)];
    let named = [
        (counts.passed, "passed"),
        (counts.failed, "failed"),
        (counts.errored, "errored"),
        (counts.skipped, "skipped"),
        (counts.flaky, "flaky"),
    ];
    parts.extend(
        named
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}")),
    );
    match parts.as_slice() {
        [tests] => tests.clone(),
        [tests, rest @ ..] => format!("{tests}: {}", rest.join(", ")),
        [] => String::new(),
    }
}

fn markdown(shown: &[(&str, TestResults)]) -> String {
    let mut text = String::from(
        "| results | dialect | tests | passed | failed | errored | skipped | flaky |\n|---|---|---|---|---|---|---|---|\n",
    );
    for (file, results) in shown {
        let counts = results.counts();
        let numbers = [
            counts.tests,
            counts.passed,
            counts.failed,
            counts.errored,
            counts.skipped,
            counts.flaky,
        ];
        let numbers: Vec<_> = numbers.iter().map(usize::to_string).collect();
        let file = ops::markdown_text(file);
        text.push_str(&format!("| {file} | {} | {} |\n", results.dialect, numbers.join(" | ")));
    }
    text
}

fn object(file: &str, results: &TestResults) -> serde_json::Value {
    let counts = results.counts();
    let tests: Vec<_> = results.tests.iter().map(test_object).collect();
    json!({
        "file": file,
        "dialect": results.dialect,
        "counts": counts_object(counts),
        "tests": tests,
    })
}

/// How many tests ended how, with the names of the evidence files.
pub(super) fn counts_object(counts: TestCounts) -> serde_json::Value {
    json!({
        "tests": counts.tests,
        "passed": counts.passed,
        "failed": counts.failed,
        "errored": counts.errored,
        "skipped": counts.skipped,
        "flaky": counts.flaky,
    })
}

fn test_object(test: &TestResult) -> serde_json::Value {
    json!({
        "groups": test.groups,
        "name": test.name,
        "file": test.file,
        "outcome": test.outcome.name(),
        "flaky": test.flaky,
        "durationMs": test.duration_ms,
        "message": test.message,
    })
}
