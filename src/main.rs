//! The program `drift`.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(drift::cli::run(std::env::args_os()))
}
