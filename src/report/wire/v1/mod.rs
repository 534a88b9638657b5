//! Version 1 of run_report.json, of a line of lessons.jsonl, and of a line of a git note.
//!
//! A field may be added here; none is renamed, removed, or given another meaning.

mod build;
mod domain;
mod lesson;
mod note;
mod parts;
mod places;
mod run_report;

pub use build::findings;
pub use lesson::{Counts, Deviation, Lesson, Timing};
pub use note::{NOTE_SCHEMA, Note};
pub use run_report::*;
