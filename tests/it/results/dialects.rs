//! Recognising dialects, and the lists of them that other parts keep.

use super::{bad, good, read};
use drift::formats;
use drift::results::{self, DIALECTS};

#[test]
fn a_suites_format_may_be_any_dialect_and_nothing_else() {
    let words: Vec<&str> = DIALECTS.iter().map(|dialect| dialect.name).collect();
    let schema: serde_json::Value = serde_json::from_str(&formats::schema("test_contract").unwrap()).unwrap();
    let variants = schema["definitions"]["ResultDialect"]["oneOf"]
        .as_array()
        .unwrap()
        .clone();
    let in_schema: Vec<&str> = variants
        .iter()
        .flat_map(|variant| {
            let many = variant["enum"].as_array().into_iter().flatten();
            many.chain([&variant["const"]]).filter_map(serde_json::Value::as_str)
        })
        .collect();
    assert_eq!(in_schema, words);
    for word in words.iter().copied().chain(["nunit"]) {
        let text = format!(
            r#"{{"schema": "drift/test_contract/1", "suites": [{{"id": "s", "command": ["x"], "format": "{word}"}}]}}"#
        );
        let input = formats::Input {
            name: "test_contract.json".into(),
            repo_path: None,
            bytes: text.into_bytes(),
        };
        let plan = formats::read(vec![input]);
        let format = plan.lanes[0].suites[0].format.as_deref();
        assert_eq!(format, Some(word).filter(|word| words.contains(word)), "{word}");
        assert_eq!(plan.problems.is_empty(), words.contains(&word), "{word}");
    }
}

#[test]
fn each_dialect_has_its_file_and_says_what_it_is_recognised_by() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/results");
    for dialect in DIALECTS {
        let name = dialect.name.replace('-', "_");
        let is_there = root.join(format!("{name}.rs")).is_file() || root.join(&name).is_dir();
        assert!(is_there, "src/results/{name}.rs is missing");
        assert!(dialect.recognised_by.len() > 20, "{}", dialect.name);
        let documented = std::fs::read_to_string(root.join("../../docs/evidence.md")).unwrap();
        assert!(
            documented.contains(&format!("| `{}` |", dialect.name)),
            "docs/evidence.md lacks `{}`",
            dialect.name
        );
    }
}

#[test]
fn what_comes_first_in_the_text_decides() {
    let libtest = "running 1 test\ntest a ... 1..2\nok\n\ntest result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n";
    assert_eq!(good(libtest).dialect, "libtest");
    assert_eq!(good("1..1\nok 1 - a\n# running 5 tests\n").dialect, "tap");
    let noise = "   Compiling a v0.1.0\n".repeat(5000);
    assert_eq!(good(noise + libtest).dialect, "libtest");
}

#[test]
fn what_is_no_results_says_what_would_be() {
    let error = bad("hello\nworld\n");
    assert_eq!((error.dialect, error.line), (None, Some(1)));
    assert!(error.what.contains("`hello`"), "{error}");
    assert!(
        error
            .help
            .contains("junit, libtest, libtest-json, go, tap, ctrf, trx, rspec"),
        "{}",
        error.help
    );
    for other in ["<assemblies/>", "{}", "[]", "<html></html>", "\u{7f}ELF"] {
        assert_eq!(bad(other).dialect, None, "{other}");
    }
}

#[test]
fn an_empty_file_is_no_report_without_tests() {
    for empty in ["", "\n \n", "\u{feff}", "\0\0"] {
        assert!(bad(empty).what.contains("nothing in it"), "{empty:?}");
    }
    for report in [
        "<testsuites/>",
        "<?xml version='1.0'?>\n<testsuite name='a' tests='0'></testsuite>",
    ] {
        assert_eq!(good(report).tests, [], "{report}");
    }
    assert_eq!(
        good("running 0 tests\n\ntest result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 3 filtered out\n").tests,
        []
    );
    assert_eq!(good("1..0\n").tests, []);
}

#[test]
fn an_unknown_dialect_names_the_nearest() {
    let error = results::read(&mut "<testsuite/>".as_bytes(), Some("JUnit")).unwrap_err();
    assert!(
        error.what.contains("`JUnit`") && error.help.contains("junit"),
        "{error} {}",
        error.help
    );
}

#[test]
fn a_text_in_another_encoding_is_read_as_what_it_is() {
    let text = "<?xml version='1.0' encoding='utf-16'?><testsuite><testcase name='größer'/></testsuite>";
    let utf16 = |text: &str, bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let marked = format!("\u{feff}{text}");
    let latin = text.replace("utf-16", "ISO-8859-1").chars().map(|c| c as u8).collect();
    let variants: [Vec<u8>; 6] = [
        utf16(&marked, u16::to_le_bytes),
        utf16(&marked, u16::to_be_bytes),
        utf16(text, u16::to_le_bytes),
        marked.clone().into_bytes(),
        text.as_bytes().to_vec(),
        latin,
    ];
    for variant in variants {
        assert_eq!(good(&variant).tests[0].name, "größer", "{:?}", &variant[..8]);
    }
    let go = "{\"Action\":\"pass\",\"Package\":\"a\",\"Test\":\"TestA\"}\r\n";
    assert_eq!(good(utf16(&format!("\u{feff}{go}"), u16::to_le_bytes)).dialect, "go");
}

#[test]
fn an_error_of_the_disk_is_no_error_of_the_results() {
    struct Broken;
    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }
    let text = format!("<testsuite>{}", "<testcase name='a'/>".repeat(20_000));
    for text in ["", text.as_str()] {
        let input = std::io::Read::chain(text.as_bytes(), Broken);
        let error = results::read(&mut std::io::BufReader::new(input), None).unwrap_err();
        assert!(error.what.contains("the disk is gone"), "{error}");
    }
    assert!(read("<testsuite>").is_err());
}
