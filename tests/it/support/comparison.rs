//! A comparison as a few lines of text, for inline snapshots: what is as planned says little, the rest one line each.

use drift::compare::{Inputs, compare};
use drift::model::{
    Comparison, Declared, FileDelta, History, OverlapParty, PatternSet, Plan, Policy, UnitDelta, Untouched,
};
use std::collections::BTreeMap;

/// The rendered comparison of a plan with a history, under a policy with lock, snapshot and secret files.
pub fn compared(plan: &Plan, history: &History) -> String {
    render(&comparison(plan, history, &policy()))
}

/// The comparison of a plan with a history.
pub fn comparison<'a>(plan: &'a Plan, history: &'a History, policy: &'a Policy) -> Comparison<'a> {
    compare(Inputs {
        history: Some(history),
        ..inputs(plan, policy)
    })
}

/// The inputs for a plan alone.
pub fn inputs<'a>(plan: &'a Plan, policy: &'a Policy) -> Inputs<'a> {
    Inputs {
        plan,
        history: None,
        tree: None,
        policy,
        siblings: &[],
        named_commits: BTreeMap::new(),
        standings: Vec::new(),
        begun: false,
        widened: Vec::new(),
        orphaned_notes: Vec::new(),
        evidence: None,
        witnesses: None,
        test_files: None,
        faults: Vec::new(),
    }
}

/// A policy with an entry of each kind.
pub fn policy() -> Policy {
    Policy {
        derived: PatternSet::lossy(["**/Cargo.lock", "**/yarn.lock", "**/*.snap"]),
        bookkeeping: PatternSet::lossy([".drift/"]),
        sensitive: PatternSet::lossy(["**/.env", ".github/workflows/"]),
        forbidden: PatternSet::lossy(["vault/"]),
        ..Policy::default()
    }
}

/// All that deviates, and the files with their classes; nothing of how sure a pairing is.
pub fn render(comparison: &Comparison<'_>) -> String {
    let mut lines: Vec<String> = comparison.files.iter().map(|file| of_file(comparison, file)).collect();
    lines.extend(comparison.untouched.iter().map(|it| of_untouched(comparison, it)));
    lines.extend(comparison.actions.iter().map(|it| {
        let who = declared(comparison, it.declared);
        format!("action {:?} {} ({who})", it.kind, it.path)
    }));
    lines.extend(comparison.stale.iter().map(|it| {
        let nearest = it
            .nearest
            .as_ref()
            .map_or(String::new(), |path| format!(", nearest {path}"));
        format!("stale {:?} {}{nearest}", it.kind, declared(comparison, it.declared))
    }));
    lines.extend(comparison.overlaps.iter().map(|it| {
        let party = |party: &OverlapParty| match party {
            OverlapParty::Declared(it) => owner(comparison, *it),
            OverlapParty::Sibling(name) => format!("run {name}"),
        };
        format!("overlap {} and {}: {}", party(&it.first), party(&it.second), it.pattern)
    }));
    lines.extend(
        comparison
            .limits
            .iter()
            .map(|it| format!("limit {} {} of {}", it.kind.name(), it.found, it.limit)),
    );
    let units = comparison.units.iter().enumerate();
    lines.extend(units.map(|(index, unit)| of_unit(comparison, index, unit)));
    lines.extend((0..comparison.commits.len()).map(|index| of_commit(comparison, index)));
    let expectations = comparison.expectations.iter().enumerate();
    lines.extend(expectations.map(|(index, it)| format!("expectation {index} {:?}", it.outcome)));
    lines.join("\n")
}

fn of_file(comparison: &Comparison<'_>, file: &FileDelta) -> String {
    let change = comparison.change(file);
    let mut line = format!("{} {} {}", file.class.name(), change.kind.letter(), change.path);
    if let Some(previous) = &change.previous_path {
        line += &format!(" from {previous}");
    }
    if let Some(rename) = file.rename {
        let side = |declared| if declared { "in" } else { "out" };
        line += &format!(" ({} to {})", side(rename.from_declared), side(rename.to_declared));
    }
    if !file.declared_by.is_empty() {
        let owners: Vec<String> = file.declared_by.iter().map(|it| owner(comparison, *it)).collect();
        line += &format!(", declared by {}", owners.join(" "));
    }
    if !file.units.is_empty() {
        line += &format!(", done by {}", names(comparison, &file.units));
    }
    for (holds, words) in [
        (file.unplanned_delete, ", unplanned delete"),
        (file.resurrected, ", resurrected"),
    ] {
        line += if holds { words } else { "" };
    }
    if let Some(special) = &file.special {
        line += &format!(", {special}");
    }
    if let Some(place) = &file.forbidden_by {
        line += &format!(", forbidden by {}", comparison.plan.sources[place.source].name);
    }
    line
}

fn of_untouched(comparison: &Comparison<'_>, it: &Untouched) -> String {
    let mut line = format!("untouched {}", declared(comparison, it.declared));
    if let Some(path) = &it.misplaced_to {
        line += &format!(", misplaced to {path}");
    }
    line + if it.exists { "" } else { ", not there" }
}

fn of_unit(comparison: &Comparison<'_>, index: usize, unit: &UnitDelta) -> String {
    let commits: Vec<String> = unit.commits.iter().map(|it| (it + 1).to_string()).collect();
    let mut line = format!("unit {} {}", comparison.plan.unit_name(index), unit.status.name());
    if !commits.is_empty() {
        line += &format!(" by {}", commits.join(" "));
    }
    if !unit.out_of_order.is_empty() {
        line += &format!(", before {}", names(comparison, &unit.out_of_order));
    }
    line + if unit.reverted { ", reverted" } else { "" }
}

fn of_commit(comparison: &Comparison<'_>, index: usize) -> String {
    let commit = &comparison.commits[index];
    let mut line = format!("commit {} {:?}", index + 1, commit.role);
    if !commit.units.is_empty() {
        line += &format!(" {}", names(comparison, &commit.units));
    }
    if !commit.foreign.is_empty() {
        line += &format!(", foreign {:?}", commit.foreign);
    }
    if let Some(earlier) = commit.reverts {
        line += &format!(", reverts {}", earlier + 1);
    }
    line
}

fn names(comparison: &Comparison<'_>, units: &[usize]) -> String {
    let names: Vec<String> = units.iter().map(|&unit| comparison.plan.unit_name(unit)).collect();
    names.join(" ")
}

fn declared(comparison: &Comparison<'_>, it: Declared) -> String {
    let pattern = comparison.declaration(it).pattern.to_text();
    format!("{pattern} of {}", owner(comparison, it))
}

fn owner(comparison: &Comparison<'_>, it: Declared) -> String {
    match it.unit {
        Some(unit) => comparison.plan.unit_name(unit),
        None => comparison.plan.lanes[it.lane].name.clone(),
    }
}
