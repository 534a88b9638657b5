//! `drift explain` and `drift schema`.

use crate::support::drift::{drift, project};

#[test]
fn a_rule_is_explained_by_code_and_by_name() {
    let repo = project();
    let by_code = drift(&repo, &["explain", "d101"])
        .ends(0)
        .says(&["undeclared-file", "How to settle it"])
        .out;
    assert_eq!(by_code, drift(&repo, &["explain", "undeclared-file"]).ends(0).out);
    drift(&repo, &["explain", "undeclared-fil"])
        .ends(2)
        .complains(&["did you mean undeclared-file?"]);
    let all = drift(&repo, &["explain"]).ends(0).out;
    assert_eq!(all.lines().count(), drift::rules::CHECKS.len());
}

#[test]
fn every_schema_is_a_schema() {
    let repo = project();
    for name in ["intent", "commit_plan", "test_contract", "run_report", "lesson"] {
        let schema: serde_json::Value = drift(&repo, &["schema", name]).ends(0).json();
        jsonschema::meta::validate(&schema).unwrap();
    }
    drift(&repo, &["schema", "intnt"]).ends(2).complains(&["intent"]);
}
