//! Whether a word speaks of failure: what a test of an error can hardly do without.

/// Beginnings of words that speak of failure, in English and Portuguese.
const BEGINNINGS: &[&str] = &[
    "abort",
    "bad",
    "block",
    "cancel",
    "conflict",
    "corrupt",
    "denied",
    "deny",
    "disallow",
    "duplicat",
    "err",
    "exceed",
    "except",
    "expir",
    "fail",
    "falh",
    "forbid",
    "illegal",
    "incorrect",
    "inválid",
    "invalid",
    "locked",
    "malform",
    "miss",
    "negad",
    "overflow",
    "panic",
    "preclud",
    "prevent",
    "prohib",
    "raise",
    "refus",
    "reject",
    "rejeit",
    "revok",
    "throw",
    "timeout",
    "too",
    "unable",
    "unauth",
    "unavail",
    "unexpect",
    "unknown",
    "unsupport",
    "violat",
    "wrong",
];
/// Whole words that do.
const WORDS: &[&str] = &[
    "cannot",
    "empty",
    "erro",
    "missing",
    "neither",
    "never",
    "nil",
    "no",
    "none",
    "nonexistent",
    "not",
    "null",
    "sem",
    "without",
    "zero",
];

/// Whether a name, a string or a number speaks of failure: one of the words, or a status of 400 to 599.
pub(super) fn speaks_of_failure(text: &str) -> bool {
    let mut word = String::new();
    let mut before = ' ';
    for c in text.chars() {
        let begins = c.is_uppercase() && before.is_lowercase();
        if (begins || !c.is_alphanumeric()) && is_failure(&word) {
            return true;
        }
        if begins || !c.is_alphanumeric() {
            word.clear();
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    is_failure(&word)
}

fn is_failure(word: &str) -> bool {
    let is_status = word.len() == 3 && word.parse().is_ok_and(|number: u32| (400..600).contains(&number));
    is_status || WORDS.contains(&word) || BEGINNINGS.iter().any(|start| word.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::speaks_of_failure;

    #[test]
    fn words_are_looked_for_at_their_beginning() {
        for text in [
            "rejects a wrong password",
            "toThrow",
            "AUTH_INVALID",
            "401",
            "StatusUnauthorized",
            "is_err",
        ] {
            assert!(speaks_of_failure(text), "{text}");
        }
        for text in ["returns a token", "200", "terror", "statusCode", "", "4010"] {
            assert!(!speaks_of_failure(text), "{text}");
        }
    }
}
