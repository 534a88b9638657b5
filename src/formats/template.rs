//! The artifacts that `drift new` begins with: real files in templates/, with placeholders that say what to write.

use serde_json::Value;

/// What is known of a run before its artifacts are written.
#[derive(Clone, Debug, Default)]
pub struct TemplateValues {
    /// What the work is called.
    pub slug: Option<String>,
    /// What will be so when it is done.
    pub goal: Option<String>,
    /// The revision that it starts from.
    pub base_ref: Option<String>,
}

/// What the templates say where a person has to say something.
const PLACEHOLDERS: [&str; 8] = [
    "Say in one sentence what will be so when the work is done",
    "Say what the first commit does",
    "Say what the next commit does",
    "src/the_file_that_changes",
    "Say why",
    "the-program",
    "path/to/results.xml",
    "The name of a test that must pass, as its runner prints it",
];

/// The first of the templates' placeholders that is still a value of this text.
pub fn unfilled(text: &str) -> Option<&'static str> {
    let is_value = |it: &&str| text.contains(&format!("\"{it}\""));
    PLACEHOLDERS.into_iter().find(is_value)
}

/// The artifact `name` with these values in place of the placeholders, as the text of a file; `None` for a name
/// without a template.
///
/// `$schema` names `../../schema/<name>.schema.json`: where the schemas lie for an artifact in `.drift/runs/<handle>/`.
pub fn template(name: &str, values: &TemplateValues) -> Option<String> {
    let text = match name {
        "intent" => include_str!("../../templates/intent.json"),
        "commit_plan" => include_str!("../../templates/commit_plan.json"),
        "test_contract" => include_str!("../../templates/test_contract.json"),
        _ => return None,
    };
    if name == "intent" {
        filled(text, values)
    } else {
        Some(text.to_owned())
    }
}

fn filled(text: &str, values: &TemplateValues) -> Option<String> {
    let mut artifact: Value = serde_json::from_str(text).ok()?;
    let fields = artifact.as_object_mut()?;
    let known = [
        ("slug", &values.slug),
        ("goal", &values.goal),
        ("baseRef", &values.base_ref),
    ];
    for (name, value) in known {
        if let Some(value) = value {
            fields.insert(name.to_owned(), Value::String(value.clone()));
        }
    }
    Some(serde_json::to_string_pretty(&artifact).ok()? + "\n")
}
