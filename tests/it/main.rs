//! The tests that look at drift from outside: one binary, so that it links once.
#![allow(clippy::unwrap_used, reason = "a test that unwraps fails where it should")]

mod architecture;
mod config;
mod formats;
mod git;
mod generated;
mod compare;
mod rules;
mod store;
mod support;
