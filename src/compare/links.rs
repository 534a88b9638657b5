//! Whether one file refers to another, or to a thing by name.
//!
//! With a pattern: it is searched in `from`, else in `to`. Planners write JavaScript expressions and plain texts alike,
//! so that a pattern which stands in the file letter by letter holds too, and one that can't be read is unchecked.
//! Without: `from` names the path of `to`, the path without its ending or `/index`, or its bare name as a word.

use super::expectations::TargetTree;
use super::text_search::{Expression, has_word};
use crate::model::{Outcome, PathPattern, Target};

pub(super) fn link(tree: &TargetTree<'_>, from: &Target, to: &Target, pattern: Option<&str>) -> Outcome {
    match (from, to, pattern) {
        (Target::Symbol(from), Target::Symbol(to), _) => {
            Outcome::Unchecked(format!("neither `{from}` nor `{to}` is a path"))
        }
        (Target::Path(from), to, Some(pattern)) => by_pattern(tree, from, to.path(), pattern),
        (Target::Symbol(_), Target::Path(to), Some(pattern)) => by_pattern(tree, to, None, pattern),
        (Target::Path(from), Target::Path(to), None) => by_path(tree, from, to),
        (Target::Path(path), Target::Symbol(name), None) | (Target::Symbol(name), Target::Path(path), None) => {
            by_name(tree, path, name)
        }
    }
}

fn by_pattern(tree: &TargetTree<'_>, first: &PathPattern, second: Option<&PathPattern>, pattern: &str) -> Outcome {
    let expression = Expression::read(pattern);
    let judge = |text: &str| match &expression {
        _ if text.contains(pattern) => Outcome::Met,
        Ok(expression) if expression.is_match(text) => Outcome::Met,
        Ok(_) => Outcome::Unmet(vec![format!("nothing in it matches `{pattern}`")]),
        Err(why) => Outcome::Unchecked(format!("the expression `{pattern}` can't be read: {why}")),
    };
    let outcome = tree.in_texts(first, judge);
    match (&outcome, second) {
        (Outcome::Unmet(_) | Outcome::Unchecked(_), Some(second)) if tree.in_texts(second, judge) == Outcome::Met => {
            Outcome::Met
        }
        _ => outcome,
    }
}

fn by_path(tree: &TargetTree<'_>, from: &PathPattern, to: &PathPattern) -> Outcome {
    let spellings = spellings(to);
    tree.in_texts(from, |text| {
        if spellings.iter().any(|it| has_word(text, it)) {
            return Outcome::Met;
        }
        Outcome::Unmet(vec![format!("it does not name `{}`", to.to_text())])
    })
}

/// A name that holds spaces and is not found may be prose: nothing that could be judged.
fn by_name(tree: &TargetTree<'_>, path: &PathPattern, name: &str) -> Outcome {
    let name = name.trim();
    let bare = name.strip_suffix("()").unwrap_or(name);
    let last = bare.rsplit(['.', ':', '#']).next().unwrap_or(bare);
    tree.in_texts(path, |text| {
        let found = [name, bare, last].iter().any(|it| !it.is_empty() && has_word(text, it));
        match found {
            true => Outcome::Met,
            false if name.contains(char::is_whitespace) || name.is_empty() => {
                Outcome::Unchecked(format!("`{name}` is neither a path nor a name in the file"))
            }
            false => Outcome::Unmet(vec![format!("it does not name `{name}`")]),
        }
    })
}

/// How a file may name another: by path, without ending, without `/index`, by its bare name.
fn spellings(to: &PathPattern) -> Vec<String> {
    let path = to.text();
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = match name.split_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    };
    let mut found = vec![path.to_owned(), format!("{folder}/{stem}"), name.to_owned()];
    if matches!(stem, "index" | "mod" | "__init__") && !folder.is_empty() {
        found.push(folder.to_owned());
        found.extend(folder.rsplit('/').next().map(ToOwned::to_owned));
    } else {
        found.push(stem.to_owned());
    }
    found.retain(|it| !it.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::spellings;
    use crate::model::PathPattern;

    #[test]
    fn a_file_is_named_in_several_ways() {
        let of = |text: &str| spellings(&PathPattern::parse(text).unwrap());
        assert_eq!(of("src/a/b.test.ts"), ["src/a/b.test.ts", "src/a/b", "b.test.ts", "b"]);
        assert_eq!(of("src/auth/index.ts").last().map(String::as_str), Some("auth"));
    }
}
