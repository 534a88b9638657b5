//! Running the programs that a test contract names: the only other place, beside `git/program.rs`, that starts one.
//!
//! A program gets its arguments as they are, without a shell; a closed standard input; a session of its own, so that
//! nothing reaches the terminal's signals or asks there for a password; and a time limit. Nothing that it starts outlives
//! it: what stays behind is asked to end (SIGTERM), and after a grace ended (SIGKILL).
//!
//! | file | what it does |
//! |---|---|
//! | `job` | starts the program, waits for it, and ends it where it has to be |
//! | `family` | finds what the program started: on Linux also what left its process group |
//! | `output` | keeps what it prints: head, tail, size and hash; standard output also as a whole |
//! | `interrupt` | Ctrl-C and the like |
//!
//! On Linux drift becomes the reaper of its descendants meanwhile, so that a daemon that detaches itself (`setsid`, a
//! double fork) is found and ended too. On other systems the process group is all that can be reached.

mod family;
mod interrupt;
mod job;
mod output;

pub use interrupt::Interrupts;
pub use job::{Event, Job, Ran, RunnerError, run};
pub use output::Printed;
