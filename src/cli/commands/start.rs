//! `drift start`.

use super::Session;
use crate::cli::exit::Exit;
use crate::model::printable;
use crate::ops;

/// Begin an approved run on this branch: freezes its artifacts and stamps when, where and by whom
///
/// Refuses a run with an artifact that is not approved, or was changed since.
#[derive(clap::Args, Debug)]
pub struct Args {}

pub fn run(_: &Args, session: &Session<'_>) -> anyhow::Result<Exit> {
    let started = ops::start::start(&session.world, session.run())?;
    let base = started.base.get(..10).unwrap_or(&started.base);
    session.ui.report(&format!(
        "{} is active on {} from {base}\n",
        started.handle,
        printable(&started.branch)
    ))?;
    for overlap in &started.overlaps {
        session.ui.talk(&format!("warning: {overlap}\n"));
    }
    if let Some((id, title)) = &started.first {
        session
            .ui
            .talk(&format!("next: {} {}\n", printable(id), printable(title)));
    }
    Ok(Exit::Done)
}
