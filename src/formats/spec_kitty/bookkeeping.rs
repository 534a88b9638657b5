//! The planning system's own files: those that its commands write while packages are worked on.

use crate::model::PathPattern;

/// What any mission's folder, and the system's own one, hold of them.
const OWN: &[&str] = &[
    "kitty-specs/*/{meta,lanes,status,snapshot-latest,baseline-tests,acceptance-matrix,issue-matrix,index}.json",
    "kitty-specs/**/{status.events,mission-events}.jsonl",
    "kitty-specs/*/{tasks,issue-matrix,analysis-report,tracer-*}.md",
    "kitty-specs/*/{wps,retrospective,occurrence_map}.yaml",
    "kitty-specs/*/{tasks,reviews,decisions,traces,tracers,snapshots,.dossier}/",
    ".kittify/",
    "kitty-ops/",
    ".worktrees/",
];

/// The patterns; all that lies in the mission's own folder is among them.
pub(super) fn patterns(mission_folder: Option<&str>) -> Vec<PathPattern> {
    let own = mission_folder.map(|folder| format!("{}/", folder.trim_end_matches('/')));
    let all = OWN.iter().map(|text| (*text).to_owned()).chain(own);
    all.filter_map(|text| PathPattern::parse(&text).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::{OWN, patterns};

    #[test]
    fn status_is_bookkeeping_and_other_missions_texts_are_not() {
        let all = patterns(Some("kitty-specs/mine"));
        assert_eq!(all.len(), OWN.len() + 1);
        let is_own = |path: &str| all.iter().any(|pattern| pattern.matches(path.as_bytes()));
        for path in [
            "kitty-specs/other/status.events.jsonl",
            "kitty-specs/other/meta.json",
            "kitty-specs/other/tasks/WP01-x.md",
            "kitty-specs/mine/spec.md",
            ".kittify/workspaces/a.json",
        ] {
            assert!(is_own(path), "{path}");
        }
        for path in ["kitty-specs/other/spec.md", "src/meta.json", "kitty-specs/README.md"] {
            assert!(!is_own(path), "{path}");
        }
    }
}
