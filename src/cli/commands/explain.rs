//! `drift explain`.

use super::{Session, print};
use crate::cli::exit::Exit;
use crate::ops;

/// Explain a rule: what it finds, why it matters, how to settle it
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The rule's code or name, such as D101 or undeclared-file [default: list them all]
    rule: Option<String>,
}

pub fn run(args: &Args, session: &Session<'_>) -> anyhow::Result<Exit> {
    let text = match &args.rule {
        Some(name) => ops::explain::explain(name)?,
        None => ops::explain::list(),
    };
    print::data(&text, session)?;
    Ok(Exit::Done)
}
