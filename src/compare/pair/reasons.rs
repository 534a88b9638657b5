//! Why a commit stands for a unit, in plain words.

use super::graph::Edge;
use super::matching::{Match, Why};
use super::message::Header;
use super::signs::Belonging;
use super::survey::Survey;
use super::words::{Part, each_word};
use std::collections::HashSet;

/// The most reasons that a unit shows.
const MAX_REASONS: usize = 4;
/// The most words that one reason names.
const MAX_WORDS: usize = 4;
/// The most paths that one reason names.
const MAX_PATHS: usize = 2;

/// The most paths that are read for words, as where pairing reads them.
const MAX_PATHS_READ: usize = 200;

/// One reason and how much it weighs.
struct Reason {
    weight: f64,
    text: String,
}

/// The reasons for a unit's matches, most weighty first.
pub(super) fn reasons(survey: &Survey<'_>, own: &[&Match]) -> Vec<String> {
    let mut all: Vec<Reason> = own.iter().flat_map(|it| of_match(survey, it)).collect();
    all.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let mut seen = HashSet::new();
    let texts = all.into_iter().map(|reason| reason.text);
    texts
        .filter(|text| seen.insert(text.clone()))
        .take(MAX_REASONS)
        .collect()
}

fn of_match(survey: &Survey<'_>, it: &Match) -> Vec<Reason> {
    let name = survey.plan.unit_name(it.unit);
    let mut found = Vec::new();
    let mut add = |weight: f64, text: String| found.push(Reason { weight, text });
    match it.why {
        Why::Trailer => add(100.0, format!("trailer Drift-Unit: {name}")),
        Why::FixesUp(target) => add(
            50.0,
            format!("fixes up \"{}\"", survey.history.commits[target].subject()),
        ),
        Why::OnlyLeft => add(5.0, "only commit left in order".to_owned()),
        Why::Shared => add(5.0, "one commit does the work of several units".to_owned()),
        Why::FollowsUp => add(1.0, "follows up on the unit's own work".to_owned()),
        Why::Best => {}
    }
    if let Some(edge) = &it.edge {
        found.extend(of_edge(survey, edge, &spoken(&name)));
    }
    found
}

fn of_edge(survey: &Survey<'_>, edge: &Edge, name: &str) -> Vec<Reason> {
    let signs = &edge.signs;
    let commit = &survey.history.commits[survey.candidates[edge.candidate].commit];
    let subject = commit.subject();
    let mut found = Vec::new();
    let mut add = |weight: f64, text: Option<String>| found.extend(text.map(|text| Reason { weight, text }));
    add(signs.of_files(), declared_paths(survey, edge, name));
    add(signs.of_words(), shared_words(survey, edge, &subject));
    if signs.named > 0.0 {
        add(2.5, Some(format!("message names {name}")));
    }
    if let (Belonging::SameScope, Some(scope)) = (signs.belonging, Header::parse(&subject).scope) {
        add(1.5, Some(format!("scope {scope} is the plan's")));
    }
    if signs.misses {
        add(0.1, Some(format!("but touches no file that {name} declares")));
    }
    if signs.belonging == Belonging::OtherScope {
        add(0.2, Some("but carries the scope of another plan".to_owned()));
    }
    found
}

/// A unit's name as it stands in a sentence: `unit 2` where it is a number.
fn spoken(name: &str) -> String {
    match name.parse::<u64>() {
        Ok(_) => format!("unit {name}"),
        Err(_) => name.to_owned(),
    }
}

/// `touches src/a.rs and src/b.rs, which U1 declares`, the most exactly declared paths first.
fn declared_paths(survey: &Survey<'_>, edge: &Edge, name: &str) -> Option<String> {
    let mut paths = Vec::new();
    for touch in &survey.candidates[edge.candidate].touches {
        let hits = survey
            .paths
            .facts(touch)
            .hits
            .iter()
            .filter(|hit| hit.unit == edge.unit);
        if let Some(exactness) = hits.map(|hit| hit.exactness).reduce(f64::max) {
            paths.push((exactness, &touch.change.path));
        }
    }
    paths.sort_by(|a, b| b.0.total_cmp(&a.0));
    let shown: Vec<String> = paths.iter().take(MAX_PATHS).map(|(_, path)| path.to_string()).collect();
    let more = paths.len().saturating_sub(MAX_PATHS);
    let list = match (shown.len(), more) {
        (0, _) => return None,
        (_, 0) => shown.join(" and "),
        _ => format!("{} and {more} more", shown.join(", ")),
    };
    Some(format!("touches {list}, which {name} declares"))
}

/// `subject shares "login", "token"`, the words that say most first; the rest of the message where the subject has none,
/// and the paths where the message has none.
fn shared_words(survey: &Survey<'_>, edge: &Edge, subject: &str) -> Option<String> {
    let candidate = &survey.candidates[edge.candidate];
    let paths = candidate.touches.iter().filter_map(|touch| touch.change.path.as_str());
    let paths: Vec<&str> = paths.take(MAX_PATHS_READ).collect();
    let places = [
        ("subject shares", Header::parse(subject).text),
        ("message shares", &survey.history.commits[candidate.commit].message),
        ("paths share", &paths.join("\n")),
    ];
    places.into_iter().find_map(|(place, text)| {
        let words = words_of_unit(survey, edge.unit, text);
        let quoted: Vec<String> = words.iter().take(MAX_WORDS).map(|word| format!("\"{word}\"")).collect();
        (!quoted.is_empty()).then(|| format!("{place} {}", quoted.join(", ")))
    })
}

/// The words of a text that the unit's text holds too, those that say most first.
fn words_of_unit(survey: &Survey<'_>, unit: usize, text: &str) -> Vec<String> {
    let own = &survey.units[unit].text.0;
    let mut found: Vec<(f64, String)> = Vec::new();
    let mut seen = HashSet::new();
    each_word(text, |word| {
        let number = survey.vocabulary.find(word);
        let part = number.and_then(|number| own.iter().find(|(other, _)| *other == number));
        if let Some((number, part)) = part
            && seen.insert(*number)
        {
            let in_title = if *part == Part::Head { 1.0 } else { 0.0 };
            found.push((survey.vocabulary.weight(*number) + in_title, word.to_owned()));
        }
    });
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.into_iter().map(|(_, word)| word).collect()
}
