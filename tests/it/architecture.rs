//! Holds the shape of the source tree: who may import whom, who may touch the world, how long a file may be.

use std::fs;
use std::path::{Path, PathBuf};

/// Each module, and the modules that it may name in a `crate::` path.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("formats", &["model"]),
    ("git", &["model"]),
    ("compare", &["model"]),
    ("rules", &["model"]),
    ("report", &["model"]),
    ("store", &["model"]),
    ("hooks", &["model"]),
    ("results", &["model"]),
    ("runner", &["model"]),
    ("config", &["model"]),
    ("test_code", &["model"]),
    (
        "ops",
        &[
            "model",
            "formats",
            "git",
            "compare",
            "rules",
            "report",
            "store",
            "config",
            "hooks",
            "test_code",
            "results",
            "runner",
        ],
    ),
    ("cli", &["ops", "model"]),
];

/// Words that only the named modules may hold: what touches the world has one door.
const ONLY_IN: &[(&str, &[&str], &str)] = &[
    ("gix::", &["git"], "only `git` names gix"),
    (
        "Command::new",
        &["git/program.rs", "runner"],
        "only git/program.rs runs git and what signs for it, and only `runner` what a test contract names",
    ),
    (
        "std::fs",
        &["store", "git", "runner"],
        "only `store` touches files (`git` those below the git directory, `runner` what a program prints and /proc)",
    ),
    (".exists()", &["store", "git"], "only `store` looks at files"),
    (".is_dir()", &["store", "git"], "only `store` looks at files"),
    (".is_file()", &["store", "git"], "only `store` looks at files"),
    (".canonicalize()", &["store", "git"], "only `store` looks at files"),
    (
        "env::var",
        &["cli", "main.rs"],
        "the environment is an input: `cli` passes it in",
    ),
    (
        "Utc::now",
        &["cli", "main.rs"],
        "the clock is an input: `cli` passes it in",
    ),
    (
        "SystemTime::now",
        &["cli", "main.rs"],
        "the clock is an input: `cli` passes it in",
    ),
    (
        "println!",
        &[],
        "`cli/ui.rs` is the only printer, and it can't panic on a closed pipe",
    ),
];

/// The most lines that one file under src/ may have, its own tests included.
const MAX_LINES: usize = 600;

#[test]
fn modules_import_only_what_their_layer_allows() {
    let mut broken = Vec::new();
    for (module, allowed) in MAY_IMPORT {
        for file in files_of(module) {
            for name in crate_paths(&read(&file)) {
                if name != *module && !allowed.contains(&name.as_str()) {
                    let name = if name.is_empty() {
                        "a group: import each module by its own line"
                    } else {
                        &name
                    };
                    broken.push(format!("{}: `{module}` may not name `{name}`", shown(&file)));
                }
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn every_module_has_a_line_in_the_table() {
    let mut unlisted = Vec::new();
    for entry in fs::read_dir(src()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let known = MAY_IMPORT.iter().any(|(module, _)| *module == name);
        if !known && !["lib", "main", "bin"].contains(&name.as_str()) {
            unlisted.push(format!("add `{name}` to MAY_IMPORT in tests/it/architecture.rs"));
        }
    }
    for (module, _) in MAY_IMPORT {
        if files_of(module).is_empty() {
            unlisted.push(format!("take `{module}` out of MAY_IMPORT: there is no such module"));
        }
    }
    assert!(unlisted.is_empty(), "\n{}", unlisted.join("\n"));
}

#[test]
fn the_map_of_the_modules_names_each_of_them() {
    let map = read(&src().join("lib.rs"));
    let missing: Vec<_> = MAY_IMPORT
        .iter()
        .filter(|(module, _)| !map.contains(&format!("[`{module}`]")))
        .collect();
    assert!(missing.is_empty(), "src/lib.rs does not say what these do: {missing:?}");
    let map = read(&src().join("git/mod.rs"));
    let files = rust_files(&src().join("git")).into_iter();
    let names = files.filter(|file| file.parent() == Some(&src().join("git")));
    let stems = names.map(|file| file.file_stem().unwrap().to_str().unwrap().to_owned());
    let missing: Vec<_> = stems
        .filter(|stem| stem != "mod" && !map.contains(&format!("`{stem}`")))
        .collect();
    assert!(
        missing.is_empty(),
        "src/git/mod.rs does not say what these know: {missing:?}"
    );
}

#[test]
fn what_touches_the_world_has_one_door() {
    let mut broken = Vec::new();
    for file in rust_files(&src()) {
        let name = shown(&file);
        let text = code_of(&read(&file));
        for (word, doors, why) in ONLY_IN {
            let allowed = doors
                .iter()
                .any(|door| name.strip_prefix("src/").is_some_and(|rest| in_door(rest, door)));
            if text.contains(word) && !allowed {
                broken.push(format!("{name}: `{word}`: {why}"));
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn no_file_is_longer_than_a_reader_can_hold() {
    let long: Vec<_> = rust_files(&src())
        .into_iter()
        .map(|file| (read(&file).lines().count(), shown(&file)))
        .filter(|(lines, _)| *lines > MAX_LINES)
        .collect();
    assert!(long.is_empty(), "split these: {long:?}");
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<_> = rust_files(&src())
        .into_iter()
        .filter(|file| !read(file).starts_with("//!"))
        .map(|file| shown(&file))
        .collect();
    assert!(silent.is_empty(), "these open without `//!`: {silent:?}");
}

#[test]
fn every_rule_has_its_file_and_its_tests() {
    let mut broken = Vec::new();
    let names: Vec<_> = drift::rules::CHECKS
        .iter()
        .map(|check| check.rule.name.replace('-', "_"))
        .collect();
    for name in &names {
        for place in ["src/rules", "tests/it/rules"] {
            if !root().join(place).join(format!("{name}.rs")).exists() {
                broken.push(format!("{place}/{name}.rs is missing"));
            }
        }
    }
    for file in rust_files(&src().join("rules")) {
        let stem = file.file_stem().unwrap().to_str().unwrap().to_owned();
        let machinery = [
            "mod",
            "findings",
            "level",
            "explain",
            "faults",
            "advice",
            "contract",
            "precedence",
            "problems",
            "promises",
            "said",
            "wording",
        ]
        .contains(&stem.as_str());
        if !machinery && !names.contains(&stem) {
            broken.push(format!("add `&{stem}::CHECK` to CHECKS in src/rules/mod.rs"));
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn rules_are_in_the_order_of_their_codes_and_each_explains_itself() {
    let codes: Vec<_> = drift::rules::CHECKS.iter().map(|check| check.rule.code).collect();
    assert!(codes.is_sorted_by(|a, b| a < b), "{codes:?}");
    for check in drift::rules::CHECKS {
        for heading in [
            "## What it finds",
            "## Why it matters",
            "## Example",
            "## How to settle it",
        ] {
            assert!(
                check.rule.explanation.contains(heading),
                "{} lacks `{heading}`",
                check.rule.code
            );
        }
    }
}

/// The text without comments and without the tests at its end.
fn code_of(text: &str) -> String {
    let body = text.split("#[cfg(test)]").next().unwrap_or_default();
    body.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

fn in_door(rest: &str, door: &str) -> bool {
    rest == door || rest.strip_prefix(door).is_some_and(|more| more.starts_with('/')) || rest == format!("{door}.rs")
}

fn crate_paths(text: &str) -> Vec<String> {
    let name = |rest: &str| -> String { rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect() };
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.match_indices("crate::").map(|(at, _)| name(&line[at + 7..])))
        .collect()
}

fn files_of(module: &str) -> Vec<PathBuf> {
    let single = src().join(format!("{module}.rs"));
    if single.exists() {
        vec![single]
    } else {
        rust_files(&src().join(module))
    }
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap()
}

fn shown(file: &Path) -> String {
    file.strip_prefix(root()).unwrap().display().to_string()
}

fn src() -> PathBuf {
    root().join("src")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
