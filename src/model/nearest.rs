//! "Did you mean …?": the known word that a misspelled one was meant to be.

/// The longest word that is compared, in bytes.
const MAX_LENGTH: usize = 128;

/// The candidate that `text` was probably meant to be; `None` where none is near enough to be worth saying.
///
/// Words that differ only in case, hyphens and underscores are the nearest of all; else a third of the letters may
/// differ. Of equally near candidates the first is taken.
pub fn nearest<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if text.is_empty() || text.len() > MAX_LENGTH {
        return None;
    }
    let wanted = folded(text);
    let far = wanted.chars().count().div_ceil(3);
    candidates
        .into_iter()
        .filter(|it| !it.is_empty() && it.len() <= MAX_LENGTH)
        .map(|it| (strsim::osa_distance(&wanted, &folded(it)), it))
        .filter(|(distance, it)| *distance <= far && *distance < it.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, it)| it)
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
    fn a_strange_word_finds_none() {
        assert_eq!(nearest("color", ["allowedFiles", "goal"]), None);
        assert_eq!(nearest("", ["a"]), None);
        assert_eq!(nearest("x", ["a"]), None);
    }
}
