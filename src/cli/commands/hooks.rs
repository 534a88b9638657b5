//! `drift hooks`.

use super::Session;
use crate::cli::exit::Exit;
use crate::ops;
use crate::ops::hooks::{HooksStatus, Installed, Outcome, Restored, SettledBy, Told};
use anyhow::Context;
use clap::Subcommand;

/// Let git call drift at commit and push: install, uninstall, or status
///
///   drift hooks install         an existing hook is kept and runs first; twice is once
///   drift hooks install --with pre-commit    also stops staged drift before a message is written
///   drift hooks uninstall       what was there before is there again, byte for byte
///   drift hooks status          which hooks call drift, and what keeps the others from it
///
/// Where a program such as husky, lefthook or pre-commit manages the hooks, it is left alone, and
/// drift says which lines make it call drift. DRIFT_SKIP=1 lets one commit or push pass unchecked.
#[derive(clap::Args, Debug)]
#[command(verbatim_doc_comment)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    /// Put drift's scripts where git looks for hooks
    Install {
        /// An optional hook too: pre-commit stops what is staged before a message is written
        #[arg(long, value_name = "HOOK", value_parser = OPTIONAL)]
        with: Vec<String>,
    },
    /// Take them away again
    Uninstall,
    /// Show how each hook stands
    Status,
}

/// The hooks that are installed for those who ask for them.
const OPTIONAL: [&str; 1] = ["pre-commit"];

pub fn run(args: &Args, session: &Session<'_>) -> anyhow::Result<Exit> {
    match &args.verb {
        Verb::Install { with } => install(session, with),
        Verb::Uninstall => uninstall(session),
        Verb::Status => status(session),
    }
}

fn install(session: &Session<'_>, with: &[String]) -> anyhow::Result<Exit> {
    let program = std::env::current_exe().context("the path of this program can't be found out")?;
    let done = ops::hooks::install(&session.world, &program, with)?;
    session.ui.report(&format!("hooks in {}\n", shown(&done.folder)))?;
    for (name, outcome) in &done.hooks {
        session.ui.report(&format!("  {name:<20}{}\n", installed(outcome)))?;
    }
    for told in &done.told {
        session.ui.complain(&lines(told));
    }
    for path in &done.other_worktrees {
        session.ui.talk(&format!(
            "core.hooksPath is relative, so that {} has hooks of its own: `drift -C {} hooks install`\n",
            shown(path),
            shown(path)
        ));
    }
    Ok(exit(&done))
}

fn exit(done: &Installed) -> Exit {
    if done.is_complete() { Exit::Done } else { Exit::Error }
}

fn installed(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Written => "installed".to_owned(),
        Outcome::Chained => "installed; the hook that was there runs first".to_owned(),
        Outcome::Kept(how) => format!("installed; what was there is kept, {how}: it does not run, as before"),
        Outcome::Renewed => "renewed".to_owned(),
        Outcome::Unchanged => "installed already".to_owned(),
        Outcome::NotAsked => "optional: --with pre-commit".to_owned(),
        Outcome::CalledBy(manager) => format!("called by {} already", manager.name()),
        Outcome::LeftTo(manager) => format!("left to {}", manager.name()),
        Outcome::Refused(why) => format!("left alone: {why}"),
    }
}

fn lines(told: &Told) -> String {
    let mut text = format!("so that {} calls drift, add to {}:\n", told.manager.name(), told.place);
    for line in &told.lines {
        text.push_str(&format!("    {line}\n"));
    }
    text
}

fn uninstall(session: &Session<'_>) -> anyhow::Result<Exit> {
    let done = ops::hooks::uninstall(&session.world)?;
    let mut exit = Exit::Done;
    for (name, restored) in &done.hooks {
        let says = match restored {
            Restored::Removed => "removed",
            Restored::PutBack => "removed; the hook before it is back",
            Restored::NotThere => "nothing of drift's there",
            Restored::Left(why) => {
                exit = Exit::Error;
                why
            }
        };
        session.ui.report(&format!("  {name:<20}{says}\n"))?;
    }
    Ok(exit)
}

fn status(session: &Session<'_>) -> anyhow::Result<Exit> {
    let found = ops::hooks::status(&session.world)?;
    let why = found
        .chosen_by
        .as_ref()
        .map(|why| format!(" ({why})"))
        .unwrap_or_default();
    session
        .ui
        .report(&format!("hooks in {}{why}\n", shown(&found.folder)))?;
    for hook in &found.hooks {
        session.ui.report(&format!("  {:<20}{}\n", hook.name, hook.says))?;
        for remark in &hook.remarks {
            session.ui.report(&format!("  {:<20}{}\n", "", remark.text))?;
        }
    }
    for line in &found.elsewhere {
        session.ui.report(&format!("{line}\n"))?;
    }
    if found.hooks.iter().any(|hook| !hook.works && !hook.is_optional) {
        session.ui.talk(&next(&found));
    }
    Ok(Exit::Done)
}

/// What to do where git does not call drift for every hook: what is left to a person, `install` only tells.
fn next(found: &HooksStatus) -> String {
    let mut open = found.hooks.iter().filter(|hook| !hook.works && !hook.is_optional);
    let says = match (found.is_shared, open.all(|hook| hook.settled_by == SettledBy::Person)) {
        (true, _) => " says what to do, since other repositories use this folder too",
        (false, true) => " says what to add, and where",
        (false, false) => "",
    };
    format!("next: `drift hooks install`{says}\n")
}

fn shown(path: &std::path::Path) -> String {
    path.display().to_string().escape_debug().to_string()
}
