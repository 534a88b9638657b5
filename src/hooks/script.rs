//! The scripts that git runs: one a hook, kept as real files in hooks/ and filled in at the install.

/// Stands in a script where the path of the installing drift belongs.
const PROGRAM: &[u8] = b"@DRIFT@";
/// Stands in a script where it says what was there before.
const KEPT: &[u8] = b"@KEPT@";
/// Begins the line that names the program.
const PROGRAM_LINE: &[u8] = b"drift=";
/// Begins the line that says what was there before.
const KEPT_LINE: &[u8] = b"# before drift: ";
/// What that line says where nothing was.
const NOTHING: &[u8] = b"nothing";

/// One hook that drift has a script for.
#[derive(Debug)]
pub struct Hook {
    /// The name that git knows it by.
    pub name: &'static str,
    /// Whether git writes to its standard input.
    pub takes_input: bool,
    /// Whether it is installed only where somebody asks for it.
    pub is_optional: bool,
    template: &'static str,
}

/// Every hook that drift has a part in, in the order in which git runs them.
pub static HOOKS: &[Hook] = &[
    Hook {
        name: "pre-commit",
        takes_input: false,
        is_optional: true,
        template: include_str!("../../hooks/pre-commit"),
    },
    Hook {
        name: "prepare-commit-msg",
        takes_input: false,
        is_optional: false,
        template: include_str!("../../hooks/prepare-commit-msg"),
    },
    Hook {
        name: "commit-msg",
        takes_input: false,
        is_optional: false,
        template: include_str!("../../hooks/commit-msg"),
    },
    Hook {
        name: "post-commit",
        takes_input: false,
        is_optional: false,
        template: include_str!("../../hooks/post-commit"),
    },
    Hook {
        name: "post-rewrite",
        takes_input: true,
        is_optional: false,
        template: include_str!("../../hooks/post-rewrite"),
    },
    Hook {
        name: "pre-push",
        takes_input: true,
        is_optional: false,
        template: include_str!("../../hooks/pre-push"),
    },
];

/// The hook that git knows by this name.
pub fn find(name: &str) -> Option<&'static Hook> {
    HOOKS.iter().find(|hook| hook.name == name)
}

/// The file name that the hook which was there before is kept under; the scripts spell it too.
pub fn kept_name(name: &str) -> String {
    format!("{name}.drift-kept")
}

impl Hook {
    /// The script that starts `program`, after the hook with the hash `kept` that was there before.
    pub fn script(&self, program: &[u8], kept: Option<&str>) -> Vec<u8> {
        let mut script = Vec::with_capacity(self.template.len() + program.len());
        for line in self.template.as_bytes().split_inclusive(|byte| *byte == b'\n') {
            let plain = line.strip_suffix(b"\n").unwrap_or(line);
            if plain.strip_prefix(PROGRAM_LINE) == Some(PROGRAM) {
                script.extend([PROGRAM_LINE, quoted(program).as_slice(), b"\n"].concat());
            } else if plain.strip_prefix(KEPT_LINE) == Some(KEPT) {
                script.extend([KEPT_LINE, kept.map_or(NOTHING, str::as_bytes), b"\n"].concat());
            } else {
                script.extend(line);
            }
        }
        script
    }

    /// Reads a script back; `None` where drift did not write it.
    pub fn recognise(&self, script: &[u8]) -> Option<FoundScript> {
        let mut lines = script.split(|byte| *byte == b'\n').skip(1);
        let first = format!("# drift's {} hook.", self.name);
        lines.next().filter(|line| line.starts_with(first.as_bytes()))?;
        let kept = lines.next()?.strip_prefix(KEPT_LINE)?;
        let program = unquoted(lines.next()?.strip_prefix(PROGRAM_LINE)?)?;
        let kept = (kept != NOTHING).then(|| String::from_utf8_lossy(kept).into_owned());
        Some(FoundScript {
            is_current: self.script(&program, kept.as_deref()) == script,
            program,
            kept,
        })
    }
}

/// What an installed script says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundScript {
    /// The program that it starts first.
    pub program: Vec<u8>,
    /// The hash of the hook that was there before.
    pub kept: Option<String>,
    /// Whether it is, byte for byte, what this drift writes.
    pub is_current: bool,
}

/// The bytes as one word of a shell script.
fn quoted(bytes: &[u8]) -> Vec<u8> {
    let mut word = vec![b'\''];
    for &byte in bytes {
        match byte {
            b'\'' => word.extend(br"'\''"),
            _ => word.push(byte),
        }
    }
    word.push(b'\'');
    word
}

fn unquoted(word: &[u8]) -> Option<Vec<u8>> {
    let inner = word.strip_prefix(b"'")?.strip_suffix(b"'")?;
    let mut bytes = Vec::with_capacity(inner.len());
    let mut rest = inner;
    while let Some((&first, after)) = rest.split_first() {
        rest = match rest.strip_prefix(br"'\''") {
            Some(after) => after,
            None => after,
        };
        bytes.push(first);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::{HOOKS, KEPT, PROGRAM, kept_name};

    #[test]
    fn every_script_has_its_places_and_names_itself_throughout() {
        for hook in HOOKS {
            let text = hook.template;
            for place in [PROGRAM, KEPT] {
                let place = std::str::from_utf8(place).unwrap();
                assert_eq!(text.matches(place).count(), 1, "{}: {place}", hook.name);
            }
            assert!(text.starts_with("#!/bin/sh\n"), "{}", hook.name);
            assert!(text.contains(&format!("/{}\n", kept_name(hook.name))), "{}", hook.name);
            assert!(text.contains(&format!("drift hook {} \"$@\"", hook.name)) || hook.takes_input);
        }
    }

    #[test]
    fn a_script_is_read_back_whatever_the_path_holds() {
        for program in ["/usr/bin/drift", "/it's/a'/drift", "/a b/$HOME/`x`/drift", "/é"] {
            for kept in [None, Some("aabb")] {
                for hook in HOOKS {
                    let script = hook.script(program.as_bytes(), kept);
                    let found = hook.recognise(&script).unwrap();
                    assert_eq!((found.program.as_slice(), found.is_current), (program.as_bytes(), true));
                    assert_eq!(found.kept.as_deref(), kept);
                }
            }
        }
    }

    #[test]
    fn another_script_is_not_taken_for_drifts() {
        let hook = &HOOKS[0];
        for text in ["", "#!/bin/sh\n", "#!/bin/sh\n# drift's commit-msg hook.\n", "# drift"] {
            assert_eq!(hook.recognise(text.as_bytes()), None, "{text}");
        }
        let mut edited = hook.script(b"/d", None);
        edited.extend(b"echo more\n");
        assert!(!hook.recognise(&edited).unwrap().is_current);
    }
}
