//! The words that plans and commits share: how text becomes words, and how much each word says.
//!
//! Identifiers are split (`parseHTTPHeader`, `user_id`, `src/login.rs`), endings are cut, and words that every plan and
//! commit uses are left out. A word that few texts of the range hold says more than one that most hold.

use foldhash::HashMap;
use std::borrow::Cow;

/// Words that say nothing of which work is meant; the verbs are those that begin half of all commit subjects.
const STOP_WORDS: &[&str] = &[
    "a",
    "add",
    "added",
    "adds",
    "all",
    "an",
    "and",
    "any",
    "are",
    "as",
    "at",
    "be",
    "by",
    "code",
    "complete",
    "create",
    "created",
    "creates",
    "each",
    "file",
    "files",
    "for",
    "from",
    "if",
    "implement",
    "implements",
    "in",
    "into",
    "is",
    "it",
    "its",
    "make",
    "new",
    "no",
    "not",
    "of",
    "on",
    "or",
    "per",
    "plan",
    "so",
    "task",
    "that",
    "the",
    "then",
    "these",
    "this",
    "those",
    "to",
    "update",
    "updated",
    "updates",
    "use",
    "used",
    "uses",
    "using",
    "via",
    "when",
    "with",
];

/// Endings that are cut where at least three letters stay, longest first.
const ENDINGS: &[&str] = &[
    "ations", "ation", "ings", "ing", "ies", "ied", "ers", "er", "ed", "es", "s", "e",
];

/// Calls `visit` with each word of `text`, in lower case.
pub(super) fn each_word(text: &str, mut visit: impl FnMut(&str)) {
    if text.is_ascii() {
        return each_ascii_word(text, visit);
    }
    let mut word = String::new();
    let mut chars = text.chars().peekable();
    let mut previous = Class::Gap;
    while let Some(letter) = chars.next() {
        let class = Class::of(letter);
        let next = chars.peek().map_or(Class::Gap, |&next| Class::of(next));
        if class.begins_word(previous, next) {
            finish(&mut word, &mut visit);
        }
        match class {
            Class::Gap => {}
            Class::Upper => word.extend(letter.to_lowercase()),
            Class::Lower | Class::Digit => word.push(letter),
        }
        previous = class;
    }
    finish(&mut word, &mut visit);
}

/// The same for plain text, which most is: a word without capitals is handed over as it stands.
fn each_ascii_word(text: &str, mut visit: impl FnMut(&str)) {
    let class = |at: usize| {
        text.as_bytes()
            .get(at)
            .map_or(Class::Gap, |&byte| Class::of(char::from(byte)))
    };
    let mut lowered = String::new();
    let mut start = 0;
    let mut has_capital = false;
    let mut previous = Class::Gap;
    for at in 0..=text.len() {
        let class_here = class(at);
        if (class_here != previous || class_here == Class::Upper) && class_here.begins_word(previous, class(at + 1)) {
            let word = &text[start..at];
            if previous != Class::Gap && has_capital {
                lowered.push_str(word);
                lowered.make_ascii_lowercase();
                finish(&mut lowered, &mut visit);
            } else if previous != Class::Gap && word.len() >= 2 {
                visit(word);
            }
            start = at;
            has_capital = false;
        }
        has_capital |= class_here == Class::Upper;
        previous = class_here;
    }
}

/// Hands over the collected word and empties it; single letters say nothing.
fn finish(word: &mut String, visit: &mut impl FnMut(&str)) {
    if word.len() >= 2 {
        visit(word);
    }
    word.clear();
}

/// The word without its ending; `None` for words that say nothing.
pub(super) fn stem(word: &str) -> Option<Cow<'_, str>> {
    if STOP_WORDS.binary_search(&word).is_ok() {
        return None;
    }
    let cut = |ending: &&&str| word.len() >= ending.len() + 3 && word.ends_with(**ending);
    let Some(ending) = ENDINGS.iter().find(cut) else {
        return Some(Cow::Borrowed(word));
    };
    let start = &word[..word.len() - ending.len()];
    Some(match *ending {
        "ies" | "ied" => Cow::Owned(format!("{start}y")),
        _ => Cow::Borrowed(start),
    })
}

/// What a character is to the border of a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Upper,
    Lower,
    Digit,
    Gap,
}

impl Class {
    fn of(letter: char) -> Self {
        match letter {
            'a'..='z' => Self::Lower,
            'A'..='Z' => Self::Upper,
            '0'..='9' => Self::Digit,
            _ if letter.is_uppercase() => Self::Upper,
            _ if letter.is_alphanumeric() => Self::Lower,
            _ => Self::Gap,
        }
    }

    /// Whether a word begins (or the last one ended) at a character of this class.
    fn begins_word(self, previous: Self, next: Self) -> bool {
        match (previous, self) {
            (Self::Upper, Self::Lower) => false,
            (Self::Upper, Self::Upper) => next == Self::Lower,
            (before, now) => before != now,
        }
    }
}

/// The distinct words of all texts, by their stems, and how many texts hold each.
#[derive(Default)]
pub(super) struct Vocabulary {
    /// The number of each word's stem, so that a stem is cut once only; `None` for words that say nothing.
    of_words: HashMap<String, Option<u32>>,
    of_stems: HashMap<String, u32>,
    held: Vec<Held>,
    texts: u32,
    weights: Vec<f64>,
}

/// Which texts hold a word.
#[derive(Default)]
struct Held {
    /// How many do.
    texts: u32,
    /// The number of the latest one; they are numbered from 1.
    latest: u32,
}

/// Where in its text a word stands; the earlier variants say more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// A unit's title, a commit's subject.
    Head,
    /// A unit's body, the rest of a commit's message.
    Body,
    /// A commit's paths.
    Path,
}

/// The distinct words of one text, in their order, each with the first part that holds it.
#[derive(Clone, Debug, Default)]
pub(super) struct Text(pub(super) Vec<(u32, Part)>);

impl Vocabulary {
    /// Reads one text, made of parts of which the earlier say more, and counts its words.
    pub(super) fn read<'t>(&mut self, parts: impl IntoIterator<Item = (Part, &'t str)>) -> Text {
        self.texts += 1;
        let mut words = Vec::new();
        for (part, text) in parts {
            each_word(text, |word| {
                let number = self.number(word).filter(|number| self.is_first(*number));
                words.extend(number.map(|number| (number, part)));
            });
        }
        Text(words)
    }

    /// Whether the current text has not held the word before; counts the text if so.
    fn is_first(&mut self, number: u32) -> bool {
        let held = &mut self.held[number as usize];
        let first = held.latest != self.texts;
        if first {
            held.latest = self.texts;
            held.texts += 1;
        }
        first
    }

    /// Weighs all words; to be called when all texts are read.
    pub(super) fn settle(&mut self) {
        let texts = f64::from(self.texts) + 1.0;
        let weight = |held: &Held| (texts / (f64::from(held.texts) + 0.5)).ln().max(0.0) + 0.2;
        self.weights = self.held.iter().map(weight).collect();
    }

    /// How much a word says: the rarer, the more.
    pub(super) fn weight(&self, number: u32) -> f64 {
        self.weights[number as usize]
    }

    /// The number of a word, if any text held it or one of its kin.
    pub(super) fn find(&self, word: &str) -> Option<u32> {
        match self.of_words.get(word) {
            Some(number) => *number,
            None => self.of_stems.get(stem(word)?.as_ref()).copied(),
        }
    }

    /// How many distinct words there are.
    pub(super) fn len(&self) -> usize {
        self.held.len()
    }

    fn number(&mut self, word: &str) -> Option<u32> {
        if let Some(number) = self.of_words.get(word) {
            return *number;
        }
        let number = stem(word).map(|stem| self.number_of_stem(&stem));
        self.of_words.insert(word.to_owned(), number);
        number
    }

    fn number_of_stem(&mut self, stem: &str) -> u32 {
        if let Some(number) = self.of_stems.get(stem) {
            return *number;
        }
        let number = self.held.len() as u32;
        self.of_stems.insert(stem.to_owned(), number);
        self.held.push(Held::default());
        number
    }
}

#[cfg(test)]
mod tests {
    use super::{Part, STOP_WORDS, Vocabulary, each_word, stem};

    fn words(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        each_word(text, |word| found.extend(stem(word).map(|stem| stem.into_owned())));
        found
    }

    #[test]
    fn identifiers_are_split_and_endings_are_cut() {
        assert_eq!(words("parseHTTPHeader"), ["pars", "http", "head"]);
        assert_eq!(words("src/user_id2.rs"), ["src", "user", "id", "rs"]);
        assert_eq!(words("tests, testing, tested"), ["test", "test", "test"]);
        assert_eq!(words("dependencies Dependency"), ["dependency", "dependency"]);
    }

    #[test]
    fn words_of_every_plan_are_left_out() {
        assert_eq!(words("Add the new task to a file"), Vec::<String>::new());
        assert!(STOP_WORDS.is_sorted());
    }

    #[test]
    fn other_scripts_are_words_too() {
        assert_eq!(words("Вход через ÉCOLE"), ["вход", "через", "écol"]);
    }

    #[test]
    fn plain_text_is_split_like_any_other() {
        for text in [
            "parseHTTPHeader",
            "src/user_id2.rs, X1Y2",
            "A",
            "ABc DE f",
            "--x Aa9Bb",
            "",
            "URLs: aB",
        ] {
            let plain = words(text);
            let other = words(&format!("{text} é"));
            assert_eq!([plain, vec!["é".to_owned()]].concat(), other, "{text}");
        }
    }

    #[test]
    fn a_rare_word_says_more() {
        let mut vocabulary = Vocabulary::default();
        let first = vocabulary.read([(Part::Head, "login"), (Part::Body, "login token")]);
        vocabulary.read([(Part::Head, "login page")]);
        vocabulary.settle();
        let [(login, part), (token, _)] = first.0[..] else {
            panic!("two words, not {first:?}")
        };
        assert_eq!(part, Part::Head);
        assert!(vocabulary.weight(token) > vocabulary.weight(login));
    }
}
