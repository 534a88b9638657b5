//! Real files, damaged: whatever comes, it is a result or an error that says where.

use super::{corpus, fixture, read};
use drift::results;
use drift::results::DIALECTS;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Damage {
    Cut,
    Flip(u8),
    Insert(&'static str),
    Remove(usize),
    Repeat(usize),
}

fn damages() -> impl Strategy<Value = Vec<(prop::sample::Index, Damage)>> {
    let words = prop::sample::select(vec![
        "<",
        ">",
        "\"",
        "'",
        "&",
        "&#",
        "]]>",
        "<![CDATA[",
        "<!--",
        "-->",
        "<!",
        "<?",
        "{",
        "}",
        "[",
        "\n",
        "\0",
        "\u{feff}",
        "ok",
        "not ok ",
        "1..2\n",
        "    ",
        "  ---\n",
        "Bail out!",
        "test ",
        " ... ",
        "ok\n",
        "running 3 tests\n",
        "failures:\n",
        "test result: ok. ",
        "é",
        "\\",
        "</testsuite>",
        "<testcase/>",
        "\"Test\":\"x\",",
        "# SKIP",
        "# Subtest: x\n",
    ]);
    let damage = prop_oneof![
        Just(Damage::Cut),
        any::<u8>().prop_map(Damage::Flip),
        words.prop_map(Damage::Insert),
        (1..200usize).prop_map(Damage::Remove),
        (1..2000usize).prop_map(Damage::Repeat),
    ];
    prop::collection::vec((any::<prop::sample::Index>(), damage), 1..8)
}

fn damaged(mut bytes: Vec<u8>, damages: &[(prop::sample::Index, Damage)]) -> Vec<u8> {
    for (place, damage) in damages {
        if bytes.is_empty() {
            break;
        }
        let at = place.index(bytes.len());
        match damage {
            Damage::Cut => bytes.truncate(at),
            Damage::Flip(mask) => bytes[at] ^= mask,
            Damage::Insert(text) => drop(bytes.splice(at..at, text.bytes())),
            Damage::Remove(length) => drop(bytes.drain(at..(at + length).min(bytes.len()))),
            Damage::Repeat(length) => {
                let part = bytes[at..(at + length).min(bytes.len())].to_vec();
                drop(bytes.splice(at..at, part));
            }
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_file_is_results_or_an_error(
        file in prop::sample::select(corpus::files().collect::<Vec<_>>()),
        damages in damages(),
        dialect in prop::option::of(prop::sample::select(DIALECTS.iter().map(|dialect| dialect.name).collect::<Vec<_>>())),
    ) {
        let bytes = damaged(fixture(file), &damages);
        match results::read(&mut bytes.as_slice(), dialect) {
            Ok(results) => {
                for test in &results.tests {
                    prop_assert!(test.message.as_ref().is_none_or(|message| message.len() <= 1024 && !message.is_empty()));
                    prop_assert!(!test.flaky || test.outcome == drift::model::TestOutcome::Passed);
                }
            }
            Err(error) => prop_assert!(!error.what.is_empty() && !error.help.is_empty()),
        }
    }
}

#[test]
fn a_file_of_xml_or_json_that_is_cut_anywhere_is_never_a_smaller_result() {
    for file in corpus::files() {
        let whole = fixture(file);
        let is_document = file.ends_with("xml")
            || file.ends_with("trx")
            || whole.starts_with(b"{\n")
            || whole.starts_with(b"{\"version");
        let end = whole.trim_ascii_end().len();
        for cut in (1..end).step_by(end / 60 + 1).filter(|_| is_document) {
            if let Ok(results) = read(&whole[..cut]) {
                panic!("{file} cut at {cut}: {results:?}");
            }
        }
    }
}

#[test]
fn output_that_is_cut_between_lines_shows_that_it_is() {
    for file in [
        "cargo-1.95.0/all.txt",
        "go-1.27.3/out.json",
        "node-20.20.2/out.tap",
        "prove-3.44/short.tap",
    ] {
        let whole = String::from_utf8(fixture(file)).unwrap();
        let lines: Vec<&str> = whole.split_inclusive('\n').collect();
        let tests = read(&whole).unwrap().tests;
        for kept in 1..lines.len() {
            let Ok(part) = read(lines[..kept].concat()) else {
                continue;
            };
            let bad = |tests: &[drift::model::TestResult]| {
                tests
                    .iter()
                    .any(|test| test.outcome > drift::model::TestOutcome::Skipped)
            };
            let is_shown = bad(&part.tests) || part.tests.len() == tests.len() || part.tests.is_empty();
            assert!(is_shown, "{file}, {kept} lines: {part:?}");
        }
    }
}
