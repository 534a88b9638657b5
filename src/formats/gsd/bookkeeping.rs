//! The planning system's own files: those that change with every plan and that no plan declares.

use crate::model::PathPattern;
use std::sync::LazyLock;

/// Where GSD and its forks keep them.
const ROOTS: &[&str] = &[".planning", ".gsd"];

/// What lies at the top of a root, wherever it is archived to, or below a folder that the system writes by itself.
const OWN: &[&str] = &[
    "{STATE,ROADMAP,REQUIREMENTS,PROJECT,MILESTONES,MILESTONE-INTENT,INTENT,RETROSPECTIVE,DECISIONS,KNOWLEDGE}.md",
    "{config.json,.gitignore,project-profile.json}",
    "**/{,*-}{PLAN,SUMMARY,VERIFICATION,VALIDATION,UAT,LEARNINGS,RESEARCH,CONTEXT,REVIEW,ASSUMPTIONS,SECURITY}.md",
    "**/{,*-}{DISCUSSION-LOG,UI-SPEC,PATTERNS,HUMAN-UAT,REVIEW-FIX,MILESTONE-AUDIT,TDD-AUDIT}.{md,json}",
    "**/{deferred-items,.continue-here,HANDOFF}.{md,json}",
    "milestones/",
    "archive/",
    "research/",
    "codebase/",
    "todos/",
    "debug/",
    "memory/",
    "phase-handoffs/",
    "telemetry/",
];

/// The patterns of all of them. What else lies below the roots (specifications, say) is work like any other.
pub(super) fn patterns() -> Vec<PathPattern> {
    static COMPILED: LazyLock<Vec<PathPattern>> = LazyLock::new(compiled);
    COMPILED.clone()
}

fn compiled() -> Vec<PathPattern> {
    let all = ROOTS
        .iter()
        .flat_map(|root| OWN.iter().map(move |own| format!("{root}/{own}")));
    all.filter_map(|text| PathPattern::parse(&text).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::{OWN, ROOTS, patterns};

    fn is_own(path: &str) -> bool {
        patterns().iter().any(|pattern| pattern.matches(path.as_bytes()))
    }

    #[test]
    fn every_pattern_can_be_read() {
        assert_eq!(patterns().len(), OWN.len() * ROOTS.len());
    }

    #[test]
    fn what_changes_with_every_plan_is_bookkeeping() {
        for path in [
            ".planning/STATE.md",
            ".planning/config.json",
            ".planning/phases/04-x/04-01-SUMMARY.md",
            ".planning/phases/04-x/04-VERIFICATION.md",
            ".planning/phases/04-x/deferred-items.md",
            ".planning/quick/7-x/7-PLAN.md",
            ".planning/milestones/v1-ROADMAP.md",
            ".gsd/STATE.md",
        ] {
            assert!(is_own(path), "{path}");
        }
    }

    #[test]
    fn other_files_of_the_planning_folder_are_work() {
        for path in [
            ".planning/specs/INDEX.md",
            ".planning/specs/contracts/A.md",
            "src/STATE.md",
            "docs/SUMMARY.md",
        ] {
            assert!(!is_own(path), "{path}");
        }
    }
}
