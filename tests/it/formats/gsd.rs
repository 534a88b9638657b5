//! What becomes of GSD plans, one fixture a way of writing them, and of plans that are damaged.

use drift::formats::{Input, read};
use drift::model::{
    Declaration, Expectation, ExpectationKind, Lane, Location, Plan, PlanLocation, Problem, Target, Unit, UnitKind,
    line_column,
};
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop, prop_oneof, proptest};
use snapbox::{assert_data_eq, str};
use std::time::{Duration, Instant};

const FULL: &str = include_str!("../../fixtures/gsd/full.md");

fn plan_at(path: &str, text: &str) -> Plan {
    read(vec![Input {
        name: path.into(),
        repo_path: Some(path.into()),
        bytes: text.into(),
    }])
}

fn plan(text: &str) -> Plan {
    plan_at("PLAN.md", text)
}

/// The plan in a few lines: `at` is the line of a declaration, `?` marks units of which no commit is expected.
fn show(plan: &Plan) -> String {
    let text = &plan.sources[0].text;
    let mut lines = Vec::new();
    plan.lanes.iter().for_each(|lane| show_lane(lane, text, &mut lines));
    plan.units.iter().for_each(|unit| show_unit(unit, text, &mut lines));
    lines.extend(plan.expectations.iter().map(show_expectation));
    lines.extend(plan.problems.iter().map(|problem| show_problem(problem, text)));
    lines.join("\n")
}

fn show_lane(lane: &Lane, text: &str, lines: &mut Vec<String>) {
    let goal = lane.goal.as_ref().map_or("-", |goal| goal.value.as_str());
    lines.push(format!("lane {}: {goal}", lane.name));
    lines.extend(lane.references.iter().map(|it| format!("  reference {it}")));
    lines.extend(
        lane.allowed
            .iter()
            .map(|it| format!("  {}", show_declaration(it, text))),
    );
    lines.extend(lane.verify.iter().map(|it| format!("  verify {it}")));
}

fn show_unit(unit: &Unit, text: &str, lines: &mut Vec<String>) {
    let mark = if unit.kind == UnitKind::Check { "?" } else { "" };
    let kind = unit.commit_type.as_ref().map_or(String::new(), |it| format!(" [{it}]"));
    let after: Vec<&str> = unit.depends_on.iter().map(|it| it.value.as_str()).collect();
    let after = if after.is_empty() {
        String::new()
    } else {
        format!(" after {}", after.join(", "))
    };
    lines.push(format!("unit {}{mark}{kind}: {}{after}", unit.id, unit.title));
    lines.extend(unit.files.iter().map(|it| format!("  {}", show_declaration(it, text))));
    lines.extend(unit.verify.iter().map(|it| format!("  verify {it}")));
}

fn show_declaration(it: &Declaration, text: &str) -> String {
    let action = it.action.map_or(String::new(), |action| format!("{} ", action.name()));
    let reason = it
        .reason
        .as_ref()
        .map_or(String::new(), |reason| format!(" ({reason})"));
    format!(
        "{action}{}{reason} at {}",
        it.pattern.to_text(),
        line(&it.location, text)
    )
}

fn show_expectation(it: &Expectation) -> String {
    let provides = if it.provides.is_empty() {
        String::new()
    } else {
        format!(" ({})", it.provides)
    };
    match &it.kind {
        ExpectationKind::Exists(path) => format!("exists {}{provides}", path.to_text()),
        ExpectationKind::Contains { path, alternatives } => format!("contains {} {alternatives:?}", path.to_text()),
        ExpectationKind::Exports { path, names } => format!("exports {} {names:?}", path.to_text()),
        ExpectationKind::MinLines { path, lines } => format!("min_lines {} {lines}", path.to_text()),
        ExpectationKind::Link { from, to, pattern, via } => {
            format!(
                "link {} to {} by {pattern:?} {via:?}",
                show_target(from),
                show_target(to)
            )
        }
        ExpectationKind::Absent { shown, .. } => format!("absent {shown}"),
        ExpectationKind::Prose(words) => format!("prose {words}"),
        other => panic!("GSD plans expect no {other:?}"),
    }
}

fn show_target(target: &Target) -> String {
    match target {
        Target::Path(path) => path.to_text(),
        Target::Symbol(name) => format!("`{name}`"),
    }
}

fn show_problem(problem: &Problem, text: &str) -> String {
    let at = match &problem.location {
        Location::Plan(place) => line(place, text),
        other => format!("{other:?}"),
    };
    format!("problem {:?} at {at}: {}", problem.kind, problem.message)
}

fn line(place: &PlanLocation, text: &str) -> String {
    place
        .span
        .map_or("-".into(), |(start, _)| line_column(text, start).line.to_string())
}

#[test]
fn artifacts_that_are_to_go_or_are_made_later_are_not_expected() {
    let found = plan(
        "---\nphase: 1\nplan: 1\nfiles_modified: [a.md]\nmust_haves:\n  artifacts:\n\
         \x20   - path: old.md\n      provides: DELETED, nothing needs it\n\
         \x20   - path: dead.js\n      provides: orphan\n      status: deleted\n      contains: x\n\
         \x20   - path: archive/v{version}.md\n      provides: snapshot\n\
         \x20   - path: a.md\n      provides: removed dead links\n---\n<tasks></tasks>\n",
    );
    let expected: Vec<String> = found.expectations.iter().map(show_expectation).collect();
    assert_eq!(
        expected,
        [
            "prose old.md is gone",
            "prose dead.js is gone",
            "prose archive/v{version}.md",
            "exists a.md (removed dead links)",
        ]
    );
}

#[test]
fn a_task_that_looks_at_the_files_of_others_is_a_check() {
    let found = plan(
        "<task><name>Identify prompts</name><files>a.md</files></task>\n\
         <task><name>Rewrite prompts</name><files>a.md, b.md</files></task>\n\
         <task><name>Verify and report</name><files>report.md</files></task>\n\
         <task><name>Verify and fix links</name><files>b.md</files></task>\n\
         <task><name>Author the verification</name><files>b.md</files></task>\n",
    );
    let checks: Vec<bool> = found.units.iter().map(|unit| unit.kind == UnitKind::Check).collect();
    assert_eq!(checks, [true, false, false, false, false]);
}

#[test]
fn a_whole_plan_is_read() {
    let found = plan_at(".planning/phases/04-sign-in/04-01-PLAN.md", FULL);
    assert_data_eq!(
        show(&found),
        str![[r#"
lane 04-01: Let visitors sign in with a password.
  reference depends on 03-02
  reference AUTH-01
  src/session.ts at 8
  src/login.ts at 9
  CREATE tests/login.test.ts (new) at 10
  docs/ at 11
  src/routes/*.ts at 12
  verify npm test passes
  verify npm run build
unit 1: Add the session store
  src/session.ts at 58
  verify npm test -- session && npm run lint
unit 2 [test]: Add the login route
  src/login.ts at 75
  tests/login.test.ts at 76
  verify npm test -- login
unit 3?: A login page
  verify Open /login and sign in.
prose A visitor can sign in
prose Sessions end: after a day
exists src/session.ts (Session store)
contains src/session.ts ["createSession|openSession", "createSession", "openSession"]
exports src/session.ts ["createSession", "endSession"]
min_lines src/session.ts 20
exists docs/sign-in.md
prose A green build
link src/login.ts to src/session.ts by Some("import .*session") "import"
link src/login.ts to `cookieParser()` by None "middleware"
prose The form posts to the login route
"#]]
    );
    assert_eq!(found.lanes[0].commit_scope.as_deref(), Some("04-01"));
    assert_eq!(found.sources[0].format, "gsd");
    assert!(found.units[0].body.contains("Map<string, Session>"));
}

#[test]
fn frontmatter_that_is_no_yaml_still_declares() {
    assert_data_eq!(
        show(&plan(include_str!("../../fixtures/gsd/broken_yaml.md"))),
        str![[r#"
lane 07-09: Find notes by words.
  *.sql at 6
  src/search.rs at 7
unit 1: Rank
  src/search.rs at 20
  verify cargo test
unit 2?: Verify speed
prose Ranking: newest first
exists src/search.rs
contains src/search.rs ["fn rank"]
problem InvalidValue at 4: the frontmatter is no valid YAML: mapping values are not allowed in this context
problem InvalidValue at 21: `<action>` is not closed
problem InvalidValue at 23: `<done>` is not closed
"#]]
    );
}

#[test]
fn files_are_named_in_many_ways() {
    assert_data_eq!(
        show(&plan(include_str!("../../fixtures/gsd/file_lists.md"))),
        str![[r#"
lane 2.1-3: -
  src/a.rs at 4
  src/b c.rs at 4
  Makefile at 4
unit 2: Move things after 1
  MODIFY src/a.rs (modify — add x, y) at 8
  DELETE src/old.rs (delete) at 9
  CREATE src/new.rs (create) at 10
  RENAME lib/first.rs at 11
  lib/second.rs at 11
  icons/*.svg (40 files) at 12
  app/(site)/[slug]/page.tsx at 13
unit 3: Quote the new names. Then stop.
  src/q.rs at 18
unit 5?: Confirm in the browser
unit 4: Buy the domain
  CREATE infra/domain.tf (create) at 27
problem UnknownField at 5: `depend_on` is no field of a GSD plan
problem InvalidValue at 14: `/home/someone/project/src/z.rs` can't be in scope: the path is absolute; name it from the top of the repository
problem InvalidValue at 15: `../outside.rs` can't be in scope: the path leaves the repository
problem InvalidValue at 16: `whatever else turns up` names no file
"#]]
    );
}

#[test]
fn headings_make_tasks_where_there_are_no_tags() {
    let found = plan_at(
        ".planning/quick/7-refresh/7-PLAN.md",
        include_str!("../../fixtures/gsd/no_frontmatter.md"),
    );
    assert_data_eq!(
        show(&found),
        str![[r#"
lane quick-7: Refresh the panel after a push.
unit 1: Listen for pushes
  src/panel.tsx at 9
  src/bus.ts at 9
unit 2: Emit on push
  MODIFY src/push.ts (modify) at 20
  src/fetch.ts at 21
unit 3?: Verify by hand
problem MissingField at -: the plan has no frontmatter; the files that its tasks name are its scope
"#]]
    );
}

#[test]
fn a_plan_that_begins_with_tests_is_one_unit() {
    assert_data_eq!(
        show(&plan(include_str!("../../fixtures/gsd/tests_first.md"))),
        str![[r#"
lane 05-02: Write tables as CSV.
  src/csv.py at 6
  tests/test_csv.py at 7
unit 1 [test]: CSV writer
  src/csv.py at 6
  tests/test_csv.py at 7
"#]]
    );
}

#[test]
fn what_is_left_open_hides_nothing() {
    assert_data_eq!(
        show(&plan(include_str!("../../fixtures/gsd/unclosed.md"))),
        str![[r#"
lane 01-01: Begin.
  a.txt at 5
unit 1: Write
  a.txt at 14
unit 2: Write more
  b.txt at 25
problem InvalidValue at 1: the frontmatter is not closed
problem InvalidValue at 12: `<task>` is not closed
problem InvalidValue at 13: `<name>` is not closed
problem InvalidValue at 23: `<task>` is not closed
"#]]
    );
}

#[test]
fn a_plan_without_tasks_and_files_says_so() {
    assert_data_eq!(
        show(&plan(include_str!("../../fixtures/gsd/bare.md"))),
        str![[r#"
lane ABC-12-01-D: -
problem MissingField at -: the plan declares no files in `files_modified`; it has no tasks either, so nothing can be compared
problem InvalidValue at 4: the same key stands twice
"#]]
    );
}

#[test]
fn fields_may_stand_in_a_block_of_yaml() {
    assert_data_eq!(
        show(&plan(include_str!("../../fixtures/gsd/yaml_in_body.md"))),
        str![[r#"
lane 05-02: Show the graph.
  src/graph.rs at 9
unit 1: Create the command
prose the command answers
"#]]
    );
}

#[test]
fn the_plan_of_a_slice_lists_its_tasks() {
    let found = plan_at(
        ".gsd/milestones/M001/slices/S02/S02-PLAN.md",
        include_str!("../../fixtures/gsd/slice.md"),
    );
    assert_data_eq!(
        show(&found),
        str![[r#"
lane S02: Notes can be written without a network.
  src/store.rs (a store on disk) at 19
  src/sync.rs at 20
unit T01: Keep notes on disk
  src/store.rs at 10
  src/notes.rs at 10
  verify `cargo test store`
unit T02?: Verify without a network
"#]]
    );
}

#[test]
fn other_documents_are_no_plans() {
    let summary = "---\nphase: 04-x\nplan: 01\nsubsystem: auth\nkey-files:\n  created: []\n---\n# Summary\n";
    let package = "---\nwork_package_id: WP01\ntitle: x\n---\n# WP01\n";
    let readme = "# Tasks\n\nSee `<task>` in the guide.\n";
    for (text, format) in [(summary, "gsd_summary"), (readme, ""), ("", "")] {
        let plan = plan(text);
        assert_eq!((plan.sources[0].format, plan.lanes.len()), (format, 0), "{text}");
        assert!(!plan.problems.is_empty(), "{text}");
    }
    assert_eq!(plan(package).sources[0].format, "spec_kitty");
}

#[test]
fn line_ends_and_a_byte_order_mark_change_nothing() {
    let windows = format!("\u{feff}{}", FULL.replace('\n', "\r\n"));
    let (found, expected) = (plan(&windows), plan(FULL));
    assert_eq!(show(&found), show(&expected));
    assert_eq!(found.sources[0].hash, expected.sources[0].hash);
}

#[test]
fn planning_files_are_bookkeeping_and_specifications_are_not() {
    let found = plan(FULL);
    let is_own = |path: &str| found.lanes[0].bookkeeping.iter().any(|it| it.matches(path.as_bytes()));
    assert!(is_own(".planning/STATE.md"));
    assert!(is_own(".planning/phases/04-sign-in/04-01-SUMMARY.md"));
    assert!(!is_own(".planning/specs/INDEX.md"));
}

#[test]
fn a_plan_of_ten_thousand_lines_is_read_at_once() {
    let task = "<task type=\"auto\">\n<name>Task: x</name>\n<files>src/a.rs</files>\n<action>\n```\nVec<T>\n```\n";
    let hostile = [
        FULL.repeat(80),
        format!("---\nphase: 1\nplan: 1\n---\n{}", task.repeat(1500)),
        format!("---\nphase: 1\nplan: 1\n---\n{}", "<task>\n<action>\n".repeat(5000)),
        format!("---\nphase: 1\nplan: 1\n---\n{}</task>\n```\n", "```a\n".repeat(10_000)),
        format!(
            "---\nphase: 1\nplan: 1\n---\n<task>\n<files>\n{}\n</files>\n</task>",
            "a.rs, ".repeat(20_000)
        ),
        format!("---\nphase: 1\nplan: 1\n---\n{}", "<name>".repeat(20_000)),
        format!("---\nphase: [{}\n---\n", "[".repeat(10_000)),
        format!(
            "---\nphase: 1\nplan: 1\nx: `y`\nfiles_modified:\n{}---\n",
            "  - a.rs\n".repeat(10_000)
        ),
    ];
    for text in hostile {
        let start = Instant::now();
        plan(&text);
        let spent = start.elapsed();
        assert!(spent < Duration::from_secs(3), "{spent:?} for {}…", &text[..60]);
    }
}

/// One way to damage a text: cut it, or put something elsewhere.
fn damage() -> impl Strategy<Value = (f64, f64, &'static str)> {
    let piece = prop_oneof![
        Just(""),
        Just("\n"),
        Just("---\n"),
        Just("```"),
        Just("<task>"),
        Just("</task>"),
        Just("<files>"),
        Just("\""),
        Just("&"),
        Just("é"),
        Just(": [*a"),
    ];
    (0.0..1.0, 0.0..1.0, piece)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn damaged_plans_are_read_without_panic(damages in prop::collection::vec(damage(), 1..6), bytes in any::<bool>()) {
        let mut text = FULL.as_bytes().to_vec();
        for (at, length, piece) in damages {
            let start = (at * text.len() as f64) as usize;
            let end = (start + (length * 40.0) as usize).min(text.len());
            let piece = if bytes { &[0xff, b'<'][..] } else { piece.as_bytes() };
            text.splice(start..end, piece.iter().copied());
        }
        let found = read(vec![Input { name: "PLAN.md".into(), repo_path: None, bytes: text }]);
        show(&found);
    }
}
