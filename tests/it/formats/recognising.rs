//! Which texts are plans: by shape and content, never by their names.

use super::{problems, read};
use snapbox::{assert_data_eq, str};

#[test]
fn a_plan_is_known_by_its_schema_whatever_it_is_called() {
    let plan = read(&[(
        "README.md",
        r#"{"schema": "drift/intent/1", "slug": "a", "goal": "People can log in"}"#,
    )]);
    assert_eq!(plan.sources[0].format, "intent");
    assert_eq!(problems(&plan), "");
}

#[test]
fn a_plan_without_schema_is_known_by_its_fields() {
    let format = |text| {
        let plan = read(&[("x", text)]);
        assert_eq!(
            problems(&plan),
            "MissingField x:1:1 /schema: `schema` is missing\n",
            "{text}"
        );
        plan.sources[0].format
    };
    assert_eq!(format(r#"{"goal": "People can log in", "slug": "a"}"#), "intent");
    assert_eq!(
        format(r#"{"units": [{"id": "U1", "title": "x", "files": []}]}"#),
        "commit_plan"
    );
    assert_eq!(
        format(r#"{"suites": [{"id": "a", "command": ["x"]}]}"#),
        "test_contract"
    );
}

#[test]
fn what_is_no_plan_is_said_with_what_was_looked_for() {
    let chatbot = r#"{"intents": [{"tag": "greeting", "patterns": ["Hi"]}]}"#;
    let plan = read(&[
        ("intent.json", chatbot),
        ("plan.json", r#"{"format_version": "1.2", "resource_changes": []}"#),
        ("run_report.json", r#"{"schema": "drift/run_report/1"}"#),
        ("empty.json", " \n"),
        ("list.json", "[1]"),
        ("commit_plan.json", "{\"units\" [}"),
        ("logo.png", "\u{89}PNG\0\0"),
    ]);
    assert_eq!(plan.lanes.len(), 0);
    assert_eq!(plan.sources.len(), 7);
    assert_data_eq!(
        problems(&plan),
        str![[r#"
Unreadable intent.json : this is not a plan; looked for an intent [..]
Unreadable plan.json : this is not a plan; looked for an intent [..]
Unreadable run_report.json : `drift/run_report/1` is no plan that drift reads; looked for an intent [..]
Unreadable empty.json : the file is empty; `drift new` writes artifacts to begin with
Unreadable list.json : this is not a plan; looked for an intent [..]
Unreadable commit_plan.json : this is not a plan; looked for an intent [..]
Unreadable commit_plan.json:1:10 : not valid JSON: expected colon after the string or word in object property; what stands before this place is read, and nothing after it
Unreadable logo.png : the file is binary; looked for an intent [..]

"#]]
    );
}

#[test]
fn what_is_too_large_is_said_to_be() {
    let plan = read(&[("big.json", &" ".repeat(drift::formats::MAX_BYTES + 1))]);
    assert_data_eq!(
        problems(&plan),
        str![[r#"
Unreadable big.json : the file has 17 MiB; drift reads plans of 16 MiB at most; split the plan, or keep what is no plan out of it

"#]]
    );
}

#[test]
fn other_encodings_are_read_and_said() {
    let text = r#"{"schema": "drift/intent/1", "slug": "a", "goal": "People can log in"}"#;
    let utf16: Vec<u8> = [0xfeff]
        .into_iter()
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let latin1 = text
        .as_bytes()
        .iter()
        .map(|&byte| if byte == b'g' { 0xe9 } else { byte })
        .collect();
    let input = |bytes: Vec<u8>| drift::formats::Input {
        name: "intent.json".into(),
        repo_path: None,
        bytes,
    };
    assert_eq!(problems(&drift::formats::read(vec![input(utf16)])), "");
    assert_data_eq!(
        problems(&drift::formats::read(vec![input(latin1)])),
        str![[r#"
InvalidValue intent.json:1:34 : the text is not UTF-8; save the file as UTF-8; until then what can't be decoded stands as U+FFFD
UnknownField intent.json:1:30 /slu�: unknown field `slu�`; did you mean `slug`?
UnknownField intent.json:1:43 /�oal: unknown field `�oal`; did you mean `goal`?

"#]]
    );
}
