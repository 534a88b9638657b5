//! Where a plan's frontmatter lies: the text between two `---` lines, or what plans write in its place.

use super::fences::{self, Fence};
use std::ops::Range;

/// Where the fields of a plan stand, as byte offsets into its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Frontmatter {
    /// The YAML, without the lines around it; `None` where there is none.
    pub yaml: Option<Range<usize>>,
    /// Where the body begins.
    pub body: usize,
    /// Whether the line that ends the frontmatter is there.
    pub closed: bool,
}

/// Finds the frontmatter of `text`: between `---` lines at the top (headings and blank lines may stand before them),
/// else in the first block of YAML that holds a plan's fields.
pub(super) fn split(text: &str) -> Frontmatter {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    between_rules(text, start).unwrap_or_else(|| Frontmatter {
        yaml: yaml_block(text, start, is_plan_field),
        body: start,
        closed: true,
    })
}

/// The content of the first fenced block of YAML from `start` on that has a line for which `wanted` holds.
pub(super) fn yaml_block(text: &str, start: usize, wanted: fn(&str) -> bool) -> Option<Range<usize>> {
    let is_yaml = |fence: &Fence| matches!(fence.info.as_str(), "yaml" | "yml");
    let holds = |fence: &Fence| text[fence.content.clone()].lines().any(wanted);
    fences::find(text, start)
        .into_iter()
        .find(|fence| is_yaml(fence) && holds(fence))
        .map(|fence| fence.content)
}

fn is_plan_field(line: &str) -> bool {
    line.starts_with("files_modified:") || line.starts_with("phase:")
}

fn between_rules(text: &str, start: usize) -> Option<Frontmatter> {
    let mut at = start;
    let mut lines = text[start..].split_inclusive('\n');
    for line in lines.by_ref() {
        at += line.len();
        match line.trim_end() {
            "---" => break,
            "" => {}
            heading if heading.starts_with("# ") => {}
            _ => return None,
        }
    }
    let first = lines.clone().find(|line| !line.trim().is_empty())?;
    (is_field(first) || first.trim_end() == "---").then(|| until_rule(text, at))
}

/// Whether a line begins like `key:` or is a comment.
fn is_field(line: &str) -> bool {
    let key = line.split(':').next().unwrap_or_default();
    let is_key = !key.is_empty()
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    line.starts_with('#') || (is_key && line.contains(':'))
}

/// The frontmatter that begins at `start`. One that nobody closed ends before the first line that can only be body.
fn until_rule(text: &str, start: usize) -> Frontmatter {
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let after = at + line.len();
        if matches!(line.trim_end(), "---" | "...") {
            return Frontmatter {
                yaml: Some(start..at),
                body: after,
                closed: true,
            };
        }
        if line.starts_with('<') || line.starts_with("## ") || line.starts_with("```") {
            break;
        }
        at = after;
    }
    Frontmatter {
        yaml: Some(start..at),
        body: at,
        closed: false,
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    fn yaml(text: &str) -> Option<&str> {
        split(text).yaml.map(|span| &text[span])
    }

    #[test]
    fn frontmatter_lies_between_two_rules() {
        assert_eq!(yaml("---\nphase: 1\n---\nbody"), Some("phase: 1\n"));
        assert_eq!(yaml("\u{feff}---\r\nphase: 1\r\n---\r\nbody"), Some("phase: 1\r\n"));
        assert_eq!(yaml("# A plan\n\n---\nphase: 1\n---\n"), Some("phase: 1\n"));
        assert_eq!(yaml("---\n---\nbody"), Some(""));
    }

    #[test]
    fn a_rule_inside_of_a_line_ends_nothing() {
        assert_eq!(
            yaml("---\na: x --- y\nb: |\n  ---\n---\n"),
            Some("a: x --- y\nb: |\n  ---\n")
        );
    }

    #[test]
    fn a_text_without_frontmatter_is_all_body() {
        assert_eq!(yaml("# Title\n\nWords.\n\n---\n\nMore: words\n"), None);
        assert_eq!(yaml(""), None);
        assert_eq!(split("\u{feff}text").body, 3);
    }

    #[test]
    fn fields_in_a_block_of_yaml_count() {
        let text = "# Plan\n\n## Frontmatter\n\n```yaml\nphase: 05\nplan: 02\n```\n";
        assert_eq!(yaml(text), Some("phase: 05\nplan: 02\n"));
    }

    #[test]
    fn unclosed_frontmatter_ends_where_the_body_begins() {
        let text = "---\nphase: 1\n\n<objective>\nGo\n</objective>\n";
        let found = split(text);
        assert_eq!(found.yaml.map(|span| &text[span]), Some("phase: 1\n\n"));
        assert!(!found.closed);
        assert!(text[found.body..].starts_with("<objective>"));
    }
}
