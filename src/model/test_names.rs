//! Which tests a promised name means: the name as its runner writes it, alone or with what encloses it.

use super::{PlannedTest, TestResult};

/// What runners write between a test and what encloses it.
const SEPARATORS: [&str; 7] = ["::", ".", " > ", " › ", "/", "#", " "];

impl PlannedTest {
    /// Whether `test` is one that this promise means: its name, or what encloses it joined with its name
    /// (`mod::test`, `Class.test`, `describe > test`, `file::Class::test`), is the promised name, or matches it where that
    /// holds `*` (any text) or `?` (any character).
    pub fn names(&self, test: &TestResult) -> bool {
        if !self.is_pattern() {
            return self.name.ends_with(&test.name) && spellings(test).any(|spelling| spelling == self.name);
        }
        spellings(test).any(|spelling| matches(&self.name, &spelling))
    }

    /// Whether the name is a pattern.
    pub fn is_pattern(&self) -> bool {
        self.name.contains(['*', '?'])
    }
}

impl TestResult {
    /// Its name with what encloses it, as people tell tests apart: `describe > test`.
    pub fn full_name(&self) -> String {
        let parts: Vec<&str> = self.groups.iter().chain([&self.name]).map(String::as_str).collect();
        parts.join(" > ")
    }
}

/// The ways in which a test may be written: its name, with none, some or all of what encloses it, and its file.
fn spellings(test: &TestResult) -> impl Iterator<Item = String> {
    let tails = (0..=test.groups.len()).rev().map(|from| &test.groups[from..]);
    tails.flat_map(|groups| {
        let own = groups.iter().map(String::as_str).chain([test.name.as_str()]);
        let own: Vec<&str> = own.collect();
        let with_file = test.file.as_deref().map(|file| [&[file], own.as_slice()].concat());
        let chains = [Some(own), with_file].into_iter().flatten();
        let spelled: Vec<String> = chains
            .flat_map(|chain| {
                // A name alone is the same whatever stands between.
                let kinds = if chain.len() == 1 { 1 } else { SEPARATORS.len() };
                SEPARATORS
                    .iter()
                    .take(kinds)
                    .map(move |separator| chain.join(separator))
                    .collect::<Vec<_>>()
            })
            .collect();
        spelled
    })
}

/// Whether all of `text` matches a pattern of `*` and `?`; linear in practice, and never worse than their product.
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let (mut p, mut t) = (0, 0);
    let mut last_star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some('*') => {
                last_star = Some((p, t));
                p += 1;
            }
            Some(&c) if c == '?' || c == text[t] => {
                p += 1;
                t += 1;
            }
            _ => match last_star {
                Some((star, taken)) => {
                    last_star = Some((star, taken + 1));
                    p = star + 1;
                    t = taken + 1;
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::super::{PlanLocation, PlannedTest, TestOutcome, TestResult};
    use super::matches;

    fn names(promised: &str, groups: &[&str], name: &str, file: Option<&str>) -> bool {
        let promise = PlannedTest {
            id: "T1".into(),
            suite: None,
            name: promised.into(),
            required: true,
            clauses: Vec::new(),
            location: PlanLocation::default(),
        };
        promise.names(&TestResult {
            groups: groups.iter().map(ToString::to_string).collect(),
            name: name.into(),
            file: file.map(Into::into),
            outcome: TestOutcome::Passed,
            flaky: false,
            duration_ms: None,
            message: None,
        })
    }

    #[test]
    fn a_test_goes_by_its_name_with_as_much_around_it_as_one_writes() {
        for promised in [
            "rejects",
            "login::rejects",
            "auth::login::rejects",
            "auth.login.rejects",
            "auth > login > rejects",
            "login rejects",
            "login#rejects",
            "tests/login.rs::rejects",
            "tests/login.rs::auth::login::rejects",
        ] {
            assert!(
                names(promised, &["auth", "login"], "rejects", Some("tests/login.rs")),
                "{promised}"
            );
        }
        for promised in [
            "reject",
            "auth::rejects",
            "ogin::rejects",
            "tests::rejects",
            "login::",
            "",
        ] {
            assert!(
                !names(promised, &["auth", "login"], "rejects", Some("tests/login.rs")),
                "{promised}"
            );
        }
    }

    #[test]
    fn brackets_are_letters_and_stars_match_anything() {
        assert!(names("test_x[1-2]", &[], "test_x[1-2]", None));
        assert!(!names("test_x[1-2]", &[], "test_x1", None));
        assert!(names("test_x[*]", &[], "test_x[a::b/c]", None));
        assert!(names("login::*", &["login"], "rejects", None));
        assert!(!names("login::*", &["logout"], "rejects", None));
    }

    #[test]
    fn patterns_match_whole_texts() {
        for (pattern, text, expected) in [
            ("*", "", true),
            ("a*b*c", "a-b-b-c", true),
            ("a*b*c", "a-b-b-d", false),
            ("?", "ä", true),
            ("?", "", false),
            ("**a", "bca", true),
            ("a", "ab", false),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
        assert!(!matches(&"*a".repeat(40), &"a".repeat(39)));
    }
}
