//! `drift notes`.

use super::Session;
use super::print::to_output;
use crate::cli::exit::Exit;
use crate::model::{Finding, OrphanReason, printable};
use crate::ops;
use crate::ops::notes::{Note, Rebuilt, Shown, Verdict};
use clap::Subcommand;

/// Show what runs noted on commits, or write these notes anew from the records
///
/// `drift report` notes on each commit of its range which units it stands for and what was found. With the hooks installed,
/// a new commit is noted at once, with what they saw of it, and notes follow amended and rebased commits. git shows the same
/// with `git log --notes=drift`.
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    /// Show the note of a commit
    Show {
        /// The commit
        #[arg(default_value = "HEAD")]
        rev: String,
        /// Every note there is
        #[arg(short, long, conflicts_with = "rev")]
        all: bool,
    },
    /// Write the notes that all reports stand for, and attach those whose commits were rewritten
    ///
    /// A note whose commit no branch leads to any more is taken over by the one commit that makes the same change, or the
    /// same change as the whole run. Where several do, nothing is guessed: such notes are counted (D904 orphaned-note).
    Rebuild,
}

pub fn run(args: &Args, session: &Session<'_>) -> anyhow::Result<Exit> {
    match &args.verb {
        Verb::Show { all: true, .. } => shown(&ops::notes::all(&session.world)?, session),
        Verb::Show { rev, .. } => shown(&[ops::notes::show(&session.world, rev)?], session),
        Verb::Rebuild => rebuilt(&ops::notes::rebuild(&session.world)?, session),
    }
}

fn shown(commits: &[Shown], session: &Session<'_>) -> anyhow::Result<Exit> {
    let noted: Vec<&Shown> = commits.iter().filter(|it| it.says_something()).collect();
    let text = match session.globals.format.as_str() {
        "json" => json(&noted)?,
        _ => noted.iter().map(|it| block(it)).collect(),
    };
    to_output(&text, session)?;
    if noted.is_empty() {
        session.ui.talk("no note; `drift report` writes them\n");
        return Ok(Exit::Unchecked);
    }
    Ok(Exit::Done)
}

fn block(shown: &Shown) -> String {
    let subject = shown.subject.as_deref().unwrap_or("(not in this clone)");
    let mut out = format!("{} {}\n", shown.commit.short(12), printable(subject));
    for note in &shown.notes {
        out.push_str(&line(note));
    }
    for foreign in String::from_utf8_lossy(&shown.foreign)
        .lines()
        .filter(|it| !it.trim().is_empty())
    {
        out.push_str(&format!("  | {}\n", foreign.escape_debug()));
    }
    out
}

fn line(note: &Note) -> String {
    let verdict = match note.verdict {
        Verdict::Aligned => "aligned",
        Verdict::Drifted => "drifted",
        Verdict::Unchecked => "no verdict yet",
    };
    let units = if note.units.is_empty() {
        "no unit".to_owned()
    } else {
        note.units.join(", ")
    };
    let head = format!("{}  {verdict}  {units}  ({})", note.run, witnessed(note));
    let findings = note
        .fingerprints
        .iter()
        .map(|it| format!("    {}\n", it.escape_debug()));
    format!("  {}\n{}", printable(&head), findings.collect::<String>())
}

/// Which hook saw the commit, in words.
fn witnessed(note: &Note) -> &str {
    match note.witness.as_deref() {
        Some("checked") => "compared when it was committed",
        Some("replayed") => "replayed from one that a hook saw",
        Some("skipped") => "passed unchecked: DRIFT_SKIP",
        Some("bypassed") => "passed unchecked: --no-verify",
        Some(other) => other,
        None => "no hook saw it",
    }
}

fn json(commits: &[&Shown]) -> anyhow::Result<String> {
    let object = |shown: &&Shown| {
        serde_json::json!({
            "commit": shown.commit.to_string(),
            "notes": shown.notes,
            "foreign": String::from_utf8_lossy(&shown.foreign),
        })
    };
    let all: Vec<_> = commits.iter().map(object).collect();
    Ok(serde_json::to_string_pretty(&all)? + "\n")
}

fn rebuilt(rebuilt: &Rebuilt, session: &Session<'_>) -> anyhow::Result<Exit> {
    let attachment = &rebuilt.attachment;
    let mut text = format!(
        "{} of {}: {} changed\n",
        counted(rebuilt.reports, "report"),
        counted(rebuilt.runs, "run"),
        counted(rebuilt.changed, "note"),
    );
    if attachment.attached > 0 {
        text.push_str(&format!(
            "{} took over the notes of commits that are gone\n",
            counted(attachment.attached, "commit")
        ));
    }
    let reasons = [
        (OrphanReason::Ambiguous, "several commits make the same change"),
        (OrphanReason::Lost, "no commit makes the same change"),
    ];
    for (reason, why) in reasons {
        let orphans = attachment.orphaned.iter().filter(|it| it.reason == reason).count();
        if orphans > 0 {
            text.push_str(&format!("D904 orphaned-note: {}, as {why}\n", counted(orphans, "note")));
        }
    }
    if session.globals.verbose {
        text.extend(rebuilt.findings.iter().map(finding));
    }
    session.ui.report(&text)?;
    if rebuilt.unreadable > 0 {
        session.ui.complain(&format!(
            "warning: {} can't be read by this version and was passed over\n",
            counted(rebuilt.unreadable, "report")
        ));
    }
    Ok(if rebuilt.is_drifted() {
        Exit::Drifted
    } else {
        Exit::Done
    })
}

fn finding(finding: &Finding) -> String {
    let head = format!(
        "{}[{}]: {}",
        finding.severity.name(),
        finding.rule.code,
        finding.message
    );
    format!("{}\n  help: {}\n", head.escape_debug(), finding.help.escape_debug())
}

fn counted(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}
