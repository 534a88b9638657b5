//! run_report.json: the report itself.

use super::Look;
use super::wire::v1::RunReport;
use crate::model::printable_json;

/// The report as JSON, indented by two, with a newline at its end; equal reports give equal bytes.
pub fn render(report: &RunReport, _: &Look<'_>) -> String {
    // The types hold no map with other keys than strings and no failing serializer, so this can't fail.
    printable_json(&serde_json::to_string_pretty(report).unwrap_or_default()) + "\n"
}
