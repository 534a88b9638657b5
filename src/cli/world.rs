//! The one place that reads the environment, the clock, and chance.

use super::args::Globals;
use crate::ops::{Environment, World};
use anyhow::Context;
use std::env;
use std::time::{SystemTime, UNIX_EPOCH};

/// The circumstances of this command.
pub fn world(globals: &Globals) -> anyhow::Result<World> {
    let current = env::current_dir().context("the current directory can't be read")?;
    let directory = match &globals.directory {
        Some(directory) => current.join(directory),
        None => current,
    };
    Ok(World {
        environment: Environment {
            vars: env::vars_os().collect(),
            current_dir: directory.clone(),
        },
        directory,
        now: now(),
        session: env::var("DRIFT_SESSION").ok().filter(|session| !session.is_empty()),
        random: random()?,
        threads: 0,
    })
}

/// The run that DRIFT_RUN names; an empty value names none.
pub fn environment_run() -> Option<String> {
    env::var("DRIFT_RUN").ok().filter(|run| !run.is_empty())
}

/// Seconds since 1970; SOURCE_DATE_EPOCH, where it is set, so that a report can be made again byte for byte.
fn now() -> i64 {
    let fixed = env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.parse().ok());
    let clock = || {
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_secs() as i64)
    };
    fixed.unwrap_or_else(clock)
}

fn random() -> anyhow::Result<[u8; 16]> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("the system has no random numbers: {error}"))?;
    Ok(bytes)
}
