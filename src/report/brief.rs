//! A few findings in a few lines, for a hook: what is off and what settles it, the worst first.

use super::plain::terminal;
use super::wire::v1::{Finding, Severity};

/// At most `shown` of the findings, two lines each; the rest is counted.
pub fn brief(findings: &[&Finding], shown: usize) -> String {
    let mut sorted = findings.to_vec();
    sorted.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let mut out = String::new();
    for finding in sorted.iter().take(shown) {
        let word = word(finding.severity);
        out.push_str(&format!("{word}[{}]: {}\n", finding.code, terminal(&finding.message)));
        if !finding.help.is_empty() {
            out.push_str(&format!("  help: {}\n", terminal(&finding.help)));
        }
    }
    if sorted.len() > shown {
        out.push_str(&format!("and {} more\n", sorted.len() - shown));
    }
    out
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
