//! What was found and what settles it: the worst first, many of a kind rolled up by folder.

use super::snippet;
use super::style::{DIM, paint, severity};
use crate::report::Look;
use crate::report::count::{count, grouped};
use crate::report::groups::Groups;
use crate::report::plain::terminal;
use crate::report::wire::v1::{Finding, RunReport};
use std::collections::BTreeMap;

/// More findings than this of one rule are rolled up.
const SHOWN_OF_A_RULE: usize = 4;
/// More folders than this in a roll-up become "and N more".
const SHOWN_FOLDERS: usize = 8;

/// Errors, then warnings, then what was accepted; notes only where asked for.
pub fn render(report: &RunReport, look: &Look<'_>) -> String {
    let groups = Groups::of(report);
    let shown = groups.shown(look.verbose);
    shown.into_iter().map(|(_, found)| by_rule(found, look)).collect()
}

fn by_rule(findings: &[&Finding], look: &Look<'_>) -> String {
    let mut rules: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for &finding in findings {
        rules.entry(&finding.code).or_default().push(finding);
    }
    let mut out = String::new();
    for found in rules.values() {
        if look.verbose || found.len() <= SHOWN_OF_A_RULE {
            for finding in found {
                out.push('\n');
                out.push_str(&snippet::finding(finding, look.sources, look.width));
            }
        } else {
            out.push('\n');
            out.push_str(&rolled_up(found));
        }
    }
    out
}

/// `error[D101]: undeclared-file, 3,151 times`, the folders, and the help of the first.
fn rolled_up(found: &[&Finding]) -> String {
    let Some(first) = found.first() else {
        return String::new();
    };
    let title = format!("{}[{}]", first.severity.name(), first.code);
    let mut out = format!(
        "{}: {}, {} times\n",
        paint(severity(first.severity), &title),
        first.rule,
        grouped(found.len())
    );
    let places = places(found);
    let widest = places
        .iter()
        .map(|(_, number)| grouped(*number).len())
        .max()
        .unwrap_or(0);
    for (place, number) in places.iter().take(SHOWN_FOLDERS) {
        out.push_str(&format!("  {:>widest$}  {}\n", grouped(*number), terminal(place)));
    }
    if places.len() > SHOWN_FOLDERS {
        let rest: usize = places[SHOWN_FOLDERS..].iter().map(|(_, number)| number).sum();
        let more = format!(
            "  and {} in {} more\n",
            grouped(rest),
            count(places.len() - SHOWN_FOLDERS, "place")
        );
        out.push_str(&paint(DIM, &more));
    }
    out.push_str(&format!("  such as: {}\n", terminal(&first.message)));
    if first.acceptance.is_none() && !first.help.is_empty() {
        out.push_str(&format!("  = help: {}\n", terminal(&first.help)));
    }
    out
}

/// The folders of the findings' paths (or the units, or the files that they stand in), the fullest first.
fn places(found: &[&Finding]) -> Vec<(String, usize)> {
    let depth = common_depth(found);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for finding in found {
        *counts.entry(place(finding, depth)).or_default() += 1;
    }
    let mut places: Vec<_> = counts.into_iter().collect();
    places.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    places
}

fn place(finding: &Finding, depth: usize) -> String {
    match (&finding.path, &finding.unit, &finding.location.file) {
        (Some(path), _, _) => {
            let parts: Vec<&str> = path.split('/').collect();
            match parts.len() {
                1 => path.clone(),
                all => parts[..(depth + 1).min(all - 1)].join("/") + "/",
            }
        }
        (_, Some(unit), _) => format!("unit {unit}"),
        (_, _, Some(file)) => file.clone(),
        _ => "the range".into(),
    }
}

/// How many leading folders all paths share, so that the roll-up begins where they part.
fn common_depth(found: &[&Finding]) -> usize {
    let mut paths = found.iter().filter_map(|finding| finding.path.as_deref());
    let Some(first) = paths.next() else { return 0 };
    let folders: Vec<&str> = first.split('/').collect();
    let mut depth = folders.len().saturating_sub(1);
    for path in paths {
        let shared = path.split('/').zip(&folders).take_while(|(a, b)| a == *b).count();
        depth = depth.min(shared);
    }
    depth
}
