//! What several commands print: a judged report, in the asked-for format, to the asked-for place.

use super::Session;
use crate::cli::exit::Exit;
use crate::cli::ui::without_styles;
use crate::ops;
use crate::ops::judge::Judged;
use std::path::{Path, PathBuf};

/// Prints the report and returns the exit code that its verdict means.
pub fn judged(judged: &Judged, session: &Session<'_>) -> anyhow::Result<Exit> {
    printed(judged, session, session.globals.verbose)
}

/// The same with every finding by itself, notes too: for whoever mends a plan.
pub fn every_finding(judged: &Judged, session: &Session<'_>) -> anyhow::Result<Exit> {
    printed(judged, session, true)
}

fn printed(judged: &Judged, session: &Session<'_>, verbose: bool) -> anyhow::Result<Exit> {
    for warning in &judged.warnings {
        session.ui.talk(&format!("warning: {warning}\n"));
    }
    let text = ops::judge::render(judged, &session.globals.format, session.ui.width(), verbose);
    to_output(&text, session)?;
    Ok(Exit::from(judged.verdict))
}

/// Writes the text to `--output`, or to standard output unless `--quiet`.
pub fn to_output(text: &str, session: &Session<'_>) -> anyhow::Result<()> {
    match output_file(session) {
        Some(file) => to_file(&file, text),
        None if session.globals.format == "text" => Ok(session.ui.report(&session.ui.fitted(text))?),
        None => Ok(session.ui.report(text)?),
    }
}

/// Writes what was asked for by name to `--output`, or to standard output, `--quiet` or not.
pub fn data(text: &str, session: &Session<'_>) -> anyhow::Result<()> {
    match output_file(session) {
        Some(file) => to_file(&file, text),
        None => Ok(session.ui.data(text)?),
    }
}

/// The file that `--output` names; `-` is standard output, as everywhere.
fn output_file(session: &Session<'_>) -> Option<PathBuf> {
    let file = session.globals.output.as_ref().filter(|file| file.as_os_str() != "-")?;
    Some(session.world.directory.join(file))
}

fn to_file(file: &Path, text: &str) -> anyhow::Result<()> {
    Ok(ops::write_output(file, without_styles(text).as_bytes())?)
}
