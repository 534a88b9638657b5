//! `drift schema`.

use super::Session;
use crate::cli::exit::Exit;
use crate::ops;

/// Print the JSON Schema of an artifact or of what drift writes
#[derive(clap::Args, Debug)]
pub struct Args {
    /// intent, commit_plan, test_contract, run_report or lesson
    name: String,
}

pub fn run(args: &Args, session: &Session<'_>) -> anyhow::Result<Exit> {
    session.ui.data(&ops::explain::schema(&args.name)?)?;
    Ok(Exit::Done)
}
