//! A rule's description as Markdown: for `drift explain`, and for docs/rules.md.

use super::{CHECKS, level};
use crate::model::{self, Level, OptionSpec, Policy, RiskLevel, Rule};
use std::fmt::Write;

/// What docs/rules.md says before its table.
const INTRODUCTION: &str = "\
# Rules

A rule looks at the comparison of plan and history and says what it finds. Each has a code, which never changes its
meaning, and a name, which config.yaml uses:

```yaml
# .drift/config.yaml
rules:
  undeclared-file: deny
```

A finding of a rule at `deny` is an error, and the run has drifted; at `warn` it is a warning, at `allow` a note. Where
config.yaml says nothing, the level follows from the plan's risk level, as the table shows. An accepted finding stays in
the report as a note that names who accepted it and why. `drift explain CODE` prints a rule's section.

";

/// All that is to be known of a rule, as Markdown.
pub fn explain(rule: &Rule) -> String {
    let summary = sentence(rule.summary);
    let mut text = format!("# {} {}\n\n{summary}\n\n{}\n\n", rule.code, rule.name, levels(rule));
    text.push_str(rule.explanation.trim());
    text.push('\n');
    if !rule.options.is_empty() {
        text.push_str("\n## Options\n\n");
        rule.options.iter().for_each(|spec| text.push_str(&option(spec)));
    }
    text
}

/// The whole of docs/rules.md.
pub fn reference() -> String {
    let mut text = INTRODUCTION.to_owned();
    text.push_str("| code | name | low | medium | high | critical | finds |\n|---|---|---|---|---|---|---|\n");
    for check in CHECKS {
        text.push_str(&row(&check.rule));
    }
    for check in CHECKS {
        text.push('\n');
        text.push_str(&one_heading_deeper(&explain(&check.rule)));
    }
    text
}

/// The name or code that `text` may be a misspelling or the beginning of.
pub fn nearest(text: &str) -> Option<&'static str> {
    let names = CHECKS.iter().map(|check| check.rule.name);
    let codes = CHECKS.iter().map(|check| check.rule.code);
    model::nearest(&text.trim().replace(' ', "-"), names.chain(codes))
}

fn row(rule: &Rule) -> String {
    let levels = RiskLevel::ALL.map(|risk| default_level(rule, risk).name());
    let anchor = format!("{}-{}", rule.code.to_lowercase(), rule.name);
    let Rule {
        code, name, summary, ..
    } = rule;
    format!(
        "| [{code}](#{anchor}) | {name} | {} | {summary} |\n",
        levels.join(" | ")
    )
}

/// One line on the levels, such as ``Level: `warn`; `deny` from risk level `high` on. Since 0.1.0.``
fn levels(rule: &Rule) -> String {
    let lowest = default_level(rule, RiskLevel::Low);
    let denies_from = RiskLevel::ALL
        .into_iter()
        .find(|&risk| default_level(rule, risk) == Level::Deny);
    let more = match denies_from {
        Some(RiskLevel::Low) => " at every risk level".to_owned(),
        Some(RiskLevel::Critical) => "; `deny` at risk level `critical`".to_owned(),
        Some(risk) => format!("; `deny` from risk level `{}` on", risk.name()),
        None => " (a note) at every risk level".to_owned(),
    };
    format!("Level: `{}`{more}. Since {}.", lowest.name(), rule.since)
}

fn default_level(rule: &Rule, risk: RiskLevel) -> Level {
    level(rule, &Policy::default(), risk)
}

fn option(spec: &OptionSpec) -> String {
    let default: Vec<String> = spec.default.iter().map(|value| format!("`{value}`")).collect();
    format!("- `{}`: {}. Default: {}.\n", spec.name, spec.doc, default.join(", "))
}

/// `summary` with a capital at its beginning and a full stop at its end.
fn sentence(summary: &str) -> String {
    let mut letters = summary.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).chain(['.']).collect()
}

/// Markdown with each heading one level down; code blocks stay as they are.
fn one_heading_deeper(markdown: &str) -> String {
    let mut inside_code = false;
    let mut text = String::with_capacity(markdown.len() + 64);
    for line in markdown.lines() {
        inside_code ^= line.starts_with("```");
        let deeper = if line.starts_with('#') && !inside_code { "#" } else { "" };
        // Writing to a String can't fail.
        let _ = writeln!(text, "{deeper}{line}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{nearest, one_heading_deeper};

    #[test]
    fn a_misspelled_name_or_code_finds_its_rule() {
        assert_eq!(nearest("undeclared_files"), Some("undeclared-file"));
        assert_eq!(nearest("Undeclared"), Some("undeclared-file"));
        assert_eq!(nearest("untouched"), Some("untouched-file"));
        assert_eq!(nearest("d10l"), Some("D101"));
        assert_eq!(nearest("101"), Some("D101"));
        assert_eq!(nearest("zebra"), None);
        assert_eq!(nearest(""), None);
    }

    #[test]
    fn a_comment_in_code_is_no_heading() {
        assert_eq!(one_heading_deeper("# a\n```\n# b\n```\n"), "## a\n```\n# b\n```\n");
    }
}
