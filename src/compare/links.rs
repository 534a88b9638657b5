//! Whether one file refers to another, or to a thing by name.
//!
//! With a pattern: it is searched in `from`, else in `to`. Planners write JavaScript expressions and plain texts alike,
//! so that a pattern which stands in the file letter by letter holds too, and one that can't be read is unchecked.
//! One that joins parts (`a.*b`) is a guess at how a line will look: where `from` names the file `to`, the two are wired
//! all the same. One that is a name (`login\(`) asks for that name.
//! Without: `from` names the path of `to`, the path without its ending or `/index`, or its bare name as a word.
//! Of a `to` with wildcards one of its files is enough.

use super::expectations::TargetTree;
use super::text_search::{Expression, has_word};
use crate::model::{Outcome, PathPattern, RepoPath, Target};

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
    // Written with one `\` too many, as for grep (`a\|b`) or for a text in quotes (`\\.`).
    let unescaped = pattern.replace("\\|", "|").replace("\\\\", "\\");
    let unescaped = (unescaped != pattern)
        .then(|| Expression::read(&unescaped).ok())
        .flatten();
    let judge = |text: &str| match &expression {
        _ if text.contains(pattern) => Outcome::Met,
        Ok(expression) if expression.is_match(text) => Outcome::Met,
        _ if unescaped.as_ref().is_some_and(|it| it.is_match(text)) => Outcome::Met,
        Ok(_) => Outcome::Unmet(vec![format!("nothing in it matches `{pattern}`")]),
        Err(why) => Outcome::Unchecked(format!("the expression `{pattern}` can't be read: {why}")),
    };
    let outcome = tree.in_texts(first, judge);
    let is_open = matches!(outcome, Outcome::Unmet(_) | Outcome::Unchecked(_));
    let Some(second) = second.filter(|_| is_open) else {
        return outcome;
    };
    let is_guess = pattern.contains(".*") || pattern.contains(".+");
    if tree.in_texts(second, judge) == Outcome::Met || (is_guess && names_file(tree, first, second)) {
        return Outcome::Met;
    }
    outcome
}

/// The most files of a `to` with wildcards that are looked for.
const MAX_FILES: usize = 200;

/// Whether `from` leaves no doubt that it means the file `to`: by its name with the ending, or by a path to it.
fn names_file(tree: &TargetTree<'_>, from: &PathPattern, to: &PathPattern) -> bool {
    let files = tree.files(to);
    let clear: Vec<String> = files.into_iter().take(MAX_FILES).flat_map(clear_spellings).collect();
    let names = |text: &str| match clear.iter().any(|it| has_word(text, it)) {
        true => Outcome::Met,
        false => Outcome::Unmet(Vec::new()),
    };
    tree.in_texts(from, names) == Outcome::Met
}

/// `login.ts` and `/login` for `src/login.ts`, `/auth` for `src/auth/index.ts`.
fn clear_spellings(file: &RepoPath) -> Vec<String> {
    let Ok(pattern) = PathPattern::parse(&file.to_string()) else {
        return Vec::new();
    };
    let (_, name, stem) = parts(&pattern);
    let mut clear: Vec<String> = spellings(&pattern)
        .into_iter()
        .filter(|it| it.contains('/') || (it == name && name != stem && !is_index(stem)))
        .collect();
    if !is_index(stem) {
        clear.push(format!("/{stem}"));
    }
    clear
}

fn by_path(tree: &TargetTree<'_>, from: &PathPattern, to: &PathPattern) -> Outcome {
    let mut wanted = spellings(to);
    if to.literal().is_none() {
        let files = tree.files(to).into_iter().take(MAX_FILES);
        let each = files.filter_map(|file| PathPattern::parse(&file.to_string()).ok());
        wanted.extend(each.flat_map(|file| spellings(&file)));
    }
    tree.in_texts(from, |text| {
        if wanted.iter().any(|it| has_word(text, it)) {
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
    let (folder, name, stem) = parts(to);
    let mut found = vec![to.text().to_owned(), format!("{folder}/{stem}"), name.to_owned()];
    if is_index(stem) && !folder.is_empty() {
        found.push(folder.to_owned());
        found.extend(folder.rsplit('/').next().map(ToOwned::to_owned));
    } else {
        found.push(stem.to_owned());
    }
    found.retain(|it| !it.is_empty());
    found
}

/// The folder, the name, and the name without its endings.
fn parts(path: &PathPattern) -> (&str, &str, &str) {
    let (folder, name) = path.text().rsplit_once('/').unwrap_or(("", path.text()));
    let stem = match name.split_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    };
    (folder, name, stem)
}

/// Whether the name is the same in every folder, so that the folder is what others name.
fn is_index(stem: &str) -> bool {
    matches!(stem, "index" | "mod" | "__init__")
}

#[cfg(test)]
mod tests {
    use super::{clear_spellings, spellings};
    use crate::model::PathPattern;

    #[test]
    fn a_file_is_named_in_several_ways() {
        let of = |text: &str| spellings(&PathPattern::parse(text).unwrap());
        assert_eq!(of("src/a/b.test.ts"), ["src/a/b.test.ts", "src/a/b", "b.test.ts", "b"]);
        assert_eq!(of("src/auth/index.ts").last().map(String::as_str), Some("auth"));
    }

    #[test]
    fn a_bare_word_is_no_clear_name_of_a_file() {
        let of = |text: &str| clear_spellings(&text.into());
        assert_eq!(of("src/git.js"), ["src/git.js", "src/git", "git.js", "/git"]);
        assert_eq!(
            of("src/auth/index.ts"),
            ["src/auth/index.ts", "src/auth/index", "src/auth"]
        );
        assert_eq!(of("Makefile"), ["/Makefile", "/Makefile"]);
    }
}
