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

/// What stage contracts have where a person has to say something: drift's own template, and the one that is passed around.
const STAGE_PLACEHOLDERS: [&str; 13] = [
    "Say what will be so when this stage is done",
    "Name what has to be there, with its path: `src/the_file_that_changes`",
    "Say what can be tested, or looked at, when it is done",
    "Say who looks at what before the stage is accepted",
    "Say which steps take the changes back",
    "Say how the changes are recorded: an entry in `CHANGELOG.md`, a tag",
    "Example: \"Type Safety Hardening\"",
    "Clear, measurable goals for this stage.",
    "List of code changes, documentation, tests, and artifacts required.",
    "Explicit, testable criteria for completion.",
    "Steps for code review, test validation, and compliance checks.",
    "Steps to revert changes if needed.",
    "How changes are tracked (commits, tags, changelog updates).",
];

/// Whether a sentence of a stage contract is what its template says there.
pub(super) fn is_placeholder(sentence: &str) -> bool {
    let bare = |text: &str| text.trim().trim_end_matches('.').to_lowercase();
    let own = bare(sentence);
    STAGE_PLACEHOLDERS.iter().any(|it| bare(it) == own)
}

/// The contract of a stage of this name, as the text of a file.
pub fn stage_template(name: &str) -> String {
    include_str!("../../templates/stage_contract.md").replace("STAGE NAME", name)
}

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
