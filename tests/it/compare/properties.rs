//! What holds for every plan and every history.

use crate::support::comparison::{compared, comparison, policy, render};
use crate::support::history::{HistoryBuilder, history};
use crate::support::plan::{PlanBuilder, plan};
use drift::compare::stands_alone;
use drift::model::{ChangeKind, CommitRole, Declaration, FileClass, History, Plan, Policy, RepoPath, Severity};
use drift::rules::{judge, judge_by};
use proptest::prelude::*;
use std::collections::BTreeSet;

const PATHS: &[&str] = &[
    "a",
    "src/a.rs",
    "src/b.rs",
    "src/deep/a.rs",
    "docs/a.md",
    ".env",
    "yarn.lock",
    "src/x.snap",
    ".drift/x",
    "vault/x",
    "app/[id]/a",
];

const PATTERNS: &[&str] = &[
    "a",
    "src/a.rs",
    "src/**",
    "!src/deep/",
    "src/*.rs",
    "docs/",
    "docs",
    ".env",
    "**/a.rs",
    "vault/x",
    "app/[id]/a",
    ".",
    "{a,src/b.rs}",
    "!**",
    "missing/x",
];

const ACTIONS: &[&str] = &["", "", "", "CREATE ", "MODIFY ", "DELETE ", "RENAME "];

/// One step of a random history: a path, another one to move to, and what to do.
type Step = (usize, usize, u8);
/// How many units a random plan has; the commits' trailers name them, so that no pairing has to be guessed.
const UNITS: usize = 4;
/// One random unit: its declarations, what it depends on, and whether it only looks.
type RandomUnit = (Vec<(usize, usize)>, usize, bool);

fn histories() -> impl Strategy<Value = History> {
    histories_where(any::<bool>())
}

/// Random histories; `reverts` says of each commit whether it claims to undo the first one.
fn histories_where(reverts: impl Strategy<Value = bool>) -> impl Strategy<Value = History> {
    let step = (0..PATHS.len(), 0..PATHS.len(), 0..4_u8);
    let commit = (prop::collection::vec(step, 0..4), 0..UNITS, reverts);
    let base = prop::collection::btree_set(0..PATHS.len(), 0..6);
    (base, prop::collection::vec(commit, 0..6)).prop_map(|(base, commits)| {
        let base: Vec<&str> = base.into_iter().map(|at| PATHS[at]).collect();
        let mut there = base.clone();
        let mut made = history(&base);
        for (steps, unit, reverts) in commits {
            made = random_commit(made, &mut there, &steps, unit, reverts);
        }
        made.build()
    })
}

fn random_commit(
    made: HistoryBuilder,
    there: &mut Vec<&'static str>,
    steps: &[Step],
    unit: usize,
    reverts: bool,
) -> HistoryBuilder {
    let mut changes: Vec<String> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for &(at, to, kind) in steps {
        let (path, to) = (PATHS[at], PATHS[to]);
        if seen.contains(&path) || seen.contains(&to) {
            continue;
        }
        let exists = there.contains(&path);
        match (exists, kind) {
            (false, _) => {
                there.push(path);
                changes.push(format!("A {path}"));
            }
            (true, 0) => {
                there.retain(|it| *it != path);
                changes.push(format!("D {path}"));
            }
            (true, 1) if !there.contains(&to) => {
                there.retain(|it| *it != path);
                there.push(to);
                changes.push(format!("R {path}>{to}"));
            }
            (true, _) => changes.push(format!("M {path}")),
        }
        seen.extend([path, to]);
    }
    let revert = if reverts {
        "This reverts commit 0000000000000000000000000000000000000001.\n\n"
    } else {
        ""
    };
    made.commit(&format!("Change\n\n{revert}Drift-Unit: U{unit}"), &changes.join(", "))
}

fn declarations() -> impl Strategy<Value = Vec<(usize, usize)>> {
    prop::collection::vec((0..PATTERNS.len(), 0..ACTIONS.len()), 0..4)
}

fn random_units() -> impl Strategy<Value = Vec<RandomUnit>> {
    prop::collection::vec((declarations(), 0..UNITS, any::<bool>()), UNITS)
}

fn texts(picked: &[(usize, usize)]) -> Vec<String> {
    picked
        .iter()
        .map(|&(pattern, action)| format!("{}{}", ACTIONS[action], PATTERNS[pattern]))
        .collect()
}

fn add_unit(made: PlanBuilder, index: usize, (files, before, check): &RandomUnit) -> PlanBuilder {
    let texts = texts(files);
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let made = made
        .unit(&format!("U{index}"), "Work", &texts)
        .after(&format!("U{before}"));
    if *check { made.check_only() } else { made }
}

fn plans() -> impl Strategy<Value = Plan> {
    (declarations(), declarations(), random_units(), any::<bool>()).prop_map(
        |(allowed, forbidden, units, concurrent)| {
            let made = texts(&allowed).iter().fold(plan(), |made, text| made.allows(text));
            let forbidden = forbidden.iter().take(1).copied().collect::<Vec<_>>();
            let made = texts(&forbidden).iter().fold(made, |made, text| made.forbids(text));
            let made = units
                .iter()
                .enumerate()
                .fold(made, |made, (at, unit)| add_unit(made, at, unit));
            made.lane(|lane| lane.concurrent_units = concurrent).build()
        },
    )
}

proptest! {
    #[test]
    fn every_touched_path_has_one_class_and_every_list_its_length(plan in plans(), history in histories()) {
        let policy = policy();
        let comparison = comparison(&plan, &history, &policy);
        let changes: Vec<usize> = comparison.files.iter().map(|file| file.change).collect();
        prop_assert_eq!(changes, (0..history.changes.len()).collect::<Vec<_>>());
        prop_assert_eq!(comparison.units.len(), plan.units.len());
        prop_assert_eq!(comparison.commits.len(), history.commits.len());
        for (index, commit) in comparison.commits.iter().enumerate() {
            prop_assert_eq!(commit.role == CommitRole::Paired, !commit.units.is_empty());
            prop_assert!(commit.units.iter().all(|&unit| comparison.units[unit].commits.contains(&index)));
        }
        for (index, unit) in comparison.units.iter().enumerate() {
            prop_assert!(unit.commits.iter().all(|&commit| comparison.commits[commit].units.contains(&index)));
        }
        render(&comparison);
    }

    #[test]
    fn several_lanes_and_a_plan_alone_never_panic(first in plans(), second in plans(), history in histories()) {
        let plan = Plan::combine([first, second]);
        compared(&plan, &history);
        let policy = policy();
        let inputs = drift::compare::Inputs {
            tree: Some(&history.target_tree),
            ..crate::support::comparison::inputs(&plan, &policy)
        };
        render(&drift::compare::compare(inputs));
    }

    #[test]
    fn what_stands_alone_stands_in_its_range(first in plans(), second in plans(), history in histories(), two in any::<bool>()) {
        let plan = with_types(if two { Plan::combine([first, renamed(second)]) } else { first });
        let whole = with_kinds(history);
        let alone = History { commits: whole.commits.last().cloned().into_iter().collect(), ..whole.clone() };
        let policy = policy();
        let settled = stands_alone(&comparison(&plan, &alone, &policy)) && said_of_last(&plan, &alone).is_empty();
        let said = said_of_last(&plan, &whole);
        prop_assert!(!settled || said.is_empty(), "{said:#?}\n{}", compared(&plan, &whole));
    }

    #[test]
    fn the_same_inputs_give_the_same_comparison(plan in plans(), history in histories()) {
        prop_assert_eq!(compared(&plan, &history), compared(&plan, &history));
    }

    #[test]
    fn a_plan_made_from_a_history_leaves_nothing_to_say(history in histories()) {
        let mut plan = plan().build();
        for change in &history.changes {
            for path in [Some(&change.path), change.previous_path.as_ref()].into_iter().flatten() {
                plan.lanes[0].allowed.push(literal(path.as_str().unwrap()));
            }
        }
        let policy = policy();
        let comparison = comparison(&plan, &history, &policy);
        let fine = |class| matches!(class, FileClass::Planned | FileClass::Forbidden);
        prop_assert!(comparison.files.iter().all(|file| fine(file.class)), "{}", render(&comparison));
        prop_assert!(comparison.untouched.is_empty() && comparison.actions.is_empty() && comparison.stale.is_empty());
        prop_assert!(!comparison.files.iter().any(|file| file.unplanned_delete));
    }

    #[test]
    fn a_plan_derived_from_a_history_has_no_finding_against_it(history in histories_where(Just(false))) {
        let plan = derived(&history);
        let policy = Policy::default();
        let findings = judge(&comparison(&plan, &history, &policy), &policy, &[]).findings;
        let more_than_remarks = findings.iter().filter(|it| it.severity > Severity::Note);
        let said: Vec<String> = more_than_remarks.map(|it| format!("{}: {}", it.rule.code, it.message)).collect();
        prop_assert!(said.is_empty(), "{said:#?}\n{}", compared(&plan, &history));
    }

    #[test]
    fn the_order_of_units_changes_no_finding(plan in plans(), history in histories()) {
        let mut turned = plan.clone();
        turned.units.reverse();
        prop_assert_eq!(fingerprints(&plan, &history), fingerprints(&turned, &history));
    }

    #[test]
    fn the_order_of_allowed_paths_changes_nothing(plan in plans(), history in histories()) {
        let mut turned = plan.clone();
        for lane in &mut turned.lanes {
            lane.allowed.retain(|it| !it.pattern.excludes());
        }
        let straight = turned.clone();
        turned.lanes[0].allowed.reverse();
        prop_assert_eq!(sorted(&straight, &history), sorted(&turned, &history));
    }

    #[test]
    fn the_order_of_units_changes_nothing(plan in plans(), history in histories()) {
        let mut turned = plan.clone();
        turned.units.reverse();
        prop_assert_eq!(sorted(&plan, &history), sorted(&turned, &history));
    }
}

/// The rules about a commit in the making.
const OF_A_COMMIT: [&str; 12] = [
    "D101", "D102", "D103", "D104", "D108", "D109", "D110", "D112", "D113", "D401", "D402", "D403",
];

/// What they find in the last commit: in a path that it touches, or in the commit itself.
fn said_of_last(plan: &Plan, history: &History) -> Vec<String> {
    let Some(last) = history.commits.last() else {
        return Vec::new();
    };
    let policy = policy();
    let touched: BTreeSet<String> = last.changes.iter().map(|it| it.path.to_string()).collect();
    let mut found = judge_by(&OF_A_COMMIT, &comparison(plan, history, &policy), &policy, &[]);
    found.retain(|it| match &it.subject.path {
        Some(path) => touched.contains(path),
        None => it.location == last.id.into(),
    });
    found
        .iter()
        .map(|it| format!("{}: {}", it.rule.code, it.message))
        .collect()
}

/// The plan with a type for most of its units.
fn with_types(mut plan: Plan) -> Plan {
    for (index, unit) in plan.units.iter_mut().enumerate() {
        unit.commit_type = [Some("feat"), Some("fix"), None][index % 3].map(Into::into);
    }
    plan
}

/// The plan with units of other names.
fn renamed(mut plan: Plan) -> Plan {
    plan.units.iter_mut().for_each(|unit| unit.id.insert(0, 'V'));
    plan
}

/// The history with a type in most subjects, and commits without a trailer before the last one.
fn with_kinds(mut history: History) -> History {
    let count = history.commits.len();
    for (index, commit) in history.commits.iter_mut().enumerate() {
        let kind = ["feat: work", "fix: work", "Work"][(index + commit.changes.len()) % 3];
        commit.message = commit.message.replace("Change", kind);
        if index % 3 == 1 && index + 1 < count {
            commit.message = commit.message.replace("Drift-Unit", "Other");
        }
    }
    history
}

#[test]
fn a_planned_change_to_an_old_file_stands_alone_and_other_changes_do_not() {
    let plan = plan()
        .unit("U1", "Add login", &["src/**"])
        .unit("U2", "Describe it", &["docs/"])
        .build();
    let alone = |message: &str, changes: &str| {
        let history = history(&["src/a.rs", "docs/a.md", "x"])
            .commit(message, changes)
            .build();
        stands_alone(&comparison(&plan, &history, &policy()))
    };
    assert!(alone("Log in\n\nDrift-Unit: U1", "M src/a.rs"));
    assert!(!alone("Log in", "M src/a.rs"));
    assert!(!alone("Log in\n\nDrift-Unit: U7", "M src/a.rs"));
    assert!(!alone("Log in\n\nDrift-Unit: U1", "M src/a.rs, A src/b.rs"));
    assert!(!alone("Log in\n\nDrift-Unit: U1", "M docs/a.md"));
    assert!(!alone("Log in\n\nDrift-Unit: U1", "M src/a.rs, M x"));
    assert!(!alone("Log in\n\nDrift-Unit: U1", "R src/a.rs>src/b.rs"));
}

/// The rendered lines without the overlaps, which name one of several parties, with the words of each line sorted.
fn sorted(plan: &Plan, history: &History) -> Vec<String> {
    let line = |line: &str| {
        let mut words: Vec<&str> = line.split(' ').map(|word| word.trim_end_matches(',')).collect();
        words.sort_unstable();
        words.join(" ")
    };
    let text = compared(plan, history);
    let told = text.lines().filter(|line| !line.starts_with("overlap"));
    let mut lines: Vec<String> = told.map(line).collect();
    lines.sort();
    lines
}

/// The plan that the commits' trailers tell of: each unit declares what its commits left changed, and what became of it. A
/// unit without a commit is one of which none is expected.
fn derived(history: &History) -> Plan {
    let mut made = plan();
    for unit in 0..UNITS {
        let trailer = format!("Drift-Unit: U{unit}");
        let own = history
            .commits
            .iter()
            .filter(|commit| commit.message.ends_with(&trailer));
        let touched: BTreeSet<&RepoPath> = own.clone().flat_map(|it| &it.changes).map(|it| &it.path).collect();
        let files: Vec<String> = touched
            .into_iter()
            .filter_map(|path| as_it_happened(history, path))
            .collect();
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        made = made.unit(&format!("U{unit}"), "Change", &files);
        if own.count() == 0 {
            made = made.check_only();
        }
    }
    made.build()
}

/// `ACTION path`, as the net changes show it; `None` where nothing is left of it.
fn as_it_happened(history: &History, path: &RepoPath) -> Option<String> {
    let new_side = history.changes.iter().find(|it| it.path == *path);
    let old_side = || {
        history
            .changes
            .iter()
            .find(|it| it.previous_path.as_ref() == Some(path))
    };
    let action = match new_side.map(|change| change.kind) {
        Some(ChangeKind::Added | ChangeKind::Renamed) => "CREATE ",
        Some(ChangeKind::Deleted) => "DELETE ",
        Some(_) => "MODIFY ",
        None => old_side().map(|_| "RENAME ")?,
    };
    Some(format!("{action}{path}"))
}

/// The names of all findings but those on overlaps, which name one of several parties, and the verdict.
fn fingerprints(plan: &Plan, history: &History) -> (BTreeSet<String>, String) {
    let policy = policy();
    let judgement = judge(&comparison(plan, history, &policy), &policy, &[]);
    let told = judgement.findings.iter().filter(|it| it.rule.code != "D009");
    let names = told.map(|it| it.fingerprint.to_string()).collect();
    (names, judgement.verdict.name().to_owned())
}

fn literal(path: &str) -> Declaration {
    let mut plan = plan().allows(path).build();
    plan.lanes[0].allowed.remove(0)
}
