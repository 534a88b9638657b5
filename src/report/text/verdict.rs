//! The first lines: the verdict, of what, and how much was found.

use super::style::{DIM, paint, verdict};
use crate::report::count::count;
use crate::report::plain::terminal;
use crate::report::wire::v1::{RunReport, Severity, Verdict};

/// One line with the verdict and the range, one with what was found or why nothing was checked.
pub fn render(report: &RunReport) -> String {
    let word = match report.verdict {
        Verdict::Aligned => "aligned",
        Verdict::Drifted => "drifted",
        Verdict::Unchecked => "unchecked",
    };
    let mut first = vec![paint(verdict(report.verdict), word)];
    first.extend(report.run.as_ref().map(|run| terminal(&run.handle)));
    first.extend(range(report));
    format!("{}\n{}\n", first.join("  "), paint(DIM, &second(report)))
}

fn range(report: &RunReport) -> Option<String> {
    let range = report.range.as_ref()?;
    let (base, target) = (terminal(&range.base_ref), terminal(&range.target_ref));
    let touched = report.deltas.files.actual;
    Some(format!(
        "{}..{}  {}, {}",
        short(&base),
        short(&target),
        count(range.commits, "commit"),
        count(touched, "file")
    ))
}

/// A whole object id cut to what people compare; any other text as it is.
fn short(text: &str) -> &str {
    let is_id = matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_id { &text[..10] } else { text }
}

fn second(report: &RunReport) -> String {
    if report.verdict == Verdict::Unchecked && report.findings.is_empty() {
        return why_unchecked(report).into();
    }
    let of = |severity| {
        report
            .findings
            .iter()
            .filter(move |it| it.severity == severity && it.acceptance.is_none())
            .count()
    };
    let accepted = report.findings.iter().filter(|it| it.acceptance.is_some()).count();
    let parts: Vec<String> = [
        (of(Severity::Error), "error"),
        (of(Severity::Warning), "warning"),
        (of(Severity::Note), "note"),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .map(|(number, noun)| count(number, noun))
    .chain((accepted > 0).then(|| format!("{accepted} accepted")))
    .collect();
    match (parts.is_empty(), report.verdict) {
        (true, Verdict::Unchecked) => why_unchecked(report).into(),
        (true, _) if report.range.is_none() => "nothing is wrong with the plan".into(),
        (true, _) => "what was done is what was planned".into(),
        (false, Verdict::Unchecked) => format!("{}; {}", parts.join(", "), why_unchecked(report)),
        (false, _) => parts.join(", "),
    }
}

fn why_unchecked(report: &RunReport) -> &'static str {
    match &report.range {
        Some(range) if range.commits == 0 && report.deltas.files.actual == 0 => {
            "the range is empty: the target has no commit that the base has not"
        }
        Some(_) => "the plan declares nothing that could be compared",
        None => "there was no plan to read",
    }
}
