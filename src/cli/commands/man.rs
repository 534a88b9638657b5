//! `drift man`.

use super::{Session, print};
use crate::cli::args::Cli;
use crate::cli::exit::Exit;
use clap::CommandFactory;

/// Print the manual page, in roff
#[derive(clap::Args, Debug)]
pub struct Args {}

pub fn run(_: &Args, session: &Session<'_>) -> anyhow::Result<Exit> {
    let mut bytes = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut bytes)?;
    print::data(&String::from_utf8_lossy(&bytes), session)?;
    Ok(Exit::Done)
}
