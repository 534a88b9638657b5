//! Version 1 of run_report.json, of a line of lessons.jsonl, of a line of a git note, of an evidence file, and of what
//! `drift doctor` prints.
//!
//! A field may be added here; none is renamed, removed, or given another meaning.

mod build;
pub mod doctor;
mod domain;
mod evidence;
mod lesson;
mod note;
mod parts;
mod places;
mod run_report;
mod tests;

pub use build::findings;
pub use evidence::{EVIDENCE_SCHEMA, EvidenceFile};
pub use lesson::{Counts, Deviation, LESSON_SCHEMA, Lesson, Timing};
pub use note::{NOTE_SCHEMA, Note};
pub use run_report::*;
