//! `drift check`.

use super::{Session, print};
use crate::cli::exit::Exit;
use crate::ops;

/// Compare a plan with git and judge; writes nothing
///
/// Works in any clone, bare ones too, without set-up:
///
///   drift check --plan PLAN.md --base origin/main
///   drift check --plan main:plans/04-01-PLAN.md --base v1.0 --target HEAD
///   drift check                 the run that this branch is bound to
#[derive(clap::Args, Debug)]
#[command(verbatim_doc_comment)]
pub struct Args {}

pub fn run(_: &Args, session: &Session<'_>) -> anyhow::Result<Exit> {
    let judged = ops::check::check(&session.world, &session.globals.plans, session.run(), &session.range())?;
    print::judged(&judged, session)
}
