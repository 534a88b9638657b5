//! drift holds what was planned and approved against what git says was done.
//!
//! The way of the data is a chain: plan files and a repository are read at the rim ([`model::Plan`],
//! [`model::History`]), laid side by side ([`model::Comparison`]), judged ([`model::Finding`]), and written as a report. The imports are a star: every module knows [`model`] and no other; only `ops` knows more.

pub mod cli;
pub mod compare;
pub mod config;
pub mod formats;
pub mod git;
pub mod model;
pub mod ops;
pub mod report;
pub mod rules;
pub mod store;
