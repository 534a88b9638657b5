//! Whatever a test file holds, reading it ends, and ends soon.

use super::read;
use drift::model::TestReading;
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// Longer than any reading here takes on a slow machine without optimisation.
const SOON: Duration = Duration::from_secs(20);

const TEXTS: &[(&str, &str)] = &[
    ("a.test.ts", include_str!("../../fixtures/test_code/login.test.ts")),
    ("a.test.tsx", include_str!("../../fixtures/test_code/login.test.ts")),
    ("a.test.js", include_str!("../../fixtures/test_code/login.test.ts")),
    ("test_a.py", include_str!("../../fixtures/test_code/test_login.py")),
    ("a_test.rs", include_str!("../../fixtures/test_code/login_test.rs")),
    ("a_test.go", include_str!("../../fixtures/test_code/login_test.go")),
    ("ATest.java", include_str!("../../fixtures/test_code/LoginTest.java")),
    ("a_spec.rb", "# @clause CL-A-001\nit 'a' do\nend\n"),
];

#[test]
fn ten_thousand_lines_are_read_soon() {
    for (path, text) in TEXTS {
        let lines = text.lines().count();
        let many = text.repeat(10_000usize.div_ceil(lines));
        let start = Instant::now();
        let file = read(path, &many);
        assert!(start.elapsed() < SOON, "{path}: {:?}", start.elapsed());
        assert!(file.tags.len() >= 10_000 / lines, "{path}");
    }
}

#[test]
fn nesting_and_long_chains_are_no_bombs() {
    let start = Instant::now();
    for text in [
        "(".repeat(200_000),
        format!("it('a', () => {{ expect(x){} }})", ".not".repeat(50_000)),
        format!("x{}", ".then(() => 1)".repeat(30_000)),
        format!("{}{}", "describe('a', () => {".repeat(5_000), "})".repeat(5_000)),
        "expect(".repeat(20_000),
        "// @clause CL-A-001\n".repeat(50_000),
        "`${".repeat(50_000),
    ] {
        read("a.test.ts", &text);
        read("test_a.py", &text);
        read("a_test.rs", &text);
    }
    assert!(start.elapsed() < 6 * SOON, "{:?}", start.elapsed());
}

#[test]
fn a_file_of_three_mebibytes_shows_its_tags_only() {
    let text = format!(
        "// @clause CL-A-001\nit('a', () => {{}})\n{}",
        "// more\n".repeat(400_000)
    );
    let file = read("a.test.ts", &text);
    assert!(matches!(file.reading, TestReading::TagsOnly(_)));
    assert_eq!(file.tags.len(), 1);
}

/// One change: the place, what goes, what comes.
fn mutation() -> impl Strategy<Value = (prop::sample::Index, usize, Vec<u8>)> {
    let piece = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..4),
        prop::sample::select(vec![
            "(", ")", "{", "}", "'", "\"", "`", "//", "/*", "#", "\n", "@clause", "expect(", "it(", "\0"
        ])
        .prop_map(|piece| piece.as_bytes().to_vec()),
    ];
    (any::<prop::sample::Index>(), 0usize..40, piece)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_test_files_are_read_with_their_places_inside(
        (path, text) in prop::sample::select(TEXTS),
        mutations in prop::collection::vec(mutation(), 1..8),
    ) {
        let mut bytes = text.as_bytes().to_vec();
        for (index, length, piece) in mutations {
            let start = index.index(bytes.len() + 1);
            let end = (start + length).min(bytes.len());
            bytes.splice(start..end, piece);
        }
        let file = drift::test_code::read(&path.into(), &bytes);
        let lines = bytes.split(|byte| *byte == b'\n').count();
        for test in &file.tests {
            prop_assert!(1 <= test.lines.first && test.lines.first <= test.lines.last && test.lines.last <= lines);
            prop_assert!(test.tags.iter().all(|&tag| tag < file.tags.len()));
            prop_assert!(test.parent.is_none_or(|parent| parent < file.tests.len()));
        }
        for assertion in &file.assertions {
            prop_assert!(assertion.lines.first <= assertion.lines.last && assertion.lines.last <= lines);
            prop_assert!(assertion.test.is_none_or(|test| test < file.tests.len()));
        }
        prop_assert!(file.tags.iter().all(|tag| tag.line <= lines));
        prop_assert_eq!(&file, &drift::test_code::read(&path.into(), &bytes));
    }
}
