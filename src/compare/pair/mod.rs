//! Which commits stand for which units, n:m, with confidence and reasons.
//!
//! The steps, each in its own file: what commits say of themselves (`marks`); the facts that pairing goes by (`survey`,
//! with `paths`, `words` and `message`); what speaks for each pair (`graph`, with `weighing`, `likeness` and `signs`);
//! the best assignment and what it leaves over (`matching`, with `assignment` and `sharing`); and what users see of it
//! (`outcome`, with `reasons`).
//!
//! A `Drift-Unit` trailer always wins. Of all other commits none has to stand for a unit: merges, reverts of commits of
//! the range, commits that touch only what the planning system or a generator writes, and other work stay unpaired.

mod assignment;
mod graph;
mod likeness;
mod marks;
mod matching;
mod message;
mod outcome;
mod paths;
mod reasons;
mod sharing;
mod signs;
mod survey;
mod weighing;
mod words;

use crate::model::{History, Plan, RepoPath};
use graph::Graph;
pub(super) use marks::named_units;
use matching::Matching;
pub(super) use message::Header;
use survey::Survey;

pub(super) use survey::other_plan;

/// What pairing has to be told besides plan and history.
pub struct Context<'a> {
    /// Whether a touched path that nobody declares says nothing of the work: the planning system's own files, and files
    /// that follow from others (lock, generated, snapshot). It is asked once for each path.
    pub is_silent: &'a dyn Fn(&RepoPath) -> bool,
}

/// Which commits stand for which units. `units` is parallel to `Plan::units`, `commits` to `History::commits`, and both say
/// the same: a unit names a commit exactly where the commit names the unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pairing {
    /// What became of each unit.
    pub units: Vec<UnitPairing>,
    /// What each commit stands for.
    pub commits: Vec<CommitPairing>,
}

/// The commits of one unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnitPairing {
    /// Indices into `History::commits`, in their order.
    pub commits: Vec<usize>,
    /// How sure the least sure of them is, 0 to 1; 0 without commits.
    pub confidence: f64,
    /// Why, in plain words, most weighty first.
    pub reasons: Vec<String>,
    /// Indices of other units that are nearly as good a home for one of its commits.
    pub rivals: Vec<usize>,
}

/// The units of one commit, and what it says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CommitPairing {
    /// Indices into `Plan::units`, best first.
    pub units: Vec<usize>,
    /// Indices into `Plan::units`: those that its `Drift-Unit` trailers name.
    pub named: Vec<usize>,
    /// The values of its `Drift-Unit` trailers that name no unit, or that several lanes could mean.
    pub unknown_trailers: Vec<String>,
    /// The subject that a `fixup!`, `squash!` or `amend!` names.
    pub fixup_of: Option<String>,
    /// Index into `History::commits` of the commit that it undoes.
    pub reverts: Option<usize>,
}

/// Whether the last commit has `Drift-Unit` trailers, and each of them names a unit.
pub(super) fn named_by_last(plan: &Plan, history: &History) -> bool {
    let mark = marks::read(plan, history).pop();
    mark.is_some_and(|mark| !mark.units.is_empty() && mark.unknown_trailers.is_empty())
}

/// Pairs the units of a plan with the commits of a history. The same inputs give the same pairing.
pub fn pair(plan: &Plan, history: &History, context: &Context<'_>) -> Pairing {
    let marks = marks::read(plan, history);
    if plan.units.is_empty() {
        return Pairing {
            units: Vec::new(),
            commits: outcome::without_units(marks),
        };
    }
    let survey = Survey::new(plan, history, context, &marks);
    let graph = Graph::new(&survey);
    let matches = Matching::find(&survey, &graph, &marks);
    outcome::pairing(&survey, &graph, &matches, marks)
}
