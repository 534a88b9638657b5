//! `drift schema`.

use super::{Session, print};
use crate::cli::exit::Exit;
use crate::ops;

/// Print the JSON Schema of an artifact or of what drift writes
#[derive(clap::Args, Debug)]
pub struct Args {
    /// intent, commit_plan, test_contract, run_report, lesson, note, evidence or doctor [default: list them]
    name: Option<String>,
}

pub fn run(args: &Args, session: &Session<'_>) -> anyhow::Result<Exit> {
    let text = match &args.name {
        Some(name) => ops::explain::schema(name)?,
        None => ops::explain::schema_names().join("\n") + "\n",
    };
    print::data(&text, session)?;
    Ok(Exit::Done)
}
