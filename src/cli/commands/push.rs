//! `drift push`.

use super::{Session, fetch};
use crate::cli::exit::Exit;
use crate::ops;

/// Send records and notes to a remote, joined with those that it has
///
/// No branch is touched on either side. The commits that a record keeps, those of its reported range, travel with it.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The remote, by its name or URL [default: the branch's, the only one, or origin]
    remote: Option<String>,
}

pub fn run(args: &Args, session: &Session<'_>) -> anyhow::Result<Exit> {
    let synced = ops::sync::push(&session.world, args.remote.as_deref())?;
    let exit = fetch::taken(&synced, session)?;
    let remote = synced.remote.escape_debug();
    let notes = if synced.pushed_notes { " and the notes" } else { "" };
    let text = match (synced.pushed_records, synced.pushed_notes) {
        (0, false) => format!("{remote} has everything\n"),
        (0, true) => format!("pushed the notes to {remote}\n"),
        (1, _) => format!("pushed 1 record{notes} to {remote}\n"),
        (records, _) => format!("pushed {records} records{notes} to {remote}\n"),
    };
    session.ui.report(&text)?;
    Ok(exit)
}
