//! The tests that look at drift from outside: one binary, so that it links once.
#![allow(clippy::unwrap_used, reason = "a test that unwraps fails where it should")]
#![allow(clippy::print_stderr, reason = "a skipped test says so")]
#![allow(clippy::too_many_lines, reason = "a table of cases is one test")]

mod architecture;
mod commands;
mod compare;
mod config;
mod doctor;
mod formats;
mod generated;
mod git;
mod hooks;
mod readme;
mod report;
mod results;
mod rules;
mod store;
mod support;
mod teardown;
mod test_code;
