//! `drift completions`.

use super::{Session, print};
use crate::cli::args::Cli;
use crate::cli::exit::Exit;
use clap::CommandFactory;

/// Print the completions for a shell
#[derive(clap::Args, Debug)]
pub struct Args {
    shell: clap_complete::Shell,
}

pub fn run(args: &Args, session: &Session<'_>) -> anyhow::Result<Exit> {
    let mut bytes = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "drift", &mut bytes);
    print::data(&String::from_utf8_lossy(&bytes), session)?;
    Ok(Exit::Done)
}
