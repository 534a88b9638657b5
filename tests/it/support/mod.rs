//! What the tests share: plans and histories made in a line or two.
#![allow(dead_code, reason = "each test file uses its own part")]

pub mod child;
pub mod comparison;
pub mod contract;
pub mod drift;
pub mod evidence;
pub mod history;
pub mod judge;
pub mod plan;
pub mod repo;
pub mod scratch_repo;
pub mod script;
pub mod suites;
