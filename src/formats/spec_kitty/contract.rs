//! `contracts/*.md`: clauses `C1 — title`, each with its sentences, its owners and its tests.
//!
//! The text may be the original Markdown, or one that lost its marks on the way through HTML: then headings are plain
//! lines, and the items of a list stand behind the words that they belonged to. So owners and tests are looked for in all
//! that stands below a clause; in Markdown a test file must exist only where it stands in the list of tests.

use crate::formats::problems::Problems;
use crate::model::{Clause, Expectation, ExpectationKind, Normativity, PathPattern, PlanLocation, PlannedTest};
use std::collections::BTreeSet;
use std::ops::Range;

/// What a contract promises.
#[derive(Clone, Debug, Default)]
pub(super) struct Contract {
    /// The clauses that bind.
    pub clauses: Vec<Clause>,
    /// Which packages own which clause: the package's id and the clause's.
    pub owners: Vec<(String, String)>,
    /// The test files that the clauses name.
    pub tests: Vec<PlannedTest>,
    /// That those files exist.
    pub expectations: Vec<Expectation>,
    /// What the contract says it is not about.
    pub non_goals: Vec<String>,
    /// Clauses that were struck, by id and title.
    pub struck: Vec<String>,
}

/// A part of the text: a clause, the non-goals, or anything else.
struct Section<'t> {
    kind: SectionKind<'t>,
    heading: Range<usize>,
    body: Range<usize>,
}

enum SectionKind<'t> {
    Clause { id: &'t str, title: &'t str },
    NonGoals,
}

/// Whether the text has clauses: two at least, or one in a text that calls itself a contract.
pub(super) fn is_contract(text: &str) -> bool {
    let marked = has_headings(text);
    let mut lines = text.lines().map(str::trim_end).filter(|line| !line.is_empty());
    let calls_itself_so = lines.next().is_some_and(|line| {
        line.trim_start_matches('#')
            .trim_start()
            .to_lowercase()
            .starts_with("contract")
    });
    let clauses = text
        .lines()
        .filter(|line| clause_heading(line, marked).is_some())
        .count();
    clauses >= 2 || (clauses == 1 && calls_itself_so)
}

/// Whether headings have their marks.
fn has_headings(text: &str) -> bool {
    text.lines()
        .any(|line| line.starts_with("## ") || line.starts_with("### "))
}

/// Id and title of a line that opens a clause. Without marks only a long dash tells it from prose.
fn clause_heading(line: &str, marked: bool) -> Option<(&str, &str)> {
    let rest = line.trim_start_matches('#');
    let has_mark = rest.len() < line.len();
    if has_mark != marked || (has_mark && !rest.starts_with(' ')) {
        return None;
    }
    let rest = rest.trim();
    let rest = rest.trim_start_matches(['*', '~', '`']);
    let (id, behind) = rest.split_at(id_length(rest)?);
    let behind = behind.trim_start_matches(['*', '`']);
    let divided = [" — ", " – "].iter().find_map(|dash| behind.strip_prefix(dash));
    let divided = divided.or_else(|| {
        let marks = [": ", " - ", ". ", " ("];
        marks
            .iter()
            .find_map(|mark| behind.strip_prefix(mark))
            .filter(|_| marked)
    });
    let title = divided?.trim().trim_matches(['*', '~', ' ']);
    (!title.is_empty()).then_some((id, title))
}

/// The length of the id in front of `text`: `C1`, `C-1`, `C-SEAM-1`.
fn id_length(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('C')?;
    let rest = rest.strip_prefix('-').unwrap_or(rest);
    let word = rest.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = match rest[word..].strip_prefix('-') {
        Some(behind) if word > 0 && text.starts_with("C-") => behind,
        _ => rest,
    };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    (1..=4).contains(&digits).then(|| text.len() - rest.len() + digits)
}

fn is_non_goals(line: &str, marked: bool) -> bool {
    let rest = line.trim_start_matches('#');
    if (rest.len() < line.len()) != marked {
        return false;
    }
    let plain = rest.trim().trim_matches('*').to_lowercase();
    let begins = ["non-goals", "non goals", "out of scope", "out-of-scope"];
    begins.iter().any(|words| {
        plain
            .strip_prefix(words)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '(', ':']))
    })
}

/// The sections, each up to the next one or, in Markdown, the next heading of its own rank.
fn sections(text: &str) -> Vec<Section<'_>> {
    let marked = has_headings(text);
    let mut found: Vec<Section<'_>> = Vec::new();
    let mut rank = usize::MAX;
    let mut open = false;
    let mut fenced = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = at..at + line.len();
        at = span.end;
        let line = line.trim_end();
        fenced ^= line.trim_start().starts_with("```");
        let marks = line.bytes().take_while(|&byte| byte == b'#').count();
        let kind = match clause_heading(line, marked) {
            _ if fenced => None,
            Some((id, title)) => Some(SectionKind::Clause { id, title }),
            None => is_non_goals(line, marked).then_some(SectionKind::NonGoals),
        };
        if let Some(kind) = kind {
            let heading = span.start..span.start + line.len();
            found.push(Section {
                kind,
                heading,
                body: span.end..span.end,
            });
            (rank, open) = (marks, true);
        } else if !fenced && marks > 0 && marks <= rank {
            open = false;
        } else if open && let Some(section) = found.last_mut() {
            section.body.end = span.end;
        }
    }
    found
}

/// Reads the clauses, and says which id stands twice.
pub(super) fn read(text: &str, problems: &mut Problems) -> Contract {
    let mut contract = Contract::default();
    let mut seen = BTreeSet::new();
    for section in sections(text) {
        let body = &text[section.body.clone()];
        match section.kind {
            SectionKind::NonGoals => contract.non_goals.extend(items(body)),
            SectionKind::Clause { id, title } if is_struck(&text[section.heading.clone()]) => {
                contract.struck.push(format!("{id} — {title}"));
            }
            SectionKind::Clause { id, title } => {
                let location = problems.place(id, section.heading.clone());
                if !seen.insert(id.to_owned()) {
                    problems.invalid(
                        &location,
                        format!("another clause is called `{id}` already"),
                        "give each its own id",
                    );
                    continue;
                }
                contract.add(id, title, body, &location, has_headings(text));
            }
        }
    }
    contract
}

/// Whether a heading says that its clause no longer binds.
fn is_struck(heading: &str) -> bool {
    heading.contains("STRUCK")
        || heading.contains("~~")
        || heading.contains("(struck)")
        || heading.contains("WITHDRAWN")
}

impl Contract {
    fn add(&mut self, id: &str, title: &str, body: &str, location: &PlanLocation, marked: bool) {
        self.clauses.push(Clause {
            id: id.to_owned(),
            title: title.to_owned(),
            normativity: normativity(title, body),
            location: location.clone(),
            ..Clause::default()
        });
        self.owners
            .extend(owners(body).into_iter().map(|owner| (owner, id.to_owned())));
        for (path, is_listed) in test_files(body, marked) {
            self.add_test(path, id, location);
            let pattern = PathPattern::parse(path).ok().filter(|_| is_listed);
            self.expectations.extend(pattern.map(|pattern| Expectation {
                kind: ExpectationKind::Exists(pattern),
                provides: format!("a test of {id} — {title}"),
                location: location.clone(),
            }));
        }
    }

    fn add_test(&mut self, path: &str, clause: &str, location: &PlanLocation) {
        if let Some(known) = self.tests.iter_mut().find(|test| test.id == path) {
            known.clauses.push(clause.to_owned());
            return;
        }
        self.tests.push(PlannedTest {
            id: path.to_owned(),
            suite: None,
            name: path.to_owned(),
            required: false,
            clauses: vec![clause.to_owned()],
            location: location.clone(),
        });
    }
}

/// The strongest word of RFC 2119 in the clause; one that has none binds.
fn normativity(title: &str, body: &str) -> Normativity {
    let has = |wanted: &str| {
        let mut words = title.split(is_no_letter).chain(body.split(is_no_letter));
        words.any(|word| word == wanted)
    };
    if has("MUST") || has("SHALL") {
        Normativity::Must
    } else if has("SHOULD") {
        Normativity::Should
    } else if has("MAY") {
        Normativity::May
    } else {
        Normativity::Must
    }
}

fn is_no_letter(c: char) -> bool {
    !c.is_alphanumeric()
}

/// The packages of which the text says that they own something: `WP01 owns …`, `WP01, WP02 and WP03 own …`.
fn owners(body: &str) -> Vec<String> {
    let plain = |word: &str| word.trim_matches(['*', '`', '(', ')', '_', '.', ';', ':']).to_owned();
    let words: Vec<String> = body.split_whitespace().map(plain).collect();
    let mut found: Vec<String> = Vec::new();
    for at in (1..words.len()).filter(|&at| matches!(words[at].as_str(), "own" | "owns")) {
        if !super::document::is_package_id(&words[at - 1]) {
            continue;
        }
        let listed = words[..at].iter().rev().map(|word| word.trim_end_matches(','));
        let listed =
            listed.take_while(|word| super::document::is_package_id(word) || matches!(*word, "and" | "&" | "+"));
        let mut ids: Vec<&str> = listed.filter(|word| super::document::is_package_id(word)).collect();
        ids.reverse();
        for id in ids {
            if !found.iter().any(|it| it == id) {
                found.push(id.to_owned());
            }
        }
    }
    found
}

/// The test files that a clause names, and whether they stand in its list of tests: in Markdown that is behind the word
/// which begins it.
fn test_files(body: &str, marked: bool) -> Vec<(&str, bool)> {
    let mut found: Vec<(&str, bool)> = Vec::new();
    let mut in_tests = !marked;
    for line in body.lines() {
        in_tests |= begins_tests(line);
        let words = line.split(|c: char| c.is_whitespace() || "`'\"()[],;".contains(c));
        for word in words.map(without_anchor).filter(|word| is_test_file(word)) {
            match found.iter_mut().find(|(known, _)| *known == word) {
                Some((_, is_listed)) => *is_listed |= in_tests,
                None => found.push((word, in_tests)),
            }
        }
    }
    found
}

fn begins_tests(line: &str) -> bool {
    let plain = line
        .trim_start_matches(|c: char| c.is_whitespace() || "-*#•>".contains(c))
        .to_lowercase();
    ["test", "verif", "enforced by"]
        .iter()
        .any(|word| plain.starts_with(word))
}

/// A path without the line, the test or the mark of a sentence behind it: `a_test.py:12`, `a.py::test_x`, `a.py.`.
fn without_anchor(word: &str) -> &str {
    let word = word.split("::").next().unwrap_or(word);
    let word = word.split(':').next().unwrap_or(word);
    word.trim_matches(['*', '.', '_']).trim_start_matches("./")
}

fn is_test_file(word: &str) -> bool {
    let Some((folder, name)) = word.rsplit_once('/') else {
        return false;
    };
    let Some((stem, extension)) = name.rsplit_once('.') else {
        return false;
    };
    let is_plain = word
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"_-./@+".contains(&byte));
    let is_named_so = stem.starts_with("test_")
        || stem.ends_with("_test")
        || stem.ends_with(".test")
        || stem.ends_with(".spec")
        || stem.ends_with("_spec");
    let is_code = !extension.is_empty() && extension.len() <= 4 && extension.bytes().all(|it| it.is_ascii_lowercase());
    is_plain && is_code && !folder.is_empty() && !word.contains("..") && is_named_so
}

/// The items of a list, each on one line; paragraphs where there is no list.
fn items(body: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in body.lines() {
        let plain = line.trim();
        let item = ["- ", "* ", "• "].iter().find_map(|mark| plain.strip_prefix(mark));
        match (item, found.last_mut()) {
            _ if plain.is_empty() => found.push(String::new()),
            (Some(item), _) => found.push(item.to_owned()),
            (None, Some(last)) if !last.is_empty() => {
                last.push(' ');
                last.push_str(plain);
            }
            (None, _) => found.push(plain.to_owned()),
        }
    }
    found.retain(|item| !item.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::{Problems, clause_heading, is_contract, owners, read, test_files};
    use crate::model::Normativity;

    #[test]
    fn a_clause_opens_with_its_id_and_a_dash() {
        assert_eq!(
            clause_heading("## C0 — Safe entry (FR-011)", true),
            Some(("C0", "Safe entry (FR-011)"))
        );
        assert_eq!(clause_heading("## C-4: Precedence", true), Some(("C-4", "Precedence")));
        assert_eq!(clause_heading("C12 — Bare", false), Some(("C12", "Bare")));
        assert_eq!(clause_heading("C12: Bare", false), None);
        assert_eq!(clause_heading("## C-SEAM-1 — Reads", true), Some(("C-SEAM-1", "Reads")));
        assert_eq!(clause_heading("## C-SEAM — Reads", true), None);
        assert_eq!(clause_heading("## C-005 handoff — words", true), None);
        assert_eq!(clause_heading("## Context — words", true), None);
        assert_eq!(clause_heading("#C1 — no heading", true), None);
    }

    #[test]
    fn a_clause_has_its_word_its_owners_and_its_tests() {
        let text = "# Contract: x\n\n## C1 — One\n\n- It SHOULD be so. `tests/a/test_no.py` is old.\n- **Ownership:** WP01 owns this;\n  WP03 owns the rest.\n- **Tests:**\n  - extend `tests/a/test_one.py:12` and tests/b/test_two.py::test_x.\n\n## Notes\n\ntests/c/test_three.py\n";
        let contract = read(text, &mut Problems::new(0));
        assert_eq!(contract.clauses[0].normativity, Normativity::Should);
        assert_eq!(
            contract.owners,
            [("WP01".into(), "C1".into()), ("WP03".into(), "C1".into())]
        );
        let ids: Vec<&str> = contract.tests.iter().map(|test| test.id.as_str()).collect();
        assert_eq!(
            ids,
            ["tests/a/test_no.py", "tests/a/test_one.py", "tests/b/test_two.py"]
        );
        assert_eq!(contract.expectations.len(), 2);
    }

    #[test]
    fn without_marks_all_below_the_clause_counts() {
        let text = "C1 — One\n\nsee tests/a/test_one.py\n\n  • It MUST hold\n\nC2 — Two — STRUCK\n\ntests/a/test_two.py\n\nNon-goals (explicit)\n\n  • No change\n  to it\n  • None else\n";
        assert!(is_contract(text));
        let contract = read(text, &mut Problems::new(0));
        assert_eq!(contract.clauses.len(), 1);
        assert_eq!(contract.struck, ["C2 — Two — STRUCK"]);
        assert_eq!(contract.non_goals, ["No change to it", "None else"]);
        assert_eq!(
            test_files("see tests/a/test_one.py", false),
            [("tests/a/test_one.py", true)]
        );
        assert_eq!(owners("nobody owns WP01, own it"), Vec::<String>::new());
        assert_eq!(
            owners("**Ownership:** WP01, `WP02` and WP03 own it"),
            ["WP01", "WP02", "WP03"]
        );
    }
}
