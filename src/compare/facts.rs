//! What the parts of the comparison look things up in, gathered once.

use super::Inputs;
use super::pair::{Context, Pairing, pair};
use super::scope::Scope;
use super::touches::{Touches, sides};
use crate::model::{Declared, ExpectationKind, History, PatternSet, Plan, Policy, RepoPath};
use std::collections::{BTreeSet, HashMap, HashSet};

/// A plan and a history, with the indices over both.
pub(super) struct Facts<'a> {
    pub plan: &'a Plan,
    pub policy: &'a Policy,
    pub history: &'a History,
    pub scope: Scope<'a>,
    pub touches: Touches<'a>,
    pub pairing: Pairing,
    pub own_files: OwnFiles<'a>,
    /// The declarations that a touched path meets.
    pub met: BTreeSet<Declared>,
    /// The files that must exist at the target: who asks for a file expects that it is touched.
    expected: PatternSet,
}

impl<'a> Facts<'a> {
    pub fn new(inputs: &Inputs<'a>, history: &'a History) -> Self {
        let scope = Scope::new(inputs.plan);
        let own_files = OwnFiles::new(inputs.plan, inputs.policy, history);
        let touched = history.changes.iter().flat_map(sides);
        Self {
            met: touched.flat_map(|path| scope.declaring(path)).collect(),
            pairing: pairing(&scope, history, &own_files),
            expected: expected_files(inputs.plan),
            plan: inputs.plan,
            policy: inputs.policy,
            touches: Touches::new(history),
            scope,
            history,
            own_files,
        }
    }

    /// Whether the plan names the path as a file that must exist, though no list of files has it.
    pub fn is_expected(&self, path: &RepoPath) -> bool {
        self.expected.contains(path.as_bytes())
    }

    /// The units that a commit stands for.
    pub fn units_of(&self, commit: usize) -> &[usize] {
        self.pairing.commits.get(commit).map_or(&[], |it| &it.units)
    }

    /// Whether `unit` may touch a path with these declarations without stepping on another's.
    ///
    /// It may where it declares the path; where its lane does as a whole, and either spells the path or nobody else
    /// does; and, where it declares no file at all, wherever its lane or another unit of its lane may.
    pub fn is_at_home(&self, unit: usize, path: &RepoPath, declaring: &[Declared]) -> bool {
        let lane = self.plan.units[unit].lane;
        let exact = |it: &Declared| self.scope.is_exact(*it, path);
        let mut of_lane = declaring
            .iter()
            .filter(|it| it.lane == lane && it.unit.is_none())
            .peekable();
        if declaring.iter().any(|it| it.unit == Some(unit)) {
            return true;
        }
        if !self.scope.unit_declares(unit) && declaring.iter().any(|it| it.lane == lane) {
            return true;
        }
        of_lane.peek().is_some() && (of_lane.any(exact) || !declaring.iter().any(exact))
    }
}

fn expected_files(plan: &Plan) -> PatternSet {
    let files = plan.expectations.iter().filter_map(|it| match &it.kind {
        ExpectationKind::Exists(path) => Some(path.clone()),
        _ => None,
    });
    PatternSet::new(files)
}

/// The seam to the pairing: which commits stand for which units.
fn pairing(scope: &Scope<'_>, history: &History, own_files: &OwnFiles<'_>) -> Pairing {
    let is_silent = |path: &RepoPath| own_files.contains(path) && !scope.declares(path.as_bytes());
    let context = Context { is_silent: &is_silent };
    pair(scope.plan, history, &context)
}

/// Files that nobody has to declare: the planning system's own, and those that are made from others.
pub(super) struct OwnFiles<'a> {
    policy: &'a Policy,
    bookkeeping: Vec<PatternSet>,
    generated: HashSet<&'a RepoPath>,
    /// The plan's own files, where they lie in the repository: it is judged by them, and they are no work.
    plan_files: HashSet<&'a RepoPath>,
}

impl<'a> OwnFiles<'a> {
    fn new(plan: &'a Plan, policy: &'a Policy, history: &'a History) -> Self {
        let mut distinct: HashMap<Vec<String>, usize> = HashMap::new();
        let mut bookkeeping = Vec::new();
        for lane in plan.lanes.iter().filter(|lane| !lane.bookkeeping.is_empty()) {
            let texts = lane.bookkeeping.iter().map(|pattern| pattern.to_text()).collect();
            distinct.entry(texts).or_insert_with(|| {
                bookkeeping.push(PatternSet::new(lane.bookkeeping.iter().cloned()));
                bookkeeping.len()
            });
        }
        Self {
            policy,
            bookkeeping,
            generated: history.generated.iter().collect(),
            plan_files: plan
                .sources
                .iter()
                .filter_map(|source| source.repo_path.as_ref())
                .collect(),
        }
    }

    /// Whether the planning system or the policy calls the path its own.
    pub fn is_bookkeeping(&self, path: &RepoPath) -> bool {
        let bytes = path.as_bytes();
        self.plan_files.contains(path)
            || self.policy.bookkeeping.contains(bytes)
            || self.bookkeeping.iter().any(|set| set.contains(bytes))
    }

    /// Whether the path is of a kind that is made from other files: lock, snapshot, generated.
    pub fn is_derived(&self, path: &RepoPath) -> bool {
        self.generated.contains(path) || self.policy.derived.contains(path.as_bytes())
    }

    fn contains(&self, path: &RepoPath) -> bool {
        self.is_bookkeeping(path) || self.is_derived(path)
    }
}
