//! What is read from a commit plan.

use super::{problems, read};
use drift::model::{Action, Plan};
use snapbox::{assert_data_eq, str};

/// The plan of a commit plan with these units.
fn units(units: &str) -> Plan {
    let text = format!("{{\n\"schema\": \"drift/commit_plan/1\",\n\"units\": [\n{units}\n]}}");
    read(&[("commit_plan.json", &text)])
}

#[test]
fn every_field_is_read() {
    let plan = units(
        r#"{"id": "U1", "title": "Add the form", "type": "feat", "scope": "login", "tests": ["T1"], "clauses": ["C1"],
            "files": ["src/form.rs", {"path": "src/old.rs", "action": "DELETE", "reason": "replaced"}]},
           {"id": "U2", "title": "Test the form", "dependsOn": ["U1"]}"#,
    );
    assert_eq!(problems(&plan), "");
    let [first, second] = plan.units.as_slice() else {
        panic!("two units");
    };
    assert_eq!((first.id.as_str(), first.title.as_str()), ("U1", "Add the form"));
    assert_eq!(
        (first.commit_type.as_deref(), first.scope.as_deref()),
        (Some("feat"), Some("login"))
    );
    assert_eq!(
        (&first.tests[0], &first.clauses[0]),
        (&"T1".to_owned(), &"C1".to_owned())
    );
    assert_eq!(first.files[0].pattern.text(), "src/form.rs");
    assert_eq!(first.files[0].action, None);
    assert_eq!(first.files[1].action, Some(Action::Delete));
    assert_eq!(first.files[1].reason.as_deref(), Some("replaced"));
    assert_eq!(first.files[1].location.pointer, "/units/0/files/1/path");
    assert_eq!(second.depends_on[0].value, "U1");
    assert_eq!(second.location.pointer, "/units/1");
}

#[test]
fn one_broken_unit_does_not_hide_the_others() {
    let plan = units(
        r#"{"id": "U1", "title": "Add the form"},
{"title": "no id", "files": ["src/a.rs"]},
7,
{"id": "U 4", "titel": "Misspelled", "files": [{"path": "src/b.rs", "action": "create"}, {"action": "MODIFY"}, 5]},
{"id": "U5", "title": "Last", "dependsOn": ["U9", "u1", "U5"], "files": "src/c.rs"}"#,
    );
    let ids: Vec<_> = plan.units.iter().map(|unit| unit.id.as_str()).collect();
    assert_eq!(ids, ["U1", "#2", "U 4", "U5"]);
    assert_eq!(plan.units[1].files[0].pattern.text(), "src/a.rs");
    assert_eq!(plan.units[2].files[0].action, None);
    assert_data_eq!(
        problems(&plan),
        str![[r#"
MissingField commit_plan.json:5:1 /units/1/id: `units[1]` has no `id`
InvalidValue commit_plan.json:6:1 /units/2: `units[2]` is a number; it has to be an object
InvalidValue commit_plan.json:7:8 /units/3/id: `id` has space in it; write one word, such as `U1`
UnknownField commit_plan.json:7:15 /units/3/titel: unknown field `titel`; did you mean `title`?
InvalidValue commit_plan.json:7:79 /units/3/files/0/action: `action` can't be `create`; did you mean `CREATE`?
MissingField commit_plan.json:7:90 /units/3/files/1/path: `files[1]` has no `path`
InvalidValue commit_plan.json:7:112 /units/3/files/2: `files[2]` is a number; it has to be a path pattern, or an object with `path`
InvalidValue commit_plan.json:8:45 /units/4/dependsOn/0: `U9` names no unit; did you mean `U1`?
InvalidValue commit_plan.json:8:51 /units/4/dependsOn/1: `u1` names no unit; did you mean `U1`?
InvalidValue commit_plan.json:8:73 /units/4/files: `files` is a string; it has to be a list

"#]]
    );
}

#[test]
fn repeated_unit_ids_are_left_to_their_rule() {
    let plan = units(r#"{"id": "U1", "title": "One"}, {"id": "U1", "title": "Other"}"#);
    assert_eq!((problems(&plan).as_str(), plan.units.len()), ("", 2));
}

#[test]
fn an_empty_plan_is_a_plan() {
    let plan = units("");
    assert_eq!((problems(&plan).as_str(), plan.units.len()), ("", 0));
    assert_eq!(plan.lanes.len(), 1);
}

#[test]
fn broken_syntax_is_said_and_read_as_far_as_it_goes() {
    let forgiving = units("// the first\n{\"id\": \"U1\", \"title\": \"One\",},\n{\"id\": \"U2\" \"title\": \"Two\"},");
    assert_eq!(forgiving.units.len(), 2);
    assert_data_eq!(
        problems(&forgiving),
        str![[r#"
Unreadable commit_plan.json:4:1 : not valid JSON: comments are not allowed; take the comments out: JSON has none
Unreadable commit_plan.json:5:28 : not valid JSON: trailing commas are not allowed; take the comma out
Unreadable commit_plan.json:6:12 : not valid JSON: expected comma; put a comma between the two

"#]]
    );
    let cut = read(&[(
        "plan.json",
        "{\"schema\": \"drift/commit_plan/1\", \"units\": [\n{\"id\": \"U1\", \"title\": \"One\"},\n{\"id\": \"U2\", \"tit",
    )]);
    let ids: Vec<_> = cut.units.iter().map(|unit| unit.id.as_str()).collect();
    assert_eq!(ids, ["U1", "U2"]);
    assert_data_eq!(
        problems(&cut),
        str![[r#"
Unreadable plan.json:3:14 : not valid JSON: unterminated string literal; what stands before this place is read, and nothing after it

"#]]
    );
    let middle = units(
        "{\"id\": \"U1\", \"title\": \"One\"},\n{\"id\": \"U2\", \"title\": \"Say \"hi\" now\"},\n{\"id\": \"U3\", \"titel\": \"Three\"}",
    );
    let ids: Vec<_> = middle.units.iter().map(|unit| unit.id.as_str()).collect();
    assert_eq!(ids, ["U1", "U3"]);
    assert_data_eq!(
        problems(&middle),
        str![[r#"
Unreadable commit_plan.json:5:29 : not valid JSON: unexpected token; this item is left out, and the others are read
UnknownField commit_plan.json:6:14 /units/2/titel: unknown field `titel`; did you mean `title`?

"#]]
    );
    let strict = units("{\"id\": \"U1\", \"title\": \"One\tof two\"}");
    assert_eq!(strict.units.len(), 1);
    assert_data_eq!(
        problems(&strict),
        str![[r#"
Unreadable commit_plan.json:4:26 : not valid JSON: control character (/u0000-/u001F) found while parsing a string

"#]]
    );
}
