//! Every document of real missions, read: run by hand, from a checkout that `DRIFT_SPEC_KITTY` names.
//!
//! `DRIFT_SPEC_KITTY=/path/to/checkout cargo test --test it spec_kitty_corpus -- --ignored --nocapture` prints the
//! counts that docs/formats.md has.

#![expect(clippy::print_stdout, reason = "its counts are read by a person")]

use drift::formats::{Input, Text, is_beside_plans, read, recognise};
use drift::model::{ExpectationKind, Plan, ProblemKind, RepoPath};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What was met of one kind of document.
#[derive(Default)]
struct Count {
    files: usize,
    recognised: usize,
    clean: usize,
    problems: BTreeMap<String, Vec<String>>,
}

#[test]
#[ignore = "reads a checkout that is not part of the repository"]
fn every_real_document_is_understood_or_refused_with_its_line() {
    let checkout = PathBuf::from(std::env::var_os("DRIFT_SPEC_KITTY").expect("DRIFT_SPEC_KITTY names a checkout"));
    let home = checkout.join("kitty-specs");
    let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
    let mut missions = Missions::default();
    for mission in folders(&home) {
        let mut whole = Vec::new();
        for file in files(&mission) {
            let Some(kind) = kind_by_name(&mission, &file) else {
                continue;
            };
            let input = input(&checkout, &file);
            let text = Text::new(input.clone());
            let count = counts.entry(kind).or_default();
            count.files += 1;
            if recognise(&text).is_none() {
                if kind == "work package" {
                    println!("not recognised: {} (review: {})", input.name, is_beside_plans(&text));
                }
                continue;
            }
            count.recognised += 1;
            let plan = read(vec![input.clone()]);
            assert_eq!(plan.sources.len(), 1);
            count.clean += usize::from(plan.problems.is_empty());
            tally(&mut count.problems, &plan);
            whole.push(input);
        }
        missions.add(whole);
    }
    for (kind, count) in &counts {
        println!(
            "{kind}: {} files, {} recognised, {} without a problem",
            count.files, count.recognised, count.clean
        );
        print_problems(&count.problems);
    }
    missions.print();
    assert!(missions.count > 0, "no missions below {}", home.display());
}

/// Missions read as wholes.
#[derive(Default)]
struct Missions {
    count: usize,
    clean: usize,
    units: usize,
    files: usize,
    clauses: usize,
    tests: usize,
    absences: usize,
    sentences: usize,
    owned: usize,
    problems: BTreeMap<String, Vec<String>>,
}

impl Missions {
    fn add(&mut self, inputs: Vec<Input>) {
        if inputs.is_empty() {
            return;
        }
        let plan = read(inputs);
        assert_eq!(plan.lanes.len(), 1, "{}", plan.sources[0].name);
        self.count += 1;
        self.clean += usize::from(plan.problems.is_empty());
        self.units += plan.units.len();
        self.files += plan.declarations().count();
        self.clauses += plan.lanes[0].clauses.len();
        self.tests += plan.lanes[0].tests.len();
        self.owned += plan.units.iter().filter(|unit| !unit.clauses.is_empty()).count();
        for it in &plan.expectations {
            self.absences += usize::from(matches!(it.kind, ExpectationKind::Absent { .. }));
            self.sentences += usize::from(matches!(it.kind, ExpectationKind::Prose(_)));
        }
        tally(&mut self.problems, &plan);
    }

    fn print(&self) {
        println!(
            "missions: {} read, {} without a problem; {} units, {} declarations, {} clauses ({} units own some), {} test files, {} absences, {} sentences",
            self.count,
            self.clean,
            self.units,
            self.files,
            self.clauses,
            self.owned,
            self.tests,
            self.absences,
            self.sentences
        );
        print_problems(&self.problems);
    }
}

fn kind_by_name(mission: &Path, file: &Path) -> Option<&'static str> {
    let name = file.file_name()?.to_str()?;
    let inside = file.strip_prefix(mission).ok()?.to_str()?;
    let folder = inside.rsplit_once('/').map_or("", |(folder, _)| folder);
    match (folder, name) {
        ("", "meta.json") => Some("meta.json"),
        ("", "lanes.json") => Some("lanes.json"),
        ("", "wps.yaml") => Some("wps.yaml"),
        ("", "acceptance-matrix.json") => Some("acceptance-matrix.json"),
        ("contracts", name) if name.ends_with(".md") => Some("contract"),
        ("tasks", name) if name.starts_with("WP") && name.ends_with(".md") => Some("work package"),
        (inner, name) if inner.starts_with("tasks/") && name.ends_with(".md") => Some("beside the packages"),
        _ => None,
    }
}

fn tally(problems: &mut BTreeMap<String, Vec<String>>, plan: &Plan) {
    for problem in &plan.problems {
        let kind = match problem.kind {
            ProblemKind::Unreadable => "unreadable",
            ProblemKind::UnknownField => "unknown-field",
            ProblemKind::InvalidValue => "invalid-value",
            ProblemKind::MissingField => "missing-field",
        };
        let plain: String = problem.message.split('`').step_by(2).collect::<Vec<_>>().join("…");
        problems
            .entry(format!("{kind}: {plain}"))
            .or_default()
            .push(plan.sources[0].name.clone());
    }
}

fn print_problems(problems: &BTreeMap<String, Vec<String>>) {
    for (problem, names) in problems {
        println!("  {} × {problem} ({})", names.len(), names[0]);
    }
}

fn input(checkout: &Path, file: &Path) -> Input {
    let inside = file.strip_prefix(checkout).unwrap().to_str().unwrap();
    Input {
        name: inside.to_owned(),
        repo_path: Some(RepoPath::from(inside)),
        bytes: std::fs::read(file).unwrap(),
    }
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = entries(folder).into_iter().filter(|path| path.is_dir()).collect();
    found.sort();
    found
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in entries(folder) {
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let read = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    read.map(|entry| entry.unwrap().path()).collect()
}
