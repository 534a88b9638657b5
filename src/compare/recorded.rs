//! What is left behind for whoever looks later: ticked boxes, entries of a changelog, tags.

use crate::model::{ChangeKind, History, Outcome, PathPattern, RepoPath};

/// What the files of changelogs are called, without ending and in lower case.
const FILES: &[&str] = &["changelog", "changes", "history", "news", "releasenotes"];
/// What folders that hold a changelog's entries are called.
const FOLDERS: &[&str] = &[
    "changelog",
    "changelogs",
    "changelog.d",
    "changes.d",
    ".changeset",
    "releasenotes",
];
/// The endings of texts.
const TEXTS: &[&str] = &["", "md", "mdx", "markdown", "rst", "txt", "adoc", "org"];

/// Whether a line of `text` is the criterion `wanted` with its box ticked.
pub(super) fn is_ticked(text: &str, wanted: &str) -> bool {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.lines().any(|line| {
        let line = line.trim_start_matches(|c: char| c.is_whitespace() || c.is_ascii_digit() || "-*+.)".contains(c));
        let ticked = line
            .strip_prefix("[x] ")
            .or_else(|| line.strip_prefix("[X] "))
            .map(words);
        ticked.is_some_and(|own| !own.is_empty() && wanted.starts_with(&own))
    })
}

/// Whether the range touched the changelog at `path`, or any, and left it there.
pub(super) fn changelog(history: &History, path: Option<&PathPattern>) -> Outcome {
    let is_meant = |it: &RepoPath| match path {
        Some(pattern) => {
            pattern.matches(it.as_bytes()) || pattern.bare_name().is_some_and(|name| it.file_name() == name)
        }
        None => is_changelog(it),
    };
    let mut kept = history
        .changes
        .iter()
        .filter(|change| change.kind != ChangeKind::Deleted);
    if kept.any(|change| is_meant(&change.path)) {
        return Outcome::Met;
    }
    let name = path.map_or("no changelog".to_owned(), |path| format!("`{}`", path.to_text()));
    let verb = if path.is_some() {
        "was not changed"
    } else {
        "was changed"
    };
    Outcome::Unmet(vec![format!("{name} {verb} in the range")])
}

/// Whether a path is a changelog, or lies in a folder of its entries.
fn is_changelog(path: &RepoPath) -> bool {
    let Some(path) = path.as_str() else { return false };
    let path = path.to_lowercase().replace(['-', '_'], "");
    let mut parts = path.rsplit('/');
    let name = parts.next().unwrap_or_default();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    TEXTS.contains(&ending) && (FILES.contains(&stem) || parts.any(|folder| FOLDERS.contains(&folder)))
}

/// Whether the tag exists and marks the work.
pub(super) fn tag(history: &History, name: &str) -> Outcome {
    match history.tags.iter().find(|tag| tag.name == name) {
        Some(tag) if tag.marks_the_range => Outcome::Met,
        Some(tag) => Outcome::Unmet(vec![format!(
            "it names `{}`, which is neither in the range nor after it",
            tag.commit.short(8)
        )]),
        None => Outcome::Unmet(vec!["there is no such tag here".to_owned()]),
    }
}

#[cfg(test)]
mod tests {
    use super::{is_changelog, is_ticked};

    #[test]
    fn a_criterion_is_ticked_by_its_own_words() {
        let text = "- [x] All  tests pass\n1. [ ] Docs are there\n[x]\n";
        assert!(is_ticked(text, "All tests pass"));
        assert!(is_ticked(
            text,
            "All tests pass on every platform, which the next line says"
        ));
        assert!(!is_ticked(text, "Docs are there"));
        assert!(!is_ticked(text, "Nothing"));
    }

    #[test]
    fn changelogs_have_many_names() {
        for path in [
            "CHANGELOG.md",
            "docs/Changelog",
            "changelog.d/12.md",
            ".changeset/a.md",
            "CHANGES.rst",
            "release-notes/1.md",
        ] {
            assert!(is_changelog(&path.into()), "{path}");
        }
        for path in [
            "src/changelog_reader.rs",
            "src/history/a.rs",
            "src/history.rs",
            "a.md",
            "éé",
            "",
        ] {
            assert!(!is_changelog(&path.into()), "{path}");
        }
    }
}
