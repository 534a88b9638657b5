//! How plans ask whether something stands in a text: as a word, as a literal text or list, as an expression.

use super::prose::{is_prose, without_noun};
use crate::model::Outcome;
use regex::{Regex, RegexBuilder};

/// The largest automaton that a plan's expression may become, in bytes.
const MAX_AUTOMATON: usize = 10 << 20;
/// How many lines are looked at together, so that an expression finds what is wrapped; a `.` crosses them.
const WINDOW_LINES: usize = 10;

/// Whether `word` stands in `text` and is not a part of a longer word.
pub(super) fn has_word(text: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    let opens = word.chars().next().is_some_and(is_part);
    let closes = word.chars().next_back().is_some_and(is_part);
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        let goes_on = (opens && before.is_some_and(is_part)) || (closes && after.is_some_and(is_part));
        !goes_on
    })
}

/// Whether the text holds one of the alternatives, or all of them with the `|` between that the plan wrote.
///
/// Planners write more than literal texts: one that holds `.*` is an expression too, and one that lists names with
/// commas between (`getDb, MIGRATIONS`) asks for each name. What tells of the file in words (`list of all commands`) and
/// does not stand there is nothing that could be judged.
pub(super) fn contains(text: &str, alternatives: &[String]) -> Outcome {
    let whole = alternatives.join("|");
    if holds(text, &whole) || alternatives.iter().any(|wanted| holds(text, wanted)) {
        return Outcome::Met;
    }
    if !alternatives.is_empty() && alternatives.iter().all(|wanted| is_prose(wanted)) {
        return Outcome::Unchecked(format!("`{}` is prose", whole_text(alternatives)));
    }
    match alternatives {
        [] => Outcome::Unchecked("the plan names no text to look for".to_owned()),
        [wanted] => {
            listed_names(text, wanted).unwrap_or_else(|| unmet(&format!("it does not contain `{}`", wanted.trim())))
        }
        several => {
            // The plan's text as a whole may stand among its own parts.
            let parts = several
                .iter()
                .filter(|wanted| !wanted.contains('|') || several.len() < 3);
            let named: Vec<String> = parts.map(|wanted| format!("`{}`", wanted.trim())).collect();
            unmet(&format!("it contains none of {}", named.join(", ")))
        }
    }
}

fn holds(text: &str, wanted: &str) -> bool {
    let is_expression = wanted.contains(".*") || wanted.contains(".+");
    let all_of = |parts: &[&str]| parts.len() > 1 && parts.iter().all(|part| text.contains(part));
    !wanted.trim().is_empty()
        && (text.contains(wanted.trim())
            || (is_expression && Expression::read(wanted).is_ok_and(|it| it.is_match(text)))
            || without_noun(wanted).is_some_and(|bare| text.contains(bare))
            || all_of(&divided(wanted)))
}

/// The plan's text, which may stand first among its own parts.
fn whole_text(alternatives: &[String]) -> &str {
    alternatives.first().map_or("", |first| first.trim())
}

/// The parts between commas that stand in no brackets or quotes; none where a bracket or quote is left open.
fn divided(wanted: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth, mut quote) = (Vec::new(), 0, 0_usize, None);
    for (at, letter) in wanted.char_indices() {
        match (quote, letter) {
            (Some(open), _) if open == letter => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'' | '`') => quote = Some(letter),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth = depth.saturating_sub(1),
            (None, ',') if depth == 0 => {
                parts.push(wanted[start..at].trim());
                start = at + 1;
            }
            (None, _) => {}
        }
    }
    parts.push(wanted[start..].trim());
    parts.retain(|part| !part.is_empty());
    if depth > 0 || quote.is_some() {
        parts.clear();
    }
    parts
}

/// What becomes of a list of names; `None` where the wanted text is none.
fn listed_names(text: &str, wanted: &str) -> Option<Outcome> {
    if !wanted.contains(", ") || wanted.contains(['(', ')', '{', '}', '[', ']', '<', '>', '=', ';', '"', '\'']) {
        return None;
    }
    let parts = wanted.split(',').map(str::trim);
    let names: Vec<&str> = parts
        .filter(|part| !part.is_empty() && !part.contains(char::is_whitespace))
        .collect();
    if names.is_empty() {
        return Some(Outcome::Unchecked(format!("`{}` is a list of prose", wanted.trim())));
    }
    let missing: Vec<String> = names
        .iter()
        .filter(|name| !text.contains(**name))
        .map(|it| format!("`{it}`"))
        .collect();
    match missing.is_empty() {
        true => Some(Outcome::Met),
        false => Some(unmet(&format!("it does not contain {}", missing.join(", ")))),
    }
}

fn unmet(why: &str) -> Outcome {
    Outcome::Unmet(vec![why.to_owned()])
}

/// A plan's regular expression, written for JavaScript.
pub(super) struct Expression {
    in_lines: Regex,
    across_lines: Regex,
}

impl Expression {
    /// Reads the expression, with braces that repeat nothing taken letter by letter as JavaScript does; or says why it
    /// can't be read.
    pub fn read(pattern: &str) -> Result<Self, String> {
        let build = |text: &str, across: bool| {
            RegexBuilder::new(text)
                .dot_matches_new_line(across)
                .size_limit(MAX_AUTOMATON)
                .dfa_size_limit(MAX_AUTOMATON)
                .build()
        };
        let both = |text: &str| {
            Ok(Self {
                in_lines: build(text, false)?,
                across_lines: build(text, true)?,
            })
        };
        both(pattern).or_else(|error| both(&escape_lone_braces(pattern)).map_err(|_| last_line(&error)))
    }

    /// Whether the expression matches, with a `.` that may reach over the end of a line to one of the next few.
    pub fn is_match(&self, text: &str) -> bool {
        if self.in_lines.is_match(text) {
            return true;
        }
        if !self.across_lines.is_match(text) {
            return false;
        }
        let mut starts: Vec<usize> = vec![0];
        starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
        let windows = (0..starts.len()).step_by(WINDOW_LINES / 2);
        windows
            .map(|line| (starts[line], *starts.get(line + WINDOW_LINES).unwrap_or(&text.len())))
            .any(|(from, to)| self.across_lines.is_match(&text[from..to]))
    }
}

fn last_line(error: &regex::Error) -> String {
    let text = error.to_string();
    let line = text.lines().next_back().unwrap_or_default();
    line.trim_start_matches("error: ").to_owned()
}

fn escape_lone_braces(pattern: &str) -> String {
    let mut escaped = String::with_capacity(pattern.len() + 8);
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '\\' => rest.chars().take(2).map(char::len_utf8).sum(),
            '{' => repetition_length(rest).unwrap_or_else(|| {
                escaped.push('\\');
                1
            }),
            '}' => {
                escaped.push('\\');
                1
            }
            other => other.len_utf8(),
        };
        escaped.push_str(&rest[..taken]);
        rest = &rest[taken..];
    }
    escaped
}

/// The length of `{2}`, `{2,}` or `{2,3}` at the beginning of the text.
fn repetition_length(text: &str) -> Option<usize> {
    let end = text.find('}')?;
    let counts = &text[1..end];
    let is_repetition = counts.starts_with(|c: char| c.is_ascii_digit())
        && counts.chars().all(|c| c.is_ascii_digit() || c == ',')
        && counts.matches(',').count() <= 1;
    is_repetition.then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::{Expression, contains, escape_lone_braces, has_word, unmet};
    use crate::model::Outcome;

    fn wants(text: &str, wanted: &str) -> Outcome {
        contains(text, &[wanted.to_owned()])
    }

    fn matches(pattern: &str, text: &str) -> bool {
        Expression::read(pattern).ok().unwrap().is_match(text)
    }

    #[test]
    fn a_name_stands_as_a_word() {
        assert!(has_word("export const login = 1", "login"));
        assert!(!has_word("export const loginForm = 1", "login"));
        assert!(has_word("loginForm login", "login"));
        assert!(has_word("app.get('/api/x')", "/api/x"));
        assert!(has_word("é(x)", "é"));
    }

    #[test]
    fn one_alternative_or_the_whole_text_is_enough() {
        let wanted = ["a ".to_owned(), " b".to_owned()];
        assert_eq!(contains("x b x", &wanted), Outcome::Met);
        assert_eq!(contains("x|a | b|x", &wanted), Outcome::Met);
        assert_eq!(contains("c", &wanted), unmet("it contains none of `a`, `b`"));
        assert_eq!(contains("c", &wanted[..1]), unmet("it does not contain `a`"));
    }

    #[test]
    fn an_expression_in_place_of_a_text_is_one() {
        assert_eq!(wants("describe('login')", "describe.*login"), Outcome::Met);
        assert_eq!(
            wants("describe", "describe.*login"),
            unmet("it does not contain `describe.*login`")
        );
    }

    #[test]
    fn a_list_asks_for_each_of_its_names() {
        assert_eq!(wants("fn a() fn b()", "a, b, some prose"), Outcome::Met);
        assert_eq!(wants("fn a()", "a, b"), unmet("it does not contain `b`"));
        assert_eq!(wants("fn a()", "f(a, b)"), unmet("it does not contain `f(a, b)`"));
        assert!(matches!(wants("x", "some prose, more prose"), Outcome::Unchecked(_)));
    }

    #[test]
    fn a_list_may_hold_code() {
        assert_eq!(wants("refresh() if (a === 'x')", "refresh, a === 'x'"), Outcome::Met);
        assert_eq!(wants("f(b, a)", "f(a, b)"), unmet("it does not contain `f(a, b)`"));
    }

    #[test]
    fn a_noun_behind_a_name_is_no_part_of_it() {
        assert_eq!(wants("if (argv.includes('--force'))", "--force flag"), Outcome::Met);
        assert_eq!(wants("x", "--force flag"), unmet("it does not contain `--force flag`"));
    }

    #[test]
    fn prose_that_does_not_stand_there_is_unchecked() {
        for prose in [
            "Array of {file, line, reason}",
            "list of all commands with a route",
            "no clarification prompts",
            "pass/fail for each command",
            "only items relevant to current state",
        ] {
            assert!(matches!(wants("x", prose), Outcome::Unchecked(_)), "{prose}");
            assert_eq!(wants(&format!("# {prose}"), prose), Outcome::Met, "{prose}");
        }
    }

    #[test]
    fn code_of_several_words_is_no_prose() {
        for code in [
            "fn login",
            "for item in items:",
            "export default function main",
            "import a from b",
            "## List of commands",
            "SELECT a FROM b WHERE c",
            "only x",
        ] {
            assert!(matches!(wants("x", code), Outcome::Unmet(_)), "{code}");
        }
    }

    #[test]
    fn braces_that_repeat_nothing_are_letters() {
        assert_eq!(escape_lone_braces(r"import {a} x{2} \{"), r"import \{a\} x{2} \{");
        assert!(matches("import { login }", "import { login } from 'x'"));
        assert!(Expression::read("(?=login)").err().unwrap().contains("look-around"));
    }

    #[test]
    fn an_expression_reaches_over_a_few_lines() {
        let wrapped = |lines: usize| format!("import {{{}}} from './login'", "\n  a,".repeat(lines));
        assert!(matches("import.*login", &wrapped(4)));
        assert!(!matches("import.*login", &wrapped(40)));
    }
}
