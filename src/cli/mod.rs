//! The command line: parse, run one verb, print, and end with the exit code that every command shares.

mod args;
mod commands;
mod error;
mod exit;
mod ignored;
mod progress;
mod reference;
mod ui;
mod world;
mod wrap;

pub use exit::Exit;
pub use reference::reference;

use args::Cli;
use clap::Parser;
use std::ffi::OsString;
use std::panic;
use ui::Ui;

/// Runs drift with these arguments, the program's name first, and returns the exit code.
///
/// A panic is a fault of drift's own: it is said, and ends as an error, never as a verdict.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if commands::hook::has_nothing_to_do(&arguments) {
        return Exit::Done.code();
    }
    let cli = match Cli::of_hook(&arguments).map_or_else(|| Cli::try_parse_from(&arguments), Ok) {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    let ui = Ui::new(cli.globals.color, cli.globals.quiet);
    let ended = panic::catch_unwind(|| commands::run(&cli, ui));
    match ended {
        Ok(Ok(exit)) => exit.code(),
        Ok(Err(error)) => or_pass(&cli, error::report(&error, ui)).code(),
        Err(_) => {
            ui.complain(
                "error: drift stopped on a fault of its own, so nothing is known about drift; please report it\n",
            );
            or_pass(&cli, Exit::Error).code()
        }
    }
}

/// A fault of drift's own stops no commit and no push: where it happens, nobody can know any more what the policy says.
fn or_pass(cli: &Cli, exit: Exit) -> Exit {
    match &cli.command {
        args::Command::Hook(_) => Exit::Done,
        _ => exit,
    }
}

/// Help and version go to standard output and end well; everything else is bad usage.
fn usage(error: &clap::Error) -> u8 {
    // Where the stream is closed there is nobody to tell.
    let _ = error.print();
    if error.use_stderr() {
        Exit::Error.code()
    } else {
        Exit::Done.code()
    }
}
