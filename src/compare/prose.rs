//! Words where a plan should name a text of a file: what they are told by.

/// Words that say what kind of thing a name is (`--force flag`).
const NOUNS: &[&str] = &[
    "class",
    "command",
    "component",
    "constant",
    "flag",
    "function",
    "handler",
    "helper",
    "hook",
    "method",
    "option",
    "type",
];

/// The name before a word that says what kind of thing it is.
pub(super) fn without_noun(wanted: &str) -> Option<&str> {
    let (name, noun) = wanted.trim().rsplit_once(' ')?;
    let is_name = !name.is_empty() && !name.contains(char::is_whitespace);
    (is_name && NOUNS.contains(&noun)).then_some(name)
}

/// Words that begin a description of what a file holds, with `of` or `with` behind.
const COLLECTIONS: &[&str] = &[
    "array", "count", "list", "map", "mapping", "number", "object", "section", "sections", "set", "table",
];
/// Words that join others to a sentence, in the middle of it; words of programming languages (`for`, `in`, `from`) are
/// not among them.
const JOINING: &[&str] = &[
    "are", "each", "every", "of", "on", "only", "that", "the", "to", "when", "which",
];

/// Whether a wanted text tells of the file in words, so that nobody expects it to stand there: three words at least,
/// some of which make a sentence, and nothing that looks like code, a heading or a label (`Move to Trash`).
pub(super) fn is_prose(wanted: &str) -> bool {
    let words: Vec<&str> = wanted.split_whitespace().collect();
    let [first, second, _, ..] = words.as_slice() else {
        return false;
    };
    let first = first.to_lowercase();
    if COLLECTIONS.contains(&first.as_str()) && matches!(*second, "of" | "with") {
        return true;
    }
    let is_label = words[1..].iter().any(|word| word.starts_with(char::is_uppercase));
    let is_code = is_label || wanted.starts_with('#') || wanted.contains(CODE_MARKS);
    let joins = words[1..].iter().any(|word| JOINING.contains(word));
    !is_code && (joins || matches!(first.as_str(), "every" | "no" | "only"))
}

/// Marks that sentences do without.
const CODE_MARKS: [char; 15] = [
    '(', ')', '{', '}', '[', ']', '<', '>', '=', ';', '"', '\'', '`', '_', '$',
];

#[cfg(test)]
mod tests {
    use super::{is_prose, without_noun};

    #[test]
    fn sentences_are_told_from_code() {
        assert!(is_prose("Array of {file, line}"));
        assert!(is_prose("version check to skip the flag"));
        assert!(!is_prose("for item in items:"));
        assert!(!is_prose("## List of commands"));
        assert!(!is_prose("fn login"));
        assert!(!is_prose("Move to Trash"));
    }

    #[test]
    fn a_noun_is_taken_off_a_single_name() {
        assert_eq!(without_noun("--force flag"), Some("--force"));
        assert_eq!(without_noun("the --force flag"), None);
        assert_eq!(without_noun("flag"), None);
    }
}
