//! `drift doctor`.

use super::Session;
use super::print::to_output;
use crate::cli::exit::Exit;
use crate::model::{Severity, printable, printable_json};
use crate::ops;
use crate::ops::doctor::{Ailment, CHECKS, Diagnosis};
use anyhow::Context;

/// Look for what is wrong with the repository, its hooks, and what drift keeps there
///
///   drift doctor                each entry says what is so, where, and the command that mends it
///   drift doctor --fix          mends what is safe to mend, and looks again
///
/// --fix renews what drift itself makes (hook scripts, notes), takes away what killed drifts
/// left, frees branches from runs that are over, binds those of runs that were fetched, drops
/// lessons that are there twice byte for byte, and adds the line to .gitattributes that lets
/// lessons merge. It deletes nothing that a person wrote, and leaves git's own locks alone.
/// Exit code 1 means that something is wrong; notes alone are no reason for it.
#[derive(clap::Args, Debug)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Mend what is safe to mend
    #[arg(long)]
    fix: bool,
    /// The same as --format json
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args, session: &Session<'_>) -> anyhow::Result<Exit> {
    let program = std::env::current_exe().context("the path of this program can't be found out")?;
    let diagnosis = ops::doctor::doctor(&session.world, &program, args.fix)?;
    let format = if args.json {
        "json"
    } else {
        session.globals.format.as_str()
    };
    let text = match format {
        "json" => json(&diagnosis)?,
        "markdown" => markdown(&diagnosis),
        _ => plain(&diagnosis, session.globals.verbose),
    };
    to_output(&text, session)?;
    Ok(match diagnosis.is_healthy() {
        true => Exit::Done,
        false => Exit::Drifted,
    })
}

fn json(diagnosis: &Diagnosis) -> anyhow::Result<String> {
    let examination = ops::doctor::examination(diagnosis);
    Ok(printable_json(&serde_json::to_string_pretty(&examination)?) + "\n")
}

fn plain(diagnosis: &Diagnosis, verbose: bool) -> String {
    let mut text = String::new();
    for mended in &diagnosis.mended {
        let line = match &mended.did {
            Ok(did) => format!("mended[{}]: {}\n", mended.check, printable(did)),
            Err(why) => format!(
                "error[{}]: this could not be mended: {}\n",
                mended.check,
                printable(why)
            ),
        };
        text.push_str(&line);
    }
    for undone in &diagnosis.undone {
        let why = printable(&undone.why);
        text.push_str(&format!(
            "error[{}]: this could not be looked at: {why}\n",
            undone.check
        ));
    }
    let ailments = diagnosis.ailments.iter().map(entry);
    text.extend(ailments);
    if verbose {
        let done = CHECKS.iter().filter(|check| diagnosis.done.contains(&check.name));
        text.extend(done.map(|check| format!("looked[{}]: {}\n", check.name, check.looks_at)));
    }
    text + &summary(diagnosis)
}

fn entry(ailment: &Ailment) -> String {
    let mut text = format!(
        "{}[{}]: {}\n  at {}\n",
        ailment.severity.name(),
        ailment.check,
        printable(&ailment.what),
        printable(&ailment.place)
    );
    for command in &ailment.commands {
        text.push_str(&format!("  $ {}\n", printable(command)));
    }
    text
}

fn summary(diagnosis: &Diagnosis) -> String {
    let wrong = diagnosis.ailments.iter().filter(|it| it.severity != Severity::Note);
    let count = wrong.count() + diagnosis.undone.len();
    let mendable = diagnosis.ailments.iter().filter(|it| it.is_mendable()).count();
    let checks = format!("{} of {} checks done", diagnosis.done.len(), CHECKS.len());
    match (count, mendable) {
        (0, 0) => format!("{checks}: nothing is wrong\n"),
        (1, 0) => format!("{checks}: one thing is wrong\n"),
        (_, 0) => format!("{checks}: {count} things are wrong\n"),
        _ => format!("{checks}: wrong {count}; `drift doctor --fix` mends {mendable}\n"),
    }
}

fn markdown(diagnosis: &Diagnosis) -> String {
    let code = |text: &str| format!("`{}`", printable(text).replace('`', "'"));
    let row = |it: &Ailment| {
        let commands: Vec<String> = it.commands.iter().map(|command| code(command)).collect();
        let what = ops::markdown_text(&it.what);
        format!(
            "| {} | {} | {what} | {} | {} |\n",
            it.severity.name(),
            it.check,
            code(&it.place),
            commands.join(", ")
        )
    };
    let rows: String = diagnosis.ailments.iter().map(row).collect();
    format!(
        "| severity | check | what is so | where | what mends it |\n|---|---|---|---|---|\n{rows}\n{}",
        summary(diagnosis)
    )
}
