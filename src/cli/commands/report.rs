//! `drift report`.

use super::{Session, print};
use crate::cli::exit::Exit;
use crate::ops;

/// Judge a run and keep the report: in its record, in .drift/, as a lesson, and as notes on its commits
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
    match &reported.notes {
        Ok(0) => {}
        Ok(1) => session.ui.talk("noted on 1 commit: `git log --notes=drift`\n"),
        Ok(notes) => session
            .ui
            .talk(&format!("noted on {notes} commits: `git log --notes=drift`\n")),
        Err(error) => session.ui.complain(&format!(
            "warning: the report is kept, and its notes on commits are not: {error}\n\
             hint: `drift notes rebuild` writes them when that is settled\n"
        )),
    }
    Ok(exit)
}
