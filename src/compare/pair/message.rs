//! What a commit's message says by its form: type and scope of the subject, trailers, fixups, reverts, named units.

use bstr::ByteSlice;

/// The name of the trailer that says which unit a commit stands for.
const UNIT_TRAILER: &str = "Drift-Unit";

/// A subject in the form `type(scope)!: text`; type and scope are `None` where it has another form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::compare) struct Header<'m> {
    pub(in crate::compare) kind: Option<&'m str>,
    pub(in crate::compare) scope: Option<&'m str>,
    pub(in crate::compare) text: &'m str,
}

impl<'m> Header<'m> {
    /// Takes the subject apart.
    pub(in crate::compare) fn parse(subject: &'m str) -> Self {
        let plain = Self {
            text: subject,
            ..Self::default()
        };
        let Some((head, text)) = subject.split_once(':') else {
            return plain;
        };
        let head = head.strip_suffix('!').unwrap_or(head);
        let (kind, scope) = match head.split_once('(') {
            Some((kind, rest)) => match rest.strip_suffix(')') {
                Some(scope) => (kind, Some(scope)),
                None => return plain,
            },
            None => (head, None),
        };
        if kind.is_empty() || !kind.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return plain;
        }
        Self {
            kind: Some(kind),
            scope,
            text: text.trim_start(),
        }
    }
}

/// The values of the `Drift-Unit` trailers, commas taken apart, in their order.
pub(super) fn unit_trailers(message: &str) -> Vec<&str> {
    if !mentions_trailer(message) {
        return Vec::new();
    }
    let values = trailer_block(message).into_iter().filter_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.trim_end().eq_ignore_ascii_case(UNIT_TRAILER).then_some(value)
    });
    values
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .filter(|value| !value.is_empty())
        .collect()
}

/// A quick look, so that ten thousand messages without trailers cost nothing.
fn mentions_trailer(message: &str) -> bool {
    let name = UNIT_TRAILER.as_bytes();
    let before_dash = UNIT_TRAILER.find('-').unwrap_or_default();
    message.as_bytes().find_iter(b"-").any(|dash| {
        let start = dash.checked_sub(before_dash);
        let found = start.and_then(|start| message.as_bytes().get(start..start + name.len()));
        found.is_some_and(|found| found.eq_ignore_ascii_case(name))
    })
}

/// The lines of the last paragraph, if that is a block of trailers: each line is `Key: value` or continues one, or git
/// itself wrote one of them and a quarter are. The first paragraph is the subject and never trailers.
fn trailer_block(message: &str) -> Vec<&str> {
    let lines: Vec<&str> = message.lines().map(str::trim_end).collect();
    let mut paragraphs = lines.split(|line| line.is_empty()).filter(|it| !it.is_empty());
    let _subject = paragraphs.next();
    let Some(block) = paragraphs.next_back() else {
        return Vec::new();
    };
    let fitting = block.iter().filter(|line| is_trailer_line(line)).count();
    let by_git = block.iter().any(|line| is_written_by_git(line));
    let is_block = fitting == block.len() || (by_git && fitting * 4 >= block.len());
    if is_block { block.to_vec() } else { Vec::new() }
}

fn is_written_by_git(line: &str) -> bool {
    line.starts_with("Signed-off-by: ") || line.starts_with("(cherry picked from commit ")
}

fn is_trailer_line(line: &str) -> bool {
    let is_key = |key: &str| {
        let key = key.trim_end();
        !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    line.starts_with([' ', '\t']) || is_written_by_git(line) || line.split_once(':').is_some_and(|(key, _)| is_key(key))
}

/// The subject that a `fixup!`, `squash!` or `amend!` commit names.
pub(super) fn fixup_target(subject: &str) -> Option<&str> {
    let mut rest = subject;
    while let Some(inner) = strip_autosquash(rest) {
        rest = inner;
    }
    (rest.len() < subject.len()).then_some(rest)
}

fn strip_autosquash(subject: &str) -> Option<&str> {
    ["fixup! ", "squash! ", "amend! "]
        .iter()
        .find_map(|prefix| subject.strip_prefix(prefix))
        .map(str::trim_start)
}

/// What a revert undoes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reverted<'m> {
    /// The commit whose id begins so.
    Id(&'m str),
    /// The commit with this subject.
    Subject(&'m str),
}

/// What the commit undoes, in the words that `git revert` writes.
pub(super) fn reverted<'m>(subject: &'m str, message: &'m str) -> Option<Reverted<'m>> {
    let by_id = message.as_bytes().find("This reverts commit ").and_then(|at| {
        let rest = &message[at + "This reverts commit ".len()..];
        let end = rest
            .find(|letter: char| !letter.is_ascii_hexdigit())
            .unwrap_or(rest.len());
        (end >= 7).then_some(Reverted::Id(&rest[..end]))
    });
    let by_subject = || {
        let quoted = subject
            .strip_prefix("Revert \"")
            .or_else(|| subject.strip_prefix("Reapply \""))?;
        quoted.strip_suffix('"').map(Reverted::Subject)
    };
    by_id.or_else(by_subject)
}

/// The most numbers that `tasks 1-9999` is read as.
const MAX_RANGE: u64 = 100;

/// The numbers in `Task 2`, `tasks 1-3` or `Tasks 1, 2 and 4`, anywhere in the message.
pub(super) fn task_numbers(message: &str) -> Vec<u64> {
    let bytes = message.as_bytes();
    let starts_word = |at: usize| at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
    let mut numbers = Vec::new();
    for at in bytes.find_iter(b"ask") {
        let Some(start) = at.checked_sub(1) else { continue };
        if bytes[start].eq_ignore_ascii_case(&b't') && starts_word(start) {
            read_numbers(&message[at + 3..], &mut numbers);
        }
    }
    numbers
}

/// Reads a list of numbers and ranges at the start of `text`.
fn read_numbers(text: &str, numbers: &mut Vec<u64>) {
    let mut rest = text.strip_prefix('s').unwrap_or(text);
    rest = rest.trim_start_matches([' ', '#', '-']);
    let mut range_from = None;
    while let Some((number, after)) = leading_number(rest) {
        match range_from {
            Some(first) if number > first => numbers.extend((first + 1..=number).take(MAX_RANGE as usize)),
            _ => numbers.push(number),
        }
        let next = after.trim_start_matches([' ', ',', '&', '+', '#']);
        let next = next.strip_prefix("and ").unwrap_or(next);
        let ranged = next.strip_prefix(['-', '–']);
        range_from = ranged.map(|_| number);
        rest = ranged.unwrap_or(next);
    }
}

fn leading_number(text: &str) -> Option<(u64, &str)> {
    let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    Some((text[..end].parse().ok()?, &text[end..]))
}

/// The words of a subject that could be a unit's id: those that hold both letters and digits (`U2`, `WP03`, `MP-1`).
pub(super) fn id_words(subject: &str) -> impl Iterator<Item = &str> {
    let inside = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
    subject
        .split(move |letter| !inside(letter))
        .map(|word| word.trim_matches(['-', '_', '.']))
        .filter(|word| is_id_word(word))
}

/// Whether a text has the form of an id that can be told from prose.
pub(super) fn is_id_word(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit()) && word.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// How a commit's scope stands to the scope that a lane's commits carry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ScopeMatch {
    /// It is the same.
    Same,
    /// It has the same form and names another piece of work (`04-02` for `04-01`).
    Other,
    /// It says nothing.
    #[default]
    Silent,
}

impl ScopeMatch {
    /// Compares what stands in `feat(…):` with the lane's own scope; several may stand there, with commas between.
    pub(super) fn of(commit_scope: Option<&str>, lane_scope: Option<&str>) -> Self {
        let (Some(found), Some(own)) = (commit_scope, lane_scope) else {
            return Self::Silent;
        };
        let mut scopes = found.split([',', ' ']).filter(|it| !it.is_empty());
        if scopes.clone().any(|it| normal_scope(it) == normal_scope(own)) {
            return Self::Same;
        }
        let has_number = own.bytes().any(|byte| byte.is_ascii_digit());
        if has_number && scopes.any(|it| scope_form(it) == scope_form(own)) {
            Self::Other
        } else {
            Self::Silent
        }
    }
}

/// A scope without the zeros in front of its numbers, in lower case: `04-01` and `4-1` are one.
fn normal_scope(scope: &str) -> String {
    let mut normal = String::new();
    for letter in scope.chars() {
        let after_digit = normal.ends_with(|it: char| it.is_ascii_digit());
        if after_digit && normal.ends_with('0') && !ends_in_longer_number(&normal) && letter.is_ascii_digit() {
            normal.pop();
        }
        normal.push(letter.to_ascii_lowercase());
    }
    normal
}

fn ends_in_longer_number(text: &str) -> bool {
    text.bytes().rev().take_while(u8::is_ascii_digit).count() > 1
}

/// A scope with every number (`04`, `2.1`, `64A`) as one `0`, so that `04-01` and `64A-12` have one form.
fn scope_form(scope: &str) -> String {
    let mut form = String::new();
    let mut in_number = false;
    for letter in scope.chars() {
        let digit = letter.is_ascii_digit();
        let continues = in_number && (digit || letter == '.');
        if digit && !in_number {
            form.push('0');
        } else if in_number && letter.is_ascii_alphabetic() {
            // A letter right behind a number belongs to it.
        } else if !continues {
            form.push(letter.to_ascii_lowercase());
        }
        in_number = digit || continues;
    }
    form
}

#[cfg(test)]
mod tests {
    use super::{Header, Reverted, ScopeMatch, fixup_target, id_words, reverted, task_numbers, unit_trailers};

    #[test]
    fn a_subject_is_taken_apart() {
        let parts = |subject| {
            let header = Header::parse(subject);
            (header.kind, header.scope, header.text)
        };
        assert_eq!(parts("feat(04-01)!: add x"), (Some("feat"), Some("04-01"), "add x"));
        assert_eq!(parts("fix: y"), (Some("fix"), None, "y"));
        assert_eq!(
            parts("Fix the login: it broke"),
            (None, None, "Fix the login: it broke")
        );
        assert_eq!(parts("feat(a: b"), (None, None, "feat(a: b"));
        assert_eq!(parts("no colon"), (None, None, "no colon"));
    }

    #[test]
    fn unit_trailers_stand_in_the_last_paragraph_only() {
        assert_eq!(
            unit_trailers("Add x\n\nWhy.\n\nDrift-Unit: U1, U2\ndrift-unit: web/3\n"),
            ["U1", "U2", "web/3"]
        );
        assert_eq!(
            unit_trailers("Add x\n\nDrift-Unit: U1\n\nMore text.\n"),
            Vec::<&str>::new()
        );
        assert_eq!(unit_trailers("Drift-Unit: U1"), Vec::<&str>::new());
        assert_eq!(
            unit_trailers("Add x\n\nIt says\nDrift-Unit: U1\nin prose"),
            Vec::<&str>::new()
        );
        assert_eq!(
            unit_trailers("Add x\n\nprose here\nDrift-Unit: U1\nSigned-off-by: A <a@b>"),
            ["U1"]
        );
    }

    #[test]
    fn fixups_name_their_target_without_prefixes() {
        assert_eq!(fixup_target("fixup! squash! Add x"), Some("Add x"));
        assert_eq!(fixup_target("Add x"), None);
    }

    #[test]
    fn reverts_name_an_id_or_a_subject() {
        let id = "This reverts commit 0123456789abcdef0123456789abcdef01234567.";
        assert_eq!(
            reverted("Undo it", id),
            Some(Reverted::Id("0123456789abcdef0123456789abcdef01234567"))
        );
        assert_eq!(
            reverted("Revert \"Add x\"", "Revert \"Add x\""),
            Some(Reverted::Subject("Add x"))
        );
        assert_eq!(reverted("Revert to plan B", "This reverts commit abc."), None);
    }

    #[test]
    fn numbers_of_tasks_are_read_as_lists_and_ranges() {
        assert_eq!(task_numbers("feat: Task 2 - add x"), [2]);
        assert_eq!(task_numbers("Tasks 1-3, 5 and 7 done; task #9"), [1, 2, 3, 5, 7, 9]);
        assert_eq!(task_numbers("multitask 4, ask 5, tasking 6"), Vec::<u64>::new());
        assert_eq!(task_numbers("task 99999999999999999999999"), Vec::<u64>::new());
    }

    #[test]
    fn ids_hold_letters_and_digits() {
        let found: Vec<_> = id_words("feat(WP03): U2 and MP-1. of 3").collect();
        assert_eq!(found, ["WP03", "U2", "MP-1"]);
    }

    #[test]
    fn scopes_are_the_same_other_or_silent() {
        let against = |found, own| ScopeMatch::of(Some(found), Some(own));
        assert_eq!(against("4-1", "04-01"), ScopeMatch::Same);
        assert_eq!(against("04-01,04-02", "04-02"), ScopeMatch::Same);
        assert_eq!(against("10-01", "1-01"), ScopeMatch::Other);
        assert_eq!(against("02.1-03", "02-03"), ScopeMatch::Other);
        assert_eq!(against("64A-1", "02-03"), ScopeMatch::Other);
        assert_eq!(against("phase-4", "04-01"), ScopeMatch::Silent);
        assert_eq!(against("login", "api"), ScopeMatch::Silent);
        assert_eq!(ScopeMatch::of(None, Some("04-01")), ScopeMatch::Silent);
    }
}
