//! The few colours of the report, each for one meaning.

use crate::report::wire::v1::{Severity, Verdict};
use anstyle::{AnsiColor, Style};

/// Headings.
pub const HEADING: Style = Style::new().bold();
/// What is less important than its neighbours.
pub const DIM: Style = Style::new().dimmed();

const fn bold(color: AnsiColor) -> Style {
    color.on_default().bold()
}

/// The colour of a verdict.
pub const fn verdict(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Aligned => bold(AnsiColor::Green),
        Verdict::Drifted => bold(AnsiColor::Red),
        Verdict::Unchecked => bold(AnsiColor::Yellow),
    }
}

/// The colour of a severity.
pub const fn severity(severity: Severity) -> Style {
    match severity {
        Severity::Error => bold(AnsiColor::Red),
        Severity::Warning => bold(AnsiColor::Yellow),
        Severity::Note => bold(AnsiColor::Green),
    }
}

/// The colour of a unit's or clause's status.
pub fn status(status: &str) -> Style {
    match status {
        "done" | "covered" | "passed" => AnsiColor::Green.on_default(),
        "missing" | "uncovered" | "failed" | "not-run" => AnsiColor::Red.on_default(),
        _ => AnsiColor::Yellow.on_default(),
    }
}

/// `text` in `style`.
pub fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}
