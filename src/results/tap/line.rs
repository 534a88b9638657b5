//! The lines of the Test Anything Protocol, told apart.

use crate::model::TestOutcome;

/// A line without its indentation.
pub(super) enum Line<'a> {
    /// `TAP version 13`
    Version,
    /// `1..5`, and the reason where all is skipped.
    Plan { last: u64, skipped: Option<&'a str> },
    /// `ok 1 - name # SKIP reason`
    Point(Point),
    /// `Bail out! reason`
    BailOut(&'a str),
    /// `# Subtest: name`
    Subtest(&'a str),
    /// `---`: a block of YAML about the point before it begins.
    Yaml,
    /// `t/name.t .. `: what `prove` says before a program's output.
    Program(&'a str),
    /// `t/name.t .. skipped: reason`
    SkippedProgram { name: &'a str, reason: &'a str },
    /// Anything else: a comment, output, what `prove` says at the end.
    Other(&'a str),
}

/// A test point.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) number: Option<u64>,
    /// What it is called; empty where it is not.
    pub(super) name: String,
    pub(super) outcome: TestOutcome,
    /// Why it was skipped or is to do.
    pub(super) reason: Option<String>,
    pub(super) duration_ms: Option<u64>,
    /// Whether it opens a block of subtests: `ok 1 - name {`.
    pub(super) opens_block: bool,
}

/// How deep a line is indented, in steps of four, and the line without that.
pub(super) fn unindented(line: &str) -> (usize, &str) {
    let spaces = line.len() - line.trim_start_matches(' ').len();
    let steps = spaces / 4;
    (steps, &line[steps * 4..])
}

/// Whether a line at the beginning tells that the text is TAP.
pub(super) fn is_telling(line: &str) -> bool {
    match Line::of(line) {
        Line::Version | Line::Plan { .. } => true,
        Line::Point(point) => point.number.is_some(),
        _ => false,
    }
}

impl<'a> Line<'a> {
    pub(super) fn of(line: &'a str) -> Self {
        let text = line.trim_end();
        if let Some(version) = text.strip_prefix("TAP version ") {
            return if version.parse::<u32>().is_ok() {
                Self::Version
            } else {
                Self::Other(text)
            };
        }
        if let Some(reason) = text.strip_prefix("Bail out!") {
            return Self::BailOut(reason.trim());
        }
        if let Some(name) = text.strip_prefix("# Subtest:") {
            return Self::Subtest(name.trim());
        }
        if line.trim() == "---" {
            return Self::Yaml;
        }
        let found = plan(text).or_else(|| point(text).map(Self::Point));
        found.or_else(|| program(line)).unwrap_or(Self::Other(line))
    }
}

fn plan(text: &str) -> Option<Line<'_>> {
    let rest = text.strip_prefix("1..")?;
    let (number, comment) = rest
        .split_once('#')
        .map_or((rest, None), |(number, rest)| (number, Some(rest.trim())));
    let last = number.trim().parse().ok()?;
    let skipped = comment.and_then(|comment| directive(comment, "skip"));
    Some(Line::Plan { last, skipped })
}

fn program(line: &str) -> Option<Line<'_>> {
    if let Some((name, reason)) = line.trim_end().split_once(" skipped: ") {
        return match program(name)? {
            Line::Program(name) => Some(Line::SkippedProgram { name, reason }),
            _ => None,
        };
    }
    let (name, dots) = line.trim_end().rsplit_once(' ')?;
    let is_header = dots.len() >= 2 && dots.bytes().all(|byte| byte == b'.') && !name.contains(' ');
    is_header.then_some(Line::Program(name))
}

fn point(text: &str) -> Option<Point> {
    let (is_ok, rest) = match text.strip_prefix("not ok") {
        Some(rest) => (false, rest),
        None => (true, text.strip_prefix("ok")?),
    };
    if !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
        return None;
    }
    let rest = rest.trim_start();
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number: Option<u64> = rest[..digits].parse().ok();
    let rest = if number.is_some() { &rest[digits..] } else { rest };
    let rest = rest.trim();
    let opens_block = rest == "{" || rest.ends_with(" {");
    let rest = rest.strip_suffix('{').filter(|_| opens_block).unwrap_or(rest);
    let (name, comment) = split_directive(rest.trim_end());
    let name = name
        .strip_prefix("- ")
        .or(name.strip_prefix('-').filter(|it| it.is_empty()))
        .unwrap_or(name);
    let skip = comment.and_then(|comment| directive(comment, "skip"));
    let todo = comment.and_then(|comment| directive(comment, "todo"));
    let reason = skip.or(todo);
    let outcome = match (is_ok, reason) {
        (_, Some(_)) => TestOutcome::Skipped,
        (true, None) => TestOutcome::Passed,
        (false, None) => TestOutcome::Failed,
    };
    Some(Point {
        number,
        name: unescaped(name.trim()),
        outcome,
        reason: reason.filter(|reason| !reason.is_empty()).map(str::to_owned),
        duration_ms: comment.and_then(duration),
        opens_block,
    })
}

/// The description, and what stands behind the last ` # ` that is a directive or a time.
fn split_directive(text: &str) -> (&str, Option<&str>) {
    let is_escaped = |at: usize| text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
    for (at, _) in text.match_indices('#') {
        let begins = at == 0 || text[..at].ends_with([' ', '\t']);
        let comment = text[at + 1..].trim();
        let means =
            directive(comment, "skip").is_some() || directive(comment, "todo").is_some() || duration(comment).is_some();
        if begins && means && !is_escaped(at) {
            return (text[..at].trim_end(), Some(comment));
        }
    }
    (text, None)
}

/// What follows the directive's word, where the comment begins with it: `SKIP`, `skipped: why`, `TODO why`.
fn directive<'a>(comment: &'a str, word: &str) -> Option<&'a str> {
    let begins = comment.get(..word.len())?.eq_ignore_ascii_case(word);
    let rest = &comment[word.len()..];
    // `skipped` and `skip:` are as common as the bare word; `skipping` and `todos` are words of a description.
    let is_past = word == "skip" && rest.get(..3).is_some_and(|ending| ending.eq_ignore_ascii_case("ped"));
    let rest = if is_past { &rest[3..] } else { rest };
    let ends = rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
    (begins && ends).then(|| rest.trim_start_matches([':', ' ', '\t']))
}

/// `time=12.3ms`, as node-tap and bats write it.
fn duration(comment: &str) -> Option<u64> {
    let value = comment.strip_prefix("time=")?;
    let value = value.split_whitespace().next()?;
    let (number, factor) = match value.strip_suffix("ms") {
        Some(number) => (number, 1.0),
        None => (value.strip_suffix('s')?, 1000.0),
    };
    let milliseconds = (number.parse::<f64>().ok()? * factor).round();
    (0.0..1e15).contains(&milliseconds).then_some(milliseconds as u64)
}

fn unescaped(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut characters = name.chars().peekable();
    while let Some(c) = characters.next() {
        match (c, characters.peek()) {
            ('\\', Some('#' | '\\')) => out.extend(characters.next()),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Line, Point, point};
    use crate::model::TestOutcome::{self, Failed, Passed, Skipped};

    fn found(text: &str) -> Option<(Option<u64>, String, TestOutcome, Option<String>)> {
        point(text).map(
            |Point {
                 number,
                 name,
                 outcome,
                 reason,
                 ..
             }| (number, name, outcome, reason),
        )
    }

    #[test]
    fn points_are_read_however_they_are_written() {
        let some = |number, name: &str, outcome, reason: Option<&str>| {
            Some((number, name.to_owned(), outcome, reason.map(str::to_owned)))
        };
        assert_eq!(found("ok"), some(None, "", Passed, None));
        assert_eq!(found("not ok 2"), some(Some(2), "", Failed, None));
        assert_eq!(found("ok 3 - a - b"), some(Some(3), "a - b", Passed, None));
        assert_eq!(found("ok 4 name"), some(Some(4), "name", Passed, None));
        assert_eq!(found("ok - name"), some(None, "name", Passed, None));
        assert_eq!(
            found("ok 5 # skip not here"),
            some(Some(5), "", Skipped, Some("not here"))
        );
        assert_eq!(
            found("ok 6 - a # SKIPPED: why"),
            some(Some(6), "a", Skipped, Some("why"))
        );
        assert_eq!(found("not ok 7 - a # TODO"), some(Some(7), "a", Skipped, None));
        assert_eq!(
            found(r"ok 8 - a \# SKIP b \\ # b"),
            some(Some(8), r"a # SKIP b \ # b", Passed, None)
        );
        assert_eq!(
            found("ok 9 - issue #12 # time=3ms"),
            some(Some(9), "issue #12", Passed, None)
        );
        assert_eq!(found("ok 10 - outer {"), some(Some(10), "outer", Passed, None));
        assert_eq!(
            found("ok 11 - skipping # skipping stones"),
            some(Some(11), "skipping # skipping stones", Passed, None)
        );
        assert_eq!(found("okay 1"), None);
    }

    #[test]
    fn plans_and_programs_are_told_apart() {
        assert!(matches!(Line::of("1..3"), Line::Plan { last: 3, skipped: None }));
        assert!(matches!(
            Line::of("1..0 # SKIP why"),
            Line::Plan {
                last: 0,
                skipped: Some("why")
            }
        ));
        assert!(matches!(Line::of("t/a.t .... "), Line::Program("t/a.t")));
        assert!(matches!(Line::of("1..x"), Line::Other(_)));
    }
}
