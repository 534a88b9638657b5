//! `drift trust`.

use super::{Session, print};
use crate::cli::exit::Exit;
use crate::model::{printable, printable_json};
use crate::ops::trust::{self, Proposal, Trusted};
use crate::ops::{OpsError, Refusal};
use clap::builder::NonEmptyStringValueParser;
use serde_json::json;

/// Trust a run's test contract on this machine, so that `drift test` may run its commands
///
/// Shows the commands and asks on a terminal. The trust is in this very contract, in this repository: a changed contract, and
/// the same one in another clone, have to be trusted anew. It is kept outside of the repository, in drift/trusted below
/// XDG_STATE_HOME (~/.local/state).
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The run, as for --run
    #[arg(value_name = "RUN", value_parser = NonEmptyStringValueParser::new(), conflicts_with = "run")]
    named: Option<String>,
    /// Trust it without asking
    #[arg(short, long)]
    yes: bool,
    /// Show all that is trusted on this machine
    #[arg(long, conflicts_with_all = ["yes", "revoke", "named", "run"])]
    list: bool,
    /// Take the trust in the run's contract back
    #[arg(long, conflicts_with = "yes")]
    revoke: bool,
}

pub fn run(args: &Args, session: &Session<'_>) -> anyhow::Result<Exit> {
    let run = args.named.as_deref().or(session.run());
    if args.list {
        return listed(&trust::list(&session.world)?, session);
    }
    if args.revoke {
        let (handle, was_trusted) = trust::revoke(&session.world, run)?;
        let what = if was_trusted {
            "no longer trusted"
        } else {
            "was not trusted"
        };
        session.ui.report(&format!("{handle}: {what} on this machine\n"))?;
        return Ok(Exit::Done);
    }
    let proposal = trust::propose(&session.world, run)?;
    if proposal.suites.is_empty() {
        return Err(OpsError::from(Refusal::NothingToTrust {
            handle: proposal.handle,
        })
        .into());
    }
    if proposal.is_trusted {
        session
            .ui
            .report(&format!("{}: trusted already, as it is\n", proposal.handle))?;
        return Ok(Exit::Done);
    }
    session.ui.talk(&shown(&proposal));
    ask(args.yes, session)?;
    let folder = trust::trust(&session.world, &proposal)?;
    session.ui.report(&format!("trusted: {}\n", proposal.handle))?;
    let place = printable(&folder.display().to_string());
    session
        .ui
        .talk(&format!("kept in {place}, on this machine only; next: `drift test`\n"));
    Ok(Exit::Done)
}

/// Each suite with its command, word by word as it is run.
fn shown(proposal: &Proposal) -> String {
    let mut out = format!(
        "{}\n  its test contract runs, from the top of the worktree:\n",
        proposal.handle
    );
    let widest = proposal
        .suites
        .iter()
        .map(|suite| suite.id.chars().count())
        .max()
        .unwrap_or(0);
    for suite in &proposal.suites {
        let limit = suite
            .timeout
            .map(|seconds| format!("  (at most {seconds} s)"))
            .unwrap_or_default();
        let command = printable(&trust::command_line(suite));
        out.push_str(&format!("    {:<widest$}  {command}{limit}\n", printable(&suite.id)));
    }
    out
}

fn ask(yes: bool, session: &Session<'_>) -> Result<(), OpsError> {
    if yes {
        return Ok(());
    }
    match session.ui.ask("run these on this machine?") {
        Some(true) => Ok(()),
        Some(false) => Err(Refusal::NotTrusted.into()),
        None => Err(Refusal::NoTerminalForTrust.into()),
    }
}

fn listed(all: &[Trusted], session: &Session<'_>) -> anyhow::Result<Exit> {
    let text = if session.globals.format == "json" {
        let object = |it: &Trusted| {
            json!({
                "repository": it.repository,
                "run": it.run,
                "hash": it.hash,
                "trustedAt": it.trusted_at,
                "commands": it.commands,
            })
        };
        let all: Vec<_> = all.iter().map(object).collect();
        printable_json(&serde_json::to_string_pretty(&all)?) + "\n"
    } else {
        all.iter().map(block).collect()
    };
    if all.is_empty() {
        session.ui.talk("nothing is trusted on this machine\n");
    }
    print::data(&text, session)?;
    Ok(Exit::Done)
}

fn block(it: &Trusted) -> String {
    let (repository, run) = (printable(&it.repository), printable(&it.run));
    let mut out = format!("{repository}  {run}  since {}\n", printable(&it.trusted_at));
    for command in &it.commands {
        out.push_str(&format!("    {}\n", printable(command)));
    }
    out
}
