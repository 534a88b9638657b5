//! The pairs of a unit and a candidate that are worth a thought, with their signs.

use super::signs::{Belonging, Signs};
use super::survey::Survey;
use super::weighing::Weighing;
use crate::model::UnitKind;

/// A pair is kept from this score on where the commit carries the lane's scope: it may be the only one left in order.
const LEFT_OVER: f64 = -2.0;

/// A unit and a candidate with something in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) unit: usize,
    /// Index into `Survey::candidates`.
    pub(super) candidate: usize,
    pub(super) signs: Signs,
    pub(super) score: f64,
}

/// All edges, and those of each unit and each candidate.
pub(super) struct Graph {
    edges: Vec<Edge>,
    of_unit: Vec<Vec<usize>>,
    of_candidate: Vec<Vec<usize>>,
}

impl Graph {
    /// Weighs each candidate against each unit and keeps what is worth it.
    pub(super) fn new(survey: &Survey<'_>) -> Self {
        let mut graph = Self {
            edges: Vec::new(),
            of_unit: vec![Vec::new(); survey.units.len()],
            of_candidate: vec![Vec::new(); survey.candidates.len()],
        };
        let mut weighing = Weighing::new(survey);
        for candidate in 0..survey.candidates.len() {
            weighing.read(candidate);
            for unit in 0..survey.units.len() {
                if let Some(signs) = weighing.signs(unit) {
                    graph.keep(survey, unit, candidate, signs);
                }
            }
        }
        graph
    }

    /// The edges of a unit, in the order of the candidates.
    pub(super) fn of_unit(&self, unit: usize) -> impl Iterator<Item = &Edge> {
        self.of_unit[unit].iter().map(|&edge| &self.edges[edge])
    }

    /// The edges of a candidate, in the order of the units.
    pub(super) fn of_candidate(&self, candidate: usize) -> impl Iterator<Item = &Edge> {
        self.of_candidate[candidate].iter().map(|&edge| &self.edges[edge])
    }

    /// The edge between a unit and a candidate, if it was kept.
    pub(super) fn between(&self, unit: usize, candidate: usize) -> Option<&Edge> {
        let found = self.of_unit[unit].binary_search_by_key(&candidate, |&edge| self.edges[edge].candidate);
        found.ok().map(|at| &self.edges[self.of_unit[unit][at]])
    }

    fn keep(&mut self, survey: &Survey<'_>, unit: usize, candidate: usize, signs: Signs) {
        let score = signs.score();
        let least = if signs.belonging == Belonging::SameScope {
            LEFT_OVER
        } else {
            0.0
        };
        // A check that names files may mend them, as the plan's own commits then show.
        let may_mend = survey.units[unit].patterns > 0 && signs.belonging == Belonging::SameScope;
        let is_check = survey.plan.units[unit].kind == UnitKind::Check && !may_mend;
        if score <= least || (is_check && !signs.is_explicit()) {
            return;
        }
        self.of_unit[unit].push(self.edges.len());
        self.of_candidate[candidate].push(self.edges.len());
        self.edges.push(Edge {
            unit,
            candidate,
            signs,
            score,
        });
    }
}
