//! What a `grep_absence` looks for: a pattern of grep's, or a whole command line around one.
//!
//! As the system runs it, the field is the pattern and `scope` names the folders. In the wild people write the command
//! (`grep -rnE 'noqa' src tests`), which is read here as what it means. What needs a shell is left alone.

/// What must be found nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Absence {
    /// The pattern, in the syntax of Rust's regular expressions.
    pub expression: String,
    /// The pattern as it is written.
    pub shown: String,
    /// Where to look; empty: everywhere.
    pub paths: Vec<String>,
}

/// Programs that a command begins with, and no pattern does.
const PROGRAMS: &[&str] = &[
    "!", "[", "bash", "cd", "find", "git", "ls", "make", "npm", "pytest", "python", "python3", "rg", "sh", "test", "uv",
];

/// Reads the field; an error says why git could not answer it.
pub(super) fn read(command: &str, scope: Option<&str>) -> Result<Absence, &'static str> {
    let scope: Vec<String> = scope
        .unwrap_or_default()
        .split_whitespace()
        .map(ToOwned::to_owned)
        .collect();
    let first = command.split_whitespace().next().ok_or("it names no pattern")?;
    let rest = command
        .trim_start()
        .strip_prefix("git ")
        .unwrap_or(command)
        .trim_start();
    if rest.starts_with("grep ") {
        let words = words(rest).ok_or("it is a shell's line")?;
        return of_command(&words[1..], scope);
    }
    if PROGRAMS.contains(&first) || first.contains('/') && command.contains(" -") {
        return Err("it is a command, and drift runs none");
    }
    Ok(Absence {
        expression: from_basic(command),
        shown: command.to_owned(),
        paths: scope,
    })
}

/// How grep was asked to read its pattern.
#[derive(Default)]
struct Flags {
    extended: bool,
    fixed: bool,
    ignore_case: bool,
    whole_words: bool,
}

fn of_command(words: &[String], scope: Vec<String>) -> Result<Absence, &'static str> {
    let mut flags = Flags::default();
    let mut operands = Vec::new();
    let mut only_operands = false;
    for word in words {
        if only_operands || !word.starts_with('-') || word == "-" {
            operands.push(word.clone());
        } else if word == "--" {
            only_operands = true;
        } else {
            flags.read(word)?;
        }
    }
    if operands.is_empty() {
        return Err("it names no pattern");
    }
    let pattern = operands.remove(0);
    Ok(Absence {
        expression: flags.expression(&pattern),
        shown: pattern,
        paths: if operands.is_empty() { scope } else { operands },
    })
}

impl Flags {
    fn read(&mut self, word: &str) -> Result<(), &'static str> {
        for flag in word[1..].chars() {
            match flag {
                'E' => self.extended = true,
                'F' => self.fixed = true,
                'i' => self.ignore_case = true,
                'w' => self.whole_words = true,
                'r' | 'R' | 'n' | 'H' | 'h' | 'l' | 'q' | 's' | 'I' | 'o' => {}
                _ => return Err("it asks grep for more than a pattern"),
            }
        }
        Ok(())
    }

    fn expression(&self, pattern: &str) -> String {
        let own = if self.fixed {
            escaped(pattern)
        } else if self.extended {
            from_extended(pattern)
        } else {
            from_basic(pattern)
        };
        let own = if self.whole_words {
            format!(r"\b(?:{own})\b")
        } else {
            own
        };
        if self.ignore_case { format!("(?i){own}") } else { own }
    }
}

/// The words of a line as a shell divides it, up to a comment; `None` where more than words stand there.
fn words(line: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\'' => {
                let own = word.get_or_insert_default();
                loop {
                    match letters.next()? {
                        '\'' => break,
                        inner => own.push(inner),
                    }
                }
            }
            '"' => double_quoted(&mut letters, word.get_or_insert_default())?,
            '\\' => word.get_or_insert_default().push(letters.next()?),
            '|' | '&' | ';' | '<' | '>' | '$' | '`' | '(' | ')' => return None,
            '#' if word.is_none() => break,
            space if space.is_whitespace() => words.extend(word.take()),
            other => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word);
    Some(words)
}

/// The rest of a text in double quotes; one that a shell would expand is no plain word.
fn double_quoted(letters: &mut std::str::Chars<'_>, word: &mut String) -> Option<()> {
    loop {
        match letters.next()? {
            '"' => return Some(()),
            '$' | '`' => return None,
            '\\' => match letters.next()? {
                special @ ('"' | '\\' | '$' | '`') => word.push(special),
                other => word.extend(['\\', other]),
            },
            other => word.push(other),
        }
    }
}

/// A basic expression of POSIX, with GNU's `\|`, `\+` and `\?`: what has a backslash there has none here, and the other
/// way round.
fn from_basic(pattern: &str) -> String {
    let mut out = String::new();
    let mut letters = pattern.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some(special @ ('|' | '(' | ')' | '{' | '}' | '+' | '?')) => out.push(special),
                Some('<' | '>') => out.push_str(r"\b"),
                Some(other) => push_escape(&mut out, other),
                None => out.push_str(r"\\"),
            },
            '[' => bracket(&mut letters, &mut out),
            '*' if begins(&out) => out.push_str(r"\*"),
            plain @ ('|' | '(' | ')' | '{' | '}' | '+' | '?') => out.extend(['\\', plain]),
            '^' if !begins(&out) => out.push_str(r"\^"),
            other => out.push(other),
        }
    }
    out
}

/// Whether nothing stands in front that a `*` could repeat.
fn begins(out: &str) -> bool {
    out.is_empty()
        || (out.ends_with(['|', '(', '^']) && !out.ends_with(r"\|") && !out.ends_with(r"\(") && !out.ends_with(r"\^"))
}

/// An extended expression of POSIX.
fn from_extended(pattern: &str) -> String {
    let mut out = String::new();
    let mut letters = pattern.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('<' | '>') => out.push_str(r"\b"),
                Some(other) => push_escape(&mut out, other),
                None => out.push_str(r"\\"),
            },
            '[' => bracket(&mut letters, &mut out),
            other => out.push(other),
        }
    }
    out
}

/// A letter behind a backslash: the classes that both know keep it, any other letter stands for itself.
fn push_escape(out: &mut String, letter: char) {
    if "wWsSbB".contains(letter) || !letter.is_alphanumeric() {
        out.push('\\');
    }
    out.push(letter);
}

/// What stands in brackets: there a backslash is a letter, and Rust's further operators are none.
fn bracket(letters: &mut std::iter::Peekable<std::str::Chars<'_>>, out: &mut String) {
    out.push('[');
    if let Some(not) = letters.next_if_eq(&'^') {
        out.push(not);
    }
    if letters.next_if_eq(&']').is_some() {
        out.push_str(r"\]");
    }
    while let Some(letter) = letters.next() {
        match letter {
            ']' => {
                out.push(']');
                return;
            }
            '[' if letters.peek() == Some(&':') => {
                out.push('[');
                for inner in letters.by_ref() {
                    out.push(inner);
                    if inner == ']' {
                        break;
                    }
                }
            }
            '[' | '\\' | '&' | '~' => out.extend(['\\', letter]),
            other => out.push(other),
        }
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        if r"\.+*?()|[]{}^$#&-~".contains(letter) {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Absence, read};

    fn absence(expression: &str, shown: &str, paths: &[&str]) -> Result<Absence, &'static str> {
        Ok(Absence {
            expression: expression.into(),
            shown: shown.into(),
            paths: paths.iter().map(ToString::to_string).collect(),
        })
    }

    #[test]
    fn a_pattern_is_a_basic_expression_below_its_scope() {
        assert_eq!(
            read(r"def send\|def drain(", Some("src/a.py src/b")),
            absence(r"def send|def drain\(", r"def send\|def drain(", &["src/a.py", "src/b"])
        );
        assert_eq!(read("a+b?{1}", None), absence(r"a\+b\?\{1\}", "a+b?{1}", &[]));
        assert_eq!(read(r"x\.[a-z]*(", None), absence(r"x\.[a-z]*\(", r"x\.[a-z]*(", &[]));
        assert_eq!(read("*a", None), absence(r"\*a", "*a", &[]));
    }

    #[test]
    fn a_command_is_read_as_what_it_means() {
        assert_eq!(
            read(
                "grep -rnE 'noqa|type: ignore' src/a.py tests/  # must be empty; really",
                Some("mission")
            ),
            absence("noqa|type: ignore", "noqa|type: ignore", &["src/a.py", "tests/"])
        );
        assert_eq!(
            read("git grep -n -F 'a.b(' -- src", None),
            absence(r"a\.b\(", "a.b(", &["src"])
        );
        assert_eq!(
            read(r#"grep -iw "x[[:space:]]\"y" s"#, None),
            absence(r#"(?i)\b(?:x[[:space:]]"y)\b"#, r#"x[[:space:]]"y"#, &["s"])
        );
        assert_eq!(read(r"grep 'a[\^]b' s", None), absence(r"a[\\^]b", r"a[\^]b", &["s"]));
    }

    #[test]
    fn what_needs_a_shell_is_left_alone() {
        for command in [
            "grep a b | wc -l",
            "grep a b && ! grep c d",
            "grep \"$X\" src",
            "grep 'open src",
            "git diff --name-only a..b",
            "python -c 1",
            "! test -f a",
            "grep --include=*.py a src",
            "grep -rn",
            ".venv/bin/python -m pytest",
            "",
        ] {
            assert!(read(command, None).is_err(), "{command}");
        }
    }
}
