//! Which document of a mission a text is, told by its shape, and which mission it belongs to.

use super::contract;
use crate::formats::Text;
use std::ops::Range;

/// The documents that plan something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One work package: Markdown with its fields in front.
    WorkPackage,
    /// `wps.yaml`: all packages.
    Manifest,
    /// `lanes.json`: which packages are worked on side by side.
    Lanes,
    /// `meta.json`: what the mission is, and its range.
    Meta,
    /// `acceptance-matrix.json`: what must hold, and what must be absent.
    Matrix,
    /// `contracts/*.md`: numbered clauses.
    Contract,
}

/// The fields that only a mission's `meta.json` has together.
const META_FIELDS: &[&str] = &[
    "mission_id",
    "mission_slug",
    "feature_slug",
    "mission_number",
    "feature_number",
    "mission_type",
    "friendly_name",
    "target_branch",
    "status_phase",
    "vcs",
    "slug",
];

/// The document that the text is; `None` for anything else, reviews among it.
pub(super) fn kind(text: &Text) -> Option<Kind> {
    if let Some(shape) = text.shape() {
        if shape.lists_objects_with("lanes", &["wp_ids", "lane_id"]) {
            return Some(Kind::Lanes);
        }
        let is_matrix = shape.lists_objects_with("criteria", &["criterion_id", "pass_fail"])
            || shape.lists_objects_with("negative_invariants", &["invariant_id", "verification_method"])
            || shape.count_of(&["mission_slug", "criteria", "overall_verdict", "negative_invariants"]) >= 3;
        if is_matrix {
            return Some(Kind::Matrix);
        }
        let is_lanes = shape.count_of(&[
            "lanes",
            "mission_branch",
            "computed_from",
            "computed_at",
            "target_branch",
        ]) >= 4;
        if is_lanes {
            return Some(Kind::Lanes);
        }
        return (shape.count_of(META_FIELDS) >= 3 && shape.count_of(&["created_at"]) == 1).then_some(Kind::Meta);
    }
    if is_work_package(&text.text) {
        return Some(Kind::WorkPackage);
    }
    if is_manifest(&text.text) {
        return Some(Kind::Manifest);
    }
    contract::is_contract(&text.text).then_some(Kind::Contract)
}

/// The bytes between the `---` at the top and the next one; `None` where the text does not begin so, and up to the first
/// blank line's end where nothing closes it.
pub(super) fn frontmatter(text: &str) -> Option<Range<usize>> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    if first.trim_end() != "---" {
        return None;
    }
    let mut at = first.len();
    let mut end_of_fields = text.len();
    for line in lines {
        if line.trim_end() == "---" {
            return Some(first.len()..at);
        }
        if line.starts_with("# ") && line.contains("WP") {
            end_of_fields = end_of_fields.min(at);
        }
        at += line.len();
    }
    Some(first.len()..end_of_fields)
}

/// The fields that only a package has.
const IDS: &[&str] = &["work_package_id", "work_package_title"];

fn has_field(fields: &str, names: &[&str]) -> bool {
    fields.lines().any(|line| {
        let named = line.split_once(':').map(|(name, _)| name.trim_end());
        named.is_some_and(|name| names.contains(&name))
    })
}

fn is_work_package(text: &str) -> bool {
    match frontmatter(text) {
        Some(span) => has_field(&text[span.clone()], IDS) && !tells_of_review(&text[span]),
        None => heading_id(text).is_some() && tells_of_work(text),
    }
}

/// The id in the first heading of a package without fields: `# WP03: Title`, `# Work Package Prompt: WP03 – Title`.
pub(super) fn heading_id(text: &str) -> Option<&str> {
    let heading = text.lines().map(str::trim_end).find(|line| !line.is_empty())?;
    let title = heading.strip_prefix("# ")?;
    let rest = title
        .strip_prefix("Work Package Prompt:")
        .or_else(|| title.strip_prefix("Work Package:"))
        .or_else(|| title.strip_prefix("Work Package"))
        .unwrap_or(title);
    let mut words = rest.split_whitespace();
    let word = words.next()?.trim_end_matches([':', '.', ',', '—', '–', '-']);
    let is_review = words
        .next()
        .is_some_and(|next| next.to_lowercase().starts_with("review"));
    (is_package_id(word) && !is_review).then_some(word)
}

fn tells_of_work(text: &str) -> bool {
    let headings = text.lines().filter_map(|line| line.strip_prefix("## "));
    let tells = [
        "objective",
        "subtask",
        "implementation",
        "goal",
        "definition of done",
        "scope",
        "context",
    ];
    headings
        .map(str::to_lowercase)
        .any(|heading| tells.iter().any(|word| heading.contains(word)))
}

/// `WP` and two digits at least.
pub(super) fn is_package_id(word: &str) -> bool {
    let digits = word.strip_prefix("WP").unwrap_or_default();
    digits.len() >= 2 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_manifest(text: &str) -> bool {
    let mut lines = text.lines();
    lines.any(|line| line.starts_with("work_packages:")) && {
        let mut entries = lines.map(|line| line.trim().trim_start_matches("- "));
        entries.any(|line| {
            line.strip_prefix("id:")
                .is_some_and(|id| is_package_id(id.trim().trim_matches(['"', '\''])))
        })
    }
}

/// Whether the text tells how a package was reviewed, by the fields in front.
pub(super) fn is_review(text: &Text) -> bool {
    let Some(span) = frontmatter(&text.text) else {
        return false;
    };
    let fields = &text.text[span];
    tells_of_review(fields)
        || (!has_field(fields, IDS) && has_field(fields, &["affected_files", "reviewer_agent", "decision_mode"]))
}

/// Fields of a verdict, and none of what is planned.
fn tells_of_review(fields: &str) -> bool {
    has_field(fields, &["cycle_number", "verdict", "review_cycle", "cycle"])
        && !has_field(fields, &["owned_files", "dependencies", "subtasks"])
}

/// What precedes the documents of one mission in their names: its folder, without the `tasks/` or `contracts/` in it.
///
/// Where a text has a path inside the repository, and is not of a named revision, that path counts: the user may stand
/// in any folder.
pub(super) fn root(text: &Text) -> &str {
    let inside = text.repo_path.as_ref().and_then(|path| path.as_str());
    let folder = match inside.filter(|_| !text.name.contains(':')) {
        Some(path) => &path[..path.rfind('/').map_or(0, |slash| slash + 1)],
        None => text.folder(),
    };
    let own = folder.trim_end_matches('/');
    for inner in ["tasks", "contracts"] {
        if let Some(above) = own.strip_suffix(inner).filter(|it| is_whole(it)) {
            return above;
        }
    }
    // Packages of older missions lie in `tasks/<lane>/`.
    match own.rsplit_once('/') {
        Some((above, _)) => above.strip_suffix("tasks").filter(|it| is_whole(it)).unwrap_or(folder),
        None => folder,
    }
}

/// Whether what follows is the name of a folder and not the end of one.
fn is_whole(above: &str) -> bool {
    above.is_empty() || above.ends_with(['/', ':'])
}

#[cfg(test)]
mod tests {
    use super::{frontmatter, heading_id, is_package_id, root};
    use crate::formats::{Input, Text};

    #[test]
    fn a_mission_is_the_folder_above_its_tasks() {
        let root_of = |name: &str| {
            let text = Text::new(Input {
                name: name.into(),
                ..Input::default()
            });
            root(&text).to_owned()
        };
        assert_eq!(root_of("kitty-specs/a/tasks/WP01-x.md"), "kitty-specs/a/");
        assert_eq!(root_of("kitty-specs/a/tasks/done/WP01-x.md"), "kitty-specs/a/");
        assert_eq!(root_of("HEAD:kitty-specs/a/contracts/c.md"), "HEAD:kitty-specs/a/");
        assert_eq!(root_of("HEAD:tasks/WP01.md"), "HEAD:");
        assert_eq!(root_of("kitty-specs/a/meta.json"), "kitty-specs/a/");
        assert_eq!(root_of("tasks/WP01.md"), "");
        assert_eq!(root_of("subtasks/WP01.md"), "subtasks/");
    }

    #[test]
    fn fields_stand_between_two_rules() {
        let text = "---\r\na: 1\r\n---\r\nbody";
        assert_eq!(frontmatter(text).map(|span| &text[span]), Some("a: 1\r\n"));
        let open = "---\na: 1\n# WP01\nbody";
        assert_eq!(frontmatter(open).map(|span| &open[span]), Some("a: 1\n"));
        assert_eq!(frontmatter("# WP01\n"), None);
    }

    #[test]
    fn ids_have_two_digits_at_least() {
        assert!(is_package_id("WP01") && is_package_id("WP100"));
        assert!(!is_package_id("WP1") && !is_package_id("WP") && !is_package_id("WP0a"));
        assert_eq!(heading_id("\n# Work Package Prompt: WP03 – Title\n"), Some("WP03"));
        assert_eq!(heading_id("# WP03: Title\n"), Some("WP03"));
        assert_eq!(heading_id("# Plan\n"), None);
        assert_eq!(heading_id("# WP03 Review — Cycle 1\n"), None);
    }
}
