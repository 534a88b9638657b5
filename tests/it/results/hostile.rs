//! Files that mean harm: a clear error or the right result, soon, and in little memory.

use super::{bad, good, read};
use drift::results;
use std::io::{BufReader, Read};

/// A text of `before`, then `middle` again and again up to `length` bytes, then `after`; it exists nowhere as a whole.
fn long(before: &'static str, middle: &'static str, length: usize, after: &'static str) -> impl Read {
    let chunk: &'static str = middle.repeat(10_000).leak();
    let middle = std::iter::repeat_n(chunk, length / chunk.len() + 1);
    let parts = std::iter::once(before).chain(middle).chain(std::iter::once(after));
    Parts {
        parts: parts.map(str::as_bytes),
        rest: b"",
    }
}

struct Parts<I> {
    parts: I,
    rest: &'static [u8],
}

impl<I: Iterator<Item = &'static [u8]>> Read for Parts<I> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while self.rest.is_empty() {
            match self.parts.next() {
                Some(part) => self.rest = part,
                None => return Ok(0),
            }
        }
        self.rest.read(buffer)
    }
}

const MANY: usize = 5 << 20;

#[test]
fn entities_are_not_expanded() {
    let laughs = "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY lol 'lol'><!ENTITY lol2 '&lol;&lol;'>]><testsuite><testcase name='&lol2;'/></testsuite>";
    let error = bad(laughs);
    assert!(
        error.what.contains("declares") && error.help.contains("DOCTYPE"),
        "{error}"
    );
    let external = "<!DOCTYPE testsuite SYSTEM 'file:///etc/passwd'><testsuite><testcase name='&xxe;'/></testsuite>";
    assert_eq!(good(external).tests[0].name, "&xxe;");
}

#[test]
fn nesting_costs_no_stack() {
    for depth in [300, 100_000] {
        let open = "<testsuite name='a'>".repeat(depth);
        for text in [format!("{open}{}", "</testsuite>".repeat(depth)), open] {
            assert!(bad(text).what.contains("nested more than 256 deep"));
        }
        let json = format!(
            "{{\"reportFormat\": \"CTRF\", \"results\": {{\"x\": {}",
            "[".repeat(depth)
        );
        assert_eq!(bad(json).dialect, Some("ctrf"));
        let go = format!(
            "{{\"Action\":\"pass\",\"Package\":\"a\"}}\n{{\"Action\":{}\n",
            "[".repeat(depth)
        );
        assert!(bad(go).what.contains("a broken event"));
        let tap: String = (0..depth.min(2000))
            .map(|n| format!("{}# Subtest: a\n{}ok 1\n", "    ".repeat(n), "    ".repeat(n)))
            .collect();
        read(format!("1..1\n{tap}")).unwrap();
    }
}

#[test]
fn a_long_text_is_read_over() {
    let places = [
        (
            "<testsuite><testcase name='a'><system-out>",
            "xyz ö\n",
            "</system-out></testcase></testsuite>",
        ),
        (
            "<testsuite><testcase name='a'><system-out><![CDATA[",
            "x]]y<ö\n",
            "]]></system-out></testcase></testsuite>",
        ),
        (
            "<testsuite><testcase name='a'><!--",
            " <x> - ",
            "--></testcase></testsuite>",
        ),
        (
            "<testsuite><properties><property name='x' value='",
            "xyzö",
            "'/></properties><testcase name='a'/></testsuite>",
        ),
    ];
    for (before, middle, after) in places {
        let results = results::read(&mut BufReader::new(long(before, middle, MANY, after)), None).unwrap();
        assert_eq!(results.tests.len(), 1, "{before}");
        assert_eq!(results.tests[0].name, "a");
    }
}

#[test]
fn a_long_message_keeps_its_beginning() {
    let failure = long(
        "<testsuite><testcase name='a'><failure>why: ",
        "xyz ö\n",
        MANY,
        "</failure></testcase></testsuite>",
    );
    let results = results::read(&mut BufReader::new(failure), None).unwrap();
    let message = results.tests[0].message.as_deref().unwrap();
    assert!(message.starts_with("why: xyz") && message.len() <= 1024);
    let name = long("<testsuite><testcase name='", "ö", MANY, "'/></testsuite>");
    let results = results::read(&mut BufReader::new(name), None).unwrap();
    assert!(results.tests[0].name.len() < 70_000 && results.tests[0].name.ends_with('ö'));
}

#[test]
fn a_tag_of_many_megabytes_is_refused() {
    let attributes = long("<testsuite ", "a='b' ", MANY, "/>");
    let error = results::read(&mut BufReader::new(attributes), None).unwrap_err();
    assert!(error.what.contains("a tag is longer than 4 MiB"), "{error}");
    let name = long("<testsuite><", "x", MANY, "/></testsuite>");
    assert!(results::read(&mut BufReader::new(name), None).is_err());
}

#[test]
fn a_line_without_end_is_refused_or_shortened() {
    let go = long(
        "{\"Action\":\"output\",\"Package\":\"p\",\"Output\":\"",
        "xyz",
        40 << 20,
        "\"}\n",
    );
    let first = "{\"Action\":\"start\",\"Package\":\"p\"}\n".as_bytes();
    let error = results::read(&mut BufReader::new(first.chain(go)), None).unwrap_err();
    assert_eq!((error.dialect, error.line), (Some("go"), Some(2)));
    assert!(error.what.contains("longer than 8 MiB"), "{error}");
    let end = "ok\n\ntest result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n";
    let libtest = long("running 1 test\ntest a ... ", "xyz", MANY, end);
    let results = results::read(&mut BufReader::new(libtest), None).unwrap();
    assert_eq!(super::shown(&results), "passed a\n");
}

#[test]
fn a_document_of_json_has_a_limit() {
    let json = long("{\"reportFormat\": \"CTRF\", \"x\": [", "[],", 70 << 20, "[]]}");
    let error = results::read(&mut BufReader::with_capacity(1 << 16, json), None).unwrap_err();
    assert!(error.what.contains("64 MiB"), "{error}");
}

#[test]
fn zero_bytes_and_what_is_not_utf8_are_characters_like_others() {
    let results = good(b"<testsuite><testcase name='a\0b\xff\xc3'/></testsuite>");
    assert_eq!(results.tests[0].name, "a\0b\u{fffd}\u{fffd}");
    let tap = good(b"1..1\nok 1 - \x80\0\n");
    assert_eq!(tap.tests[0].name, "\u{fffd}");
}
