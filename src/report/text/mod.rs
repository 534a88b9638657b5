//! The report for a terminal: the verdict first, then what to do about it, then the numbers.

mod clauses;
mod findings;
pub mod snippet;
mod style;
mod summary;
mod tests;
mod verdict;

use super::Look;
use super::wire::v1::RunReport;

/// The report as text with ANSI styles; 3,000 files stay a few lines.
pub fn render(report: &RunReport, look: &Look<'_>) -> String {
    let mut out = verdict::render(report);
    out.push_str(&findings::render(report, look));
    out.push_str(&summary::render(report, look));
    out.push_str(&tests::table(report, look));
    out
}
