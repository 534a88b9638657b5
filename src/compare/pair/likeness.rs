//! How alike the words of a commit are to those of each unit.
//!
//! Texts are compared by the cosine of their weighted words: 1 where they hold the same words, 0 where they share none.
//! All units are compared at once, over an index of which units hold which words.

use super::survey::Survey;
use super::words::{Part, Text, Vocabulary};

/// How alike one unit and one commit are; shares from 0 to 1.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Alike {
    /// Title and subject.
    pub(super) title: f64,
    /// All that both say.
    pub(super) text: f64,
    /// How much of the title the commit holds anywhere.
    pub(super) contained: f64,
}

/// Which units hold which words, with all that comparing needs.
pub(super) struct Likeness {
    holders: Vec<Vec<Holder>>,
    title_norms: Vec<f64>,
    text_norms: Vec<f64>,
    title_sums: Vec<f64>,
}

/// A unit that holds a word.
struct Holder {
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

impl Likeness {
    /// Reads the words of all units.
    pub(super) fn new(survey: &Survey<'_>) -> Self {
        let units = survey.units.len();
        let mut likeness = Self {
            holders: (0..survey.vocabulary.len()).map(|_| Vec::new()).collect(),
            title_norms: vec![0.0; units],
            text_norms: vec![0.0; units],
            title_sums: vec![0.0; units],
        };
        for (unit, facts) in survey.units.iter().enumerate() {
            for &(word, part) in &facts.text.0 {
                likeness.add(unit, word, part == Part::Head, survey.vocabulary.weight(word));
            }
        }
        likeness
    }

    fn add(&mut self, unit: usize, word: u32, in_title: bool, weight: f64) {
        self.holders[word as usize].push(Holder { unit, in_title });
        self.text_norms[unit] += (unit_part(in_title) * weight).powi(2);
        if in_title {
            self.title_norms[unit] += weight * weight;
            self.title_sums[unit] += weight;
        }
    }

    /// Compares a commit's text with all units; `alike` is parallel to them and starts from zero.
    pub(super) fn compare(&self, text: &Text, vocabulary: &Vocabulary, alike: &mut [Alike]) {
        let (mut subject_norm, mut text_norm) = (0.0, 0.0);
        for &(word, part) in &text.0 {
            let weight = vocabulary.weight(word);
            let own = commit_part(part) * weight;
            let in_subject = if part == Part::Head { weight * weight } else { 0.0 };
            subject_norm += in_subject;
            text_norm += own * own;
            for holder in &self.holders[word as usize] {
                let alike = &mut alike[holder.unit];
                alike.text += own * unit_part(holder.in_title) * weight;
                if holder.in_title {
                    alike.title += in_subject;
                    alike.contained += weight;
                }
            }
        }
        for (unit, alike) in alike.iter_mut().enumerate() {
            alike.title = ratio(alike.title, (self.title_norms[unit] * subject_norm).sqrt());
            alike.text = ratio(alike.text, (self.text_norms[unit] * text_norm).sqrt());
            alike.contained = ratio(alike.contained, self.title_sums[unit]);
        }
    }
}

fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}
