//! `drift list`.

use super::Session;
use super::print::to_output;
use crate::cli::exit::Exit;
use crate::model::{printable, printable_json};
use crate::ops;
use crate::ops::runs::Run;

/// List the runs that are known here
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Finished and discarded ones too
    #[arg(short, long)]
    all: bool,
}

pub fn run(args: &Args, session: &Session<'_>) -> anyhow::Result<Exit> {
    let listed = ops::list::list(&session.world)?;
    for warning in &listed.warnings {
        session.ui.talk(&format!("warning: {warning}\n"));
    }
    let runs = listed.runs;
    let shown: Vec<&Run> = runs.iter().filter(|run| args.all || run.is_open()).collect();
    let text = match session.globals.format.as_str() {
        "json" => json(&shown)?,
        "markdown" => markdown(&shown),
        _ => table(&shown),
    };
    to_output(&text, session)?;
    if shown.is_empty() {
        let closed = runs.len();
        let more = if closed > 0 {
            format!("; {closed} closed, `--all` shows them")
        } else {
            String::new()
        };
        session.ui.talk(&format!("no open run{more}\n"));
    }
    Ok(Exit::Done)
}

fn table(runs: &[&Run]) -> String {
    let widest = runs.iter().map(|run| run.handle.to_string().len()).max().unwrap_or(0);
    let line = |run: &&Run| {
        let branch = run.file.branch.as_deref().unwrap_or("-");
        format!(
            "{:<widest$}  {:<9}  {}\n",
            run.handle.to_string(),
            run.state().name(),
            printable(branch)
        )
    };
    runs.iter().map(line).collect()
}

fn markdown(runs: &[&Run]) -> String {
    let row = |run: &&Run| {
        let branch = run.file.branch.as_deref().map(ops::markdown_text).unwrap_or_default();
        format!("| `{}` | {} | {branch} |\n", run.handle, run.state().name())
    };
    let rows: String = runs.iter().map(row).collect();
    format!("| run | state | branch |\n|---|---|---|\n{rows}")
}

fn json(runs: &[&Run]) -> anyhow::Result<String> {
    let files: Vec<_> = runs.iter().map(|run| &run.file).collect();
    Ok(printable_json(&serde_json::to_string_pretty(&files)?) + "\n")
}
