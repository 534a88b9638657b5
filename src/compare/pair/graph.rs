//! The pairs of a unit and a candidate that are worth a thought, with their evidence.

use super::evidence::{Belonging, Evidence};
use super::message::ScopeMatch;
use super::paths::fit;
use super::survey::{Candidate, LaneFacts, Survey, UnitFacts};
use super::words::{Part, Text, Vocabulary};
use crate::model::UnitKind;

/// A pair is kept from this score on where the commit carries the lane's scope: it may be the only one left in order.
pub(super) const LEFT_OVER: f64 = -2.0;

/// A unit and a candidate with something in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) unit: usize,
    /// Index into `Survey::candidates`.
    pub(super) candidate: usize,
    pub(super) evidence: Evidence,
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
        let words = WordIndex::new(survey);
        let mut tallies = vec![Tally::default(); survey.units.len()];
        for (index, candidate) in survey.candidates.iter().enumerate() {
            tallies.fill(Tally::default());
            words.tally(&candidate.text, &survey.vocabulary, &mut tallies);
            let declared = tally_paths(survey, candidate, &mut tallies);
            for (unit, tally) in tallies.iter().enumerate() {
                let lane = survey.plan.units[unit].lane;
                let is_scoped = candidate.scopes[lane] == ScopeMatch::Same;
                if is_scoped || tally.text > 0.0 || tally.paths > 0 || candidate.named.contains(&unit) {
                    let evidence = weigh(survey, unit, index, tally, declared);
                    graph.keep(survey, unit, index, evidence);
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

    fn keep(&mut self, survey: &Survey<'_>, unit: usize, candidate: usize, evidence: Evidence) {
        let score = evidence.score();
        let least = if evidence.belonging == Belonging::SameScope {
            LEFT_OVER
        } else {
            0.0
        };
        let is_check = survey.plan.units[unit].kind == UnitKind::Check;
        if score <= least || (is_check && !evidence.is_explicit()) {
            return;
        }
        self.of_unit[unit].push(self.edges.len());
        self.of_candidate[candidate].push(self.edges.len());
        self.edges.push(Edge {
            unit,
            candidate,
            evidence,
            score,
        });
    }
}

/// What adds up for one unit while a candidate is read.
#[derive(Clone, Debug, Default)]
struct Tally {
    title: f64,
    text: f64,
    contained: f64,
    met: f64,
    covered: f64,
    exclusive: f64,
    paths: usize,
    files: Vec<usize>,
}

/// Adds up what the candidate's paths say; returns how many of them any unit declares.
fn tally_paths(survey: &Survey<'_>, candidate: &Candidate<'_>, tallies: &mut [Tally]) -> usize {
    let mut declared = 0;
    for touch in &candidate.touches {
        let facts = survey.paths.facts(touch);
        declared += usize::from(!facts.hits.is_empty());
        for hits in facts.hits.chunk_by(|one, next| one.unit == next.unit) {
            let tally = &mut tallies[hits[0].unit];
            let mut best: f64 = 0.0;
            for hit in hits {
                let action = survey.plan.units[hit.unit].files[hit.file].action;
                let value = hit.exactness * fit(action, touch.change.kind);
                best = best.max(value);
                if !tally.files.contains(&hit.file) {
                    tally.files.push(hit.file);
                    tally.met += value;
                }
            }
            tally.paths += 1;
            tally.covered += best;
            tally.exclusive += 1.0 / (facts.units as f64 * (facts.touched_by as f64).sqrt());
        }
    }
    declared
}

/// Turns what was added up into evidence.
fn weigh(survey: &Survey<'_>, unit: usize, index: usize, tally: &Tally, declared: usize) -> Evidence {
    let facts = &survey.units[unit];
    let candidate = &survey.candidates[index];
    let lane = survey.plan.units[unit].lane;
    let lane_facts = &survey.lanes[lane];
    let scope = candidate.scopes[lane];
    let share = |part: f64, whole: usize| if whole == 0 { 0.0 } else { part / whole as f64 };
    Evidence {
        belonging: belonging(scope, lane_facts),
        named: if scope == ScopeMatch::Other {
            0.0
        } else {
            naming(candidate, unit)
        },
        met: share(tally.met, facts.patterns),
        covered: share(tally.covered, candidate.touches.len()),
        exclusive: share(tally.exclusive, tally.paths),
        foreign: share((declared - tally.paths) as f64, candidate.touches.len()),
        misses: facts.patterns > 0 && tally.paths == 0 && !candidate.touches.is_empty(),
        title: tally.title,
        text: tally.text,
        contained: tally.contained,
        distance: (facts.place - lane_facts.places[index]).abs(),
        kind: fitting_kind(survey, unit, facts, candidate),
        closes: candidate.closes,
    }
}

fn belonging(scope: ScopeMatch, lane: &LaneFacts) -> Belonging {
    match scope {
        ScopeMatch::Same => Belonging::SameScope,
        ScopeMatch::Other => Belonging::OtherScope,
        ScopeMatch::Silent if lane.has_scoped => Belonging::LacksScope,
        ScopeMatch::Silent if lane.has_one => Belonging::OnlyOne,
        ScopeMatch::Silent => Belonging::Unknown,
    }
}

/// Whether the message names the unit, others, or none.
fn naming(candidate: &Candidate<'_>, unit: usize) -> f64 {
    if candidate.named.contains(&unit) {
        1.0
    } else if candidate.names_others || !candidate.named.is_empty() {
        -1.0
    } else {
        0.0
    }
}

/// How well the type in the commit's subject fits the unit.
fn fitting_kind(survey: &Survey<'_>, unit: usize, facts: &UnitFacts, candidate: &Candidate<'_>) -> f64 {
    let planned = survey.plan.units[unit].commit_type.as_deref().unwrap_or_default();
    let found = candidate.kind.as_str();
    if found.is_empty() || facts.test_first {
        return 0.0;
    }
    if planned.eq_ignore_ascii_case(found) {
        return 1.0;
    }
    match found {
        "test" if facts.about_tests => 1.0,
        "test" => -0.5,
        "feat" | "refactor" if facts.about_tests => -0.7,
        _ => 0.0,
    }
}

/// Which units hold which words, with all that comparing needs.
struct WordIndex {
    postings: Vec<Vec<Posting>>,
    title_norms: Vec<f64>,
    text_norms: Vec<f64>,
    title_sums: Vec<f64>,
}

/// A word of a unit.
struct Posting {
    unit: usize,
    in_title: bool,
}

/// How much a word counts in a unit's text, by where it stands.
fn unit_part(in_title: bool) -> f64 {
    if in_title { 1.0 } else { 0.5 }
}

/// How much a word counts in a commit's text, by where it stands.
fn commit_part(part: Part) -> f64 {
    match part {
        Part::Head => 1.0,
        Part::Body => 0.7,
        Part::Path => 0.4,
    }
}

impl WordIndex {
    fn new(survey: &Survey<'_>) -> Self {
        let units = survey.units.len();
        let mut index = Self {
            postings: (0..survey.vocabulary.len()).map(|_| Vec::new()).collect(),
            title_norms: vec![0.0; units],
            text_norms: vec![0.0; units],
            title_sums: vec![0.0; units],
        };
        for (unit, facts) in survey.units.iter().enumerate() {
            for &(word, part) in &facts.text.0 {
                let in_title = part == Part::Head;
                let weight = survey.vocabulary.weight(word);
                index.postings[word as usize].push(Posting { unit, in_title });
                index.text_norms[unit] += (unit_part(in_title) * weight).powi(2);
                if in_title {
                    index.title_norms[unit] += weight * weight;
                    index.title_sums[unit] += weight;
                }
            }
        }
        index
    }

    /// Sets title, text and contained of each unit's tally: cosines, and the share of the title that is held.
    fn tally(&self, text: &Text, vocabulary: &Vocabulary, tallies: &mut [Tally]) {
        let (mut subject_norm, mut text_norm) = (0.0, 0.0);
        for &(word, part) in &text.0 {
            let weight = vocabulary.weight(word);
            let own = commit_part(part) * weight;
            text_norm += own * own;
            let in_subject = part == Part::Head;
            subject_norm += if in_subject { weight * weight } else { 0.0 };
            for posting in &self.postings[word as usize] {
                let tally = &mut tallies[posting.unit];
                tally.text += own * unit_part(posting.in_title) * weight;
                if posting.in_title {
                    tally.contained += weight;
                    tally.title += if in_subject { weight * weight } else { 0.0 };
                }
            }
        }
        for (unit, tally) in tallies.iter_mut().enumerate() {
            tally.title = ratio(tally.title, (self.title_norms[unit] * subject_norm).sqrt());
            tally.text = ratio(tally.text, (self.text_norms[unit] * text_norm).sqrt());
            tally.contained = ratio(tally.contained, self.title_sums[unit]);
        }
    }
}

fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}
