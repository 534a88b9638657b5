//! Which commits stand for which units: a stand-in that goes by trailers, and else by the declared paths touched.

use crate::model::{Commit, History, Plan, RepoPath};

/// What the pairing needs to know besides the plan and the history.
pub struct Context<'a> {
    /// Whether a path says nothing about its commit: bookkeeping and derived files that nobody declares.
    pub is_silent: &'a dyn Fn(&RepoPath) -> bool,
}

/// Which commits stand for which units.
#[derive(Clone, Debug, Default)]
pub struct Pairing {
    /// Parallel to `Plan::units`.
    pub units: Vec<UnitPairing>,
    /// Parallel to `History::commits`.
    pub commits: Vec<CommitPairing>,
}

/// The commits of one unit.
#[derive(Clone, Debug, Default)]
pub struct UnitPairing {
    /// Indices into `History::commits`, in their order.
    pub commits: Vec<usize>,
    /// How sure the pairing is, 0 to 1.
    pub confidence: f64,
    /// Why, most weighty first.
    pub reasons: Vec<String>,
    /// Indices of units that are nearly as good.
    pub rivals: Vec<usize>,
}

/// The units of one commit.
#[derive(Clone, Debug, Default)]
pub struct CommitPairing {
    /// Indices into `Plan::units`, best first.
    pub units: Vec<usize>,
    /// Values of `Drift-Unit` trailers that name no unit.
    pub unknown_trailers: Vec<String>,
    /// The subject that a `fixup!` names.
    pub fixup_of: Option<String>,
    /// Index into `History::commits` of the commit that it reverts.
    pub reverts: Option<usize>,
}

/// Pairs the units of the plan with the commits of the history.
pub fn pair(plan: &Plan, history: &History, context: &Context<'_>) -> Pairing {
    let mut pairing = Pairing {
        units: vec![UnitPairing::default(); plan.units.len()],
        commits: vec![CommitPairing::default(); history.commits.len()],
    };
    for (index, commit) in history.commits.iter().enumerate() {
        let own = pair_commit(plan, history, commit, context);
        for &unit in &own.units {
            pairing.units[unit].commits.push(index);
            pairing.units[unit].confidence = 1.0;
        }
        pairing.commits[index] = own;
    }
    pairing
}

fn pair_commit(plan: &Plan, history: &History, commit: &Commit, context: &Context<'_>) -> CommitPairing {
    let mut own = CommitPairing {
        reverts: reverted(history, commit),
        ..CommitPairing::default()
    };
    for value in commit
        .message
        .lines()
        .filter_map(|line| line.strip_prefix("Drift-Unit: "))
    {
        match (0..plan.units.len()).find(|&unit| plan.units[unit].id == value || plan.unit_name(unit) == value) {
            Some(unit) => own.units.push(unit),
            None => own.unknown_trailers.push(value.to_owned()),
        }
    }
    if own.units.is_empty() && own.unknown_trailers.is_empty() && !commit.is_merge() {
        own.units.extend(most_declared(plan, commit, context));
    }
    own
}

fn reverted(history: &History, commit: &Commit) -> Option<usize> {
    let (_, rest) = commit.message.split_once("This reverts commit ")?;
    let hex: String = rest.chars().take_while(char::is_ascii_hexdigit).collect();
    history.commits.iter().position(|it| it.id.to_string() == hex)
}

fn most_declared(plan: &Plan, commit: &Commit, context: &Context<'_>) -> Option<usize> {
    let touched = |unit: &usize| {
        let declares = |path: &RepoPath| {
            plan.units[*unit]
                .files
                .iter()
                .any(|it| it.pattern.matches(path.as_bytes()))
        };
        let counts = |path: &RepoPath| !(context.is_silent)(path) && declares(path);
        commit.changes.iter().filter(|change| counts(&change.path)).count()
    };
    let scored = (0..plan.units.len()).map(|unit| (touched(&unit), unit));
    let best = scored
        .filter(|(count, _)| *count > 0)
        .max_by_key(|&(count, unit)| (count, usize::MAX - unit));
    best.map(|(_, unit)| unit)
}
