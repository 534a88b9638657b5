//! `drift hook NAME`: what git calls.

use super::Session;
use crate::cli::error;
use crate::cli::exit::Exit;
use crate::ops;
use crate::ops::hook::{Answer, Call, Failure};
use std::ffi::OsString;
use std::io::{self, IsTerminal, Read};

/// Answer one of git's hooks; `drift hooks install` lets git call it
///
/// Silent, and done at once, where the branch carries no run. DRIFT_SKIP=1 lets everything pass.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The hook
    name: String,
    /// What git says to it
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<OsString>,
}

impl Args {
    /// What git says to the hook `name`.
    pub fn new(name: &str, arguments: &[OsString]) -> Self {
        Self {
            name: name.to_owned(),
            arguments: arguments.to_owned(),
        }
    }
}

pub fn run(args: &Args, session: &Session<'_>) -> anyhow::Result<Exit> {
    let input = input(&args.name);
    let call = Call {
        name: &args.name,
        arguments: &args.arguments,
        input: &input,
    };
    match ops::hook::answer(&session.world, &call) {
        Ok(answer) => Ok(said(&answer, session)),
        Err(failure) => Ok(failed(&args.name, failure, session)),
    }
}

/// Whether this is a hook that has nothing to do, which most are: found out before the command line is taken apart,
/// because that alone takes longer. git's input is read even so.
pub fn has_nothing_to_do(arguments: &[OsString]) -> bool {
    let [_, verb, name, ..] = arguments else {
        return false;
    };
    let Some(name) = name.to_str().filter(|_| verb == "hook") else {
        return false;
    };
    let Ok(current_dir) = std::env::current_dir() else {
        return false;
    };
    let environment = ops::Environment {
        vars: std::env::vars_os().collect(),
        current_dir,
    };
    let is_idle = ops::hook::is_idle(name, &environment);
    if is_idle {
        input(name);
    }
    is_idle
}

/// All that git writes, before anything else is done: a hook that leaves its input unread can kill git.
fn input(name: &str) -> Vec<u8> {
    let takes_input = crate::ops::hook::takes_input(name);
    let mut bytes = Vec::new();
    if takes_input && !io::stdin().is_terminal() {
        // What was read before an error is looked at; the rest is git's to complain about.
        let _ = io::stdin().lock().read_to_end(&mut bytes);
    }
    bytes
}

fn said(answer: &Answer, session: &Session<'_>) -> Exit {
    if !answer.says.is_empty() {
        session.ui.complain(&answer.says);
    }
    if answer.blocks { Exit::Drifted } else { Exit::Done }
}

/// An error of drift's own is loud, and stops the work only where the repository wants it so.
fn failed(name: &str, failure: Failure, session: &Session<'_>) -> Exit {
    if let Some(what) = ops::hook::what_is_left_undone(name) {
        let error = error::in_one_line(&failure.error.into());
        session.ui.complain(&format!("drift: {what}: {error}\n"));
        return Exit::Done;
    }
    let unknown = matches!(failure.error, ops::OpsError::Refusal(ops::Refusal::UnknownHook { .. }));
    let exit = error::report(&failure.error.into(), session.ui);
    match (unknown, failure.blocks) {
        (true, _) => exit,
        (false, true) => {
            let line = "drift: so this can't go on (hooks.onError is closed); DRIFT_SKIP=1 lets it pass\n";
            session.ui.complain(line);
            Exit::Drifted
        }
        (false, false) => {
            session
                .ui
                .complain(&format!("drift: so {name} passes without having looked\n"));
            Exit::Done
        }
    }
}
