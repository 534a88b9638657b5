//! One file a command: what it does, what it says on bad input, and that it then wrote nothing.

mod accept;
mod approve;
mod artifacts;
mod check;
mod contract;
mod demo;
mod evidence;
mod explain;
mod finish;
mod hostile;
mod init;
mod list;
mod missions;
mod new;
mod notes;
mod options;
mod output;
mod places;
mod report;
mod stage;
mod start;
mod status;
mod sync;
mod test;
mod trust;
mod validate;
