//! `drift show`.

use super::Session;
use super::print::to_output;
use crate::cli::exit::Exit;
use crate::model::printable;
use crate::ops;
use crate::ops::list::Shown;

/// Show a run: what happened to it, and its last report
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The run, by its handle, id, id8 or slug [default: the branch's]
    #[arg(conflicts_with = "run")]
    name: Option<String>,
}

pub fn run(args: &Args, session: &Session<'_>) -> anyhow::Result<Exit> {
    let shown = ops::list::show(&session.world, args.name.as_deref().or(session.run()))?;
    let report = ops::list::render(
        &shown,
        &session.globals.format,
        session.ui.width(),
        session.globals.verbose,
    );
    let text = match session.globals.format.as_str() {
        "text" => log(&shown) + &report.unwrap_or_default(),
        _ => report.ok_or_else(|| {
            ops::OpsError::from(ops::Refusal::NotReported {
                handle: shown.run.handle.to_string(),
            })
        })?,
    };
    to_output(&text, session)?;
    Ok(Exit::Done)
}

fn log(shown: &Shown) -> String {
    let run = &shown.run;
    let mut out = format!("{}  {}\n", run.handle, run.state().name());
    for artifact in run.artifacts().keys() {
        out.push_str(&format!("  {}\n", printable(artifact)));
    }
    for entry in &shown.log {
        let by = format!("{} by {}", ops::utc(entry.time), entry.author);
        out.push_str(&format!("  {}  {}\n", printable(&by), printable(&entry.subject)));
    }
    if shown.report.is_some() { out + "\n" } else { out }
}
