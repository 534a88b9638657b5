use super::{read, shown};
use drift::model::TestReading;
use snapbox::{assert_data_eq, str};

#[test]
fn other_languages_show_their_tags_by_their_marker_alone() {
    for (path, text) in [
        ("spec/a_spec.rb", "# @clause CL-A-001\nit 'works' do\n"),
        ("a.sql", "-- @clause CL-A-001\n"),
        ("a_test.clj", "  ; @clause CL-A-001\n"),
        ("a_tests.erl", "% @clause CL-A-001\n"),
        ("ATests.vb", "' @clause CL-A-001\n"),
        ("a.test.vue", "<!-- @clause CL-A-001 -->\n"),
        ("ATests.cs", "    // @clause CL-A-001\n    [Fact]\n"),
    ] {
        let file = read(path, text);
        let tags: Vec<_> = file
            .tags
            .iter()
            .map(|tag| (tag.id.as_str(), tag.line, tag.fault))
            .collect();
        assert_eq!(tags, [("CL-A-001", 1, None)], "{path}");
        assert!(
            matches!(file.reading, TestReading::TagsOnly(_)) && file.tests.is_empty(),
            "{path}"
        );
    }
}

#[test]
fn a_file_without_a_known_marker_or_of_bytes_holds_nothing() {
    assert_data_eq!(
        shown("a.xyz", "// @clause CL-A-001\n"),
        str![[r#"
TagsOnly("drift has no grammar for this language")

"#]]
    );
    assert_eq!(read("a.test.ts", "it('a', () => {})\0").reading, TestReading::Nothing);
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_nothing() {
    assert_data_eq!(
        shown(
            "a.test.ts",
            "\u{feff}// @clause CL-A-001\r\nit('a', () => {\r\n  expect(f()).toBe(1)\r\n})\r\n"
        ),
        str![[r#"
Grammar("TypeScript")
test 2-4 a: 1 asserted [CL-A-001]

"#]]
    );
}
