//! The clauses of the contracts: which tests show which.

use super::style::{DIM, HEADING, paint, status};
use super::summary::{cut, statuses};
use crate::report::Look;
use crate::report::count::count;
use crate::report::plain::terminal;
use crate::report::wire::v1::Clause;
use unicode_width::UnicodeWidthStr;

/// More clauses than this are counted instead of listed.
const SHOWN_CLAUSES: usize = 12;
/// An id of more columns than this is cut.
const ID_WIDTH: usize = 24;

/// `3: 2 covered, 1 uncovered`.
pub fn line(clauses: &[Clause]) -> String {
    statuses(clauses.iter().map(|clause| clause.status.as_str()))
}

/// A line for each clause, those without their tests first; with `--verbose` the tests below it.
pub fn table(clauses: &[Clause], look: &Look<'_>) -> String {
    if clauses.is_empty() {
        return String::new();
    }
    let mut sorted: Vec<&Clause> = clauses.iter().collect();
    let order = |clause: &&Clause| {
        ["uncovered", "unchecked"]
            .iter()
            .position(|word| *word == clause.status)
            .unwrap_or(2)
    };
    sorted.sort_by_key(order);
    let shown = if look.verbose { sorted.len() } else { SHOWN_CLAUSES };
    let mut out = format!("\n{}\n", paint(HEADING, "Clauses"));
    let widest = sorted
        .iter()
        .take(shown)
        .map(|clause| id(clause).width())
        .max()
        .unwrap_or(0);
    for clause in sorted.iter().take(shown) {
        out.push_str(&clause_line(clause, widest, look));
        if look.verbose {
            out.push_str(&tests(clause));
        }
    }
    if sorted.len() > shown {
        let rest = count(sorted.len() - shown, "more clause");
        let more = format!("and {rest}; --verbose lists them");
        out.push_str(&format!("  {}\n", paint(DIM, &more)));
    }
    out
}

fn clause_line(clause: &Clause, widest: usize, look: &Look<'_>) -> String {
    let id = id(clause);
    let pad = " ".repeat(widest.saturating_sub(id.width()));
    let tests = match clause.tests.len() {
        0 => "no test".to_owned(),
        all => count(all, "test"),
    };
    let taken = 2 + 9 + 2 + 6 + 2 + widest + 2 + 2 + tests.width();
    let title = cut(&terminal(&clause.title), look.width.saturating_sub(taken).max(16));
    let word = paint(status(&clause.status), &format!("{:<9}", clause.status));
    format!(
        "  {word}  {:<6}  {id}{pad}  {title}  {}\n",
        clause.normativity,
        paint(DIM, &tests)
    )
}

fn tests(clause: &Clause) -> String {
    let line = |it: &crate::report::wire::v1::ClauseTest| {
        let skipped = if it.skipped { ", which does not run" } else { "" };
        let text = format!("{}:{}  {}{skipped}", it.path, it.line, it.name);
        format!("             {}\n", paint(DIM, &terminal(&text)))
    };
    clause.tests.iter().map(line).collect()
}

fn id(clause: &Clause) -> String {
    cut(&terminal(&clause.id), ID_WIDTH)
}
