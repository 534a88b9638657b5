//! `drift approve`.

use super::Session;
use crate::cli::exit::Exit;
use crate::model::printable;
use crate::ops::approve::{self, Approved, Proposal, Ticked};
use crate::ops::{OpsError, Refusal};

/// Approve a run's artifacts, after showing what they cover and what widened
///
/// Asks on a terminal. The approval is a commit on refs/drift/runs/HANDLE.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Artifacts, by file name with or without its ending [default: all that are not approved]
    artifacts: Vec<String>,
    /// Tick the checklist without asking; the record says so
    #[arg(short, long)]
    yes: bool,
    /// Sign the approval as git signs commits
    #[arg(long)]
    sign: bool,
    /// A few words to keep with the approval
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

pub fn run(args: &Args, session: &Session<'_>) -> anyhow::Result<Exit> {
    let proposal = approve::propose(&session.world, session.run(), &args.artifacts)?;
    let handle = proposal.run.handle.to_string();
    if proposal.artifacts.is_empty() {
        session.ui.report(&format!(
            "{handle}: nothing to approve, {} approved as it is\n",
            proposal.settled.join(", ")
        ))?;
        return Ok(Exit::Done);
    }
    session.ui.talk(&shown(&proposal));
    let ticked = ask(&proposal, args.yes, session)?;
    let approved = approve::approve(&session.world, &proposal, ticked, args.note.as_deref(), args.sign)?;
    tell(&approved, session)?;
    Ok(Exit::Done)
}

/// The goal, the scope in files of today's tree, and what widened.
fn shown(proposal: &Proposal) -> String {
    let mut out = format!("{}\n", proposal.run.handle);
    for goal in proposal.plan.lanes.iter().filter_map(|lane| lane.goal.as_ref()) {
        out.push_str(&format!("  goal: {}\n", printable(&goal.value)));
    }
    out.push_str(&format!("  units: {}\n", proposal.plan.units.len()));
    out.push_str("  files of today's tree that it covers:\n");
    let widest = proposal
        .covers
        .iter()
        .map(|(_, files)| files.to_string().len())
        .max()
        .unwrap_or(1);
    for (pattern, files) in &proposal.covers {
        let new = if *files == 0 { "  (none yet)" } else { "" };
        out.push_str(&format!("    {files:>widest$}  {}{new}\n", printable(pattern)));
    }
    for artifact in proposal.artifacts.iter().filter(|it| !it.changes.is_empty()) {
        out.push_str(&format!("  {} since it was approved:\n", artifact.name));
        for line in &artifact.changes {
            out.push_str(&format!("    {}\n", printable(line)));
        }
    }
    for change in &proposal.widened {
        out.push_str(&format!("  wider than what was approved: {}\n", printable(change)));
    }
    out
}

fn ask(proposal: &Proposal, yes: bool, session: &Session<'_>) -> Result<Ticked, OpsError> {
    if yes {
        return Ok(Ticked::ByFlag);
    }
    for artifact in &proposal.artifacts {
        for item in &artifact.checklist {
            match session.ui.ask(&format!("{}: {item}?", artifact.name)) {
                Some(true) => {}
                Some(false) => return Err(Refusal::Declined.into()),
                None => return Err(Refusal::NoTerminal.into()),
            }
        }
    }
    Ok(Ticked::ByPerson)
}

fn tell(approved: &Approved, session: &Session<'_>) -> anyhow::Result<()> {
    session
        .ui
        .report(&format!("approved {}\n", approved.artifacts.join(", ")))?;
    if approved.complete {
        session.ui.talk(&format!(
            "next: `drift start --run {}` on the branch of the work\n",
            approved.handle
        ));
    }
    Ok(())
}
