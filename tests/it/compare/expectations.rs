//! What must be true of the target's tree.

use crate::support::comparison::compared;
use crate::support::history::history;
use crate::support::plan::plan;
use drift::model::{Expectation, ExpectationKind, PathPattern, PlanLocation, Target};
use snapbox::{assert_data_eq, str};

/// An expectation of each kind.
pub fn one_of_each() -> Vec<Expectation> {
    vec![
        exists("e"),
        contains("c", &["x"]),
        exports("x", &["x"]),
        min_lines("m", 1),
        link("f", "t.ts", None),
        link("f", "Symbol", None),
        expectation(ExpectationKind::Prose("It is fast".into())),
    ]
}

/// The outcomes in a tree of these files; a text of `None` is binary.
fn check(expectations: Vec<Expectation>, files: &[(&str, Option<&str>)]) -> String {
    let mut plan = plan().build();
    plan.expectations = expectations;
    let paths: Vec<&str> = files.iter().map(|(path, _)| *path).collect();
    let mut history = history(&paths).build();
    for (path, text) in files {
        history.contents.insert((*path).into(), text.map(ToOwned::to_owned));
    }
    compared(&plan, &history)
}

#[test]
fn a_file_a_folder_or_a_wildcard_exists() {
    let expected = ["a.rs", "src", "src/", "src/*.rs", "src/lgin.rs", "docs/"]
        .map(exists)
        .into();
    assert_data_eq!(
        check(expected, &[("a.rs", None), ("src/login.rs", None)]),
        str![[r#"
expectation 0 Met
expectation 1 Met
expectation 2 Met
expectation 3 Met
expectation 4 MissingFile { path: "src/lgin.rs", nearest: Some("src/login.rs") }
expectation 5 MissingFile { path: "docs/", nearest: None }
"#]]
    );
}

#[test]
fn a_text_holds_one_of_the_alternatives() {
    let expected = vec![
        contains("a", &["one", "two"]),
        contains("a", &["three", "four"]),
        contains("a", &["x", "y"]),
        contains("b", &["one"]),
        contains("c", &["one"]),
        contains("*", &["nowhere"]),
    ];
    assert_data_eq!(
        check(expected, &[("a", Some("two x|y")), ("b", None)]),
        str![[r#"
expectation 0 Met
expectation 1 Unmet(["it contains none of `three`, `four`"])
expectation 2 Met
expectation 3 Unchecked("`b` is binary or too large to be read")
expectation 4 MissingFile { path: "c", nearest: None }
expectation 5 Unchecked("`b` is binary or too large to be read")
"#]]
    );
}

#[test]
fn exports_stand_as_words() {
    let expected = vec![exports("a", &["login", "logout"]), exports("a", &["log", "GET /x"])];
    assert_data_eq!(
        check(expected, &[("a", Some("fn login() fn logout() GET /x"))]),
        str![[r#"
expectation 0 Met
expectation 1 Unmet(["it does not name `log`"])
"#]]
    );
}

#[test]
fn lines_are_counted() {
    let expected = vec![min_lines("a", 2), min_lines("a", 3)];
    assert_data_eq!(
        check(expected, &[("a", Some("one\ntwo"))]),
        str![[r#"
expectation 0 Met
expectation 1 Unmet(["it has 2 of at least 3 lines"])
"#]]
    );
}

#[test]
fn a_link_matches_its_pattern_in_either_file() {
    let expected = vec![
        link("a.ts", "b.ts", Some(r"import .*from")),
        link("a.ts", "b.ts", Some(r"only\s+in b")),
        link("a.ts", "b.ts", Some("nowhere")),
        link("a.ts", "b.ts", Some("(?=look)")),
        link("a.ts", "b.ts", Some("call(x)")),
        link("a.ts", "b.ts", Some("import { x }")),
        link("missing.ts", "b.ts", Some("only")),
        link("Symbol", "b.ts", Some("only")),
        link("binary.ts", "a.ts", Some("nowhere")),
    ];
    let files = [
        ("a.ts", Some("import { x } from './b'; call(x)")),
        ("b.ts", Some("only in b")),
        ("binary.ts", None),
    ];
    assert_data_eq!(
        check(expected, &files),
        str![[r#"
expectation 0 Met
expectation 1 Met
expectation 2 Unmet(["nothing in it matches `nowhere`"])
expectation 3 Unchecked("the expression `(?=look)` can't be read: look-around, including look-ahead and look-behind, is not supported")
expectation 4 Met
expectation 5 Met
expectation 6 MissingFile { path: "missing.ts", nearest: None }
expectation 7 Met
expectation 8 Unchecked("`binary.ts` is binary or too large to be read")
"#]]
    );
}

#[test]
fn a_link_without_a_pattern_names_the_other_file() {
    let expected = vec![
        link("a.ts", "src/lib/b.ts", None),
        link("a.ts", "src/auth/index.ts", None),
        link("a.ts", "src/c.ts", None),
        link("a.ts", "useThing()", None),
        link("a.ts", "no.useThing", None),
        link("a.ts", "Missing", None),
        link("a.ts", "the login form", None),
        link("Symbol", "a.ts", None),
        link("Symbol", "Other", None),
    ];
    let text = "import './lib/b'; import x from '../auth'; useThing(); bc";
    assert_data_eq!(
        check(expected, &[("a.ts", Some(text))]),
        str![[r#"
expectation 0 Met
expectation 1 Met
expectation 2 Unmet(["it does not name `src/c.ts`"])
expectation 3 Met
expectation 4 Met
expectation 5 Unmet(["it does not name `Missing`"])
expectation 6 Unchecked("`the login form` is neither a path nor a name in the file")
expectation 7 Unmet(["it does not name `Symbol`"])
expectation 8 Unchecked("neither `Symbol` nor `Other` is a path")
"#]]
    );
}

#[test]
fn a_link_holds_where_the_file_is_named_though_the_guess_at_its_line_is_wrong() {
    let expected = vec![
        link("a.ts", "src/b.ts", Some("readB.*open")),
        link("a.ts", "src/c.ts", Some("readC.*open")),
        link("a.ts", "src/git.ts", Some("readGit.*open")),
        link("a.ts", "d.ts", Some(r"openD\|closeD")),
        link("a.ts", "d.ts", Some(r"open\.file")),
        link("a.ts", "src/*.ts", Some("nothing.*here")),
        link("a.ts", "src/b.ts", Some("readB")),
        link("a.ts", "src/*.ts", None),
        link("d.ts", "src/c.ts", Some("nothing.*here")),
    ];
    let files = [
        (
            "a.ts",
            Some("import b from './b'; // git has its own way\n openD open.file"),
        ),
        ("d.ts", Some("")),
        ("src/b.ts", Some("")),
        ("src/c.ts", Some("")),
        ("src/git.ts", Some("")),
    ];
    assert_data_eq!(
        check(expected, &files),
        str![[r#"
expectation 0 Met
expectation 1 Unmet(["nothing in it matches `readC.*open`"])
expectation 2 Unmet(["nothing in it matches `readGit.*open`"])
expectation 3 Met
expectation 4 Met
expectation 5 Met
expectation 6 Unmet(["nothing in it matches `readB`"])
expectation 7 Met
expectation 8 Unmet(["nothing in it matches `nothing.*here`"])
"#]]
    );
}

#[test]
fn a_bare_name_means_the_only_file_of_that_name() {
    let expected = vec![exists("b.ts"), contains("b.ts", &["x"]), exists("c.ts")];
    let files = [("src/b.ts", Some("x")), ("src/c.ts", Some("")), ("lib/c.ts", Some(""))];
    assert_data_eq!(
        check(expected, &files),
        str![[r#"
expectation 0 Met
expectation 1 Met
expectation 2 MissingFile { path: "c.ts", nearest: [..] }
"#]]
    );
}

#[test]
fn only_what_could_be_judged_is_counted() {
    let mut plan = plan().build();
    plan.expectations = vec![exists("a"), expectation(ExpectationKind::Prose("It is fast".into()))];
    let (history, policy) = (history(&[]).build(), crate::support::comparison::policy());
    let comparison = crate::support::comparison::comparison(&plan, &history, &policy);
    assert_eq!(comparison.checked.expectations, 1);
}

fn expectation(kind: ExpectationKind) -> Expectation {
    Expectation {
        kind,
        provides: String::new(),
        location: PlanLocation::default(),
    }
}

fn pattern(text: &str) -> PathPattern {
    PathPattern::parse(text).unwrap()
}

fn exists(text: &str) -> Expectation {
    expectation(ExpectationKind::Exists(pattern(text)))
}

fn contains(path: &str, texts: &[&str]) -> Expectation {
    let alternatives = texts.iter().map(ToString::to_string).collect();
    let path = pattern(path);
    expectation(ExpectationKind::Contains { path, alternatives })
}

fn exports(path: &str, names: &[&str]) -> Expectation {
    let names = names.iter().map(ToString::to_string).collect();
    let path = pattern(path);
    expectation(ExpectationKind::Exports { path, names })
}

fn min_lines(path: &str, lines: u64) -> Expectation {
    let path = pattern(path);
    expectation(ExpectationKind::MinLines { path, lines })
}

/// An end with a lower-case ending is a path.
fn link(from: &str, to: &str, expression: Option<&str>) -> Expectation {
    let target = |text: &str| match text.ends_with(".ts") || text.len() == 1 {
        true => Target::Path(pattern(text)),
        false => Target::Symbol(text.into()),
    };
    expectation(ExpectationKind::Link {
        from: target(from),
        to: target(to),
        pattern: expression.map(ToOwned::to_owned),
        via: String::new(),
    })
}
