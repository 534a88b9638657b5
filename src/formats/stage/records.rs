//! What a contract promises to leave behind for whoever looks later: entries of a changelog, and tags.

use super::parts::plain;
use crate::formats::markdown::code::{code_spans, paths};
use crate::formats::markdown::items::Item;

use crate::model::{ExpectationKind, PathPattern};

/// What the item promises; a sentence where it promises neither a changelog's entry nor a tag that it names.
pub(super) fn promised(item: &Item) -> Vec<ExpectationKind> {
    let words = plain(&item.text);
    let is_word = |wanted: &[&str]| words.split(' ').any(|word| wanted.contains(&word));
    let mut found = Vec::new();
    if !is_word(&["no", "not", "none", "never", "without"]) {
        if words.contains("changelog") || words.contains("change log") {
            found.push(ExpectationKind::ChangelogEntry { path: changelog(item) });
        }
        if is_word(&["tag", "tags", "tagged"]) {
            found.extend(tags(item).into_iter().map(|name| ExpectationKind::Tag { name }));
        }
    }
    if found.is_empty() {
        found.push(ExpectationKind::Prose(item.text.clone()));
    }
    found
}

/// The changelog's path, where one is named.
fn changelog(item: &Item) -> Option<PathPattern> {
    let is_changelog = |path: &&PathPattern| path.text().to_lowercase().contains("change");
    paths(&item.text).iter().find(is_changelog).cloned()
}

/// The tags that the item names: words in back quotes that are no path and no command, else words like `v1.2.0`.
fn tags(item: &Item) -> Vec<String> {
    let quoted: Vec<String> = code_spans(&item.text)
        .into_iter()
        .filter(|word| is_tag(word) && !word.to_lowercase().contains("changelog"))
        .map(str::to_owned)
        .collect();
    if !quoted.is_empty() {
        return quoted;
    }
    let plain = item.text.split(|c: char| c.is_whitespace() || ",;()".contains(c));
    let versions = plain
        .map(|word| word.trim_end_matches(['.', ':']))
        .filter(|word| is_version(word));
    versions.map(str::to_owned).collect()
}

/// Whether git would take the word for a tag's name; placeholders and patterns are none.
fn is_tag(word: &str) -> bool {
    let is_odd = |c: char| c.is_whitespace() || c.is_control() || "~^:?*[\\<>{}()$#".contains(c);
    let ends_like_a_file = [".md", ".json", ".txt"].iter().any(|ending| word.ends_with(ending));
    !word.is_empty() && !word.starts_with(['-', '/', '.']) && !word.contains(is_odd) && !ends_like_a_file
}

/// `v1.2`, `1.2.3-rc.1`.
fn is_version(word: &str) -> bool {
    let digits = word.strip_prefix('v').unwrap_or(word);
    digits.starts_with(|c: char| c.is_ascii_digit()) && digits.contains('.') && is_tag(word)
}

#[cfg(test)]
mod tests {
    use super::promised;
    use crate::formats::markdown::items::items;
    use crate::model::ExpectationKind;

    fn read(text: &str) -> Vec<String> {
        let item = &items(text, 0..text.len())[0];
        let show = |kind| match kind {
            ExpectationKind::ChangelogEntry { path } => {
                format!("changelog {}", path.map_or("any".into(), |it| it.to_text()))
            }
            ExpectationKind::Tag { name } => format!("tag {name}"),
            _ => "prose".to_owned(),
        };
        promised(item).into_iter().map(show).collect()
    }

    #[test]
    fn changelogs_and_tags_are_told_from_sentences() {
        assert_eq!(read("- `CHANGELOG.md` gets an entry"), ["changelog CHANGELOG.md"]);
        assert_eq!(
            read("- Changelog entry, and the tag `types-v1`"),
            ["changelog any", "tag types-v1"]
        );
        assert_eq!(read("- Tagged as v0.5.0."), ["tag v0.5.0"]);
        assert_eq!(read("- How changes are tracked (commits, tags)"), ["prose"]);
        assert_eq!(read("- No changelog entry, since nobody sees it"), ["prose"]);
        assert_eq!(read("- Tag as `v<next>`"), ["prose"]);
    }
}
