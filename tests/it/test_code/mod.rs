//! What is read of test files: one file a language, tags, and texts that nobody meant to be read.

mod go;
mod java;
mod javascript;
mod mapping;
mod other_languages;
mod python;
mod robustness;
mod rust;

use drift::model::TestFile;
use drift::test_code;
use std::fmt::Write;

/// The file, read under this name.
fn read(path: &str, text: &str) -> TestFile {
    test_code::read(&path.into(), text.as_bytes())
}

/// All that was read, a line each.
fn shown(path: &str, text: &str) -> String {
    let file = read(path, text);
    let mut out = format!("{:?}\n", file.reading);
    for test in &file.tests {
        let marker = test.marker.map_or(String::new(), |it| format!(", {}", it.name()));
        let decorative = test.decorative.map_or(String::new(), |it| format!(", {it:?}"));
        let negative = if test.negative { ", negative" } else { "" };
        let tags: Vec<&str> = test.tags.iter().map(|&tag| file.tags[tag].id.as_str()).collect();
        let tags = if tags.is_empty() {
            String::new()
        } else {
            format!(" [{}]", tags.join(" "))
        };
        let (first, last) = (test.lines.first, test.lines.last);
        let (name, asserts) = (test.full_name(), test.assertions);
        writeln!(
            out,
            "test {first}-{last} {name}: {asserts} asserted{marker}{decorative}{negative}{tags}"
        )
        .unwrap();
    }
    for it in file.assertions.iter().filter(|it| it.test.is_none() || it.is_constant) {
        let what = if it.is_constant { "constant" } else { "loose" };
        writeln!(out, "{what} {}-{}", it.lines.first, it.lines.last).unwrap();
    }
    for tag in file.tags.iter().filter(|tag| tag.fault.is_some()) {
        writeln!(out, "malformed {} {:?} {:?}", tag.line, tag.id, tag.fault.unwrap()).unwrap();
    }
    for it in &file.surfaces {
        writeln!(out, "{} {} {:?}", it.kind.name(), it.line, it.value).unwrap();
    }
    out
}
