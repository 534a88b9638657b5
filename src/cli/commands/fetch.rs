//! `drift fetch`.

use super::Session;
use crate::cli::exit::Exit;
use crate::ops;
use crate::ops::sync::{Joined, Synced};

/// Take over the records and notes of a remote, joined with those that are here
///
/// No branch is touched. Where two clones worked on one run, everything that either side approved, accepted or reported is
/// kept in the run's record.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The remote, by its name or URL [default: the branch's, the only one, or origin]
    remote: Option<String>,
}

pub fn run(args: &Args, session: &Session<'_>) -> anyhow::Result<Exit> {
    let synced = ops::sync::fetch(&session.world, args.remote.as_deref())?;
    let exit = taken(&synced, session)?;
    if synced.records.is_empty() && synced.new_notes().is_none() {
        session
            .ui
            .report(&format!("nothing new from {}\n", synced.remote.escape_debug()))?;
    }
    if synced.records.iter().any(|(_, joined)| *joined == Joined::New) {
        session
            .ui
            .talk("next: `drift doctor` shows whether hooks compare the branches of these runs here\n");
    }
    Ok(exit)
}

/// Says what was taken over.
pub fn taken(synced: &Synced, session: &Session<'_>) -> anyhow::Result<Exit> {
    let mut text = String::new();
    for (handle, joined) in &synced.records {
        text.push_str(&format!("{handle}: {}\n", word(*joined)));
    }
    if let Some(joined) = synced.new_notes() {
        text.push_str(&format!("notes: {}\n", word(joined)));
    }
    session.ui.report(&text)?;
    for problem in &synced.problems {
        let shown = problem.escape_debug();
        session.ui.complain(&format!("error: left as it is: {shown}\n"));
    }
    Ok(if synced.problems.is_empty() {
        Exit::Done
    } else {
        Exit::Error
    })
}

fn word(joined: Joined) -> &'static str {
    match joined {
        Joined::Same | Joined::Ahead => "as before",
        Joined::New => "new here",
        Joined::Forwarded => "went on elsewhere",
        Joined::Merged => "both sides joined",
    }
}
