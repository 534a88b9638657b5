//! `drift explain` and `drift schema`: what drift knows about itself.

use super::{OpsError, Refusal};
use crate::formats;
use crate::report;
use crate::rules;

/// The explanation of the rule with this code or name, as Markdown.
pub fn explain(name: &str) -> Result<String, OpsError> {
    match rules::find(name) {
        Some(rule) => Ok(rules::explain(rule)),
        None => Err(Refusal::UnknownRule {
            name: name.to_owned(),
            nearest: rules::nearest(name).map(str::to_owned),
        }
        .into()),
    }
}

/// One line for each rule.
pub fn list() -> String {
    let line = |rule: &crate::model::Rule| format!("{}  {:<24} {}\n", rule.code, rule.name, rule.summary);
    rules::CHECKS.iter().map(|check| line(&check.rule)).collect()
}

/// The JSON Schema of an artifact, or of what drift writes.
pub fn schema(name: &str) -> Result<String, OpsError> {
    formats::schema(name).or_else(|| report::schema(name)).ok_or_else(|| {
        Refusal::UnknownSchema {
            name: name.to_owned(),
            known: schema_names(),
        }
        .into()
    })
}

/// The names that [`schema`] knows.
pub fn schema_names() -> Vec<String> {
    let names = formats::SCHEMA_NAMES.iter().chain(&report::SCHEMAS);
    names.map(ToString::to_string).collect()
}
