//! `vague-wording`: a goal, a title, a constraint or a reason that could mean anything.

use super::wording::{quoted, source_name};
use super::{Check, Findings, Found};
use crate::model::{Comparison, Level, Location, OptionSpec, Options, Rule};

/// A text with at least this many words of its own, beside the vague ones, says something.
const ENOUGH_WORDS: usize = 3;

/// Words that carry nothing on their own.
const EMPTY_WORDS: &[&str] = &[
    "a", "an", "all", "and", "any", "are", "as", "at", "be", "by", "for", "from", "in", "into", "is", "it", "its",
    "of", "on", "or", "our", "that", "the", "them", "this", "to", "we", "with", "your", // Portuguese
    "algum", "alguma", "ao", "aos", "as", "com", "como", "da", "das", "de", "do", "dos", "e", "em", "na", "nas", "no",
    "nos", "o", "os", "ou", "para", "pela", "pelo", "por", "que", "se", "seu", "sua", "todas", "todo", "todos", "um",
    "uma",
];

pub(super) static CHECK: Check = Check {
    rule: Rule {
        code: "D005",
        name: "vague-wording",
        summary: "a goal, title, constraint or reason is so vague that any change would fit it",
        default_level: Level::Allow,
        denies_from: None,
        since: "0.1.0",
        options: &[
            OptionSpec {
                name: "words",
                default: &[
                    "improve",
                    "enhance",
                    "optimize",
                    "optimise",
                    "refactor",
                    "clean up",
                    "cleanup",
                    "tidy up",
                    "polish",
                    "rework",
                    "fix things",
                    "fix issues",
                    "fix bugs",
                    "etc",
                    "and so on",
                    "and more",
                    "various",
                    "some",
                    "several",
                    "misc",
                    "miscellaneous",
                    "as needed",
                    "if needed",
                    "as necessary",
                    "other files",
                    "related files",
                    "things",
                    "stuff",
                    "melhore",
                    "melhorar",
                    "melhorias",
                    "otimize",
                    "otimizar",
                    "refatore",
                    "refatorar",
                    "arrume",
                    "arrumar",
                    "ajuste",
                    "ajustar",
                    "ajustes",
                    "limpar",
                    "corrigir bugs",
                    "diversos",
                    "diversas",
                    "vários",
                    "várias",
                    "algumas coisas",
                    "outras coisas",
                    "e outros",
                    "e outras",
                    "e assim por diante",
                    "se necessário",
                    "quando necessário",
                    "outros arquivos",
                    "arquivos relacionados",
                ],
                doc: "words and phrases that say nothing without something concrete beside them",
            },
            OptionSpec {
                name: "implicit",
                default: &[
                    "other files",
                    "related files",
                    "all files",
                    "all relevant files",
                    "any other files",
                    "outros arquivos",
                    "demais arquivos",
                    "arquivos relacionados",
                    "todos os arquivos",
                ],
                doc: "phrases that name files without naming them, whatever stands beside them",
            },
        ],
        explanation: r#"
## What it finds
A goal, unit title, constraint or reason for a file, in English or Portuguese, that has one of the `words` and next to
nothing else: no path, no identifier, no number, and fewer than three other words that carry a meaning. "Refactor the
token parser into two passes" is fine; "Refactor and clean up" is not. And one that has an `implicit` phrase, such as
"related files", and so leaves open which files are meant. Words count as wholes: "fetch" is not "etc".

## Why it matters
What any change would fit can't be drifted from, and it gives the pairing of units and commits no word to hold on to.
Judging language is a guess, so this is a remark at every risk level and never turns a verdict.

## Example
```json
{"id": "U1", "title": "Clean up various things", "files": ["src/"]}
```
```text
note[D005]: the title of unit `U1` says little: "Clean up various things" has `clean up` and nothing concrete
  help: name what changes: the function, the file or the behaviour
```

## How to settle it
Name what changes and how one would see it: the function, the file, the behaviour.
"#,
    },
    run,
};

fn run(comparison: &Comparison<'_>, options: &Options, findings: &mut Findings<'_>) {
    let phrases =
        |option: &str| -> Vec<Vec<String>> { options.list(option).iter().map(|phrase| words_of(phrase)).collect() };
    let (words, implicit) = (phrases("words"), phrases("implicit"));
    for text in texts(comparison) {
        if let Some(phrase) = implicit_phrase(text.value, &implicit) {
            let message = format!(
                "{} names files without naming them: {} has `{phrase}`",
                text.name,
                quoted(text.value)
            );
            let found = Found::new(text.location, message).detail(text.detail);
            findings.add(found.help("name each file, or the folder that holds them"));
            continue;
        }
        let Some(word) = vague_word(text.value, &words) else {
            continue;
        };
        let message = format!(
            "{} says little: {} has `{word}` and nothing concrete",
            text.name,
            quoted(text.value)
        );
        let found = Found::new(text.location, message).detail(text.detail);
        findings.add(found.help("name what changes: the function, the file or the behaviour"));
    }
}

/// A sentence of the plan that people read.
struct Text<'a> {
    name: String,
    value: &'a str,
    location: Location,
    detail: String,
}

fn texts<'a>(comparison: &Comparison<'a>) -> Vec<Text<'a>> {
    let plan = comparison.plan;
    let mut texts = Vec::new();
    for lane in &plan.lanes {
        let source = source_name(plan, lane.location.source);
        let text = |what: &str, value: &'a str, location: Location, detail: &str| Text {
            name: format!("the {what} of `{source}`"),
            value,
            location,
            detail: format!("{what} of {}{detail}", lane.name),
        };
        texts.extend(
            lane.goal
                .iter()
                .map(|it| text("goal", &it.value, (&it.location).into(), "")),
        );
        let constraint = |it: &'a String| text("constraint", it, (&lane.location).into(), &format!(": {it}"));
        texts.extend(lane.constraints.iter().map(constraint));
    }
    texts.extend(plan.units.iter().enumerate().map(|(unit, it)| Text {
        name: format!("the title of unit `{}`", plan.unit_name(unit)),
        value: &it.title,
        location: comparison.unit_location(unit),
        detail: format!("title of {}", plan.unit_name(unit)),
    }));
    texts.extend(plan.declarations().filter_map(|(_, it)| {
        let path = it.pattern.to_text();
        Some(Text {
            name: format!("the reason for `{path}`"),
            value: it.reason.as_deref()?,
            location: (&it.location).into(),
            detail: format!("reason for {path}"),
        })
    }));
    texts
}

/// The first of `phrases` that `text` has.
fn implicit_phrase(text: &str, phrases: &[Vec<String>]) -> Option<String> {
    let words = words_of(text);
    let is_there =
        |phrase: &&Vec<String>| !phrase.is_empty() && words.windows(phrase.len()).any(|some| some == **phrase);
    phrases.iter().find(is_there).map(|phrase| phrase.join(" "))
}

/// The first of `phrases` that `text` has, if the text is vague: nothing concrete, and few words beside the phrases.
fn vague_word(text: &str, phrases: &[Vec<String>]) -> Option<String> {
    if text.split_whitespace().any(is_concrete) {
        return None;
    }
    let words = words_of(text);
    let (mut first, mut telling, mut at) = (None, 0, 0);
    while at < words.len() {
        let starting_here = phrases
            .iter()
            .filter(|phrase| !phrase.is_empty() && words[at..].starts_with(phrase));
        if let Some(phrase) = starting_here.max_by_key(|phrase| phrase.len()) {
            at += phrase.len();
            first.get_or_insert_with(|| phrase.join(" "));
        } else {
            telling += usize::from(!EMPTY_WORDS.contains(&words[at].as_str()));
            at += 1;
        }
    }
    first.filter(|_| telling < ENOUGH_WORDS)
}

/// The words of `text` in lower case, without what stands around them.
fn words_of(text: &str) -> Vec<String> {
    let bare = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '-');
    let words = bare
        .map(|word| word.trim_matches(['\'', '-']))
        .filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Whether a word is a path, an identifier, a number, or quoted as code.
fn is_concrete(word: &str) -> bool {
    let inner = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '`');
    let marks = inner.contains(['`', '/', '_', '.', ':', '(', '#']) || inner.contains(|c: char| c.is_ascii_digit());
    let capital_inside = inner.chars().skip(1).any(char::is_uppercase);
    marks || capital_inside
}

#[cfg(test)]
mod tests {
    use super::{CHECK, vague_word, words_of};

    fn vague(text: &str) -> Option<String> {
        let phrases: Vec<_> = CHECK.rule.options[0].default.iter().map(|it| words_of(it)).collect();
        vague_word(text, &phrases)
    }

    #[test]
    fn only_what_says_nothing_else_is_vague() {
        for text in [
            "Refatore o código",
            "Melhorar e ajustar, se necessário",
            "Refactor",
            "Clean up various things",
            "Improve the code, etc.",
            "fix things as needed",
        ] {
            assert!(vague(text).is_some(), "{text}");
        }
        for text in [
            "Refactor the token parser into two passes",
            "Refactor src/login.rs",
            "Improve `parse`",
            "Improve parseToken",
            "Fix issues 12 and 14",
            "Add login",
            "Something improved",
            "Fetch the user list",
            "Ajustar a largura da página de login",
            "",
        ] {
            assert_eq!(vague(text), None, "{text}");
        }
    }

    #[test]
    fn the_longest_phrase_is_named() {
        assert_eq!(vague("Fix things").as_deref(), Some("fix things"));
    }
}
