//! A plan laid beside a history: what was touched, what was left, and which commits stand for what. Pure: the same
//! inputs give the same comparison, and nothing is judged here.
//!
//! `scope` answers who declares a path, `touches` what git shows of it, `pair` which commits stand for which units;
//! `facts` holds the three together, and each other file answers one question with them.

mod actions;
mod alone;
mod claims;
mod classify;
mod clauses;
mod commits;
mod dependencies;
mod derived;
mod expectations;
mod facts;
mod files;
mod fitting;
mod limits;
mod links;
mod messages;
mod nearest;
mod oddities;
mod overlaps;
pub mod pair;
mod prose;
mod questions;
mod recorded;
mod scope;
mod stale;
mod surfaces;
mod test_code;
mod test_history;
mod test_words;
mod tests;
mod text_search;
mod touches;
mod units;
mod untouched;
mod witnesses;

pub use alone::{names_its_units, stands_alone};
pub use fitting::{fitting_unit, units_of};
pub use questions::{Questions, questions};
pub use tests::{TestEvidence, counting, was_executed};

use crate::model::{
    Checked, Comparison, ContractDelta, Fault, History, NamedCommit, OrphanedNote, Outcome, Plan, Policy,
    ReadTestFiles, Sibling, Standing, TestCodeDelta, TestComparison, TestDelta, TreeListing, Widening, Witnesses,
};
use claims::Claims;
use classify::Classifier;
use dependencies::Dependencies;
use facts::Facts;
use scope::Scope;
use std::collections::BTreeMap;

/// Everything that a comparison looks at.
#[derive(Clone, Debug)]
pub struct Inputs<'a> {
    /// What was planned.
    pub plan: &'a Plan,
    /// What git says; `None`: only the plan is looked at.
    pub history: Option<&'a History>,
    /// Where there is no history, the tree that the plan would start from.
    pub tree: Option<&'a TreeListing>,
    /// What the repository's owner has decided.
    pub policy: &'a Policy,
    /// Other open runs.
    pub siblings: &'a [Sibling],
    /// What the repository knows of the commits that claims name, by the name.
    pub named_commits: BTreeMap<String, NamedCommit>,
    /// How the plan's sources stand with their approval; carried over.
    pub standings: Vec<Standing>,
    /// Whether a run has begun; carried over.
    pub begun: bool,
    /// Scopes that became wider; carried over.
    pub widened: Vec<Widening>,
    /// Notes whose commits are gone; carried over.
    pub orphaned_notes: Vec<OrphanedNote>,
    /// What drift's hooks saw of the commits; `None`: nobody asked, or nobody knows.
    pub witnesses: Option<Witnesses>,
    /// The test files that can show the contracts' clauses; `None`: nobody looked.
    pub test_files: Option<&'a ReadTestFiles>,
    /// The evidence of a run that has begun; `None`: nobody looks at tests.
    pub evidence: Option<TestEvidence<'a>>,
    /// What is wrong with drift's own files; carried over.
    pub faults: Vec<Fault>,
}

impl<'a> Inputs<'a> {
    /// A plan under a policy, alone: without history, tree, siblings or approvals.
    pub fn new(plan: &'a Plan, policy: &'a Policy) -> Self {
        Self {
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
            witnesses: None,
            test_files: None,
            evidence: None,
            faults: Vec::new(),
        }
    }
}

/// Lays the plan beside the history, or looks at the plan alone where there is none.
pub fn compare<'a>(inputs: Inputs<'a>) -> Comparison<'a> {
    match inputs.history {
        Some(history) => against_history(inputs, history),
        None => plan_alone(inputs),
    }
}

fn against_history<'a>(inputs: Inputs<'a>, history: &'a History) -> Comparison<'a> {
    let facts = Facts::new(&inputs, history);
    let classifier = Classifier::new(&facts);
    let dependencies = Dependencies::new(inputs.plan);
    let files = files::files(&facts, &classifier);
    let untouched = untouched::untouched(&facts, &files);
    let expectations = expectations::outcomes(inputs.plan, history);
    let tests = tests::comparison(inputs.plan, history, inputs.evidence);
    let judged = expectations
        .iter()
        .filter(|it| !matches!(it.outcome, Outcome::Unchecked(_)));
    let contracts = clauses::contracts(inputs.plan, inputs.test_files);
    let units = units::against_history(&facts, &dependencies, &untouched);
    let claims = Claims {
        facts: &facts,
        named: &inputs.named_commits,
        files: &files.deltas,
        untouched: &untouched,
        units: &units,
        expectations: &expectations,
    };
    Comparison {
        plan: inputs.plan,
        history: Some(history),
        claims: claims.outcomes(),
        actions: actions::mismatches(&facts),
        units,
        commits: commits::deltas(&facts, &files, &classifier),
        limits: limits::exceeded(&facts, &files.deltas),
        stale: stale::against_history(&facts),
        overlaps: overlaps::overlaps(&facts.scope, &dependencies, inputs.siblings),
        standings: inputs.standings,
        begun: inputs.begun,
        authors: commits::authors(&history.commits),
        widened: inputs.widened,
        orphaned_notes: inputs.orphaned_notes,
        unwitnessed: witnesses::unwitnessed(history, inputs.witnesses.as_ref()),
        witnesses: inputs.witnesses.map(|it| it.commits).unwrap_or_default(),
        faults: inputs.faults,
        checked: Checked {
            files: files.deltas.len(),
            declarations: facts.scope.len(),
            units: inputs.plan.units.len(),
            commits: history.commits.len(),
            expectations: judged.count(),
            clauses: contracts.iter().map(ContractDelta::looked_at).sum(),
            tests: required_with_evidence(inputs.plan, &tests),
            ..checked_plan(inputs.plan)
        },
        test_files: inputs.test_files,
        test_code: test_code::delta(inputs.plan, inputs.test_files),
        contracts,
        expectations,
        tests,
        files: files.deltas,
        untouched,
    }
}

fn plan_alone(inputs: Inputs<'_>) -> Comparison<'_> {
    let scope = Scope::new(inputs.plan);
    let dependencies = Dependencies::new(inputs.plan);
    Comparison {
        plan: inputs.plan,
        history: None,
        files: Vec::new(),
        untouched: Vec::new(),
        actions: Vec::new(),
        units: units::unchecked(inputs.plan),
        commits: Vec::new(),
        expectations: Vec::new(),
        claims: Vec::new(),
        limits: Vec::new(),
        stale: inputs
            .tree
            .map_or_else(Vec::new, |tree| stale::against_tree(&scope, tree)),
        overlaps: overlaps::overlaps(&scope, &dependencies, inputs.siblings),
        standings: inputs.standings,
        begun: inputs.begun,
        authors: Vec::new(),
        widened: inputs.widened,
        orphaned_notes: inputs.orphaned_notes,
        witnesses: Vec::new(),
        unwitnessed: Vec::new(),
        tests: tests::unchecked(inputs.plan),
        faults: inputs.faults,
        checked: Checked {
            declarations: inputs.tree.map_or(0, |_| scope.len()),
            ..checked_plan(inputs.plan)
        },
        test_files: None,
        contracts: clauses::contracts(inputs.plan, None),
        test_code: TestCodeDelta::default(),
    }
}

/// How many required tests were executed on the target's tree.
fn required_with_evidence(plan: &Plan, tests: &TestComparison) -> usize {
    let is_required = |it: &&TestDelta| plan.lanes[it.lane].tests[it.test].required;
    tests
        .promised
        .iter()
        .filter(is_required)
        .filter(|it| it.status.is_executed())
        .count()
}

/// The sources whose format was recognised.
fn checked_plan(plan: &Plan) -> Checked {
    Checked {
        sources: plan.sources.iter().filter(|source| !source.format.is_empty()).count(),
        ..Checked::default()
    }
}
