//! `drift convert`.

use super::Session;
use crate::cli::exit::Exit;
use crate::ops;

/// Write any plan as native artifacts, and list what they can't say
///
///   drift convert .planning/phases/04-login/04-01-PLAN.md
///   drift convert main:docs/stage-2.md --output plans/stage-2
///
/// The artifacts go into the folder that --output names, or into one named after the plan. Reading them gives the same
/// declarations, units and dependencies; what could not be carried over is listed with its line.
#[derive(clap::Args, Debug)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Plans, as with --plan
    #[arg(value_name = "PLAN", required_unless_present = "plans")]
    named: Vec<String>,
}

pub fn run(args: &Args, session: &Session<'_>) -> anyhow::Result<Exit> {
    let plans: Vec<String> = session.globals.plans.iter().chain(&args.named).cloned().collect();
    let written = ops::convert::convert(&session.world, &plans, session.globals.output.as_deref())?;
    for file in &written.files {
        session.ui.report(&format!("{file}\n"))?;
    }
    if !written.losses.is_empty() {
        session.ui.talk("not carried over:\n");
    }
    for loss in &written.losses {
        session.ui.talk(&format!("  {loss}\n"));
    }
    Ok(Exit::Done)
}
