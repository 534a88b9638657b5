//! Whatever a text holds, reading it ends, ends soon, and with its places inside the text.

use super::{problems, read, stage, summary};
use drift::formats::{Input, SCHEMA_NAMES, TemplateValues, template};
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// Longer than any reading here takes on a slow machine, shorter than anything quadratic.
const SOON: Duration = Duration::from_secs(20);

#[test]
fn nesting_is_no_bomb() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"units\":", "}]")] {
        let deep = format!(
            "{{\"schema\": \"drift/commit_plan/1\", \"units\": {}1{}}}",
            open.repeat(100_000),
            close.repeat(100_000)
        );
        assert!(!problems(&read(&[("x", &deep)])).is_empty());
    }
}

#[test]
fn ten_thousand_units_are_read_soon() {
    let start = Instant::now();
    let unit = |index: usize| {
        format!(
            "{{\"id\": \"U{index}\", \"title\": \"t\", \"files\": [\"src/{index}.rs\"], \"dependsOn\": [\"V{index}\"]}}"
        )
    };
    let units: Vec<_> = (0..10_000).map(unit).collect();
    let text = format!(
        "{{\"schema\": \"drift/commit_plan/1\", \"units\": [{}]}}",
        units.join(",")
    );
    let plan = read(&[("x", &text)]);
    assert_eq!((plan.units.len(), plan.problems.len()), (10_000, 1001));
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
}

#[test]
fn a_gatekeeper_plan_of_ten_thousand_lines_is_read_soon() {
    let start = Instant::now();
    let file = |index: usize| format!("{{\"path\": \"src\\\\{index}.ts\", \"action\": \"MODIFY\"}}");
    let clause = |index: usize| {
        format!(
            "{{\"id\": \"CL-A-{index:04}\", \"kind\": \"ui\", \"normativity\": \"MUST\", \"when\": \"x\", \"then\": \"y\"}}"
        )
    };
    let (files, clauses): (Vec<_>, Vec<_>) = (0..5_000).map(|index| (file(index), clause(index))).unzip();
    let text = format!(
        "{{\"outputId\": \"a\", \"taskPrompt\": \"Do all of it\",\n\"manifest\": {{\"testFile\": \"a.test.ts\", \"files\": [\n{}]}},\n\"contract\": {{\"mode\": \"STRICT\", \"clauses\": [\n{}]}}}}",
        files.join(",\n"),
        clauses.join(",\n")
    );
    let plan = read(&[("x", &text)]);
    assert_eq!((plan.units[0].files.len(), plan.lanes[0].clauses.len()), (5_001, 5_000));
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
}

#[test]
fn thirty_thousand_unknown_fields_are_read_soon() {
    let start = Instant::now();
    let fields: Vec<_> = (0..30_000).map(|index| format!("\"gool{index}\": {index}")).collect();
    let text = format!("{{\"schema\": \"drift/intent/1\", {}}}", fields.join(","));
    assert_eq!(read(&[("x", &text)]).problems.len(), 1001);
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
}

#[test]
fn lone_surrogates_and_huge_numbers_are_problems() {
    let text = r#"{"schema": "drift/intent/1", "slug": "a", "limits": {"files": 99999999999999999999, "lines": 1e999},
        "goal": "half a pair \ud800 of surrogates"}"#;
    let said = problems(&read(&[("x", text)]));
    assert!(said.contains("`files` is 99999999999999999999"), "{said}");
    assert!(said.contains("not valid JSON"), "{said}");
}

/// The bytes of a real artifact.
fn artifact() -> impl Strategy<Value = Vec<u8>> {
    let text = |name: &&str| template(name, &TemplateValues::default()).unwrap().into_bytes();
    let foreign = [
        "documented",
        "used",
        "coded",
        "faults",
        "microplans",
        "microplans_titled",
    ]
    .map(|name| {
        let folder = env!("CARGO_MANIFEST_DIR");
        std::fs::read(format!("{folder}/tests/fixtures/gatekeeper/{name}.json")).unwrap()
    });
    prop::sample::select(SCHEMA_NAMES.iter().map(text).chain(foreign).collect::<Vec<_>>())
}

/// One change: the place, what goes, what comes.
fn mutation() -> impl Strategy<Value = (prop::sample::Index, usize, Vec<u8>)> {
    let piece = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..4),
        prop::sample::select(vec![
            "\"", "{", "}", "[", "]", ",", ":", "null", "-1", "//", "/*", "\\ud800", "!", "\0", "1e9"
        ])
        .prop_map(|piece| piece.as_bytes().to_vec()),
    ];
    (any::<prop::sample::Index>(), 0usize..12, piece)
}

/// A document in Markdown: a stage contract, or what is said of a plan's work.
fn document() -> impl Strategy<Value = &'static str> {
    let verification = "---\nphase: 04-login\nverified: 2026-01-02\nstatus: passed\nscore: 3/4\noverrides:\n  - must_have: \"a\"\n    \
                        reason: b\n    accepted_by: c\n    accepted_at: d\n---\n\n# Phase 4 Verification\n";
    prop::sample::select(vec![stage::FILLED, summary::SUMMARY, verification])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_artifacts_never_panic(mut bytes in artifact(), mutations in prop::collection::vec(mutation(), 1..6)) {
        for (index, length, piece) in mutations {
            let start = index.index(bytes.len() + 1);
            let end = (start + length).min(bytes.len());
            bytes.splice(start..end, piece);
        }
        let plan = drift::formats::read(vec![Input { name: "x".into(), repo_path: None, bytes }]);
        prop_assert_eq!(plan.sources.len(), 1);
        problems(&plan);
    }

    #[test]
    fn mutated_documents_never_panic(text in document(), mutations in prop::collection::vec(mutation(), 1..6)) {
        let mut bytes = text.as_bytes().to_vec();
        for (index, length, piece) in mutations {
            let start = index.index(bytes.len() + 1);
            let end = (start + length).min(bytes.len());
            bytes.splice(start..end, piece);
        }
        let input = |name: &str, bytes: &[u8]| Input { name: name.into(), repo_path: None, bytes: bytes.to_vec() };
        let plan = drift::formats::read(vec![input("PLAN.md", summary::PLAN.as_bytes()), input("x", &bytes)]);
        prop_assert_eq!(plan.sources.len(), 2);
        problems(&plan);
    }

    #[test]
    fn cut_artifacts_keep_what_stands_before_the_cut(bytes in artifact(), cut in any::<prop::sample::Index>()) {
        let cut = cut.index(bytes.len() - 2);
        let plan = drift::formats::read(vec![Input { name: "x".into(), repo_path: None, bytes: bytes[..cut].to_vec() }]);
        prop_assert!(!plan.problems.is_empty());
        problems(&plan);
    }
}
