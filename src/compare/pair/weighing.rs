//! Weighs one candidate against all units: what its paths, words, scope, type and place say.

use super::likeness::{Alike, Likeness};
use super::message::ScopeMatch;
use super::paths::{Hit, PathFacts, Touch, fit};
use super::signs::{Belonging, Signs};
use super::survey::{Candidate, LaneFacts, Survey, UnitFacts};

/// What the candidate in hand has in common with each unit.
pub(super) struct Weighing<'s, 'a> {
    survey: &'s Survey<'a>,
    likeness: Likeness,
    /// Index of the candidate in hand.
    candidate: usize,
    /// How many of its paths any unit declares.
    declared: usize,
    alike: Vec<Alike>,
    tallies: Vec<Tally>,
}

/// What adds up for one unit while a candidate's paths are read.
#[derive(Clone, Debug, Default)]
struct Tally {
    met: f64,
    covered: f64,
    exclusive: f64,
    paths: usize,
    files: Vec<usize>,
}

impl<'s, 'a> Weighing<'s, 'a> {
    /// Nothing is in hand yet.
    pub(super) fn new(survey: &'s Survey<'a>) -> Self {
        Self {
            survey,
            likeness: Likeness::new(survey),
            candidate: 0,
            declared: 0,
            alike: vec![Alike::default(); survey.units.len()],
            tallies: vec![Tally::default(); survey.units.len()],
        }
    }

    /// Takes a candidate in hand.
    pub(super) fn read(&mut self, index: usize) {
        let candidate = &self.survey.candidates[index];
        self.candidate = index;
        self.declared = 0;
        self.alike.fill(Alike::default());
        self.tallies.fill(Tally::default());
        self.likeness
            .compare(&candidate.text, &self.survey.vocabulary, &mut self.alike);
        for touch in &candidate.touches {
            self.read_path(touch);
        }
    }

    fn read_path(&mut self, touch: &Touch<'_>) {
        let facts = self.survey.paths.facts(touch);
        self.declared += usize::from(!facts.hits.is_empty());
        for hits in facts.hits.chunk_by(|one, next| one.unit == next.unit) {
            let value = |hit: &Hit| {
                let action = self.survey.plan.units[hit.unit].files[hit.file].action;
                hit.exactness * fit(action, touch.change.kind)
            };
            let tally = &mut self.tallies[hits[0].unit];
            tally.add(facts, hits, value);
        }
    }

    /// What speaks for and against the candidate standing for a unit; `None` where they have nothing in common.
    pub(super) fn signs(&self, unit: usize) -> Option<Signs> {
        let (tally, alike) = (&self.tallies[unit], self.alike[unit]);
        let facts = &self.survey.units[unit];
        let candidate = &self.survey.candidates[self.candidate];
        let lane = self.survey.plan.units[unit].lane;
        let lane_facts = &self.survey.lanes[lane];
        let scope = candidate.scopes[lane];
        let has_paths = !candidate.touches.is_empty();
        let named = naming(candidate, unit);
        if scope != ScopeMatch::Same && alike.text <= 0.0 && tally.paths == 0 && named <= 0.0 {
            return None;
        }
        Some(Signs {
            belonging: belonging(scope, lane_facts),
            named: if scope == ScopeMatch::Other { 0.0 } else { named },
            met: share(tally.met, facts.patterns),
            covered: share(tally.covered, candidate.touches.len()),
            exclusive: share(tally.exclusive, tally.paths),
            foreign: share((self.declared - tally.paths) as f64, candidate.touches.len()),
            misses: facts.patterns > 0 && tally.paths == 0 && has_paths,
            title: alike.title,
            text: alike.text,
            contained: alike.contained,
            distance: (facts.place - lane_facts.places[self.candidate]).abs(),
            kind: fitting_kind(self.survey, unit, facts, candidate),
            closes: candidate.closes,
        })
    }
}

impl Tally {
    /// Adds a path that the unit declares, by these hits.
    fn add(&mut self, facts: &PathFacts, hits: &[Hit], value: impl Fn(&Hit) -> f64) {
        for hit in hits {
            if !self.files.contains(&hit.file) {
                self.files.push(hit.file);
                self.met += value(hit);
            }
        }
        self.paths += 1;
        self.covered += hits.iter().map(value).fold(0.0, f64::max);
        self.exclusive += 1.0 / (facts.units as f64 * (facts.touched_by as f64).sqrt());
    }
}

fn share(part: f64, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part / whole as f64 }
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
