//! What stands in back quotes within a sentence, and which of it names a file.

use crate::formats::gsd::paths::is_path;
use crate::model::PathPattern;

/// The texts in back quotes.
pub(in crate::formats) fn code_spans(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('`') {
        let marks = rest[start..].bytes().take_while(|&byte| byte == b'`').count();
        let inner = &rest[start + marks..];
        let Some(end) = inner.find(&rest[start..start + marks]) else {
            break;
        };
        found.push(inner[..end].trim());
        rest = &inner[end + marks..];
    }
    found
}

/// The paths in back quotes, each once; a command or a symbol is none.
pub(in crate::formats) fn paths(text: &str) -> Vec<PathPattern> {
    let mut found: Vec<PathPattern> = Vec::new();
    for word in code_spans(text).into_iter().filter(|word| names_a_file(word)) {
        if let Ok(pattern) = PathPattern::parse(word)
            && !found.iter().any(|known| known.to_text() == pattern.to_text())
        {
            found.push(pattern);
        }
    }
    found
}

/// Whether a word in back quotes is a path: `a.b.c` and `x()` are symbols, `origin/main` and `v1.2` are revisions.
fn names_a_file(word: &str) -> bool {
    let name = word
        .trim_end_matches('/')
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or_default();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    let is_ending = |it: &str| (1..=8).contains(&it.len()) && it.bytes().any(|byte| byte.is_ascii_alphabetic());
    let like_a_file = ending.is_some_and(is_ending) && !word.contains("()");
    let like_a_folder = word.ends_with('/') || word.contains('*');
    is_path(word) && !word.starts_with('@') && (like_a_file || like_a_folder || has_folders(word))
}

/// `src/app/Makefile`: at least two folders, since `a/b` is as often a pair of words or a revision.
fn has_folders(word: &str) -> bool {
    word.matches('/').count() >= 2
}

#[cfg(test)]
mod tests {
    use super::paths;

    #[test]
    fn files_and_folders_are_told_from_symbols() {
        let texts: Vec<String> = paths(
            "`src/a.ts`, `docs/`, `tests/**/*.ts`, `src/app/Makefile` but `npm run x`, `a()`, `origin/main`, `PHASE5_ENABLE`, \
             `src/a.ts` again",
        )
        .iter()
        .map(|it| it.to_text())
        .collect();
        assert_eq!(texts, ["src/a.ts", "docs/", "tests/**/*.ts", "src/app/Makefile"]);
    }
}
