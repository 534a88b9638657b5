//! The JSON Schemas of the native artifacts, for editors and other tools: generated from the shapes in `wire`.

use super::wire::{CommitPlanFile, IntentFile, TestContractFile};
use schemars::generate::SchemaSettings;
use schemars::transform::{Transform, transform_subschemas};
use schemars::{JsonSchema, Schema};
use serde_json::Value;

/// The artifacts that have a schema here.
pub static SCHEMA_NAMES: &[&str] = &["intent", "commit_plan", "test_contract"];

/// The JSON Schema (draft-07) of the artifact `name`, as the text of a file; `None` for a name without one.
pub fn schema(name: &str) -> Option<String> {
    let schema = match name {
        "intent" => draft_07::<IntentFile>(),
        "commit_plan" => draft_07::<CommitPlanFile>(),
        "test_contract" => draft_07::<TestContractFile>(),
        _ => return None,
    };
    let text = serde_json::to_string_pretty(&schema).ok()?;
    Some(text + "\n")
}

fn draft_07<T: JsonSchema>() -> Schema {
    let settings = SchemaSettings::draft07().with_transform(WithoutNull);
    settings.into_generator().into_root_schema_for::<T>()
}

/// Takes `null` out: a field that has nothing to say is left out.
#[derive(Clone, Debug)]
struct WithoutNull;

impl Transform for WithoutNull {
    fn transform(&mut self, schema: &mut Schema) {
        forget_null_type(schema);
        forget_null_alternative(schema);
        transform_subschemas(self, schema);
    }
}

/// `"type": ["string", "null"]` becomes `"type": "string"`.
fn forget_null_type(schema: &mut Schema) {
    let Some(Value::Array(types)) = schema.get_mut("type") else {
        return;
    };
    types.retain(|it| it != "null");
    if let [only] = types.as_slice() {
        let only = only.clone();
        schema.insert("type".into(), only);
    }
}

/// `"anyOf": [{…}, {"type": "null"}]` becomes what stands before the null.
fn forget_null_alternative(schema: &mut Schema) {
    let Some(Value::Array(alternatives)) = schema.get_mut("anyOf") else {
        return;
    };
    let before = alternatives.len();
    alternatives.retain(|it| it.get("type").is_none_or(|name| name != "null"));
    if alternatives.len() == before {
        return;
    }
    if let [only] = alternatives.as_slice() {
        let only = Value::Array(vec![only.clone()]);
        schema.remove("anyOf");
        schema.insert("allOf".into(), only);
    }
}
