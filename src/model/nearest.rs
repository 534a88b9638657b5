//! "Did you mean …?": the known word that a misspelled one was meant to be.

/// The longest word that is compared, in bytes.
const MAX_LENGTH: usize = 128;

/// The fewest letters of a beginning by which a word can be meant.
const SHORTEST_BEGINNING: usize = 3;

/// The candidate that `text` was probably meant to be; `None` where none is near enough to be worth saying.
///
/// Words that differ only in case, hyphens and underscores are the nearest of all; else a third of the letters may
/// differ, or `text` is a beginning. Of equally near candidates the first is taken.
pub fn nearest<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let near = candidates
        .into_iter()
        .filter_map(|it| Some((near_distance(text, it)?, it)));
    near.min_by_key(|(distance, _)| *distance).map(|(_, it)| it)
}

/// How many letters have to be changed, left out, put in or swapped to make one word of the other; case, hyphens and
/// underscores are free.
pub fn distance(text: &str, candidate: &str) -> usize {
    strsim::osa_distance(&folded(text), &folded(candidate))
}

/// The distance of a candidate that `text` may have been meant to be; `None` for all others.
pub(super) fn near_distance(text: &str, candidate: &str) -> Option<usize> {
    let is_word = |it: &str| !it.is_empty() && it.len() <= MAX_LENGTH;
    if !is_word(text) || !is_word(candidate) {
        return None;
    }
    let wanted = folded(text);
    let letters = wanted.chars().count();
    let far = letters.div_ceil(3);
    let distance = distance(text, candidate);
    if distance <= far && distance < candidate.chars().count() {
        return Some(distance);
    }
    let is_beginning = letters >= SHORTEST_BEGINNING && folded(candidate).starts_with(&wanted);
    is_beginning.then_some(far)
}

/// The word without what people mix up: case, `-` and `_`.
fn folded(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '-' | '_'))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_misspelled_word_finds_its_meaning() {
        let fields = ["allowedFiles", "forbiddenFiles", "goal"];
        assert_eq!(nearest("allowed_files", fields), Some("allowedFiles"));
        assert_eq!(nearest("alowedFile", fields), Some("allowedFiles"));
        assert_eq!(nearest("GOAL", fields), Some("goal"));
    }

    #[test]
    fn a_beginning_finds_the_whole_word_unless_another_is_nearer() {
        assert_eq!(nearest("untouched", ["touched", "untouched-file"]), Some("touched"));
        assert_eq!(
            nearest("untouched", ["wrong-action", "untouched-file"]),
            Some("untouched-file")
        );
        assert_eq!(nearest("un", ["untouched-file"]), None);
    }

    #[test]
    fn a_strange_word_finds_none() {
        assert_eq!(nearest("color", ["allowedFiles", "goal"]), None);
        assert_eq!(nearest("", ["a"]), None);
        assert_eq!(nearest("x", ["a"]), None);
    }
}
