//! How plans name files: paths and patterns among bullets, quotes, notes and prose.

use crate::model::Action;
use std::ops::Range;

/// What one entry of a list of files turns out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// A path or pattern.
    Path(NamedPath),
    /// A way to say that there are no files: `none`, `N/A`, `(verification only)`.
    Nothing,
    /// Words that name no path.
    Prose(Range<usize>),
}

/// A path or pattern as a plan writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NamedPath {
    /// The path, without quotes, notes and line numbers.
    pub text: String,
    /// What is to happen to it, where the words beside it leave no doubt.
    pub action: Option<Action>,
    /// The words beside it.
    pub note: Option<String>,
    /// Where it stands in the text that was read.
    pub span: Range<usize>,
}

/// File names without a dot or slash that are files all the same.
const BARE_NAMES: &[&str] = &[
    "Makefile",
    "Dockerfile",
    "Containerfile",
    "Justfile",
    "justfile",
    "Procfile",
    "Gemfile",
    "Rakefile",
    "Vagrantfile",
    "Jenkinsfile",
    "Brewfile",
    "Podfile",
    "LICENSE",
    "README",
    "CHANGELOG",
    "CONTRIBUTING",
    "CODEOWNERS",
    "VERSION",
];

/// Words that say that there is no file.
const NO_FILES: &[&str] = &[
    "none", "n/a", "na", "nil", "null", "no", "nothing", "tbd", "tba", "-", "--", "—",
];

/// Words that stand where a file should.
const ANY_FILES: &[&str] = &["all", "any", "multiple", "same", "unknown", "various", "varies"];

/// Words that no path with spaces holds, and many sentences do.
const SENTENCE_WORDS: &[&str] = &[
    "a", "all", "and", "any", "each", "every", "existing", "files", "for", "from", "in", "inside", "no", "none", "of",
    "or", "that", "the", "this", "to", "under", "with",
];

/// The entries of a list as it stands in `<files>`: divided by line breaks and commas, with brackets around it or not.
pub(super) fn list(text: &str) -> Vec<Entry> {
    let whole = without_brackets(text, trimmed(text, 0..text.len()));
    lines(text, whole)
        .map(|line| without_brackets(text, trimmed(text, line)))
        .flat_map(|line| divided(text, line))
        .flat_map(|span| entry_at(text, span))
        .collect()
}

/// What a single entry of a list says; most often one path.
pub(super) fn entry(text: &str) -> Vec<Entry> {
    entry_at(text, 0..text.len())
}

/// Whether a word can only be meant as a path: it has a slash, a dot before its end, a wildcard, or a known name.
pub(in crate::formats) fn is_path(word: &str) -> bool {
    let is_word = !word.is_empty() && !word.contains(char::is_whitespace) && !word.contains("://");
    if !is_word || NO_FILES.contains(&word.to_lowercase().as_str()) {
        return false;
    }
    let ends_like_a_name = word.ends_with(|c: char| c.is_alphanumeric() || "/*)]}_-+~".contains(c));
    let has_inner_dot = word.rfind('.').is_some_and(|dot| dot + 1 < word.len());
    ends_like_a_name && (word.contains(['/', '\\', '*']) || has_inner_dot || BARE_NAMES.contains(&word))
}

/// The lines of `span`.
fn lines(text: &str, span: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut at = span.start;
    text[span].split('\n').map(move |line| {
        let start = at;
        at += line.len() + 1;
        start..start + line.len()
    })
}

/// What stands in the brackets of a list (`[a.rs, b.rs]`); the whole where the brackets are a part of a name
/// (`[slug]`, `[...rest]`, `[a]/[b]`).
fn without_brackets(text: &str, span: Range<usize>) -> Range<usize> {
    let Some(inner) = text[span.clone()].strip_prefix('[').and_then(|it| it.strip_suffix(']')) else {
        return span;
    };
    let mut depth = 1_i32;
    let closes_early = inner.chars().any(|c| {
        depth += i32::from(c == '[') - i32::from(c == ']');
        depth == 0
    });
    let is_list = inner.contains([',', '\n']) || is_path(inner.trim().trim_matches(['`', '"', '\'']));
    if closes_early || !is_list || inner.trim_start_matches('[').starts_with("...") {
        return span;
    }
    span.start + 1..span.end - 1
}

/// The pieces of a line between commas; a comma inside of brackets or back quotes divides nothing.
fn divided(text: &str, line: Range<usize>) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let (mut start, mut depth, mut quoted) = (line.start, 0_usize, false);
    for (at, c) in text[line.clone()].char_indices() {
        match c {
            '`' => quoted = !quoted,
            '(' | '{' | '[' => depth += 1,
            ')' | '}' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if c == ',' && depth == 0 && !quoted {
            pieces.push(start..line.start + at);
            start = line.start + at + 1;
        }
    }
    pieces.push(start..line.end);
    pieces
}

/// The part of `span` that is left when space, bullets and numbers in front and commas behind are taken off.
fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let piece = &text[span.clone()];
    let mut rest = piece.trim_start();
    for bullet in ["- ", "* ", "+ ", "• "] {
        rest = rest.strip_prefix(bullet).map_or(rest, str::trim_start);
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if let Some(after) = rest[digits..].strip_prefix(". ").filter(|_| digits > 0) {
        rest = after.trim_start();
    }
    let start = span.start + (piece.len() - rest.len());
    start
        ..start
            + rest
                .trim_end_matches(|c: char| c.is_whitespace() || c == ',' || c == ';')
                .len()
}

fn entry_at(text: &str, span: Range<usize>) -> Vec<Entry> {
    let span = trimmed(text, span);
    let piece = &text[span.clone()];
    if piece.is_empty() || matches!(piece, "-" | "*" | "[]") || piece.starts_with('#') {
        return Vec::new();
    }
    if says_nothing(piece) {
        return vec![Entry::Nothing];
    }
    let named = renamed(piece, &span)
        .or_else(|| quoted(piece, &span))
        .or_else(|| plain(piece, &span))
        .or_else(|| with_action_first(piece, &span));
    named.unwrap_or_else(|| vec![Entry::Prose(span)])
}

fn says_nothing(piece: &str) -> bool {
    let bare = piece.trim_start_matches(['(', '[', '"']).to_lowercase();
    let first = bare
        .split([' ', ')', ',', ';', ':', '(', ']', '"'])
        .next()
        .unwrap_or_default();
    let first = first.trim_end_matches('.');
    let is_note = piece.starts_with('(') && piece.ends_with(')') && !piece.contains('/');
    is_note || NO_FILES.contains(&first)
}

/// `old -> new`: the old path is to be renamed, the new one to be there.
fn renamed(piece: &str, span: &Range<usize>) -> Option<Vec<Entry>> {
    let (arrow, width) = [" -> ", " → ", " => "]
        .into_iter()
        .find_map(|arrow| Some((piece.find(arrow)?, arrow.len())))?;
    let half = |range: Range<usize>| {
        let inner = trimmed(piece, range);
        let at = span.start + inner.start..span.start + inner.end;
        quoted(&piece[inner.clone()], &at).or_else(|| plain(&piece[inner], &at))
    };
    let (mut old, new) = (half(0..arrow)?, half(arrow + width..piece.len())?);
    for entry in &mut old {
        if let Entry::Path(path) = entry {
            path.action = Some(Action::Rename);
        }
    }
    old.extend(new);
    Some(old)
}

/// A path in quotes or back quotes, and a note behind it.
fn quoted(piece: &str, span: &Range<usize>) -> Option<Vec<Entry>> {
    let bold = piece.trim_start_matches("**");
    let quote = bold.chars().next().filter(|c| matches!(c, '`' | '"' | '\''))?;
    let (inner, rest) = bold[1..].split_once(quote)?;
    let is_one = is_path(inner) || (!inner.contains(char::is_whitespace) && is_bare_word(inner)) || has_spaces(inner);
    is_one.then(|| vec![named(inner, rest, span.clone())])
}

/// A path, or several with space between them, and a note behind.
fn plain(piece: &str, span: &Range<usize>) -> Option<Vec<Entry>> {
    let (head, note) = without_note(piece);
    if let Some(choices) = choices(head) {
        return Some(choices.iter().map(|path| named(path, note, span.clone())).collect());
    }
    if has_spaces(head) || is_bare_word(head) {
        return Some(vec![named(head, note, span.clone())]);
    }
    let (first, rest) = head.split_once(char::is_whitespace)?;
    is_path(first.trim_end_matches(':')).then(|| vec![named(first.trim_end_matches(':'), rest, span.clone())])
}

/// `Create: a.rs`, `New file src/b.rs`: what is to happen stands in front.
fn with_action_first(piece: &str, span: &Range<usize>) -> Option<Vec<Entry>> {
    let action = action_of(piece)?;
    let at = piece.find([':', ' '])? + 1;
    let rest = piece[at..].trim_start();
    let rest = rest
        .strip_prefix("file ")
        .or_else(|| rest.strip_prefix("file: "))
        .unwrap_or(rest);
    let mut entries = quoted(rest, span).or_else(|| plain(rest, span))?;
    for entry in &mut entries {
        if let Entry::Path(path) = entry {
            path.action = path.action.or(Some(action));
        }
    }
    Some(entries)
}

/// The words of `head` if each is a path by itself, with space, `or` or `and` between them.
fn choices(head: &str) -> Option<Vec<&str>> {
    let is_joint = |word: &&str| matches!(*word, "or" | "and" | "&" | "+");
    let paths: Vec<&str> = head.split_whitespace().filter(|word| !is_joint(word)).collect();
    let is_joined = head.split_whitespace().any(|word| is_joint(&word));
    let stands_alone = |word: &&str| is_path(word) && (paths.len() == 1 || is_joined || is_whole(word));
    (!paths.is_empty() && paths.iter().all(stands_alone)).then_some(paths)
}

/// Whether a path ends like a file, a folder or a pattern, so that it is no half of a path with a space in it.
fn is_whole(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.is_empty() || name.contains(['.', '*']) || BARE_NAMES.contains(&name)
}

/// A word in which nothing speaks against a path, though nothing speaks for one either (`docs`, `templates`).
fn is_bare_word(word: &str) -> bool {
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-.[]()@+".contains(c);
    !word.is_empty() && word.chars().all(is_part) && !ANY_FILES.contains(&word) && !word.starts_with('(')
}

/// A path with spaces in it: folders, a file name with an ending, and none of the words that make a sentence.
fn has_spaces(text: &str) -> bool {
    let name = text.rsplit(['/', '\\']).next().unwrap_or_default();
    let ends_like_a_file = name.rsplit_once('.').is_some_and(|(stem, ending)| {
        !stem.is_empty() && (1..=5).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    let is_sentence = || {
        text.split(|c: char| !c.is_alphanumeric())
            .any(|word| SENTENCE_WORDS.contains(&word.to_lowercase().as_str()))
    };
    text.contains(['/', '\\']) && ends_like_a_file && !text.contains(['`', '"', ':', ';', ',']) && !is_sentence()
}

/// What stands before the first note, and the note: `a.rs (new)`, `a.rs — new`, `a.rs # new`.
fn without_note(piece: &str) -> (&str, &str) {
    let starts = [" (", " [", " — ", " – ", " - ", " #", ": ", " // "];
    match starts.into_iter().filter_map(|start| piece.find(start)).min() {
        Some(at) => (piece[..at].trim_end(), &piece[at..]),
        None => (piece, ""),
    }
}

fn named(path: &str, note: &str, span: Range<usize>) -> Entry {
    let note = note.trim_matches(|c: char| c.is_whitespace() || "()[]—–-#:*/".contains(c));
    Entry::Path(NamedPath {
        text: without_line_number(path.trim()).to_owned(),
        action: action_of(note),
        note: (!note.is_empty()).then(|| note.to_owned()),
        span,
    })
}

/// `a.rs:10-20` and `a.rs#L10` name `a.rs`.
fn without_line_number(path: &str) -> &str {
    let is_lines = |tail: &str| {
        !tail.is_empty()
            && tail
                .bytes()
                .all(|byte| byte.is_ascii_digit() || b"-,L~".contains(&byte))
    };
    for mark in [':', '#'] {
        if let Some((head, _)) = path
            .rsplit_once(mark)
            .filter(|(head, tail)| !head.is_empty() && is_lines(tail))
        {
            return head;
        }
    }
    path
}

/// The action that the first word of a note names, unless the note names another one too.
fn action_of(note: &str) -> Option<Action> {
    let words = note
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let mut named = words.map(|word| action_named(&word.to_lowercase()));
    let first = named.next()??;
    let one_of_several = note.split_whitespace().any(|word| matches!(word, "or" | "and"));
    (!one_of_several && named.flatten().all(|other| other == first)).then_some(first)
}

fn action_named(word: &str) -> Option<Action> {
    match word {
        "create" | "created" | "creates" | "new" => Some(Action::Create),
        "modify" | "modified" | "update" | "updated" | "edit" | "edited" | "extend" | "extended" => {
            Some(Action::Modify)
        }
        "delete" | "deleted" | "remove" | "removed" => Some(Action::Delete),
        "rename" | "renamed" => Some(Action::Rename),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Entry, list};

    /// One line an entry: the action, the path, the note.
    fn read(text: &str) -> Vec<String> {
        let show = |entry: Entry| match entry {
            Entry::Path(path) => {
                let action = path
                    .action
                    .map_or(String::new(), |action| format!("{} ", action.name()));
                let note = path.note.map_or(String::new(), |note| format!(" | {note}"));
                format!("{action}{}{note}", path.text)
            }
            Entry::Nothing => "nothing".to_owned(),
            Entry::Prose(span) => format!("prose: {}", &text[span]),
        };
        list(text).into_iter().map(show).collect()
    }

    #[test]
    fn commas_lines_and_bullets_divide() {
        assert_eq!(
            read("a.rs, src/b.rs,\n  - c/\n  * `d.rs`\n2. e.rs\n"),
            ["a.rs", "src/b.rs", "c/", "d.rs", "e.rs"]
        );
        assert_eq!(
            read("src/{a,b}.rs, app/(site)/[slug]/page.tsx"),
            ["src/{a,b}.rs", "app/(site)/[slug]/page.tsx"]
        );
        assert_eq!(read("bin/*.cjs workflows/*.md"), ["bin/*.cjs", "workflows/*.md"]);
        assert_eq!(read("src/two words.rs"), ["src/two words.rs"]);
    }

    #[test]
    fn brackets_around_a_list_are_no_part_of_its_paths() {
        assert_eq!(read("[bin/tool.cjs]"), ["bin/tool.cjs"]);
        assert_eq!(
            read("[src/a.rs, \"b.rs\", `c.rs` (new)]"),
            ["src/a.rs", "b.rs", "CREATE c.rs | new"]
        );
        assert_eq!(read("\n  [\n    src/a.rs,\n    b/\n  ]\n"), ["src/a.rs", "b/"]);
        assert_eq!(read("- [a.rs, b.rs]\n- c.rs"), ["a.rs", "b.rs", "c.rs"]);
    }

    #[test]
    fn brackets_of_a_name_stay() {
        for path in ["[slug]", "[...rest]", "[[...rest]]", "[a]/[b]", "[id].tsx", "app/[id]"] {
            assert_eq!(read(path), [path]);
        }
    }

    #[test]
    fn notes_are_no_part_of_the_path() {
        assert_eq!(read("src/a.rs (new)"), ["CREATE src/a.rs | new"]);
        assert_eq!(read("src/old/ (DELETE)"), ["DELETE src/old/ | DELETE"]);
        assert_eq!(
            read("- `src/a.rs` (modify — add x, y)"),
            ["MODIFY src/a.rs | modify — add x, y"]
        );
        assert_eq!(read("src/*.js (new and existing)"), ["src/*.js | new and existing"]);
        assert_eq!(read("src/a.rs # all of it"), ["src/a.rs | all of it"]);
        assert_eq!(read("src/t.ts - Config type"), ["src/t.ts | Config type"]);
        assert_eq!(read("src/a.rs:10-20"), ["src/a.rs"]);
        assert_eq!(read("Create: src/a.rs"), ["CREATE src/a.rs"]);
        assert_eq!(read("icons/*.svg (40 files)"), ["icons/*.svg | 40 files"]);
    }

    #[test]
    fn a_rename_names_both_sides() {
        assert_eq!(read("bin/a.cjs -> bin/b.cjs"), ["RENAME bin/a.cjs", "bin/b.cjs"]);
    }

    #[test]
    fn alternatives_are_both_declared() {
        assert_eq!(read("README.md or docs/"), ["README.md", "docs/"]);
        assert_eq!(
            read("src/bindings.ts or equivalent"),
            ["src/bindings.ts | or equivalent"]
        );
        assert_eq!(read("bin/tool.cjs (or wrapper)"), ["bin/tool.cjs | or wrapper"]);
    }

    #[test]
    fn no_files_is_said_in_many_ways() {
        for text in [
            "none",
            "N/A",
            "(no files modified — validation only)",
            "None (verification only)",
            "n/a",
            "-",
            "none — a check",
        ] {
            assert!(read(text).iter().all(|it| it == "nothing"), "{text}: {:?}", read(text));
        }
    }

    #[test]
    fn prose_is_no_path() {
        assert_eq!(read("every test file we have"), ["prose: every test file we have"]);
        assert_eq!(
            read("All files inside src/core/ that import x"),
            ["prose: All files inside src/core/ that import x"]
        );
        assert_eq!(
            read("My App/Sources/Main View.swift"),
            ["My App/Sources/Main View.swift"]
        );
        assert_eq!(
            read("Makefile, docs, .env.example"),
            ["Makefile", "docs", ".env.example"]
        );
    }
}
