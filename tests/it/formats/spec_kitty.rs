//! spec-kitty missions: every document and its older spellings, together and alone.

use super::{problems, read};
use drift::formats::{Input, Text, is_beside_plans, recognise};
use drift::model::{Action, ExpectationKind, Normativity, Plan, UnitKind};
use proptest::prelude::*;
use std::time::{Duration, Instant};

const WP01: &str = "---\nwork_package_id: WP01\ntitle: Read the handle once\ndependencies: []\nexecution_mode: code_change\nauthoritative_surface: src/handles/\nowned_files:\n- src/handles/read.py\n- tests/handles/test_read.py\ncreate_intent:\n- tests/handles/test_read.py\nbase_commit: 1111111111111111111111111111111111111111\nsubtasks:\n- T001\nhistory: []\n---\n\n# Work Package Prompt: WP01 – Read the handle once\n\n## Objective\n\nRead it once.\n";
const WP02: &str = "---\nwork_package_id: WP02\ntitle: Write the home\ndependencies:\n- WP01\nexecution_mode: code_change\nauthoritative_surface: src/home/\nowned_files:\n- src/home/*\nagent: {tool: claude, model: opus}\n---\n\n# WP02\n";
const META: &str = r#"{"mission_id": "01KABCDEFGHJKMNPQRSTVWXYZ0", "mission_slug": "one-home-01KABCDE", "mission_type": "software-dev", "friendly_name": "One home", "purpose_tldr": "Records have one home.", "target_branch": "main", "created_at": "2026-01-01", "baseline_merge_commit": "2222222222222222222222222222222222222222", "accept_commit": "3333333333333333333333333333333333333333"}"#;
const LANES: &str = r#"{"version": 1, "mission_slug": "one-home-01KABCDE", "mission_id": "01KABCDEFGHJKMNPQRSTVWXYZ0", "mission_branch": "kitty/mission-one-home-01KABCDE", "target_branch": "main", "planning_commit_sha": "4444444444444444444444444444444444444444", "computed_at": "2026-01-01", "computed_from": "x", "lanes": [
  {"lane_id": "lane-a", "wp_ids": ["WP01"], "write_scope": ["src/handles/read.py"], "depends_on_lanes": [], "parallel_group": 0},
  {"lane_id": "lane-b", "wp_ids": ["WP02", "WP03"], "write_scope": ["src/home/**"], "depends_on_lanes": ["lane-a"], "parallel_group": 1}], "planning_artifact_wps": []}"#;
const MATRIX: &str = r#"{"mission_slug": "one-home-01KABCDE", "overall_verdict": "pass", "criteria": [
  {"criterion_id": "FR-001", "description": "Records are found by their handle", "proof_type": "automated_test", "evidence": "WP01", "pass_fail": "pass"}],
 "negative_invariants": [
  {"invariant_id": "NI-1", "description": "no second reader", "verification_method": "grep_absence", "verification_command": "def read_twice\\|def read_again", "scope": "src", "result": "confirmed_absent"},
  {"invariant_id": "NI-2", "description": "no marks", "verification_method": "grep_absence", "verification_command": "grep -rnE 'noqa|NOSONAR' src tests", "scope": "mission"},
  {"invariant_id": "NI-3", "description": "tests pass", "verification_method": "custom_command", "verification_command": "pytest -q"},
  "an invariant in words"]}"#;
const CONTRACT: &str = "# Contract: one home\n\n## C1 — The handle is read once (FR-001)\n\n- Callers MUST read it once.\n- **Ownership:** WP01 owns the reader; WP02 owns the rest.\n- **Tests:**\n  - extend `tests/handles/test_read.py`\n\n## C2 — Exact names — STRUCK, done elsewhere\n\n- **Tests:** `tests/handles/test_gone.py`\n\n## C3 — Words\n\n- It SHOULD be said plainly.\n\n## Non-goals (explicit)\n\n- No change to\n  the schema.\n- No renames.\n";

fn mission() -> Plan {
    read(&[
        ("kitty-specs/one-home-01KABCDE/meta.json", META),
        ("kitty-specs/one-home-01KABCDE/lanes.json", LANES),
        ("kitty-specs/one-home-01KABCDE/tasks/WP01-read.md", WP01),
        ("kitty-specs/one-home-01KABCDE/tasks/WP02-write.md", WP02),
        ("kitty-specs/one-home-01KABCDE/acceptance-matrix.json", MATRIX),
        ("kitty-specs/one-home-01KABCDE/contracts/home.md", CONTRACT),
    ])
}

/// What the units of a plan own, each `ID: [ACTION] path, …`.
fn owned(plan: &Plan) -> Vec<String> {
    let file = |it: &drift::model::Declaration| match it.action {
        Some(action) => format!("{} {}", action.name(), it.pattern.to_text()),
        None => it.pattern.to_text(),
    };
    let units = plan.units.iter();
    units
        .map(|unit| {
            format!(
                "{}: {}",
                unit.id,
                unit.files.iter().map(file).collect::<Vec<_>>().join(", ")
            )
        })
        .collect()
}

fn package(fields: &str) -> Plan {
    read(&[(
        "tasks/WP01-x.md",
        &format!("---\nwork_package_id: WP01\ntitle: x\n{fields}---\n\n# WP01\n"),
    )])
}

#[test]
fn a_mission_is_one_lane_whose_units_are_its_packages() {
    let plan = mission();
    assert_eq!(problems(&plan), "");
    assert!(plan.sources.iter().all(|source| source.format == "spec_kitty"));
    let [lane] = plan.lanes.as_slice() else {
        panic!("{:?}", plan.lanes)
    };
    assert_eq!(lane.name, "one-home-01KABCDE");
    assert_eq!(lane.goal.as_ref().unwrap().value, "Records have one home.");
    assert_eq!(
        lane.base_ref.as_deref(),
        Some("2222222222222222222222222222222222222222")
    );
    assert_eq!(
        lane.target_ref.as_deref(),
        Some("3333333333333333333333333333333333333333")
    );
    assert_eq!(lane.own_branch, None);
    assert!(lane.concurrent_units);
    assert_eq!(
        owned(&plan),
        [
            "WP01: src/handles/read.py, CREATE tests/handles/test_read.py",
            "WP02: src/home/*"
        ]
    );
    let needed: Vec<&str> = plan.units[1].depends_on.iter().map(|it| it.value.as_str()).collect();
    assert_eq!(needed, ["WP01"]);
    let own = |path: &str| lane.bookkeeping.iter().any(|pattern| pattern.matches(path.as_bytes()));
    assert!(own("kitty-specs/one-home-01KABCDE/spec.md") && own("kitty-specs/other/status.events.jsonl"));
    assert!(!own("kitty-specs/other/spec.md") && !own("src/meta.json"));
}

#[test]
fn a_mission_still_under_way_begins_where_planning_ended() {
    let meta = META
        .replace(
            "\"baseline_merge_commit\": \"2222222222222222222222222222222222222222\", ",
            "\"baseline_merge_commit\": null, ",
        )
        .replace("3333333333333333333333333333333333333333", "unknown");
    let plan = read(&[
        ("m/meta.json", &meta),
        ("m/lanes.json", LANES),
        ("m/tasks/WP01-x.md", WP01),
        ("m/tasks/WP02-x.md", WP02),
    ]);
    assert_eq!(problems(&plan), "");
    assert_eq!(
        plan.lanes[0].base_ref.as_deref(),
        Some("4444444444444444444444444444444444444444")
    );
    assert_eq!(plan.lanes[0].target_ref, None);
}

#[test]
fn a_package_alone_knows_its_lane_from_what_lies_beside_it() {
    let input = |name: &str, text: &str| Input {
        name: name.into(),
        repo_path: None,
        bytes: text.as_bytes().to_vec(),
    };
    let manifest = "work_packages:\n- id: WP01\n  title: Read\n  owned_files: [docs/handles.md]\n- id: WP09\n  title: Other\n  owned_files: [x]\n";
    let plan = drift::formats::read_beside(
        vec![input("m/tasks/WP01-read.md", WP01)],
        vec![
            input("m/meta.json", META),
            input("m/lanes.json", LANES),
            input("m/wps.yaml", manifest),
        ],
    );
    assert_eq!(problems(&plan), "");
    assert_eq!(
        owned(&plan),
        ["WP01: src/handles/read.py, CREATE tests/handles/test_read.py, docs/handles.md"]
    );
    let lane = &plan.lanes[0];
    assert_eq!(
        lane.own_branch.as_deref(),
        Some("kitty/mission-one-home-01KABCDE-lane-a")
    );
    assert_eq!(
        lane.base_ref.as_deref(),
        Some("1111111111111111111111111111111111111111")
    );
    assert_eq!(lane.target_ref, None);
    assert_eq!(lane.goal.as_ref().unwrap().value, "Read the handle once");
}

#[test]
fn packages_of_one_mission_that_are_named_one_by_one_are_one_lane() {
    let plan = read(&[
        ("m/tasks/WP01-a.md", WP01),
        ("n/tasks/WP02-b.md", WP02),
        ("m/tasks/WP02-b.md", WP02),
    ]);
    assert_eq!(plan.lanes.len(), 2);
    assert_eq!(
        plan.units
            .iter()
            .map(|unit| (unit.lane, unit.id.as_str()))
            .collect::<Vec<_>>(),
        [(0, "WP01"), (0, "WP02"), (1, "WP02")]
    );
}

#[test]
fn older_spellings_are_understood() {
    let of = |fields: &str| -> Vec<String> {
        let plan = package(&format!("owned_files: [a]\n{fields}"));
        assert_eq!(problems(&plan), "", "{fields}");
        plan.units[0].depends_on.iter().map(|it| it.value.clone()).collect()
    };
    assert_eq!(of("dependencies: \"[]\"\n"), [""; 0]);
    assert_eq!(of("dependencies: WP02, WP03\n"), ["WP02", "WP03"]);
    assert_eq!(of("dependencies: \"[WP02, 'WP03']\"\n"), ["WP02", "WP03"]);
    assert_eq!(of("dependencies: [WP02 (the reader)]\n"), ["WP02"]);
    assert_eq!(
        of(
            "dependencies: none\nlane: doing\nagent:\n  tool: claude\nsubtasks:\n- id: T001\n  title: x\nrequirement_refs: FR-1\n"
        ),
        [""; 0]
    );
    let plan = package("owned_files: [a]\nbase_commit: unknown\n");
    assert_eq!((problems(&plan).as_str(), &plan.lanes[0].base_ref), ("", &None));
    let titled = "---\nwork_package_title: Old title\nsubtasks: []\nowned_files: a, b/\n---\n# WP07\n";
    let plan = read(&[("tasks/done/WP07.md", titled)]);
    assert_eq!(
        (plan.units[0].id.as_str(), plan.units[0].title.as_str()),
        ("WP07", "Old title")
    );
    assert_eq!(owned(&plan), ["WP07: a, b/"]);
    let anchored = package("owned_files: [src/a.py#L28]\n");
    assert_eq!(owned(&anchored), ["WP01: src/a.py"]);
}

#[test]
fn a_package_that_owns_nothing_by_its_own_word_may_have_no_commit() {
    let nothing = package("owned_files: []\n");
    assert_eq!(
        (problems(&nothing).as_str(), nothing.units[0].kind),
        ("", UnitKind::Check)
    );
    let planning = package("execution_mode: planning_artifact\nowned_files: [kitty-specs/m/research.md]\n");
    assert_eq!(
        (problems(&planning).as_str(), planning.units[0].kind),
        ("", UnitKind::Work)
    );
    assert_eq!(owned(&planning), ["WP01: kitty-specs/m/research.md"]);
    let surface = package("authoritative_surface: src/a/\n");
    assert_eq!(
        (problems(&surface).as_str(), owned(&surface)),
        ("", vec!["WP01: src/a/".to_owned()])
    );
    let silent = package("");
    assert_eq!(silent.units[0].kind, UnitKind::Work);
    assert!(
        problems(&silent).contains("tasks/WP01-x.md:2:18 owned_files: WP01 declares no `owned_files`"),
        "{}",
        problems(&silent)
    );
}

#[test]
fn a_mission_older_than_ownership_is_said_to_have_no_scope_once() {
    let old = |id: &str| format!("---\nwork_package_id: {id}\ntitle: x\nlane: doing\n---\n\n# {id}\n");
    let (one, two) = (old("WP01"), old("WP02"));
    let said = problems(&read(&[("m/tasks/WP01-a.md", &one), ("m/tasks/WP02-b.md", &two)]));
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(
        said.contains("m/tasks/WP01-a.md:2:18 owned_files: none of the 2 packages declares `owned_files`"),
        "{said}"
    );
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    let said = problems(&package(
        "owned_file: [a]\nexecution_mode: refactor\ndependencies: [soon]\nowned_files:\n- ../out\n- /etc/x\n- {a: b}\n",
    ));
    for line in [
        "UnknownField tasks/WP01-x.md:4:1",
        "InvalidValue tasks/WP01-x.md:5:17 execution_mode: `execution_mode` can't be `refactor`",
        "InvalidValue tasks/WP01-x.md:6:16 dependencies: `soon` is no id of a work package",
        "tasks/WP01-x.md:8:3 owned_files: `../out` can't be in scope: the path leaves the repository",
        "tasks/WP01-x.md:9:3 owned_files: `/etc/x` can't be in scope: the path is absolute",
        "`owned_files` holds something that names no file",
    ] {
        // A list that is misspelled beside the right one is no slip of the key.
        if line.starts_with("UnknownField") {
            assert!(!said.contains(line), "{said}");
        } else {
            assert!(said.contains(line), "{line} is not in:\n{said}");
        }
    }
    let slip = problems(&package("owned_file: [a]\n"));
    assert!(slip.contains("UnknownField tasks/WP01-x.md:4:1 owned_file: `owned_file` is no field of a work package; did you mean `owned_files`?"), "{slip}");
    let no_yaml = problems(&package("title: a: b\nowned_files: [a]\n"));
    assert!(no_yaml.contains("tasks/WP01-x.md:4:1"), "{no_yaml}");
    let dangling = read(&[
        ("m/tasks/WP01-a.md", WP01),
        ("m/tasks/WP02-b.md", &WP02.replace("- WP01", "- WP08")),
    ]);
    assert!(
        problems(&dangling).contains("m/tasks/WP02-b.md:5:3 dependencies: `WP08` names no work package"),
        "{}",
        problems(&dangling)
    );
}

#[test]
fn a_package_without_fields_is_known_by_its_heading() {
    let text = "# Work Package Prompt: WP04 – Old style\n\n## Objectives\n\nDo it.\n";
    let plan = read(&[("tasks/WP04-old.md", text)]);
    assert_eq!(
        (plan.units[0].id.as_str(), plan.units[0].title.as_str()),
        ("WP04", "Old style")
    );
    assert!(problems(&plan).contains("WP04 declares no `owned_files`"));
    let broken = read(&[(
        "tasks/WP05-x.md",
        "---\nwork_package_id: WP05\nowned_files: [a]\n\n# WP05 – Not closed\n\nText: more\n",
    )]);
    assert_eq!(owned(&broken), ["WP05: a"]);
}

#[test]
fn reviews_and_status_files_are_no_plans() {
    for text in [
        "---\nwp_id: WP01\ncycle_number: 2\nverdict: rejected\naffected_files: []\n---\n# Review\n",
        "---\nwork_package_id: WP01\nreview_cycle: 1\nverdict: rejected\n---\n# WP01 Review\n",
    ] {
        let text = Text::new(Input {
            name: "WP01-review.md".into(),
            repo_path: None,
            bytes: text.into(),
        });
        assert!(recognise(&text).is_none() && is_beside_plans(&text));
    }
    for text in [
        "# WP07 Review — Cycle 1\n\n## Context\n",
        "{\"lanes\": [{\"name\": \"fast\"}], \"pool\": 50}",
        "{\"slug\": \"a-post\", \"created_at\": \"2026\", \"title\": \"x\"}",
        "{\"criteria\": [{\"name\": \"speed\"}]}",
        "{\"actor\": \"x\", \"from_lane\": \"a\", \"to_lane\": \"b\", \"wp_id\": \"WP01\"}",
        "work_packages:\n  - name: x\n",
        "# Notes\n\n## Cars — old\n\n## C — a letter\n",
    ] {
        let text = Text::new(Input {
            name: "x".into(),
            repo_path: None,
            bytes: text.into(),
        });
        assert!(recognise(&text).is_none(), "{}", text.text);
    }
}

#[test]
fn a_manifest_alone_has_all_packages() {
    let manifest = "# why\nwork_packages:\n  - id: WP01\n    title: \"Freeze\"\n    dependencies: []\n    owned_files:\n      - \"scripts/verify.py\"\n    plan_concern_refs: [IC-01]\n  - id: WP02\n    title: Retire\n    dependencies: [WP01]\n    owned_files: []\n    prompt_file: tasks/WP02-retire.md\n  - title: nameless\n";
    let plan = read(&[("m/wps.yaml", manifest)]);
    assert_eq!(owned(&plan), ["WP01: scripts/verify.py", "WP02: "]);
    assert_eq!(plan.lanes[0].name, "m");
    assert!(
        problems(&plan).contains("MissingField m/wps.yaml:14:5 work_packages: a package has no `id`"),
        "{}",
        problems(&plan)
    );
    let broken = read(&[("m/wps.yaml", "work_packages:\n- id: WP01\n  title: a: b\n")]);
    assert!(
        problems(&broken).contains("Unreadable m/wps.yaml:3:1 : this is no valid YAML"),
        "{}",
        problems(&broken)
    );
}

#[test]
fn lanes_alone_stand_for_their_packages() {
    let plan = read(&[("m/lanes.json", LANES)]);
    assert_eq!(problems(&plan), "");
    assert_eq!(owned(&plan), ["lane-a: src/handles/read.py", "lane-b: src/home/**"]);
    let odd = LANES
        .replace("\"version\": 1", "\"version\": 2")
        .replace("\"lane_id\": \"lane-a\", ", "");
    let said = problems(&read(&[("m/lanes.json", &odd)]));
    assert!(
        said.contains("`version` is 2") && said.contains("a lane has no `lane_id`"),
        "{said}"
    );
}

#[test]
fn what_must_be_absent_is_looked_for_and_sentences_are_not() {
    let plan = mission();
    let shown: Vec<String> = plan
        .expectations
        .iter()
        .map(|it| match &it.kind {
            ExpectationKind::Absent { expression, roots, .. } => {
                let roots: Vec<String> = roots.iter().map(|root| root.to_text()).collect();
                format!("{}: no {expression} in {}", it.provides, roots.join(" "))
            }
            ExpectationKind::Prose(words) => format!("{}: {words}", it.provides),
            ExpectationKind::Exists(path) => format!("{}: {}", it.provides, path.to_text()),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        shown,
        [
            "FR-001: Records are found by their handle",
            "NI-1: no second reader: no def read_twice|def read_again in src",
            "NI-2: no marks: no noqa|NOSONAR in src tests",
            "NI-3: tests pass",
            ": an invariant in words",
            "a test of C1 — The handle is read once (FR-001): tests/handles/test_read.py",
        ]
    );
}

#[test]
fn clauses_have_owners_tests_and_a_word_of_how_they_bind() {
    let plan = mission();
    let lane = &plan.lanes[0];
    let clauses: Vec<_> = lane.clauses.iter().map(|it| (it.id.as_str(), it.normativity)).collect();
    assert_eq!(clauses, [("C1", Normativity::Must), ("C3", Normativity::Should)]);
    assert_eq!(plan.units[0].clauses, ["C1"]);
    assert_eq!(plan.units[1].clauses, ["C1"]);
    assert_eq!(
        lane.tests
            .iter()
            .map(|it| (it.id.as_str(), it.required))
            .collect::<Vec<_>>(),
        [("tests/handles/test_read.py", false)]
    );
    assert_eq!(
        lane.constraints,
        ["not a goal: No change to the schema.", "not a goal: No renames."]
    );
    assert_eq!(lane.references, ["struck: C2 — Exact names — STRUCK, done elsewhere"]);
    let twice = read(&[("m/contracts/c.md", "# Contract\n\n## C1 — a\n\n## C1 — b\n")]);
    assert!(
        problems(&twice).contains("m/contracts/c.md:5:1 C1: another clause is called `C1` already"),
        "{}",
        problems(&twice)
    );
}

#[test]
fn a_pattern_crosses_folders_and_ends_at_their_edge() {
    let plan = package("owned_files: [src/home/*, 'tests/test_a*.py', src/a]\n");
    let named = |path: &str| plan.units[0].files.iter().any(|it| it.pattern.matches(path.as_bytes()));
    assert!(named("src/home/deep/down.py") && named("tests/test_a/deep/b.py") && named("src/a/b.py"));
    assert!(!named("src/homes/x.py") && !named("src/ab"));
    assert_eq!(plan.units[0].files[0].action, None::<Action>);
}

#[test]
fn a_package_that_goes_through_all_of_the_code_says_so() {
    assert!(package("scope: codebase-wide\nowned_files: ['src/**']\n").units[0].codebase_wide);
    assert!(!package("scope: merge-decomposition\nowned_files: ['src/**']\n").units[0].codebase_wide);
}

#[test]
fn ten_thousand_lines_are_read_soon() {
    let start = Instant::now();
    let files: String = (0..10_000).map(|at| format!("- src/file_{at}.py\n")).collect();
    let plan = package(&format!("owned_files:\n{files}create_intent:\n{files}"));
    assert_eq!(plan.units[0].files.len(), 10_000);
    let clauses: String = (0..2_000)
        .map(|at| {
            format!(
                "## C{} — Title\n\n- It MUST.\n- Tests: `tests/test_{at}.py`\n\n",
                at % 1_000
            )
        })
        .collect();
    assert_eq!(
        read(&[("c.md", &format!("# Contract\n\n{clauses}"))]).lanes[0]
            .clauses
            .len(),
        1_000
    );
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

/// A document, and pieces that are put into it.
fn mutated() -> impl Strategy<Value = (String, Vec<u8>)> {
    let documents = vec![
        ("m/tasks/WP01-a.md", WP01),
        ("m/tasks/WP02-b.md", WP02),
        ("m/meta.json", META),
        ("m/lanes.json", LANES),
        ("m/acceptance-matrix.json", MATRIX),
        ("m/contracts/c.md", CONTRACT),
        (
            "m/wps.yaml",
            "work_packages:\n- id: WP01\n  title: x\n  owned_files: [a]\n  dependencies: [WP02]\n",
        ),
    ];
    let piece = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..4),
        prop::sample::select(vec![
            "\"",
            "{",
            "[",
            "]",
            "- ",
            ": ",
            "---\n",
            "```\n",
            "## C1 — é\n",
            "\\",
            "\0",
            "null",
            "C",
            "é",
            "#",
            "WP"
        ])
        .prop_map(|piece| piece.as_bytes().to_vec()),
    ];
    let change = (any::<prop::sample::Index>(), 0usize..12, piece);
    (prop::sample::select(documents), prop::collection::vec(change, 1..6)).prop_map(|((name, text), changes)| {
        let mut bytes = text.as_bytes().to_vec();
        for (index, length, piece) in changes {
            let start = index.index(bytes.len() + 1);
            let end = (start + length).min(bytes.len());
            bytes.splice(start..end, piece);
        }
        (name.to_owned(), bytes)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_documents_never_panic((name, bytes) in mutated()) {
        let plan = drift::formats::read(vec![Input { name, repo_path: None, bytes }]);
        prop_assert_eq!(plan.sources.len(), 1);
        problems(&plan);
    }
}
