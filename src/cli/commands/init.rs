//! `drift init`.

use super::Session;
use crate::cli::exit::Exit;
use crate::ops;

/// Prepare this repository: .drift/config.yaml, and how lessons merge
#[derive(clap::Args, Debug)]
pub struct Args {}

pub fn run(_: &Args, session: &Session<'_>) -> anyhow::Result<Exit> {
    let done = ops::init::init(&session.world)?;
    for file in &done.written {
        session.ui.report(&format!("wrote {file}\n"))?;
    }
    for file in &done.kept {
        session.ui.report(&format!("kept {file}\n"))?;
    }
    let commit = if done.written.is_empty() {
        ""
    } else {
        "commit these files, then "
    };
    session.ui.talk(&format!(
        "next: {commit}`drift new SLUG` or `drift new --from PLAN.md`\n"
    ));
    Ok(Exit::Done)
}
