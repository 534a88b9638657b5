//! From edges to matches: the one best assignment, and then the commits and units that it leaves over.
//!
//! The assignment gives each unit one commit at most and each commit one unit at most. What really happened is n:m, so
//! that, in this order, units without a commit may share one that does their work too, or take the only commit that is
//! left in their place, and commits without a unit may follow up on one.

use super::assignment::{Offer, assign};
use super::graph::{Edge, Graph};
use super::marks::Mark;
use super::sharing::fitness;
use super::signs::Belonging;
use super::survey::Survey;
use crate::model::UnitKind;

/// The least score at which a left-over commit follows up on a unit, and by how much no other unit may come near.
const FOLLOWS_UP: f64 = 5.0;
const FOLLOWS_UP_ELSEWHERE: f64 = 6.0;
const FOLLOWS_UP_BEFORE_OTHERS: f64 = 2.5;
/// The least score where test, implementation and clean-up are expected as commits of their own.
const FOLLOWS_UP_TEST_FIRST: f64 = 3.0;
/// How much better another unit may fit a commit that is the only one left for a unit.
const LEFT_FOR_OTHERS: f64 = 0.5;
/// The most offers of a unit that the assignment looks at; below that many units in play nothing is lost by it.
const MAX_OFFERS: usize = 64;

/// Why a commit stands for a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// A trailer says so.
    Trailer,
    /// It is the best match.
    Best,
    /// It is the best match of another unit, and does this one's work too.
    Shared,
    /// It is the only one left in the unit's place.
    OnlyLeft,
    /// It follows up on the unit's first commit.
    FollowsUp,
    /// It fixes up a commit of the unit: index into `History::commits`.
    FixesUp(usize),
}

/// One commit that stands for a unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Match {
    pub(super) unit: usize,
    /// Index into `History::commits`.
    pub(super) commit: usize,
    pub(super) why: Why,
    /// What speaks for it; `None` where a trailer or a fixup does.
    pub(super) edge: Option<Edge>,
}

/// All matches, in the order in which they were found.
pub(super) struct Matching<'s, 'a> {
    survey: &'s Survey<'a>,
    graph: &'s Graph,
    pub(super) matches: Vec<Match>,
    /// The candidate that is each unit's first.
    first_of_unit: Vec<Option<usize>>,
    /// The unit that each candidate is the best match of.
    unit_of: Vec<Option<usize>>,
    /// Whether each unit has any match.
    has_match: Vec<bool>,
}

impl<'s, 'a> Matching<'s, 'a> {
    /// Finds all matches.
    pub(super) fn find(survey: &'s Survey<'a>, graph: &'s Graph, marks: &[Mark]) -> Vec<Match> {
        let units = survey.units.len();
        let mut matching = Self {
            survey,
            graph,
            matches: Vec::new(),
            first_of_unit: vec![None; units],
            unit_of: vec![None; survey.candidates.len()],
            has_match: vec![false; units],
        };
        matching.take_trailers(marks);
        matching.take_best();
        matching.share();
        matching.take_only_left();
        matching.follow_up();
        matching.fix_up(marks);
        matching.matches
    }

    fn take_trailers(&mut self, marks: &[Mark]) {
        for (commit, mark) in marks.iter().enumerate() {
            for &unit in &mark.units {
                self.add(unit, commit, Why::Trailer, None);
            }
        }
    }

    /// The one assignment with the best sum.
    fn take_best(&mut self) {
        let waiting: Vec<usize> = (0..self.has_match.len())
            .filter(|&unit| !self.has_match[unit])
            .collect();
        let offers: Vec<Vec<Offer>> = waiting.iter().map(|&unit| self.offers(unit, waiting.len())).collect();
        let assigned = assign(&offers, self.survey.candidates.len());
        for (unit, candidate) in waiting.into_iter().zip(assigned) {
            if let Some(edge) = candidate.and_then(|candidate| self.graph.between(unit, candidate)) {
                self.unit_of[edge.candidate] = Some(unit);
                self.take(edge, Why::Best);
            }
        }
    }

    /// The best commits of a unit. As many as there are rows are enough: one of them is always free.
    fn offers(&self, unit: usize, rows: usize) -> Vec<Offer> {
        let positive = self.graph.of_unit(unit).filter(|edge| edge.score > 0.0);
        let mut offers: Vec<Offer> = positive
            .map(|edge| Offer {
                column: edge.candidate,
                gain: edge.score,
            })
            .collect();
        offers.sort_by(|a, b| b.gain.total_cmp(&a.gain).then(a.column.cmp(&b.column)));
        offers.truncate(rows.min(MAX_OFFERS));
        offers
    }

    /// Units without a commit share one that does their work too.
    fn share(&mut self) {
        for unit in self.waiting_for_work() {
            let shared = self.graph.of_unit(unit).filter_map(|edge| {
                let owner = self.unit_of[edge.candidate]?;
                let fitness = fitness(self.survey, edge, owner);
                (fitness > 0.0).then_some((edge, fitness))
            });
            let best = shared.reduce(|best, next| if next.1 > best.1 { next } else { best });
            if let Some((edge, _)) = best {
                self.take(edge, Why::Shared);
            }
        }
    }

    /// A unit without a commit takes the only commit that is left between those of its neighbours.
    fn take_only_left(&mut self) {
        for unit in self.waiting_for_work() {
            if self.neighbours(unit).any(|other| !self.has_match[other]) {
                continue;
            }
            let (after, before) = self.bounds(unit);
            let mut left = self.left_between(unit, after, before);
            if let (Some(edge), None) = (left.next(), left.next()) {
                drop(left);
                if self.is_best_home(edge) {
                    self.unit_of[edge.candidate] = Some(unit);
                    self.take(edge, Why::OnlyLeft);
                }
            }
        }
    }

    /// The edges of a unit to commits of its lane that nobody has and that stand between the given places.
    fn left_between(&self, unit: usize, after: Option<usize>, before: Option<usize>) -> impl Iterator<Item = &'s Edge> {
        let survey = self.survey;
        let unit_of = &self.unit_of;
        self.graph.of_unit(unit).filter(move |edge| {
            let candidate = &survey.candidates[edge.candidate];
            let is_docs = candidate.kind == "docs" && !candidate.touches.is_empty();
            edge.signs.belonging == Belonging::SameScope
                && unit_of[edge.candidate].is_none()
                && !is_docs
                && after.is_none_or(|after| edge.candidate > after)
                && before.is_none_or(|before| edge.candidate < before)
        })
    }

    fn is_best_home(&self, edge: &Edge) -> bool {
        let others = self.graph.of_candidate(edge.candidate);
        let best = others.map(|other| other.score).fold(edge.score, f64::max);
        edge.score >= best - LEFT_FOR_OTHERS
    }

    /// The units before and after a unit in its lane.
    fn neighbours(&self, unit: usize) -> impl Iterator<Item = usize> {
        let units = &self.survey.plan.units;
        let same_lane = move |other: &usize| units.get(*other).is_some_and(|it| it.lane == units[unit].lane);
        [unit.checked_sub(1), unit.checked_add(1)]
            .into_iter()
            .flatten()
            .filter(same_lane)
    }

    /// The places of the last commit of the lane's earlier units and of the first of its later ones.
    fn bounds(&self, unit: usize) -> (Option<usize>, Option<usize>) {
        let lane = self.survey.plan.units[unit].lane;
        let first = |other: usize| (self.survey.plan.units[other].lane == lane).then(|| self.first_of_unit[other])?;
        let after = (0..unit).filter_map(first).max();
        let before = (unit + 1..self.first_of_unit.len()).filter_map(first).min();
        (after, before)
    }

    /// Commits that nobody has follow up on the unit that they clearly belong to.
    fn follow_up(&mut self) {
        for candidate in 0..self.survey.candidates.len() {
            if self.unit_of[candidate].is_some() {
                continue;
            }
            if let Some(edge) = self.clear_home(candidate) {
                self.take(edge, Why::FollowsUp);
            }
        }
    }

    /// The edge to the unit that a left-over commit clearly belongs to.
    fn clear_home(&self, candidate: usize) -> Option<&'s Edge> {
        let mut edges: Vec<&Edge> = self.graph.of_candidate(candidate).collect();
        edges.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.unit.cmp(&b.unit)));
        let best = *edges.first()?;
        let next = edges.get(1).map_or(0.0, |next| next.score.max(0.0));
        let fits = !matches!(best.signs.belonging, Belonging::OtherScope | Belonging::LacksScope);
        let clear = best.score > self.least_to_follow(best) && best.score - next > FOLLOWS_UP_BEFORE_OTHERS;
        (fits && (clear || self.says_so(best)) && self.has_match[best.unit]).then_some(best)
    }

    /// Whether the commit names this unit and no other, and touches nothing but what the unit declares.
    fn says_so(&self, edge: &Edge) -> bool {
        let named = &self.survey.candidates[edge.candidate].named;
        named.as_slice() == [edge.unit] && edge.signs.covered > 0.0 && edge.signs.foreign <= 0.0
    }

    /// How well a left-over commit has to fit a unit: less where it stands right behind the unit's own commit.
    fn least_to_follow(&self, edge: &Edge) -> f64 {
        let kind = self.survey.candidates[edge.candidate].kind.as_str();
        let is_step = matches!(kind, "test" | "feat" | "refactor");
        if is_step && self.survey.units[edge.unit].test_first {
            return FOLLOWS_UP_TEST_FIRST;
        }
        let (_, next_unit) = self.bounds(edge.unit);
        let is_behind = self.first_of_unit[edge.unit].is_some_and(|own| own < edge.candidate);
        let is_before_next = next_unit.is_none_or(|next| edge.candidate < next);
        if is_behind && is_before_next {
            FOLLOWS_UP
        } else {
            FOLLOWS_UP_ELSEWHERE
        }
    }

    /// Fixups stand for what their target stands for.
    fn fix_up(&mut self, marks: &[Mark]) {
        for (commit, mark) in marks.iter().enumerate() {
            let Some(target) = mark.fixes.filter(|_| mark.units.is_empty()) else {
                continue;
            };
            let of_target = self.matches.iter().filter(|it| it.commit == target);
            let units: Vec<usize> = of_target.map(|it| it.unit).collect();
            for unit in units {
                self.add(unit, commit, Why::FixesUp(target), None);
            }
        }
    }

    fn waiting_for_work(&self) -> Vec<usize> {
        let waits = |unit: &usize| !self.has_match[*unit] && self.survey.plan.units[*unit].kind == UnitKind::Work;
        (0..self.has_match.len()).filter(waits).collect()
    }

    fn take(&mut self, edge: &Edge, why: Why) {
        let commit = self.survey.candidates[edge.candidate].commit;
        self.first_of_unit[edge.unit].get_or_insert(edge.candidate);
        self.add(edge.unit, commit, why, Some(*edge));
    }

    fn add(&mut self, unit: usize, commit: usize, why: Why, edge: Option<Edge>) {
        self.has_match[unit] = true;
        self.matches.push(Match {
            unit,
            commit,
            why,
            edge,
        });
    }
}
