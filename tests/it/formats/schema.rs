//! The schemas on disk are those of the types, and take what the readers take.

use super::read;
use drift::formats::{SCHEMA_NAMES, TemplateValues, schema, template};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

#[test]
fn schemas_on_disk_are_those_of_the_types() {
    for name in SCHEMA_NAMES {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/schema/{name}.schema.json"));
        let generated = schema(name).unwrap();
        if std::env::var_os("DRIFT_BLESS").is_some() {
            fs::write(&path, &generated).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        let shown = path.display();
        assert!(
            kept == generated,
            "{shown} is not what the types say: DRIFT_BLESS=1 rewrites it"
        );
    }
    assert_eq!(schema("plan"), None);
}

#[test]
fn templates_pass_their_schemas() {
    for name in SCHEMA_NAMES {
        let text = template(name, &TemplateValues::default()).unwrap();
        let errors = schema_errors(name, &serde_json::from_str(&text).unwrap());
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
}

/// What is put in place of each value in turn, to see that schema and reader agree.
fn strange_values() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(-1),
        json!(0),
        json!(1.5),
        json!(7),
        json!(""),
        json!(" "),
        json!("-x"),
        json!("two words"),
        json!("CREATE"),
        json!([]),
        json!([""]),
        json!(["U1"]),
        json!([7]),
        json!({}),
        json!({"strange": 1}),
        json!({"path": "src/a.rs"}),
    ]
}

#[test]
fn schema_and_reader_agree_on_what_is_wrong() {
    let mut compared = 0;
    for name in SCHEMA_NAMES {
        let whole = whole(name);
        let validator = jsonschema::validator_for(&parsed_schema(name)).unwrap();
        for pointer in pointers(&whole) {
            for strange in strange_values() {
                let mut text = whole.clone();
                *text.pointer_mut(&pointer).unwrap() = strange;
                // A text that is no artifact any more has nothing to agree on.
                if text["schema"] != whole["schema"] {
                    continue;
                }
                let said = problems_but_names(&text);
                assert_eq!(
                    validator.is_valid(&text),
                    said.is_empty(),
                    "{pointer} of {text}: {said:?}"
                );
                compared += 1;
            }
        }
    }
    assert!(compared > 1000, "{compared}");
}

#[test]
fn schema_and_reader_agree_on_what_is_missing() {
    for name in SCHEMA_NAMES {
        let whole = whole(name);
        for pointer in pointers(&whole) {
            let (parent, field) = pointer.rsplit_once('/').unwrap();
            let mut text = whole.clone();
            let Some(object) = text.pointer_mut(parent).and_then(Value::as_object_mut) else {
                continue;
            };
            object.remove(field);
            let said = problems_but_names(&text);
            assert_eq!(
                schema_errors(name, &text).is_empty(),
                said.is_empty(),
                "{pointer}: {said:?}"
            );
        }
    }
}

/// An artifact that uses every field.
fn whole(name: &str) -> Value {
    match name {
        "intent" => json!({
            "$schema": "x", "schema": "drift/intent/1", "slug": "add-login", "goal": "People can log in",
            "constraints": ["x"], "allowedFiles": ["src/"], "forbiddenFiles": ["x"], "riskLevel": "low",
            "limits": {"files": 1, "lines": 2, "commits": 3}, "dangerMode": false, "baseRef": "main",
            "targetRef": "HEAD", "references": ["x"]
        }),
        "commit_plan" => json!({
            "schema": "drift/commit_plan/1",
            "units": [
                {"id": "U1", "title": "x", "type": "feat", "scope": "x", "dependsOn": ["U1"], "tests": ["T1"],
                 "clauses": ["C1"], "files": ["src/a.rs", {"path": "x", "action": "MODIFY", "reason": "x"}]}
            ]
        }),
        _ => json!({
            "schema": "drift/test_contract/1",
            "suites": [{"id": "unit", "command": ["x", ""], "report": "x", "format": "tap", "timeout": 5}],
            "tests": [{"id": "T1", "suite": "unit", "name": "x", "required": true, "clauses": ["C1"]}],
            "gates": {"minPassRate": 1, "maxSkipped": 0, "maxFlaky": 0},
            "contract": {
                "mode": "STRICT", "criticality": "low", "testFiles": ["tests/a.test.ts"],
                "clauses": [
                    {"id": "C1", "title": "x", "kind": "ui", "normativity": "MAY", "spec": "x", "observables": ["db-effect"],
                     "negativeCases": ["x"]}
                ],
                "assertionSurface": {
                    "http": {"endpoints": [{"method": "GET", "path": "/x"}], "statusCodes": [200]},
                    "errors": {"codes": ["X"]}, "payloadPaths": ["x"],
                    "ui": {"testIds": ["x"], "roles": ["x"], "ariaLabels": ["x"], "selectors": ["x"]}
                },
                "expectedCoverage": {
                    "minTestsPerClause": 1, "minTestsForMUST": 1, "minTestsForSecurity": 1, "minNegativeTestsForError": 1
                },
                "testMapping": {
                    "format": "bracket_tags", "allowMultiple": true, "allowUntagged": true, "untaggedAllowlist": ["x"]
                }
            }
        }),
    }
}

/// The pointers of all values below the root.
fn pointers(value: &Value) -> Vec<String> {
    let below = |key: &str, value: &Value| {
        let own = format!("/{key}");
        let deeper = pointers(value).into_iter().map(|it| format!("{own}{it}"));
        std::iter::once(own.clone()).chain(deeper).collect::<Vec<_>>()
    };
    match value {
        Value::Object(fields) => fields.iter().flat_map(|(key, value)| below(key, value)).collect(),
        Value::Array(items) => {
            let each = items.iter().enumerate();
            each.flat_map(|(index, value)| below(&index.to_string(), value))
                .collect()
        }
        _ => Vec::new(),
    }
}

/// What the reader says, apart from names that refer to nothing: no schema can tell.
fn problems_but_names(text: &Value) -> Vec<String> {
    let plan = read(&[("x.json", &text.to_string())]);
    let messages = plan.problems.into_iter().map(|problem| problem.message);
    messages.filter(|message| !message.contains("names no ")).collect()
}

fn parsed_schema(name: &str) -> Value {
    serde_json::from_str(&schema(name).unwrap()).unwrap()
}

fn schema_errors(name: &str, text: &Value) -> Vec<String> {
    let validator = jsonschema::validator_for(&parsed_schema(name)).unwrap();
    validator.iter_errors(text).map(|error| error.to_string()).collect()
}
