//! `drift report`.

use super::{Session, print};
use crate::cli::exit::Exit;
use crate::ops;

/// Judge a run and keep the report: in its record, in .drift/, and as a lesson
///
/// Reporting the same target twice adds no second lesson. With --plan it judges and prints, and keeps nothing.
#[derive(clap::Args, Debug)]
pub struct Args {}

pub fn run(_: &Args, session: &Session<'_>) -> anyhow::Result<Exit> {
    let reported = ops::report::report(&session.world, &session.globals.plans, session.run(), &session.range())?;
    let exit = print::judged(&reported.judged, session)?;
    for file in &reported.written {
        session.ui.talk(&format!("wrote {file}\n"));
    }
    if !reported.written.is_empty() && !reported.learned {
        session.ui.talk("this target was reported before: no second lesson\n");
    }
    Ok(exit)
}
