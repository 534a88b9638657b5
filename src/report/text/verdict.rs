//! The first lines: the verdict, of what, and how much was found.

use super::style::{DIM, paint, verdict};
use crate::report::count::{count, grouped};
use crate::report::groups::Groups;
use crate::report::plain::{short, terminal};
use crate::report::wire::v1::{RunReport, Verdict};

/// One line with the verdict and the range, one with what was found or why nothing was checked.
pub fn render(report: &RunReport) -> String {
    let mut first = vec![paint(verdict(report.verdict), report.verdict.name())];
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

fn second(report: &RunReport) -> String {
    if report.verdict == Verdict::Unchecked && report.findings.is_empty() {
        return why_unchecked(report).into();
    }
    let groups = Groups::of(report);
    let counts = [
        (groups.errors.len(), "error"),
        (groups.warnings.len(), "warning"),
        (groups.notes.len(), "note"),
    ];
    let found = counts.into_iter().filter(|(number, _)| *number > 0);
    let accepted = groups.accepted.len();
    let parts: Vec<String> = found
        .map(|(number, noun)| count(number, noun))
        .chain((accepted > 0).then(|| format!("{} accepted", grouped(accepted))))
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
