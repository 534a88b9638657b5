//! `drift hooks`: puts drift's scripts where git looks for hooks, says how they stand, and takes them away again.
//!
//! What was there before is kept beside drift's script and runs first. A hook that another program manages is left to it:
//! drift says which lines make that program call drift.

mod install;
mod look;
mod status;
mod uninstall;

pub use install::{Installed, Outcome, Told, install, renew_scripts};
pub use look::witness_commits;
pub use status::{HookStatus, HooksStatus, Remark, SettledBy, status, status_in};
pub use uninstall::{Restored, Uninstalled, uninstall};
