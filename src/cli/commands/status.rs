//! `drift status`.

use super::{Session, print};
use crate::cli::exit::Exit;
use crate::model::{printable, printable_json};
use crate::ops;
use crate::ops::status::Status;

/// Show what is planned, what is done, and what comes next
///
/// Always ends with 0 where there is something to show: `drift check` is the judge.
#[derive(clap::Args, Debug)]
pub struct Args {}

pub fn run(_: &Args, session: &Session<'_>) -> anyhow::Result<Exit> {
    let status = ops::status::status(&session.world, &session.globals.plans, session.run(), &session.range())?;
    match &status.judged {
        Some(judged) => {
            print::judged(judged, session)?;
            if session.globals.format == "text" {
                session.ui.talk(&next(&status));
            }
        }
        None => {
            print::to_output(&before_start(&status, &session.globals.format)?, session)?;
            for overlap in &status.overlaps {
                session.ui.talk(&format!("warning: {overlap}\n"));
            }
        }
    }
    Ok(Exit::Done)
}

fn before_start(status: &Status, format: &str) -> anyhow::Result<String> {
    let Some(run) = &status.run else {
        return Ok(String::new());
    };
    if format == "json" {
        let named = |(artifact, standing): &(String, &str)| serde_json::json!({"name": artifact, "standing": standing});
        let artifacts: Vec<_> = status.artifacts.iter().map(named).collect();
        let whole = serde_json::json!({"run": &run.file, "artifacts": artifacts, "overlaps": status.overlaps});
        return Ok(printable_json(&serde_json::to_string_pretty(&whole)?) + "\n");
    }
    let mut out = format!("{}  {}\n", run.handle, run.state().name());
    for (artifact, standing) in &status.artifacts {
        out.push_str(&format!("  {}  {standing}\n", printable(artifact)));
    }
    let all = status.artifacts.iter().all(|(_, standing)| *standing == "approved");
    let verb = if all { "start" } else { "approve" };
    Ok(out + &format!("next: `drift {verb} --run {}`\n", run.handle))
}

/// The first unit that is neither done nor only looked at.
fn next(status: &Status) -> String {
    let Some(judged) = &status.judged else {
        return String::new();
    };
    let open = judged
        .report
        .units
        .iter()
        .find(|unit| matches!(unit.status.as_str(), "missing" | "partial"));
    match (open, &status.run) {
        (Some(unit), _) => {
            let verify = unit
                .verify
                .as_ref()
                .map(|it| format!("      its check: {}\n", printable(it)));
            let unit = format!("next: {} {}\n", printable(&unit.id), printable(&unit.title));
            unit + &verify.unwrap_or_default()
        }
        (None, Some(_)) => "next: every unit has its commits; `drift report` closes the account\n".into(),
        (None, None) => String::new(),
    }
}
