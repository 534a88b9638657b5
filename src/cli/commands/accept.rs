//! `drift accept`.

use super::Session;
use crate::cli::exit::Exit;
use crate::model::printable;
use crate::ops;

/// Accept a deviation, with a reason; it stays in the report, marked
///
///   drift accept D101-3f2a9c1b04de --because "the parser needed the new helper"
#[derive(clap::Args, Debug)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The finding's stable name, as the report prints it
    fingerprint: String,
    /// Why it is right, for whoever reads the report
    #[arg(long, value_name = "REASON")]
    because: String,
}

pub fn run(args: &Args, session: &Session<'_>) -> anyhow::Result<Exit> {
    let accepted = ops::accept::accept(
        &session.world,
        session.run(),
        &args.fingerprint,
        &args.because,
        &session.range(),
    )?;
    let finding = &accepted.finding;
    session.ui.report(&format!(
        "accepted {} {}: {}\n",
        finding.code,
        finding.rule,
        printable(&finding.message)
    ))?;
    session.ui.talk(&format!(
        "next: `drift report --run {}` shows it, marked\n",
        accepted.handle
    ));
    Ok(Exit::Done)
}
