//! `drift finish`.

use super::Session;
use crate::cli::exit::Exit;
use crate::ops;

/// Close a run, with everything kept, and free its branch
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Close it without a report
    #[arg(long)]
    discard: bool,
}

pub fn run(args: &Args, session: &Session<'_>) -> anyhow::Result<Exit> {
    let finished = ops::finish::finish(&session.world, session.run(), args.discard)?;
    session
        .ui
        .report(&format!("{} is {}\n", finished.handle, finished.state.name()))?;
    session
        .ui
        .talk(&format!("its record stays at refs/drift/runs/{}\n", finished.handle));
    Ok(Exit::Done)
}
