//! `drift validate`.

use super::{Session, print};
use crate::cli::exit::Exit;
use crate::ops;

/// Read a plan and show everything that is wrong with it, each at its line
///
/// As strict as `drift approve`: what can't be read without doubt, which `drift check` warns of, is an error here.
///
///   drift validate --plan .planning/phases/04-login/04-01-PLAN.md
///   drift validate              the run that this branch is bound to
#[derive(clap::Args, Debug)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Plans, as with --plan
    #[arg(value_name = "PLAN", conflicts_with = "run")]
    named: Vec<String>,
}

pub fn run(args: &Args, session: &Session<'_>) -> anyhow::Result<Exit> {
    let plans: Vec<String> = session.globals.plans.iter().chain(&args.named).cloned().collect();
    let judged = ops::validate::validate(&session.world, &plans, session.run())?;
    let exit = print::every_finding(&judged, session)?;
    if plans.is_empty() && !judged.report.plan.problems.is_empty() {
        session
            .ui
            .talk("next: mend what can't be read; `drift approve` waits for it\n");
    }
    Ok(exit)
}
