//! The JSON Schemas of what drift writes.

use super::wire::v1::doctor::Examination;
use super::wire::v1::{EvidenceFile, Lesson, Note, RunReport};
use schemars::generate::SchemaSettings;

/// The names that [`schema`] knows.
pub const SCHEMAS: [&str; 5] = ["run_report", "lesson", "note", "evidence", "doctor"];

/// The JSON Schema (draft 7) of `name`, indented, with a newline at its end; `None` for another name.
pub fn schema(name: &str) -> Option<String> {
    let generator = SchemaSettings::draft07().into_generator();
    let schema = match name {
        "run_report" => generator.into_root_schema_for::<RunReport>(),
        "lesson" => generator.into_root_schema_for::<Lesson>(),
        "evidence" => generator.into_root_schema_for::<EvidenceFile>(),
        "note" => generator.into_root_schema_for::<Note>(),
        "doctor" => generator.into_root_schema_for::<Examination>(),
        _ => return None,
    };
    Some(serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n")
}
