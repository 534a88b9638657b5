//! The program `git-drift`, so that `git drift …` works.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(drift::cli::run(std::env::args_os()))
}
