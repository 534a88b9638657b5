//! What is claimed of the work, against what git shows of it.
//!
//! A claim is contradicted by an exact difference only. Where the repository can't know (a shallow clone, a list that is half
//! prose, an id that was rewritten away), it stays unchecked.

mod commits;
mod deviations;
mod done;
mod files;

use super::facts::Facts;
use super::pair::other_plan;
use crate::model::{
    ClaimKind, ClaimOutcome, ClaimStatus, ExpectationOutcome, FileDelta, NamedCommit, Outcome, PathPattern, RepoPath,
    UnitDelta, Untouched,
};
use std::collections::{BTreeMap, BTreeSet};

/// Everything that claims are held against.
pub(super) struct Claims<'a> {
    /// Plan, history, and the indices over both.
    pub facts: &'a Facts<'a>,
    /// What the repository knows of the commits that claims name.
    pub named: &'a BTreeMap<String, NamedCommit>,
    /// The touched files.
    pub files: &'a [FileDelta],
    /// Declarations that nothing met.
    pub untouched: &'a [Untouched],
    /// What became of the units.
    pub units: &'a [UnitDelta],
    /// What became of the expectations.
    pub expectations: &'a [ExpectationOutcome],
}

impl Claims<'_> {
    /// What became of each claim, in the order of the plan. Deviations that are said openly are nothing to hold against.
    pub fn outcomes(&self) -> Vec<ClaimOutcome> {
        let claims = self.facts.plan.claims.iter().enumerate();
        let outcome = |(index, claim): (usize, &crate::model::Claim)| ClaimOutcome {
            claim: index,
            status: self.status(claim.lane, &claim.kind),
        };
        claims.map(outcome).collect()
    }

    fn status(&self, lane: Option<usize>, kind: &ClaimKind) -> ClaimStatus {
        if self.facts.history.commits.is_empty() {
            return ClaimStatus::Unchecked("the range holds no commit".into());
        }
        match kind {
            ClaimKind::Files { paths, complete } => self.files(lane, paths, *complete),
            ClaimKind::Commit { id, unit } => self.commit(lane, id, unit.as_deref()),
            ClaimKind::Head { id, end } => self.head(id, *end),
            ClaimKind::NoDeviations => self.no_deviations(lane),
            ClaimKind::Deviation { paths, .. } => self.deviation(paths),
            ClaimKind::SelfCheck { paths } => self.self_check(paths),
            ClaimKind::Verified => self.verified(),
            ClaimKind::Done { unit, at, .. } => self.done(lane, unit, *at),
        }
    }

    /// The commits of the range that are the lane's own: those that its summary names, and those that stand for its
    /// units; where there are neither, all. Those that carry another plan's scope are not, unless the summary names them;
    /// merges are nobody's.
    fn own_commits(&self, lane: Option<usize>) -> BTreeSet<usize> {
        let plan = self.facts.plan;
        let history = self.facts.history;
        let of_lane = |own: Option<usize>| lane.is_none() || own.is_none() || own == lane;
        let of_another = |commit: usize| other_plan(plan, &history.commits[commit].subject()).is_some();
        let mut own: BTreeSet<usize> = BTreeSet::new();
        for claim in plan.claims.iter().filter(|claim| of_lane(claim.lane)) {
            if let ClaimKind::Commit { id, .. } = &claim.kind
                && let Some(commit) = self.in_range(id)
            {
                own.insert(commit);
            }
        }
        for (unit, delta) in self.units.iter().enumerate() {
            if of_lane(Some(plan.units[unit].lane)) {
                own.extend(delta.commits.iter().filter(|&&commit| !of_another(commit)));
            }
        }
        if own.is_empty() {
            own.extend((0..history.commits.len()).filter(|&commit| !of_another(commit)));
        }
        own.retain(|&commit| !history.commits[commit].is_merge());
        own
    }

    /// The commit of the range that is named by `id`, or that the named one became.
    fn in_range(&self, id: &str) -> Option<usize> {
        let commit = match self.named.get(id)? {
            NamedCommit::InRange(commit) => commit,
            NamedCommit::Elsewhere {
                became: Some(commit), ..
            } => commit,
            _ => return None,
        };
        self.facts.history.commits.iter().position(|it| it.id == *commit)
    }

    /// Somebody looked at the result: the expectations that can be judged must hold.
    fn verified(&self) -> ClaimStatus {
        let plan = self.facts.plan;
        let is_open = |it: &&ExpectationOutcome| {
            let expectation = &plan.expectations[it.expectation];
            let accepted = plan.overrides.iter().any(|it| it.covers(expectation));
            !accepted && !matches!(it.outcome, Outcome::Unchecked(_))
        };
        let judged = self.expectations.iter().filter(is_open);
        let all = judged.clone().count();
        let unmet: Vec<String> = judged.filter_map(|it| unmet(&it.outcome)).collect();
        match (all, unmet.len()) {
            (0, _) => ClaimStatus::Unchecked("the plan expects nothing that git could show".into()),
            (_, 0) => ClaimStatus::Holds(None),
            (all, count) => ClaimStatus::Contradicted(vec![format!(
                "{count} of {all} expectations do not hold: {}",
                listed(&unmet)
            )]),
        }
    }

    /// Whoever did the work found these files: they must be there, unless the work took them away again.
    fn self_check(&self, paths: &[PathPattern]) -> ClaimStatus {
        let history = self.facts.history;
        let is_there = |path: &&PathPattern| !history.target_tree.meant(path).is_empty();
        let was_touched = |path: &&PathPattern| self.touched_in_range(path);
        let asked: Vec<&PathPattern> = paths.iter().filter(|path| !self.is_own_file(path)).collect();
        let gone: Vec<String> = asked
            .iter()
            .filter(|path| !is_there(path) && !was_touched(path))
            .map(|path| code(&path.to_text()))
            .collect();
        match (asked.is_empty(), gone.is_empty()) {
            (true, _) => ClaimStatus::Unchecked("it names no file that it found".into()),
            (_, true) => ClaimStatus::Holds(None),
            (_, false) => ClaimStatus::Contradicted(vec![format!("{} not at the target", are(&gone))]),
        }
    }

    /// Whether the path is the planning system's own, which may be written after the range ends.
    fn is_own_file(&self, path: &PathPattern) -> bool {
        let own = &self.facts.own_files;
        let path = path.literal().map(RepoPath::from);
        path.is_some_and(|path| own.is_bookkeeping(&path) && !self.facts.scope.declares(path.as_bytes()))
    }

    /// Whether a commit of the range touched what the pattern names: the path, or one that ends like it.
    fn touched_in_range(&self, pattern: &PathPattern) -> bool {
        let commits = self.facts.history.commits.iter().flat_map(|commit| &commit.changes);
        let net = self.facts.history.changes.iter();
        let sides = net
            .chain(commits)
            .flat_map(|change| [Some(&change.path), change.previous_path.as_ref()]);
        sides.flatten().any(|path| names(pattern, path))
    }
}

/// Whether a claim's pattern names the path: wholly, or by its last folders and its name.
fn names(pattern: &PathPattern, path: &RepoPath) -> bool {
    if pattern.matches(path.as_bytes()) {
        return true;
    }
    let Some(tail) = pattern.literal().filter(|_| !pattern.is_folder()) else {
        return false;
    };
    let head = path.as_bytes().strip_suffix(tail.as_bytes());
    head.is_some_and(|head| head.ends_with(b"/"))
}

fn unmet(outcome: &Outcome) -> Option<String> {
    match outcome {
        Outcome::MissingFile { path, .. } => Some(format!("{} does not exist", code(path))),
        Outcome::Unmet(reasons) => Some(reasons.join("; ")),
        Outcome::Met | Outcome::Unchecked(_) => None,
    }
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

/// More names than this are counted.
const SHOWN: usize = 5;

/// `a, b and 3 more`.
fn listed(names: &[String]) -> String {
    match names.len() {
        0..=SHOWN => names.join(", "),
        all => format!("{} and {} more", names[..SHOWN].join(", "), all - SHOWN),
    }
}

/// `a is`, `a, b are`.
fn are(names: &[String]) -> String {
    format!("{} {}", listed(names), if names.len() == 1 { "is" } else { "are" })
}

/// `1 file`, `2 files`.
fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
