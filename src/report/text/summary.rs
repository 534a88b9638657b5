//! The numbers: planned against done, and each unit with its commits.

use super::clauses;
use super::style::{DIM, HEADING, paint, status};
use super::tests;
use crate::report::Look;
use crate::report::count::{count, grouped};
use crate::report::plain::terminal;
use crate::report::wire::v1::{Delta, Expectation, RunReport, Unit};
use unicode_width::UnicodeWidthStr;

/// More units than this are counted instead of listed.
const SHOWN_UNITS: usize = 20;
/// The words for units, commits, clauses, expectations and claims, the best first.
const STATUSES: [&str; 13] = [
    "done",
    "met",
    "covered",
    "holds",
    "paired",
    "partial",
    "missing",
    "unmet",
    "uncovered",
    "contradicted",
    "unplanned",
    "bookkeeping",
    "unchecked",
];
/// An id of more columns than this is cut.
const ID_WIDTH: usize = 24;
/// More commits than this on a unit are counted.
const SHOWN_COMMITS: usize = 3;

/// The table of numbers, and below it the units.
pub fn render(report: &RunReport, look: &Look<'_>) -> String {
    if report.range.is_none() {
        return String::new();
    }
    let mut out = format!("\n{}\n", paint(HEADING, "Planned against done"));
    for (name, line) in lines(report) {
        out.push_str(&format!("  {name:<12}  {line}\n"));
    }
    out.push_str(&units(report, look));
    out.push_str(&clauses::table(&report.clauses, look));
    out
}

fn lines(report: &RunReport) -> Vec<(&'static str, String)> {
    let deltas = &report.deltas;
    let mut lines = vec![("files", files(&deltas.files))];
    if !report.units.is_empty() {
        lines.push(("units", statuses(report.units.iter().map(|unit| unit.status.as_str()))));
    }
    lines.push((
        "commits",
        statuses(report.commits.iter().map(|commit| commit.role.as_str())),
    ));
    if deltas.tests.planned > 0 {
        lines.push(("tests", tests::line(report)));
    }
    if !report.clauses.is_empty() {
        lines.push(("clauses", clauses::line(&report.clauses)));
    }
    if !report.expectations.is_empty() {
        lines.push(("expectations", expectations(&report.expectations)));
    }
    if !report.claims.is_empty() {
        lines.push((
            "claims",
            statuses(report.claims.iter().map(|claim| claim.status.as_str())),
        ));
    }
    lines
}

fn files(files: &Delta) -> String {
    let order = [
        "planned",
        "derived",
        "bookkeeping",
        "wrong-lane",
        "undeclared",
        "sensitive",
        "forbidden",
        "untouched",
        "misplaced",
    ];
    let parts: Vec<String> = order
        .iter()
        .filter_map(|class| {
            files
                .classes
                .get(*class)
                .map(|number| format!("{} {class}", grouped(*number)))
        })
        .collect();
    let declared = format!("{} declared, {} touched", grouped(files.planned), grouped(files.actual));
    if parts.is_empty() {
        declared
    } else {
        format!("{declared}: {}", parts.join(", "))
    }
}

/// `3: 2 done, 1 missing`: the words in the order of [`STATUSES`], and others as they first occur.
pub(super) fn statuses<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut counts: Vec<(&str, usize)> = STATUSES.iter().map(|word| (*word, 0)).collect();
    for word in words {
        match counts.iter_mut().find(|(known, _)| *known == word) {
            Some((_, number)) => *number += 1,
            None => counts.push((word, 1)),
        }
    }
    let all: usize = counts.iter().map(|(_, number)| number).sum();
    let parts: Vec<String> = counts
        .iter()
        .filter(|(_, number)| *number > 0)
        .map(|(word, number)| format!("{} {word}", grouped(*number)))
        .collect();
    if parts.is_empty() {
        "none".into()
    } else {
        format!("{}: {}", grouped(all), parts.join(", "))
    }
}

fn expectations(expectations: &[Expectation]) -> String {
    statuses(expectations.iter().map(|it| it.status.as_str()))
}

fn units(report: &RunReport, look: &Look<'_>) -> String {
    if report.units.is_empty() {
        return String::new();
    }
    let mut out = format!("\n{}\n", paint(HEADING, "Units"));
    let shown = if look.verbose { report.units.len() } else { SHOWN_UNITS };
    let widest = report
        .units
        .iter()
        .take(shown)
        .map(|unit| id(unit).width())
        .max()
        .unwrap_or(0);
    for unit in report.units.iter().take(shown) {
        out.push_str(&unit_line(unit, widest, look));
        if look.verbose {
            out.push_str(&unit_details(unit));
        }
    }
    if report.units.len() > shown {
        let rest = count(report.units.len() - shown, "more unit");
        out.push_str(&format!(
            "  {}\n",
            paint(DIM, &format!("and {rest}; --verbose lists them"))
        ));
    }
    out
}

/// Why its commits are its own, and the command that would show that it is done, which drift does not run.
fn unit_details(unit: &Unit) -> String {
    let reasons = unit.reasons.iter().map(|reason| terminal(reason));
    let verify = unit
        .verify
        .iter()
        .map(|command| format!("its check: {}", terminal(command)));
    let line = |text: String| format!("             {}\n", paint(DIM, &text));
    reasons.chain(verify).map(line).collect()
}

fn id(unit: &Unit) -> String {
    cut(&terminal(&unit.id), ID_WIDTH)
}

fn unit_line(unit: &Unit, widest: usize, look: &Look<'_>) -> String {
    let id = id(unit);
    let pad = " ".repeat(widest.saturating_sub(id.width()));
    let commits = commits(unit);
    let taken = 2 + 9 + 2 + widest + 2 + 2 + commits.width();
    let title = cut(&terminal(&unit.title), look.width.saturating_sub(taken).max(16));
    let word = paint(status(&unit.status), &format!("{:<9}", unit.status));
    format!("  {word}  {id}{pad}  {title}  {}\n", paint(DIM, &commits))
}

fn commits(unit: &Unit) -> String {
    let short: Vec<&str> = unit
        .commits
        .iter()
        .take(SHOWN_COMMITS)
        .map(|id| id.get(..8).unwrap_or(id))
        .collect();
    match unit.commits.len() {
        0 => "no commit".into(),
        all if all > SHOWN_COMMITS => format!("{} and {} more", short.join(" "), all - SHOWN_COMMITS),
        _ => short.join(" "),
    }
}

/// The text, cut to `width` columns with an ellipsis.
pub(super) fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        if kept.width() + unicode_width::UnicodeWidthChar::width(c).unwrap_or(0) + 1 > width {
            break;
        }
        kept.push(c);
    }
    kept + "…"
}
