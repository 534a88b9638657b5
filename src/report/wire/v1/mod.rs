//! Version 1 of run_report.json and of a line of lessons.jsonl.
//!
//! A field may be added here; none is renamed, removed, or given another meaning.

mod build;
mod domain;
mod lesson;
mod parts;
mod run_report;

pub use lesson::{Counts, Deviation, Lesson, Timing};
pub use run_report::*;
