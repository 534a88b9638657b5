//! `drift demo`.

use super::Session;
use crate::cli::exit::Exit;
use crate::ops;

/// Play a run with drift in it, in a real repository in a temporary folder, and show the report
#[derive(clap::Args, Debug)]
pub struct Args {}

pub fn run(_: &Args, session: &Session<'_>) -> anyhow::Result<Exit> {
    let played = ops::demo::demo(&session.world)?;
    for line in &played.story {
        session.ui.talk(&format!("{line}\n"));
    }
    let text = ops::judge::render(
        &played.judged,
        &session.globals.format,
        session.ui.width(),
        session.globals.verbose,
    );
    super::print::to_output(&text, session)?;
    session.ui.talk(&format!(
        "\nthe repository: {}\nthe report:     {}\n",
        played.repository.display(),
        played.report
    ));
    session.ui.talk(&format!(
        "look around:    cd {} && git log --oneline --all\n",
        played.repository.display()
    ));
    Ok(Exit::Done)
}
