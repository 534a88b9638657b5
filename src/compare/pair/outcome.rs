//! From matches to the pairing that users see: order, confidence and rivals.

use super::graph::{Edge, Graph};
use super::marks::Mark;
use super::matching::{Match, Why};
use super::reasons::reasons;
use super::survey::Survey;
use super::{CommitPairing, Pairing, UnitPairing};
use std::collections::HashSet;

/// Another unit is a rival where trading places with it would lose less than this.
const NEARLY_AS_GOOD: f64 = 1.0;

/// Puts the matches in the order of the plan and of the history, and says how sure they are and why.
pub(super) fn pairing(survey: &Survey<'_>, graph: &Graph, matches: &[Match], marks: Vec<Mark>) -> Pairing {
    let choice = Choice::new(graph, matches, survey.units.len());
    Pairing {
        units: (0..survey.units.len())
            .map(|unit| choice.unit_pairing(unit, survey))
            .collect(),
        commits: commit_pairings(matches, marks),
    }
}

/// What the commits say of themselves, as yet without units.
pub(super) fn without_units(marks: Vec<Mark>) -> Vec<CommitPairing> {
    let pairing = |mark: Mark| CommitPairing {
        units: Vec::new(),
        named: mark.units,
        unknown_trailers: mark.unknown_trailers,
        fixup_of: mark.fixup_of,
        reverts: mark.reverts,
    };
    marks.into_iter().map(pairing).collect()
}

fn commit_pairings(matches: &[Match], marks: Vec<Mark>) -> Vec<CommitPairing> {
    let mut commits = without_units(marks);
    let mut strongest_first: Vec<&Match> = matches.iter().collect();
    strongest_first.sort_by(|a, b| strength(b).total_cmp(&strength(a)).then(a.unit.cmp(&b.unit)));
    for it in strongest_first {
        commits[it.commit].units.push(it.unit);
    }
    commits
}

/// Which of a commit's units comes first: the one that a trailer names, then the one whose best match it is.
fn strength(it: &Match) -> f64 {
    let rank = match it.why {
        Why::Trailer => 300.0,
        Why::Best => 200.0,
        _ => 100.0,
    };
    rank + it.edge.map_or(0.0, |edge| edge.score)
}

/// The matches, and how they stand to the edges that were not chosen.
struct Choice<'s> {
    graph: &'s Graph,
    of_unit: Vec<Vec<&'s Match>>,
    chosen: HashSet<(usize, usize)>,
}

impl<'s> Choice<'s> {
    fn new(graph: &'s Graph, matches: &'s [Match], units: usize) -> Self {
        let mut of_unit = vec![Vec::new(); units];
        for it in matches {
            of_unit[it.unit].push(it);
        }
        let edges = matches.iter().filter_map(|it| it.edge);
        Self {
            graph,
            of_unit,
            chosen: edges.map(|edge| (edge.unit, edge.candidate)).collect(),
        }
    }

    fn unit_pairing(&self, unit: usize, survey: &Survey<'_>) -> UnitPairing {
        let own = &self.of_unit[unit];
        let surenesses = own.iter().map(|it| self.confidence(it));
        UnitPairing {
            commits: sorted(own.iter().map(|it| it.commit)),
            confidence: surenesses.reduce(f64::min).unwrap_or(0.0),
            reasons: reasons(survey, own),
            rivals: sorted(own.iter().flat_map(|it| self.rivals(it))),
        }
    }

    /// How sure one match is: about the share of matches like it that turned out right on public plans.
    fn confidence(&self, it: &Match) -> f64 {
        let Some(edge) = it.edge else { return 1.0 };
        let lead = edge.score - self.best_not_chosen(&edge);
        let sure = 1.0 - 0.25 * (-edge.score.max(0.0) / 3.5).exp() - 0.2 * (-lead.max(0.0) / 1.2).exp();
        let share_right = match it.why {
            Why::Trailer | Why::Best | Why::FixesUp(_) => 1.0,
            Why::Shared => 0.85,
            Why::FollowsUp => 0.8,
            Why::OnlyLeft => 0.75,
        };
        (sure * share_right * 1000.0).round() / 1000.0
    }

    /// The best score that the commit has with another unit, or the unit with another commit.
    fn best_not_chosen(&self, edge: &Edge) -> f64 {
        let beside = self
            .graph
            .of_candidate(edge.candidate)
            .chain(self.graph.of_unit(edge.unit));
        let open = beside.filter(|other| !self.chosen.contains(&(other.unit, other.candidate)));
        open.map(|other| other.score).fold(0.0, f64::max)
    }

    /// The units that could have this commit instead, at nearly no loss.
    fn rivals(&self, it: &Match) -> Vec<usize> {
        let Some(edge) = it.edge.filter(|_| it.why == Why::Best) else {
            return Vec::new();
        };
        let open = self.graph.of_candidate(edge.candidate).filter(|other| {
            !self.chosen.contains(&(other.unit, other.candidate)) && self.loss(&edge, other) < NEARLY_AS_GOOD
        });
        open.map(|other| other.unit).collect()
    }

    /// What is lost where the other unit takes the commit and this unit takes what the other has.
    fn loss(&self, edge: &Edge, other: &Edge) -> f64 {
        let best = self.of_unit[other.unit].iter().find(|it| it.why == Why::Best);
        let given_up = best.and_then(|it| it.edge);
        let taken_over = given_up.and_then(|theirs| self.graph.between(edge.unit, theirs.candidate));
        let score = |edge: Option<&Edge>| edge.map_or(0.0, |edge| edge.score.max(0.0));
        edge.score + score(given_up.as_ref()) - score(Some(other)) - score(taken_over)
    }
}

fn sorted(numbers: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut numbers: Vec<usize> = numbers.collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}
