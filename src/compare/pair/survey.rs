//! The facts of a plan and a history that pairing goes by, each read once.

use super::Context;
use super::marks::Mark;
use super::message::{Header, ScopeMatch, id_words, is_id_word, task_numbers};
use super::paths::{Paths, Touch};
use super::words::{Part, Text, Vocabulary, each_word, stem};
use crate::model::{Commit, History, Plan, Unit};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// The most bytes of a unit's or a commit's body that are read for words.
const MAX_BODY: usize = 4096;
/// The most paths of a commit that are read for words.
const MAX_PATHS: usize = 200;

/// Everything that is known before any two are compared.
pub(super) struct Survey<'a> {
    pub(super) plan: &'a Plan,
    pub(super) history: &'a History,
    pub(super) paths: Paths<'a>,
    pub(super) vocabulary: Vocabulary,
    pub(super) units: Vec<UnitFacts>,
    pub(super) lanes: Vec<LaneFacts>,
    pub(super) candidates: Vec<Candidate<'a>>,
}

/// What is known of one unit.
pub(super) struct UnitFacts {
    /// Its words.
    pub(super) text: Text,
    /// How many patterns it declares, exclusions aside.
    pub(super) patterns: usize,
    /// Where it stands in its lane, 0 to 1.
    pub(super) place: f64,
    /// Its title begins like a look at work that is there already: `Verify …`, `Run …`.
    pub(super) only_looks: bool,
    /// Its title or its type speaks of tests.
    pub(super) about_tests: bool,
    /// Test, implementation and clean-up are expected of it as commits of their own.
    pub(super) test_first: bool,
}

/// What is known of one lane.
pub(super) struct LaneFacts {
    /// Where each candidate stands among those that could be the lane's, 0 to 1.
    pub(super) places: Vec<f64>,
    /// Whether any candidate carries the lane's scope.
    pub(super) has_scoped: bool,
    /// Whether there is just one candidate that could be the lane's.
    pub(super) has_one: bool,
}

/// A commit that may stand for units, and what is known of it.
#[derive(Default)]
pub(super) struct Candidate<'a> {
    /// Index into `History::commits`.
    pub(super) commit: usize,
    /// The type in its subject, in lower case; empty for none.
    pub(super) kind: String,
    /// How its scope stands to each lane's.
    pub(super) scopes: Vec<ScopeMatch>,
    /// Its changes that say something of the work.
    pub(super) touches: Vec<Touch<'a>>,
    /// Its words.
    pub(super) text: Text,
    /// Indices of the units that its message names by number or id.
    pub(super) named: Vec<usize>,
    /// Whether its message names a task that no unit is.
    pub(super) names_others: bool,
    /// Whether it closes a plan (`docs: complete … plan`) and is no work of its own.
    pub(super) closes: bool,
}

impl<'a> Survey<'a> {
    /// Reads the facts; `marks` tells which commits are spoken for already.
    pub(super) fn new(plan: &'a Plan, history: &'a History, context: &Context<'_>, marks: &[Mark]) -> Self {
        let mut vocabulary = Vocabulary::default();
        let units = unit_facts(plan, &mut vocabulary);
        let mut survey = Self {
            plan,
            history,
            paths: Paths::new(plan),
            vocabulary,
            units,
            lanes: Vec::new(),
            candidates: Vec::new(),
        };
        survey.read_candidates(marks, context);
        survey.vocabulary.settle();
        survey.lanes = (0..lane_count(plan))
            .map(|lane| lane_facts(lane, &survey.candidates))
            .collect();
        survey
    }

    fn read_candidates(&mut self, marks: &[Mark], context: &Context<'_>) {
        let names = NamedUnits::new(self.plan);
        let titles = self.title_words();
        let plan = self.plan;
        let scopes: Vec<_> = (0..lane_count(plan)).map(|lane| scope_of(plan, lane)).collect();
        let history = self.history;
        for (index, commit) in history.commits.iter().enumerate() {
            if is_spoken_for(commit, &marks[index]) {
                continue;
            }
            let touches = self.paths.telling(commit, context);
            if touches.is_empty() && !commit.changes.is_empty() {
                continue;
            }
            let subject = commit.subject();
            let mut candidate = Candidate {
                commit: index,
                touches,
                ..describe(&subject, &commit.message, &scopes, &names)
            };
            if self.could_be_ours(&candidate, &subject, &titles) {
                candidate.text = read_commit(&subject, commit, &candidate.touches, &mut self.vocabulary);
                candidate.touches.iter().for_each(|touch| self.paths.count(touch));
                self.candidates.push(candidate);
            }
        }
    }

    /// The words of all titles, so that a commit that shares none can be told at once.
    fn title_words(&self) -> HashSet<u32> {
        let words = self.units.iter().flat_map(|unit| &unit.text.0);
        let heads = words.filter(|(_, part)| *part == Part::Head);
        heads.map(|(number, _)| *number).collect()
    }

    /// Whether a commit has anything in common with any unit. In a long range most have not, and cost no more.
    fn could_be_ours(&self, candidate: &Candidate<'_>, subject: &str, titles: &HashSet<u32>) -> bool {
        let mut shares_word = false;
        each_word(subject, |word| {
            let number = self.vocabulary.find(word);
            shares_word |= number.is_some_and(|number| titles.contains(&number));
        });
        shares_word
            || !candidate.named.is_empty()
            || candidate.scopes.contains(&ScopeMatch::Same)
            || candidate
                .touches
                .iter()
                .any(|touch| !self.paths.facts(touch).hits.is_empty())
    }
}

/// Whether a commit needs no search: a merge, a fixup or revert of a commit of the range, one with a trailer.
fn is_spoken_for(commit: &Commit, mark: &Mark) -> bool {
    commit.is_merge() || mark.fixes.is_some() || mark.reverts.is_some() || !mark.units.is_empty()
}

/// How many lanes there are, those counted that only a unit names.
fn lane_count(plan: &Plan) -> usize {
    let named = plan.units.iter().map(|unit| unit.lane + 1).max();
    plan.lanes.len().max(named.unwrap_or(0))
}

/// The scope that a lane's commits carry, if it has one.
pub(super) fn scope_of(plan: &Plan, lane: usize) -> Option<&str> {
    plan.lanes.get(lane)?.commit_scope.as_deref()
}

/// The scope of a subject that names another plan than any of those at hand.
pub(in crate::compare) fn other_plan(plan: &Plan, subject: &str) -> Option<String> {
    let scope = Header::parse(subject).scope?;
    let mut stands = (0..lane_count(plan)).map(|lane| ScopeMatch::of(Some(scope), scope_of(plan, lane)));
    (lane_count(plan) > 0 && stands.all(|it| it == ScopeMatch::Other)).then(|| scope.to_owned())
}

/// What a commit's message says of it by its form; `scopes` are those that the lanes' commits carry.
fn describe<'a>(subject: &str, message: &str, scopes: &[Option<&str>], names: &NamedUnits) -> Candidate<'a> {
    let header = Header::parse(subject);
    let scope_to = |own: &Option<&str>| ScopeMatch::of(header.scope, *own);
    let (named, names_others) = names.in_message(subject, message);
    Candidate {
        kind: header.kind.unwrap_or_default().to_ascii_lowercase(),
        scopes: scopes.iter().map(scope_to).collect(),
        named,
        names_others,
        closes: closes_plan(&header),
        ..Candidate::default()
    }
}

/// Whether a subject says that a plan is closed: `docs: complete login plan`, `docs(04-01): create SUMMARY.md`.
fn closes_plan(header: &Header<'_>) -> bool {
    let text = header.text.to_lowercase();
    let is_docs = header.kind.is_some_and(|kind| kind.eq_ignore_ascii_case("docs"));
    is_docs && (text.contains("summary") || (text.contains("complete") && text.contains("plan")))
}

fn read_commit(subject: &str, commit: &Commit, touches: &[Touch<'_>], vocabulary: &mut Vocabulary) -> Text {
    let message = commit.message.trim_start();
    let body = message.split_once('\n').map_or("", |(_, body)| body);
    let paths = touches
        .iter()
        .take(MAX_PATHS)
        .filter_map(|touch| touch.change.path.as_str());
    let paths = paths.map(|path| (Part::Path, path));
    let own = [(Part::Head, Header::parse(subject).text), (Part::Body, beginning(body))];
    vocabulary.read(own.into_iter().chain(paths))
}

/// The first bytes of a text, cut between characters.
fn beginning(text: &str) -> &str {
    let mut end = text.len().min(MAX_BODY);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn unit_facts(plan: &Plan, vocabulary: &mut Vocabulary) -> Vec<UnitFacts> {
    let mut in_lane = vec![0_usize; lane_count(plan)];
    let mut facts = Vec::new();
    for unit in &plan.units {
        let position = in_lane[unit.lane];
        in_lane[unit.lane] += 1;
        facts.push(describe_unit(unit, position, vocabulary));
    }
    for (facts, unit) in facts.iter_mut().zip(&plan.units) {
        facts.place = (facts.place + 0.5) / in_lane[unit.lane] as f64;
    }
    facts
}

fn describe_unit(unit: &Unit, position: usize, vocabulary: &mut Vocabulary) -> UnitFacts {
    let patterns = unit.files.iter().map(|file| &file.pattern).filter(|it| !it.excludes());
    let files = patterns.clone().map(|pattern| (Part::Body, pattern.text()));
    let own = [
        (Part::Head, unit.title.as_str()),
        (Part::Body, beginning(&unit.body)),
        (Part::Body, unit.scope.as_deref().unwrap_or_default()),
    ];
    let test_first = is_test_first(unit);
    UnitFacts {
        text: vocabulary.read(own.into_iter().chain(files)),
        patterns: patterns.count(),
        place: position as f64,
        only_looks: only_looks(&unit.title),
        about_tests: !test_first && (has_type(unit, "test") || speaks_of_tests(&unit.title)),
        test_first,
    }
}

fn has_type(unit: &Unit, kind: &str) -> bool {
    unit.commit_type
        .as_deref()
        .is_some_and(|own| own.eq_ignore_ascii_case(kind))
}

/// Whether a unit begins with tests and goes on to more: its type says so, or it is `test` and not all files are tests.
fn is_test_first(unit: &Unit) -> bool {
    let is_test = |text: &str| text.contains("test") || text.contains("spec");
    let only_tests = !unit.files.is_empty() && unit.files.iter().all(|file| is_test(file.pattern.text()));
    has_type(unit, "tdd") || (has_type(unit, "test") && !only_tests)
}

/// Words that begin the title of a unit that looks at work instead of making some.
const LOOKS: &[&str] = &[
    "analyse",
    "analyze",
    "audit",
    "check",
    "confirm",
    "diagnose",
    "end-to-end",
    "identify",
    "inspect",
    "re-run",
    "rerun",
    "review",
    "run",
    "scan",
    "test",
    "validate",
    "validation",
    "verification",
    "verify",
];

fn only_looks(title: &str) -> bool {
    let title = title.to_lowercase();
    let mut words = title
        .split_whitespace()
        .filter(|word| !matches!(*word, "final" | "finally" | "full"));
    let first = words.next().unwrap_or_default();
    let after_and = match (words.next(), words.next()) {
        (Some("and"), Some(word)) if matches!(first, "build" | "bundle" | "compile") => word,
        _ => first,
    };
    LOOKS.contains(&after_and)
}

fn speaks_of_tests(title: &str) -> bool {
    let mut found = false;
    each_word(title, |word| {
        let speaks = |stem: Cow<'_, str>| matches!(&*stem, "test" | "fail" | "coverag" | "regression" | "red");
        found |= stem(word).is_some_and(speaks);
    });
    found
}

fn lane_facts(lane: usize, candidates: &[Candidate<'_>]) -> LaneFacts {
    let ours = |candidate: &&Candidate<'_>| candidate.scopes[lane] != ScopeMatch::Other;
    let count = candidates.iter().filter(ours).count();
    let mut position = 0.0;
    let place = |candidate: &Candidate<'_>| {
        if !ours(&candidate) {
            return 0.5;
        }
        position += 1.0;
        (position - 0.5) / count as f64
    };
    LaneFacts {
        places: candidates.iter().map(place).collect(),
        has_scoped: candidates.iter().any(|it| it.scopes[lane] == ScopeMatch::Same),
        has_one: candidates.iter().filter(ours).filter(|it| !it.closes).count() == 1,
    }
}

/// The units by what a message can call them.
struct NamedUnits {
    by_number: HashMap<u64, Vec<usize>>,
    by_id: HashMap<String, Vec<usize>>,
}

impl NamedUnits {
    fn new(plan: &Plan) -> Self {
        let mut names = Self {
            by_number: HashMap::new(),
            by_id: HashMap::new(),
        };
        for (index, unit) in plan.units.iter().enumerate() {
            if let Ok(number) = unit.id.parse::<u64>() {
                names.by_number.entry(number).or_default().push(index);
            } else if is_id_word(&unit.id) {
                names.by_id.entry(unit.id.to_ascii_lowercase()).or_default().push(index);
            }
        }
        names
    }

    /// The units that the message names, and whether it names a task that none of them is.
    fn in_message(&self, subject: &str, message: &str) -> (Vec<usize>, bool) {
        let mut named = Vec::new();
        let mut names_others = false;
        if !self.by_number.is_empty() {
            for number in task_numbers(message) {
                match self.by_number.get(&number) {
                    Some(units) => named.extend(units),
                    None => names_others = true,
                }
            }
        }
        if !self.by_id.is_empty() {
            let ids = id_words(subject).filter_map(|word| self.by_id.get(&word.to_ascii_lowercase()));
            named.extend(ids.flatten());
        }
        named.sort_unstable();
        named.dedup();
        (named, names_others)
    }
}

#[cfg(test)]
mod tests {
    use super::{Header, closes_plan, only_looks, other_plan, speaks_of_tests};
    use crate::model::{Lane, Plan};

    #[test]
    fn a_subject_names_another_plan_by_a_scope_of_the_same_form() {
        let plan = |scopes: &[Option<&str>]| Plan {
            lanes: scopes
                .iter()
                .map(|scope| Lane {
                    commit_scope: scope.map(ToOwned::to_owned),
                    ..Lane::default()
                })
                .collect(),
            ..Plan::default()
        };
        let named = |scopes: &[Option<&str>], subject: &str| other_plan(&plan(scopes), subject);
        assert_eq!(named(&[Some("04-01")], "feat(04-02): x").as_deref(), Some("04-02"));
        assert_eq!(named(&[Some("04-01"), Some("04-02")], "feat(04-02): x"), None);
        assert_eq!(named(&[Some("04-01")], "feat(login): x"), None);
        assert_eq!(named(&[None], "feat(04-02): x"), None);
        assert_eq!(named(&[], "feat(04-02): x"), None);
    }

    #[test]
    fn a_title_that_only_looks_is_told_by_its_first_word() {
        assert!(only_looks("Verify the login page"));
        assert!(only_looks("Final verification"));
        assert!(only_looks("Build and verify"));
        assert!(!only_looks("Add a check of the token"));
        assert!(!only_looks(""));
    }

    #[test]
    fn titles_speak_of_tests() {
        assert!(speaks_of_tests("Add failing coverage"));
        assert!(!speaks_of_tests("Add the latest page"));
    }

    #[test]
    fn closing_a_plan_is_no_work() {
        let closes = |subject| closes_plan(&Header::parse(subject));
        assert!(closes("docs(04-01): complete login plan"));
        assert!(!closes("feat: complete the plan view"));
        assert!(!closes("docs: explain the login"));
    }
}
